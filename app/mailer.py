"""Letters out: by SMTP, or as files with the link on the console when there is no server."""

import re
import smtplib
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate

from app.config import Settings


@dataclass(frozen=True)
class Letter:
    """A plain-text letter to one person."""

    to: str
    subject: str
    text: str
    identity: str


def send_letter(letter: Letter, settings: Settings) -> None:
    """Send a letter; raises smtplib.SMTPException or OSError when the server refuses it."""
    message = _compose(letter, settings)
    if settings.mail_host is None:
        _write_down(letter, message, settings)
        return
    with smtplib.SMTP(settings.mail_host, settings.mail_port, timeout=30) as server:
        if settings.mail_use_tls:
            server.starttls()
        if settings.mail_username:
            server.login(settings.mail_username, settings.mail_password or "")
        server.send_message(message)


def _compose(letter: Letter, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_sender
    message["To"] = letter.to
    # A header of one line: what people typed must not add headers of its own.
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{letter.identity}@cojam.invalid>"
    message.set_content(letter.text)
    return message


def _write_down(letter: Letter, message: EmailMessage, settings: Settings) -> None:
    folder = settings.instance_path / "mail"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / f"{letter.identity}.eml").write_bytes(bytes(message))
    for link in re.findall(r"https?://\S+", letter.text):
        print(f"mail to {letter.to}: {letter.subject}: {link}", file=sys.stderr, flush=True)
