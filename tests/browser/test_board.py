"""Two people on one board, in two real browsers, on a server that is killed under them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from app import create_app
from app.config import read_settings
from app.core.boards.notes import Note, list_notes, open_document
from app.core.phases import Phase
from app.core.policy import OPERATOR, Role
from app.domain.boards import service
from app.domain.boards.log import BoardLog, board_log_url
from app.hub.binding import current_hub
from tests.browser.conftest import DESK, PHONE, LiveServer, make_server
from tests.factories import Factory

pytestmark = pytest.mark.browser

STATE = """[...document.querySelectorAll("[data-note]")].map((note) =>
  [note.dataset.note, note.querySelector("p").textContent, note.style.transform,
   [...note.classList].find((name) => name.startsWith("c-"))].join(" ")).sort()"""
AXE_TAGS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LIGHTS = "Warm light low down"
LAMPS = "Neighbours adopt one lamp each"


@dataclass
class Jam:
    """An event with a facilitator and a participant, on a server of its own: it gets killed."""

    server: LiveServer
    app: Flask
    facilitator: int
    participant: int
    mentor: int
    event_id: int

    def board(self, *notes: Note) -> str:
        """Make a board with notes on it."""
        with self.app.app_context():
            board_id = service.create_board(OPERATOR, self.event_id, "How do we stay open?")
            if notes:
                current_hub().insert_notes(board_id, notes, "server")
        return board_id

    def texts(self, board_id: str) -> list[str]:
        """Return what is on disk, as a server that starts now would find it."""
        settings = read_settings(self.server.environ)
        stored = BoardLog(board_log_url(settings.database_url, settings.instance_path)).get_board(
            board_id
        )
        document = open_document(stored.snapshot)
        for update in stored.updates:
            document.apply_update(update.data)
        return sorted(note.text for note in list_notes(document))

    def cookie(self, user_id: int) -> str:
        """Return a session cookie, as signing in would set it."""
        serializer = self.app.session_interface.get_signing_serializer(self.app)
        return str(serializer.dumps({"_user_id": f"{user_id}.0", "_fresh": True}))


@pytest.fixture(scope="module")
def jam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jam]:
    server = make_server(tmp_path_factory.mktemp("boards"), DEMO="0")
    server.start()
    app = create_app(read_settings(server.environ))
    make = Factory(app)
    event_id = make.event(Phase.JAM, slug="jam")
    people = [
        make.member(event_id, role, name=name)
        for role, name in (
            (Role.FACILITATOR, "Lena Brandt"),
            (Role.PARTICIPANT, "Олена Кравець"),
            (Role.MENTOR, "Ion Munteanu"),
        )
    ]
    yield Jam(server, app, *people, event_id)
    server.stop()


OpenBoard = Callable[..., Page]


@pytest.fixture
def open_board(browser: Browser, jam: Jam) -> Iterator[OpenBoard]:
    """Return a function that opens a board as a person; errors of the page fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(
        board_id: str, user_id: int, *, viewport: dict[str, int] = DESK, dark: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            base_url=jam.server.url,
            color_scheme="dark" if dark else "light",
            has_touch=viewport["width"] < 600,
        )
        contexts.append(context)
        context.add_cookies(
            [{"name": "cojam", "value": jam.cookie(user_id), "url": jam.server.url}]
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"/b/{board_id}")
        wait_saved(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


def wait_saved(page: Page) -> None:
    page.wait_for_selector('[data-state="saved"]', timeout=30_000)


def note_on(page: Page, text: str) -> Locator:
    return page.locator("[data-note]", has_text=text)


def write(page: Page, text: str) -> None:
    """Make a note by keyboard alone."""
    page.locator("#main").focus()
    page.keyboard.press("n")
    page.keyboard.type(text)
    page.keyboard.press("Escape")


def drag(page: Page, note: Locator, dx: int, dy: int) -> None:
    box = note.bounding_box()
    assert box is not None
    x, y = box["x"] + 40, box["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=8)
    page.mouse.up()


def expect_same(one: Page, other: Page) -> None:
    """Wait until two pages show the same notes, at the same places."""
    wanted = one.evaluate(STATE)
    assert wanted
    other.wait_for_function(
        f"(wanted) => JSON.stringify({STATE}) === JSON.stringify(wanted)", arg=wanted
    )


def test_what_one_does_the_other_sees(jam: Jam, open_board: OpenBoard) -> None:
    board_id = jam.board()
    lena, olena = open_board(board_id, jam.facilitator), open_board(board_id, jam.participant)
    write(lena, LIGHTS)
    write(lena, LAMPS)
    expect(note_on(olena, LAMPS)).to_have_attribute(
        "aria-label", f"{LAMPS}. Yellow note by Lena Brandt"
    )
    note_on(olena, LAMPS).dblclick()
    olena.keyboard.type(", and name it")
    olena.keyboard.press("Escape")
    expect(note_on(lena, "and name it")).to_have_count(1)
    drag(olena, note_on(olena, LIGHTS), -200, -120)
    olena.get_by_role("button", name="Colour").click()
    olena.get_by_role("button", name="Blue").click()
    expect(lena.locator(".c-sky[data-note]")).to_have_count(1)
    wait_saved(olena)
    expect_same(olena, lena)
    note_on(lena, LIGHTS).click()
    lena.keyboard.press("Delete")
    expect(note_on(olena, LIGHTS)).to_have_count(0)
    lena.keyboard.press("Control+z")
    expect(note_on(olena, LIGHTS)).to_have_count(1)


def test_a_cursor_carries_the_name_of_its_person(jam: Jam, open_board: OpenBoard) -> None:
    board_id = jam.board()
    lena, olena = open_board(board_id, jam.facilitator), open_board(board_id, jam.participant)
    olena.mouse.move(700, 400)
    olena.mouse.move(720, 420)
    expect(lena.locator(".peer:visible")).to_have_text("Олена Кравець")
    expect(lena.locator("#board-people .avatar")).to_have_count(2)
    olena.context.close()
    expect(lena.locator(".peer")).to_have_count(0)
    expect(lena.locator("#board-people .avatar")).to_have_count(1)


def test_two_write_in_one_note(jam: Jam, open_board: OpenBoard) -> None:
    board_id = jam.board(Note("a", "Tea at ten", 0, 0, "sun"))
    lena, olena = open_board(board_id, jam.facilitator), open_board(board_id, jam.participant)
    for page, key in ((lena, "Home"), (olena, "End")):
        note_on(page, "Tea").dblclick()
        page.keyboard.press(key)
    expect(lena.locator(".writer:visible")).to_have_text("Олена Кравець is writing")
    for letter in "abcd":
        lena.keyboard.type(letter)
        olena.keyboard.type(letter.upper())
    for page in (lena, olena):
        expect(page.locator("[data-note] textarea")).to_have_value("abcdTea at tenABCD")


def test_nothing_shown_as_saved_is_lost_when_the_server_dies(
    jam: Jam, open_board: OpenBoard
) -> None:
    board_id = jam.board()
    lena, olena = open_board(board_id, jam.facilitator), open_board(board_id, jam.participant)
    write(lena, LIGHTS)
    wait_saved(lena)
    jam.server.kill_web()
    assert jam.texts(board_id) == [LIGHTS]
    lena.wait_for_selector('[data-state="offline"]')
    write(lena, "Written without a connection")
    assert lena.locator('[data-state="saved"]').count() == 0
    for page in (lena, olena):
        wait_saved(page)
    expect(note_on(olena, "Written without a connection")).to_have_count(1)
    expect_same(lena, olena)
    assert jam.texts(board_id) == sorted([LIGHTS, "Written without a connection"])
    before = lena.evaluate(STATE)
    lena.reload()
    wait_saved(lena)
    lena.wait_for_function(
        f"(wanted) => JSON.stringify({STATE}) === JSON.stringify(wanted)", arg=before
    )


def test_a_lock_reaches_everyone_at_once(jam: Jam, open_board: OpenBoard) -> None:
    board_id = jam.board(Note("a", LIGHTS, 0, 0, "sun"))
    lena, olena = open_board(board_id, jam.facilitator), open_board(board_id, jam.participant)
    lena.locator("summary", has_text="More for this board").click()
    lena.get_by_role("button", name="Lock the board").click()
    expect(olena.locator("#board-banner")).to_contain_text("The board is locked.")
    write(olena, "Too late")
    expect(note_on(olena, "Too late")).to_have_count(0)
    wait_saved(lena)
    write(lena, "Staff still may")
    expect(note_on(olena, "Staff still may")).to_have_count(1)


def test_a_change_made_before_the_lock_was_known_is_taken_back_and_said(
    jam: Jam, open_board: OpenBoard
) -> None:
    board_id = jam.board()
    olena = open_board(board_id, jam.participant)
    jam.server.kill_web()
    olena.wait_for_selector('[data-state="offline"]')
    with jam.app.app_context():
        service.set_locked(OPERATOR, board_id, True)
    write(olena, "Written after the lock")
    expect(olena.locator("#board-banner")).to_contain_text("the board was locked", timeout=30_000)
    expect(note_on(olena, "Written after the lock")).to_have_count(0)
    wait_saved(olena)
    assert jam.texts(board_id) == []


def test_a_moderator_hides_a_note_from_everyone(jam: Jam, open_board: OpenBoard) -> None:
    board_id = jam.board(Note("a", "Out of line", 0, 0, "sun"))
    lena, olena = open_board(board_id, jam.facilitator), open_board(board_id, jam.participant)
    note_on(lena, "Out of line").click()
    lena.get_by_role("button", name="Hide from everyone").click()
    for page in (lena, olena):
        expect(note_on(page, "Out of line")).to_have_count(0)
    lena.goto(f"/b/{board_id}/outline")
    lena.get_by_role("button", name="Put back").click()
    expect(note_on(olena, "Out of line")).to_have_count(1)


def test_the_whole_board_by_keyboard(jam: Jam, open_board: OpenBoard) -> None:
    notes = [Note(f"n{n}", f"Note {n}", n * 5_000.0, 0, "sun") for n in range(3)]
    page = open_board(jam.board(*notes), jam.participant)
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    # Notes far out of view are reached, too, and brought into it.
    for number in (1, 2):
        page.keyboard.press("Tab")
        expect(page.locator(f"[data-note=n{number}]")).to_be_focused()
    expect(page.locator("[data-note=n2]")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.type("!")
    page.keyboard.press("Tab")
    page.keyboard.type("The next one")
    page.keyboard.press("Escape")
    expect(note_on(page, "Note 2!")).to_have_count(1)
    expect(note_on(page, "The next one")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+d")
    expect(note_on(page, "The next one")).to_have_count(2)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.locator("[data-note]")).to_have_count(0)
    page.keyboard.press("Control+z")
    page.keyboard.press("Shift+Digit1")
    expect(page.locator("[data-note]")).to_have_count(5)


def test_by_finger_a_tap_selects_a_second_one_writes(jam: Jam, open_board: OpenBoard) -> None:
    page = open_board(jam.board(Note("a", LIGHTS, 0, 0, "sun")), jam.participant, viewport=PHONE)
    note = page.locator("[data-note=a]")
    note.tap()
    expect(note).to_have_class("note c-sun sel")
    note.tap()
    expect(note.locator("textarea")).to_be_focused()
    page.keyboard.type(" for all")
    page.get_by_role("button", name="Add note").tap()
    page.keyboard.type("By thumb")
    expect(note_on(page, "By thumb")).to_have_count(1)
    expect(note_on(page, f"{LIGHTS} for all")).to_have_count(1)


def test_moving_needs_no_dragging(jam: Jam, open_board: OpenBoard) -> None:
    page = open_board(jam.board(Note("a", LIGHTS, 0, 0, "sun")), jam.participant)
    page.locator("[data-note=a]").click()
    page.get_by_role("button", name="Move to…").click()
    page.get_by_label("Across").fill("320")
    page.get_by_label("Down the page").fill("-40")
    page.get_by_role("button", name="Move", exact=True).click()
    wait_saved(page)
    transform = page.locator("[data-note=a]").evaluate("(note) => note.style.transform")
    assert transform.startswith("translate(320px, -40px)")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_board_and_its_outline_have_no_barrier(
    jam: Jam, open_board: OpenBoard, viewport: dict[str, int], dark: bool
) -> None:
    board_id = jam.board(
        *(Note(f"n{n}", f"Note {n}", n * 190.0, 0, c) for n, c in enumerate(("sun", "sky", "rose")))
    )
    page = open_board(board_id, jam.facilitator, viewport=viewport, dark=dark)
    page.locator("[data-note=n0]").click()
    assert barriers(page) == []
    for panel in ("Colour", "Move to…"):
        page.get_by_role("button", name=panel).click()
        assert barriers(page) == []
        page.keyboard.press("Escape")
    page.goto(f"/b/{board_id}/outline")
    assert barriers(page) == []


def barriers(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE_TAGS).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]
