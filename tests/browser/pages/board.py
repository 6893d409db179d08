"""The live board."""

from playwright.sync_api import Locator, Page, expect


class BoardPage:
    """A board in one browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wait_until_saved()

    def wait_until_saved(self) -> None:
        """Wait until the page says that everything is on disk."""
        expect(self.page.locator('[data-state="saved"]')).to_be_visible(timeout=30_000)

    def write(self, text: str) -> None:
        """Make a note by keyboard."""
        self.page.locator("#main").focus()
        self.page.keyboard.press("n")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Escape")

    def fit(self) -> None:
        """Bring every note into view."""
        self.page.locator("#main").focus()
        self.page.keyboard.press("Shift+Digit1")

    def note(self, text: str) -> Locator:
        """Return the note that carries a text."""
        return self.page.locator("[data-note]", has_text=text)

    def place_of(self, text: str) -> str:
        """Return where a note lies, as the page says it."""
        place: str = self.note(text).evaluate("(note) => note.style.transform")
        return place
