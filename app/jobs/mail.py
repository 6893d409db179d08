"""Letters are rendered with the page that asks for them and sent in the background."""

from flask import current_app, render_template

from app.jobs.queue import enqueue, job
from app.mailer import Letter, send_letter


@job(retries=5)
def deliver(to: str, subject: str, text: str) -> None:
    """Send one letter; tried again when the mail server is away."""
    send_letter(Letter(to, subject, text), current_app.extensions["cojam_settings"])


def send_mail(to: str, template: str, **context: object) -> None:
    """Render `emails/<template>.txt`, whose first line is the subject, and queue it."""
    subject, _, text = render_template(f"emails/{template}.txt", **context).partition("\n")
    enqueue(deliver, to, subject.strip(), text.strip() + "\n")
