"""What people type becomes HTML that can do no harm and calls nobody."""

import re

import pytest

from app.web.text import render_markdown

REL = 'rel="noopener noreferrer nofollow ugc"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (None, ""),
        ("Hello *you*", "<p>Hello <em>you</em></p>\n"),
        ("# Big\n\n#### Small", "<h3>Big</h3>\n<h4>Small</h4>\n"),
        ("### A\n\n# B\n\n## C", "<h3>A</h3>\n<h3>B</h3>\n<h4>C</h4>\n"),
        ("Title\n=====", "<h3>Title</h3>\n"),
        ("```\n# no heading\n```", "<pre><code># no heading\n</code></pre>\n"),
        ("~~old~~", "<p><s>old</s></p>\n"),
        ("[site](https://example.org)", f'<p><a href="https://example.org" {REL}>site</a></p>\n'),
        ("[mail](mailto:a@example.org)", f'<p><a href="mailto:a@example.org" {REL}>mail</a></p>\n'),
        (
            "![Plan](/files/abc234)",
            '<p><img src="/files/abc234" alt="Plan" loading="lazy"></p>\n',
        ),
        (
            "![Plan](https://example.org/a.png)",
            f'<p><a href="https://example.org/a.png" {REL}>Plan</a></p>\n',
        ),
        (
            '<img src="https://example.org/a.png?x=1&y=2">',
            f'<a href="https://example.org/a.png?x=1&amp;y=2" {REL}>'
            "https://example.org/a.png?x=1&amp;y=2</a>",
        ),
        (
            "[![Badge](https://example.org/b.svg)](https://example.org)",
            f'<p><a href="https://example.org" {REL}>Badge</a></p>\n',
        ),
        ("before <!-- secret --> after", "<p>before  after</p>\n"),
        ("<!--\nsecret\n-->", ""),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>\n"),
    ],
)
def test_markdown_is_rendered(text: str | None, html: str) -> None:
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" java\tscript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        "<script>alert(1)</script>",
        "<style>body{display:none}</style>",
        '<p onclick="alert(1)" style="color:red">x</p>',
        '<iframe src="https://example.org"></iframe>',
        '<form action="https://example.org"><input></form>',
        '<svg><use href="https://example.org/x.svg#a"></use></svg>',
        '<img src="x" onerror="alert(1)">',
        '<img src="data:image/png;base64,AAAA" alt="x">',
        '<img src="//example.org/a.png" alt="x">',
        '<img src="/files/../admin" alt="x">',
        '![">]<script>](https://example.org/"><script>alert(1)</script>)',
        '<img alt="<script>alert(1)</script>" src="https://example.org/a.png">',
        '<img alt="--><a>" src=\'https://example.org/"onload="x\'>',
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    ],
)
def test_nothing_dangerous_survives(text: str) -> None:
    html = str(render_markdown(text))
    tags = re.findall(r"<(/?)([a-z0-9]+)((?: [a-z]+=\"[^\"]*\")*)>", html)
    assert html.count("<") == len(tags)
    for _closing, tag, attributes in tags:
        names = set(re.findall(r" ([a-z]+)=", attributes))
        assert tag in {"p", "a", "img", "em", "br"}
        assert names <= {"href", "rel", "src", "alt", "loading"}
        for target in re.findall(r'href="([^"]*)"', attributes):
            assert target.startswith("https://example.org")
        assert tag != "img"


def test_a_long_text_stays_whole() -> None:
    text = "Слово " * 4000
    assert str(render_markdown(text)).count("Слово") == 4000
