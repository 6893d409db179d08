"""People's Markdown becomes safe HTML when it is shown; it is stored as it was typed."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "details", "em", "h3", "h4", "h5", "h6", "hr",
    "i", "img", "li", "ol", "p", "pre", "s", "strong", "sub", "summary", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_parser = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(
    ["table", "strikethrough"]
)


def render_markdown(text: str | None) -> Markup:
    """Return sanitised HTML. Pictures from elsewhere become links: no request leaves the site."""
    html = _parser.render(_lower_headings(text or ""))
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        attribute_filter=_keep_attribute,
        link_rel="noopener noreferrer nofollow ugc",
        set_tag_attribute_values={"img": {"loading": "lazy"}},
    )
    return Markup(clean)  # noqa: S704 — cleaned by nh3 in the line above


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if value.startswith("/files/") else None
    return value


def _lower_headings(text: str) -> str:
    """Page titles are h1 and sections h2, so what people write starts at h3."""
    lines = text.splitlines()
    return "\n".join(
        "##" + line if line.startswith("#") and line.lstrip("#").startswith(" ") else line
        for line in lines
    )
