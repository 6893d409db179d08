"""What one is told after a letter went out."""

from flask import current_app, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.core.policy import Action
from app.web.accounts.blueprint import bp

Page = Response | str | tuple[str, int]


@bp.get("/check-mail")
@allow(Action.SIGN_IN)
def check_mail() -> Page:
    """Say where a letter went and what to do with it."""
    mailed = session.get("mailed")
    if mailed is None:
        return redirect(url_for("accounts.sign_in"))
    settings = current_app.extensions["cojam_settings"]
    # Without a mail server letters are files, and only whoever runs the server finds them.
    is_kept_here = settings.mail_host is None and settings.is_loopback
    return render_template(
        "accounts/check_mail.html",
        email=mailed["to"],
        kind=mailed["kind"],
        is_kept_here=is_kept_here,
    )
