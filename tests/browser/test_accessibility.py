"""Every page that a role can reach, at both widths, by axe; and the forms by keyboard alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.pages.axe import find_overflow, find_violations, load_axe
from tests.browser.pages.crawl import choose_pages, crawl
from tests.browser.pages.keyboard import Walk, tab_through

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]

ROLES = {
    "visitor": None,
    "participant": "person01@example.org",
    "facilitator": "facilitator@example.org",
    "juror": "juror1@example.net",
    "organiser": "organiser@example.org",
    "administrator": "admin@example.org",
}
START = ["/", "/now", "/sign-in", "/register", "/join"]
JAM = "/e/open-rooms"
NEXT_JAM = "/e/open-yards"
EARLIER_JAM = "/e/open-rooms-first-edition"
DARK_PAGES = {
    "participant": (
        f"{JAM}/now", f"{JAM}/ideas", f"{NEXT_JAM}/ideas/new", f"{NEXT_JAM}/ranking",
        f"{JAM}/boards", f"{EARLIER_JAM}/results",
    ),
    "juror": (f"{JAM}/jury",),
    "organiser": (f"{JAM}/organise", f"{JAM}/matching", f"{EARLIER_JAM}/shortlist"),
}  # fmt: skip
FORMS = {
    "visitor": ("/sign-in", "/register"),
    "participant": ("/join", "/profile", f"{NEXT_JAM}/ideas/new", f"{NEXT_JAM}/ranking"),
    "organiser": (f"{NEXT_JAM}/organise/phases", f"{NEXT_JAM}/matching"),
}


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, str]]:
    """Return what was checked already, on whichever role's page."""
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_reaches_is_accessible_at_both_widths(
    app: Flask, open_page: OpenPage, seen: set[tuple[str, str]], role: str
) -> None:
    page = open_page(ROLES[role])
    found = crawl(page, app.url_map.bind("localhost"), START)
    faults = [fault for path in choose_pages(found, seen) for fault in _check(page, path)]
    assert "\n".join(faults) == ""


def _check(page: Page, path: str) -> list[str]:
    page.goto(path)
    load_axe(page)
    faults = [f"{path} at 1440: {fault}" for fault in find_violations(page)]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    faults += [f"{path} at 390: {fault}" for fault in find_violations(page)]
    faults += [f"{path} is wider than 390: {fault}" for fault in find_overflow(page)]
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    return faults


@pytest.mark.parametrize("role", DARK_PAGES)
def test_main_pages_keep_their_contrast_in_the_dark(open_page: OpenPage, role: str) -> None:
    page = open_page(ROLES[role], dark=True)
    faults = []
    for path in DARK_PAGES[role]:
        page.goto(path)
        load_axe(page)
        faults += [f"{path}: {fault}" for fault in find_violations(page)]
    assert "\n".join(faults) == ""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("role", FORMS)
def test_forms_are_complete_by_keyboard_and_show_where_one_is(
    open_page: OpenPage, role: str, width: int
) -> None:
    page = open_page(ROLES[role], viewport=PHONE if width == 390 else DESK)
    walks = {}
    for path in FORMS[role]:
        page.goto(path)
        walks[path] = tab_through(page)
    assert walks == dict.fromkeys(FORMS[role], Walk([], [], []))
