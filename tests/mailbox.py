"""What arrived by mail: the letters that a server without a mail server keeps in its folder."""

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from app.config import Settings


class Mailbox:
    """All letters of a test, the oldest first; emptied when it is made."""

    def __init__(self, settings: Settings) -> None:
        self.folder: Path = settings.instance_path / "mail"
        for path in self.folder.glob("*.eml"):
            path.unlink()

    def letters(self) -> list[EmailMessage]:
        """Return every letter."""
        paths = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [
            email.message_from_bytes(path.read_bytes(), policy=default)  # type: ignore[misc]
            for path in paths
        ]

    def subjects(self) -> list[tuple[str, str]]:
        """Return the address and the subject of every letter."""
        return [(letter["To"], letter["Subject"]) for letter in self.letters()]

    def link(self) -> str:
        """Return the path of the one link in the newest letter."""
        text = self.letters()[-1].get_content()
        links = re.findall(r"http://localhost(/\S+)", text)
        assert len(links) == 1, text
        return links[0]
