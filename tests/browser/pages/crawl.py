"""Finds the pages that a person can reach by following links, and what each is made of."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

# Enough to meet one's own idea, somebody else's, a hidden one and an imported one.
SAME_ENDPOINT_MAX = 4
NOT_PAGES = {
    "static", "files.download", "boards.sync", "organise.qr_code", "organise.export_people",
}  # fmt: skip
COLOUR = re.compile(r"\bc-[a-z]+")


@dataclass(frozen=True)
class FoundPage:
    """A page and its parts: each kind of element on this page, each colour on any."""

    path: str
    parts: frozenset[tuple[str, str]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.kinds: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        self.kinds.add(" ".join((tag, values.get("class", ""), values.get("role", ""))))


def crawl(page: Page, routes: MapAdapter, start: list[str]) -> Iterator[FoundPage]:
    """Follow the links from some addresses with the cookies of a page.

    A link that leads nowhere is a fault of the page that it stands on.
    """
    waiting = list(start)
    linked_on = dict.fromkeys(start, "the first page")
    visits: Counter[tuple[str, str]] = Counter()
    while waiting:
        path = waiting.pop(0)
        place = _find_place(routes, path)
        if place is None or place[0] in NOT_PAGES or visits[place] >= SAME_ENDPOINT_MAX:
            continue
        visits[place] += 1
        response = page.context.request.get(path)
        assert response.status == 200, f"{path}, linked on {linked_on[path]}: {response.status}"
        reader = _Reader()
        reader.feed(response.text())
        yield FoundPage(path, _parts(place[0], reader.kinds))
        for link in reader.links:
            target = urlsplit(link)
            address = f"{target.path}?{target.query}" if target.query else target.path
            if not target.netloc and address.startswith("/") and address not in linked_on:
                linked_on[address] = path
                waiting.append(address)


def choose_pages(found: Iterator[FoundPage], seen: set[tuple[str, str]]) -> list[str]:
    """Return the pages that show something not yet seen, and note what they show."""
    chosen = []
    for each in found:
        if not each.parts <= seen:
            seen |= each.parts
            chosen.append(each.path)
    return chosen


def _parts(endpoint: str, kinds: set[str]) -> frozenset[tuple[str, str]]:
    own = {(endpoint, COLOUR.sub("", kind)) for kind in kinds}
    coloured = {("", colour) for kind in kinds for colour in COLOUR.findall(kind)}
    return frozenset(own | coloured)


def _find_place(routes: MapAdapter, path: str) -> tuple[str, str] | None:
    """Return which page an address leads to, and in which event."""
    try:
        endpoint, values = routes.match(urlsplit(path).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint), str(values.get("event_slug", ""))
