"""People's Markdown becomes safe HTML when it is shown; it is stored as it was typed."""

import re
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "details", "em", "h3", "h4", "h5", "h6", "hr",
    "i", "img", "li", "ol", "p", "pre", "s", "strong", "sub", "summary", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "noopener noreferrer nofollow ugc"
_OWN_FILE = re.compile(r"/files/[a-z0-9]+")
# What nh3 writes is regular: attribute values always stand in double quotes.
_LINK_OR_PICTURE = re.compile(r'<a(?=[ >])|</a>|<img((?: [\w-]+="[^"]*")*) ?/?>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_parser = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(
    ["table", "strikethrough"]
)


def render_markdown(text: str | None) -> Markup:
    """Return sanitised HTML. Pictures from elsewhere become links: no request leaves the site."""
    tokens = _parser.parse(text or "")
    _set_heading_levels(tokens)
    clean = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=_REL,
    )
    return Markup(_tame_pictures(clean))  # noqa: S704 — cleaned by nh3 in the line above


def _set_heading_levels(tokens: list[Token]) -> None:
    """Page titles are h1 and sections h2, so what people write starts at h3 and skips no level."""
    outer: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            outer = [each for each in outer if each < level] + [level]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(len(outer) + 2, 6)}"


def _tame_pictures(clean: str) -> str:
    """Keep the site's own pictures; turn others into links, or words where a link is open."""
    is_in_link = False

    def tame(match: re.Match[str]) -> str:
        nonlocal is_in_link
        if match[1] is None:
            is_in_link = match[0] == "<a"
            return match[0]
        values = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
        source, words = values.get("src", ""), values.get("alt", "")
        if _OWN_FILE.fullmatch(source):
            return f'<img src="{escape(source)}" alt="{escape(words)}" loading="lazy">'
        if is_in_link or not source.startswith(("http://", "https://")):
            return str(escape(words))
        return f'<a href="{escape(source)}" rel="{_REL}">{escape(words or source)}</a>'

    return _LINK_OR_PICTURE.sub(tame, clean)
