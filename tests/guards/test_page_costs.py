"""What pages cost: questions to the database, bytes and requests, held under the goals."""

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.core.phases import Phase
from tests.factories import Factory
from tests.guards.busy_event import BusyEvent
from tests.statements import noted_selects
from tests.visitors import Visitor

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"


@dataclass(frozen=True)
class Page:
    """A page, who opens it in which phase, and how many queries it may need."""

    who: str
    address: str
    queries_max: int = 10
    phase: Phase = Phase.IDEAS

    def __str__(self) -> str:
        return f"{self.who} {self.address} in {self.phase}"


# Five queries find the event, its phases, the person, their roles and a ban, on each page of an
# event. Beyond the design's goals (event and idea 10, dashboard 15, sheet 12) a page that reads
# many nouns keeps what it needs today: a number here may fall, and rises only with a reason.
PAGES = (
    Page("visitor", "/"),
    Page("visitor", "/p/{programme}"),
    Page("visitor", "/e/busy"),
    Page("visitor", "/e/busy/ideas"),
    Page("visitor", "/e/busy/ideas/1"),
    Page("visitor", "/sign-in", 1),
    Page("visitor", "/register", 1),
    Page("participant", "/now"),
    Page("participant", "/e/busy/now", 24),
    Page("participant", "/e/busy"),
    Page("participant", "/e/busy/ideas"),
    Page("participant", "/e/busy/ideas/1"),
    Page("participant", "/e/busy/ranking"),
    Page("participant", "/e/busy/teams", 13, phase=Phase.JAM),
    Page("participant", "/e/busy/teams/{team}", 18, phase=Phase.JAM),
    Page("participant", "/e/busy/boards", phase=Phase.JAM),
    Page("participant", "/b/{board}", phase=Phase.JAM),
    Page("participant", "/e/busy/teams/{team}/submission", 15, phase=Phase.SUBMISSION),
    Page("participant", "/profile"),
    Page("juror", "/e/busy/jury", 14, phase=Phase.JUDGING),
    Page("juror", "/e/busy/jury/{sheet}", 12, phase=Phase.JUDGING),
    Page("organiser", "/e/busy/now", 27),
    Page("organiser", "/e/busy/organise", 25),
    Page("organiser", "/e/busy/organise/people", 6),
    Page("organiser", "/e/busy/organise/agenda"),
    Page("organiser", "/e/busy/organise/journal"),
    Page("organiser", "/e/busy/reports"),
    Page("organiser", "/e/busy/matching", 19, phase=Phase.MATCHING),
    Page("organiser", "/e/busy/teams", 13, phase=Phase.JAM),
    Page("organiser", "/e/busy/submissions", phase=Phase.JUDGING),
    Page("organiser", "/e/busy/jury/setup", 15, phase=Phase.JUDGING),
    Page("organiser", "/e/busy/jury/setup/panel", 15, phase=Phase.JUDGING),
    Page("organiser", "/e/busy/jury/setup/rubric", 15, phase=Phase.JUDGING),
    Page("organiser", "/e/busy/jury/setup/conflicts", 15, phase=Phase.JUDGING),
    Page("organiser", "/e/busy/shortlist", 21, phase=Phase.RESULTS),
    Page("organiser", "/e/busy/results", 15, phase=Phase.RESULTS),
    Page("visitor", "/e/busy/results", 15, phase=Phase.RESULTS),
    Page("participant", "/e/busy/teams/{team}/submission", 16, phase=Phase.RESULTS),
)
PUBLIC = ("/", "/p/{programme}", "/e/busy", "/sign-in", "/register")


@pytest.fixture
def busy(make: Factory) -> BusyEvent:
    """Return an event with one of everything."""
    event = BusyEvent(make)
    event.grow()
    return event


def count_queries(busy: BusyEvent) -> dict[str, int]:
    """Return how many questions each page puts to the database."""
    busy.publish_results()
    places = busy.addresses()
    counts = {}
    for page in PAGES:
        busy.make.go_to(busy.event_id, page.phase)
        browser = busy.browser(page.who)
        address = page.address.format(**places)
        browser.page(address)
        with noted_selects(busy.make.app) as selects:
            browser.page(address)
        counts[str(page)] = len(selects)
    return counts


