"""The road of a jam as people walk it: on a phone, on a desk, on a tablet at the jury's table."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.pages.axe import find_overflow, find_violations, load_axe
from tests.browser.pages.board import BoardPage

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]

PARTICIPANT = "person03@example.org"
NEXT_JAM = "/e/open-yards"
JAM = "/e/open-rooms"
EARLIER_JAM = "/e/open-rooms-first-edition"
TABLET = {"width": 1024, "height": 768}
TITLE = "A bench that listens"
SUMMARY = "People leave a story at a bench, and whoever sits down hears it."
KEPT = re.compile("kept|saved", re.IGNORECASE)


def test_a_participant_pitches_and_ranks_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(PARTICIPANT, viewport=PHONE)
    page.goto("/now")
    page.get_by_role("link", name="Open Yards").click()
    expect(page.locator(".now-card")).to_have_count(1)
    page.locator(".now-card").get_by_role("link", name="Pitch an idea").click()
    _pitch(page)
    _choose_three(page)
    _order_by_keyboard(page)


def _pitch(page: Page) -> None:
    page.get_by_label("Title").press_sequentially(TITLE)
    page.get_by_label("In one or two sentences").fill(SUMMARY)
    expect(page.locator("main [data-part=saved]")).to_contain_text(KEPT)
    page.reload()
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    page.get_by_role("button", name="Pitch this idea").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text(SUMMARY)


def _choose_three(page: Page) -> None:
    for idea in ("The yard that lends", "Schattenplan", "Cina lungă"):
        page.goto(f"{NEXT_JAM}/ideas")
        page.get_by_role("link", name=idea).click()
        page.get_by_role("button", name="Add to my five").press("Enter")
        expect(page.get_by_role("button", name="One of my five")).to_be_visible()


def _order_by_keyboard(page: Page) -> None:
    page.goto(f"{NEXT_JAM}/ranking")
    expect(page.locator(".ranks h3")).to_have_text(
        ["The yard that lends", "Schattenplan", "Cina lungă"]
    )
    page.get_by_role("button", name="Drag Cina lungă").press(" ")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press(" ")
    wanted = ["Cina lungă", "The yard that lends", "Schattenplan"]
    expect(page.locator(".ranks h3")).to_have_text(wanted)
    expect(page.locator("main [data-part=saved]")).to_contain_text(KEPT)
    page.reload()
    expect(page.locator(".ranks h3")).to_have_text(wanted)


def test_a_participant_sees_the_team_and_why_and_what_was_handed_in(open_page: OpenPage) -> None:
    page = open_page(PARTICIPANT, viewport=PHONE)
    page.goto(f"{JAM}/now")
    expect(page.locator(".now-card")).to_have_count(1)
    page.get_by_role("link", name="Team page").click()
    expect(page.get_by_role("heading", name="Why this team")).to_be_visible()
    expect(page.locator("section[aria-labelledby=why] li").first).to_be_visible()
    team_url = page.url
    page.goto(f"{team_url}/submission")
    expect(page.get_by_text("Handed in", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="Material and tools")).to_be_visible()


def test_two_browsers_share_one_board(open_page: OpenPage) -> None:
    desk = open_page("facilitator@example.org")
    desk.goto(f"{JAM}/boards")
    desk.get_by_role("link", name="What would make a room yours?").click()
    facilitator = BoardPage(desk)
    phone = open_page(PARTICIPANT, viewport=PHONE)
    phone.goto(desk.url)
    participant = BoardPage(phone)

    facilitator.write("A key for everybody")
    facilitator.wait_until_saved()
    # A phone shows a part of the board only; this brings all of it into view.
    participant.fit()
    expect(participant.note("A key for everybody")).to_have_count(1)
    before = participant.place_of("A key for everybody")
    facilitator.note("A key for everybody").focus()
    desk.keyboard.press("Shift+ArrowRight")
    desk.keyboard.press("Shift+ArrowDown")
    facilitator.wait_until_saved()
    moved = facilitator.place_of("A key for everybody")
    assert moved != before
    expect(participant.note("A key for everybody")).to_have_attribute(
        "style", re.compile(re.escape(moved))
    )
    participant.write("And a kettle")
    participant.wait_until_saved()
    expect(facilitator.note("And a kettle")).to_have_count(1)


def test_a_juror_scores_by_keyboard_on_a_tablet(open_page: OpenPage) -> None:
    page = open_page("juror1@example.net", viewport=TABLET)
    page.goto(f"{JAM}/jury")
    title = page.locator(".now-card .now-title").inner_text()
    page.locator(".now-card").get_by_role("link", name="Score this project").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    rows = page.locator(".score-row")
    count = rows.count()
    for number in range(count):
        rows.nth(number).locator("input").first.focus()
        page.keyboard.press(str(9 - number))
    expect(page.locator("main [data-part=saved]")).to_contain_text(KEPT)
    page.reload()
    for number in range(count):
        expect(rows.nth(number).locator("input:checked")).to_have_value(str(9 - number))
    page.get_by_label("Comment for the team").fill("Try it in May.")
    page.get_by_role("button", name="Hand in this sheet").press("Enter")
    page.goto(f"{JAM}/jury")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=title))
    expect(row).to_contain_text("Handed in")


def test_an_organiser_forms_teams_while_the_page_follows(open_page: OpenPage) -> None:
    page = open_page("organiser@example.org")
    asked: list[str] = []
    pushed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: pushed.append(str(frame))),
    )
    page.goto(f"{NEXT_JAM}/organise")
    page.get_by_role("link", name="Matching", exact=True).click()
    page.get_by_label("How long to search").select_option("fast")
    page.get_by_role("button", name="Form teams").click()
    expect(page.get_by_role("heading", name="A matching is under way")).to_be_visible()
    teams = page.get_by_role("heading", name=re.compile(r"\d+ proposed team"))
    expect(teams).to_be_visible(timeout=60_000)
    assert [frame for frame in pushed if '"progress"' in frame] != []
    # The page asks once when it opens; from then on it is told.
    assert len([url for url in asked if "/matching/runs/" in url]) == 1
    expect(page.get_by_role("link", name="Publish teams")).to_be_visible()
    _expect_no_barrier(page)


def test_an_organiser_tries_the_shortlist_with_less_money(open_page: OpenPage) -> None:
    page = open_page("organiser@example.org")
    page.goto(f"{EARLIER_JAM}/organise")
    page.get_by_role("link", name="Shortlist", exact=True).click()
    page.get_by_role("button", name="Make the shortlist").click()
    expect(page.get_by_role("heading", name="Ranking", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("of 10,000|of €10,000"))).to_be_visible()
    page.get_by_role("textbox", name="Budget").fill("3000")
    page.get_by_role("button", name="Try").click()
    expect(page.get_by_text("This is a trial; it changes nothing")).to_be_visible()
    expect(page.get_by_text("leaves", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Publish results")).to_be_visible()
    _expect_no_barrier(page)


def _expect_no_barrier(page: Page) -> None:
    """Pages that stand at the end of an act are out of reach for whoever only follows links."""
    load_axe(page)
    assert "\n".join(find_violations(page)) == ""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert "\n".join(find_violations(page) + find_overflow(page)) == ""
