"""What every request must be like, and the headers that keep pages to themselves.

Nothing leaves the site, and nothing foreign runs in it.
"""

import re
import secrets
from collections.abc import Iterator

from flask import Flask, Response, abort, g, request
from werkzeug.routing import IntegerConverter

from app.config import Settings

# No database keeps a NUL, and half a surrogate pair is not text: nobody types either.
_NO_TEXT = re.compile("[\\x00\\ud800-\\udfff]")


class RowNumber(IntegerConverter):
    """The number of a row in an address: small enough for every database, in plain digits."""

    regex = "[0-9]{1,9}"


def csp_nonce() -> str:
    """Return the nonce that inline scripts of this response carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def register_security(app: Flask, settings: Settings) -> None:
    """Refuse what is no text, and send the headers with every response."""
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def refuse_no_text() -> None:
        if any(_NO_TEXT.search(text) for text in _texts()):
            abort(400)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _policy(settings))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        )
        if settings.is_https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static" and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache, private"
        return response


def _texts() -> Iterator[str]:
    """Return everything that a request says in words; no page reads JSON."""
    yield request.path
    if request.query_string:
        for name, value in request.args.items(multi=True):
            yield from (name, value)
    if request.method in {"GET", "HEAD"}:
        return
    for name, value in request.form.items(multi=True):
        yield from (name, value)
    for name, file in request.files.items(multi=True):
        yield from (name, file.filename or "")


def _policy(settings: Settings) -> str:
    websocket = settings.public_url.replace("http", "ws", 1)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{csp_nonce()}'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            # Browsers of 2023 and older do not count a websocket as 'self'.
            f"connect-src 'self' {websocket}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "manifest-src 'self'",
        )
    )