def test_rows_cost_no_queries_and_pages_stay_under_their_goals(busy: BusyEvent) -> None:
    first = count_queries(busy)
    busy.grow()
    busy.grow()
    assert count_queries(busy) == first
    goals = {str(page): page.queries_max for page in PAGES}
    assert {page: count for page, count in first.items() if count > goals[page]} == {}


# --- what travels -------------------------------------------------------------


@cache
def packed_bytes(path: Path) -> int:
    """Return the size of a built file as it travels."""
    return len(gzip.compress(path.read_bytes(), 6))


def loads(html: str) -> dict[str, set[str]]:
    """Return the addresses that a page loads by itself, by kind."""
    sheets = re.findall(r'<link\b[^>]*rel="stylesheet"[^>]*>', html)
    icons = re.findall(r'<link\b[^>]*rel="(?:icon|preload|manifest)"[^>]*>', html)
    return {
        "css": {address for tag in sheets for address in re.findall(r'href="([^"]+)"', tag)},
        "js": set(re.findall(r'<script\b[^>]*\bsrc="([^"]+)"', html)),
        "images": {address for tag in icons for address in re.findall(r'href="([^"]+)"', tag)}
        | set(re.findall(r'<(?:img|source|video|audio|iframe|embed)\b[^>]*\bsrc="([^"]+)"', html))
        # The sprite is one file, whatever the number of icons.
        | {address.partition("#")[0] for address in re.findall(r'<use\b[^>]*href="([^"]+)"', html)},
    }


def scripts_with_imports(addresses: set[str]) -> set[Path]:
    """Return the built scripts of a page with all that they import, at once or later."""
    waiting = [file_of(address) for address in addresses]
    seen: set[Path] = set()
    while waiting:
        script = waiting.pop()
        if script in seen:
            continue
        seen.add(script)
        named = re.findall(
            r'(?:from|import)\s*\(?\s*"(\./[^"]+|\.\./[^"]+)"', script.read_text(encoding="utf-8")
        )
        waiting += [(script.parent / name).resolve() for name in named]
    return seen


def file_of(address: str) -> Path:
    """Return the built file behind an address of the site."""
    return DIST / urlsplit(unescape(address)).path.removeprefix("/static/dist/")


def fonts_for_latin() -> int:
    """Return how many font files an English page asks for: one."""
    manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    return sum(name.endswith("latin-wght-normal.woff2") for name in manifest)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_first_load_of_a_public_page_is_light(busy: BusyEvent, address: str) -> None:
    html = Visitor(busy.make.app).page(address.format(**busy.addresses()))
    loaded = loads(html)
    html_bytes = len(gzip.compress(html.encode(), 6))
    css_bytes = sum(packed_bytes(file_of(each)) for each in loaded["css"])
    js_bytes = sum(packed_bytes(file_of(each)) for each in loaded["js"])
    assert html_bytes <= 15_000
    assert 0 < css_bytes <= 25_000
    assert 0 < js_bytes <= 20_000
    assert html_bytes + css_bytes + js_bytes <= 60_000
    requests = 1 + sum(len(addresses) for addresses in loaded.values()) + fonts_for_latin()
    assert requests <= 8


def test_a_board_loads_few_scripts(busy: BusyEvent) -> None:
    places = busy.addresses()
    html = busy.browser("participant").page(f"/b/{places['board']}")
    scripts = scripts_with_imports(loads(html)["js"])
    assert {script.name.partition("-")[0] for script in scripts} >= {"board", "site"}
    assert sum(packed_bytes(script) for script in scripts) <= 120_000


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_asks_no_other_host(busy: BusyEvent, page: Page) -> None:
    busy.publish_results()
    busy.make.go_to(busy.event_id, page.phase)
    html = busy.browser(page.who).page(page.address.format(**busy.addresses()))
    addresses = {address for kind in loads(html).values() for address in kind}
    assert addresses
    assert {address for address in addresses if not re.match(r"/(?!/)", address)} == set()
    inlined = re.findall(r'\b(?:style|srcset|poster|data|action)="[^"]*//[^"]*"', html)
    assert inlined == []


def test_no_built_file_names_another_host() -> None:
    """Styles may load nothing foreign; scripts are held by the content security policy."""
    foreign = {
        sheet.name: re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)\"']*", text)
        for sheet in DIST.glob("*.css")
        if (text := sheet.read_text(encoding="utf-8"))
    }
    assert len(foreign) >= 3
    assert {name: found for name, found in foreign.items() if found} == {}
