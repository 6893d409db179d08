"""QR codes of addresses."""

import io

import segno
from markupsafe import Markup

_INK = "#161b1d"
_PAPER = "#ffffff"


def draw_code(link: str) -> Markup:
    """Return a QR code to stand in a page; it takes the width that its place gives it."""
    drawn = segno.make(link, error="m").svg_inline(
        border=0, dark=_INK, light=_PAPER, omitsize=True, svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704 — lines and numbers; the link itself is not in it


def write_code(link: str) -> bytes:
    """Return a QR code as a picture of its own, with the quiet border that readers need."""
    out = io.BytesIO()
    segno.make(link, error="m").save(
        out, kind="svg", scale=8, border=4, dark=_INK, light=_PAPER, xmldecl=False
    )
    return out.getvalue()
