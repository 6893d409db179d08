"""Letters are rendered with the page that asks for them and sent in the background."""

import uuid

from flask import current_app, render_template

from app.jobs.queue import enqueue, job
from app.mailer import Letter, send_letter


@job(retries=8)
def deliver(to: str, subject: str, text: str, identity: str) -> None:
    """Send one letter; tried again when the mail server is away, or the worker was killed.

    The identity makes a letter that was sent twice recognisable as one.
    """
    send_letter(Letter(to, subject, text, identity), current_app.extensions["cojam_settings"])


def send_mail(to: str, template: str, **context: object) -> None:
    """Render `emails/<template>.txt`, whose first line is the subject, and queue it."""
    subject, _, text = render_template(f"emails/{template}.txt", **context).partition("\n")
    enqueue(deliver, to, subject.strip(), text.strip() + "\n", uuid.uuid4().hex)
