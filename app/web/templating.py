"""What every template may use."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, g, url_for
from flask_babel import format_currency, format_datetime, get_locale
from flask_login import current_user
from jinja2 import StrictUndefined
from markupsafe import Markup

from app.web.navigation import navigation_for, where_we_are
from app.web.security import csp_nonce
from app.web.text import render_markdown


def register_templating(app: Flask) -> None:
    """Add the globals and filters; an unknown name in a template is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    manifest = Path(app.static_folder or "static") / "dist" / "manifest.json"

    def asset(name: str) -> str:
        """Return the address of a built file, with its content hash."""
        return url_for("static", filename=f"dist/{_read_manifest(manifest)[name]}")

    app.jinja_env.globals.update(asset=asset, csp_nonce=csp_nonce)
    app.jinja_env.filters.update(
        markdown=render_markdown, money=format_money, moment=format_moment, json_script=json_script
    )

    @app.context_processor
    def shell() -> dict[str, Any]:
        """Give the shell its navigation, lazily: error pages ask for none of it."""
        return {
            "nav": navigation_for(g.get("event")),
            "where": where_we_are(g.get("event")),
            "locale": str(get_locale() or "en"),
            "event": g.get("event"),
        }


@lru_cache(maxsize=1)
def _read_manifest_at(path: Path, _modified_ns: int) -> dict[str, str]:
    manifest: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _read_manifest(path: Path) -> dict[str, str]:
    return _read_manifest_at(path, path.stat().st_mtime_ns)


def format_money(amount_cents: int, currency: str = "EUR") -> str:
    """Return an amount in the reader's way of writing, without cents when there are none."""
    is_whole = amount_cents % 100 == 0
    text: str = format_currency(
        amount_cents / 100, currency, format="¤#,##0" if is_whole else None, currency_digits=False
    )
    return text


def format_moment(moment: datetime, format: str = "d MMM y, HH:mm") -> Markup:
    """Return a `<time>` element; the page's script rewrites it into the reader's own zone."""
    return Markup(
        '<time datetime="{}" data-controller="local-time" data-format="{}">{}</time>'
    ).format(moment.isoformat(), format, format_datetime(moment, format))


def json_script(value: Any) -> Markup:
    """Return JSON that is safe inside a `<script type="application/json">` block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    escaped = text.replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(escaped)  # noqa: S704 — the two lines above leave nothing that ends the block


__all__ = ["current_user", "register_templating"]
