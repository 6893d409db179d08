"""The main pages answer; on demand their pictures go to docs/screens (`make screens`)."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
BYTES_MAX = 200_000
PARTICIPANT = "person01@example.org"
# The first ten of the next jam have not chosen yet.
RANKED = "person15@example.org"
JUROR = "juror1@example.net"
ORGANISER = "organiser@example.org"
JAM = "/e/open-rooms"
NEXT_JAM = "/e/open-yards"
EARLIER_JAM = "/e/open-rooms-first-edition"
# Name, width, who looks, address, and the link to follow from there.
PAGES = (
    ("landing", 1440, None, "/", ""),
    ("event", 390, None, NEXT_JAM, ""),
    ("home", 390, PARTICIPANT, f"{NEXT_JAM}/now", ""),
    ("home", 1440, PARTICIPANT, f"{NEXT_JAM}/now", ""),
    ("ideas", 1440, PARTICIPANT, f"{JAM}/ideas", ""),
    ("idea", 390, PARTICIPANT, f"{JAM}/ideas", ".idea-card a, .card a, main h3 a"),
    ("ranking", 390, RANKED, f"{NEXT_JAM}/ranking", ""),
    ("team", 1440, PARTICIPANT, f"{JAM}/now", "section[aria-labelledby=team] a[href*='/teams/']"),
    ("board", 1440, PARTICIPANT, f"{JAM}/boards", ".board-card a"),
    ("board", 390, PARTICIPANT, f"{JAM}/boards", ".board-card a"),
    ("matching", 1440, ORGANISER, f"{NEXT_JAM}/matching", ""),
    ("control-room", 1440, ORGANISER, f"{JAM}/organise", ""),
    ("jury-queue", 390, JUROR, f"{JAM}/jury", ""),
    ("jury-sheet", 1440, JUROR, f"{JAM}/jury", "main table a"),
    ("shortlist", 1440, ORGANISER, f"{EARLIER_JAM}/shortlist", ""),
    ("results", 1440, None, f"{EARLIER_JAM}/results", ""),
)


@pytest.fixture
def keep(open_page: OpenPage) -> Callable[[Page, str], None]:
    """Return what is done with a page: a picture when asked for, nothing otherwise."""
    if os.environ.get("MAKE_SCREENS") != "1":
        return lambda page, name: None
    SCREENS.mkdir(parents=True, exist_ok=True)
    page = open_page(ORGANISER)
    page.goto(f"{NEXT_JAM}/matching")
    page.get_by_role("button", name="Form teams").click()
    page.get_by_role("link", name="Publish teams").wait_for(timeout=60_000)
    page.goto(f"{EARLIER_JAM}/shortlist")
    page.get_by_role("button", name="Make the shortlist").click()
    return _take_picture


def test_every_pictured_page_answers(
    open_page: OpenPage, keep: Callable[[Page, str], None]
) -> None:
    pages: dict[tuple[str | None, int], Page] = {}
    for name, width, email, path, link in PAGES:
        if (email, width) not in pages:
            pages[email, width] = open_page(email, viewport=PHONE if width == 390 else DESK)
        page = pages[email, width]
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        if link:
            page.locator(link).first.click()
            page.wait_for_url(lambda url, path=path: not url.endswith(path))
        assert page.locator("h1").first.inner_text() != ""
        _settle(page)
        keep(page, f"{name}-{width}")


def _settle(page: Page) -> None:
    """Wait until a board lies there as it is, and nothing moves."""
    page.emulate_media(reduced_motion="reduce")
    if "/b/" in page.url:
        page.wait_for_selector('[data-state="saved"]')
    page.evaluate("() => document.fonts.ready.then(() => undefined)")


def _take_picture(page: Page, name: str) -> None:
    image = Image.open(BytesIO(page.screenshot()))
    small = image.convert("RGB").quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    path = SCREENS / f"{name}.png"
    small.save(path, optimize=True)
    assert path.stat().st_size <= BYTES_MAX, f"{name}: {path.stat().st_size} bytes"
