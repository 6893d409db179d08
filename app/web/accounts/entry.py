"""From a proven identity to the page that somebody wanted."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.people import Consent
from app.domain.accounts import consents
from app.domain.accounts.queries import SessionUser
from app.hub.binding import close_sockets
from app.web.accounts.session import begin_session
from app.web.links import local_path


def enter(
    user: SessionUser, *, next_path: str, is_kept: bool, said: str = "", is_reclaimed: bool = False
) -> Response:
    """Sign somebody in and lead them on; raises Invalid for a demo account that is off.

    Who has not agreed to the present rules (an imported account, new rules) is asked first.
    `said` and, for a reclaimed account, what happened to it are told on the next page.
    """
    begin_session(user, is_kept=is_kept)
    if said:
        flash(said)
    if is_reclaimed:
        close_sockets(user.id)
        flash(
            _(
                "Your address was not confirmed until now, so anybody could have used it. To be "
                "safe, the password set before no longer works and every other device is signed "
                "out. Look through your profile: it may not all be yours."
            )
        )
    if not user.is_demo and not consents.has_consented(user.id, Consent.TERMS):
        return redirect(url_for("accounts.consents", next=local_path(next_path)))
    return redirect(onward(next_path))


def onward(next_path: str | None) -> str:
    """Return the address to go on to: a path on this site, or the person's events."""
    return local_path(next_path) or url_for("home.events")


def asked_next_path() -> str:
    """Return the path that the address of this page asks for, or nothing."""
    return local_path(request.args.get("next")) or ""


def is_own_session(user_id: int) -> bool:
    """Return whether this browser is signed in to that very account."""
    return is_signed_in() and current_user.id == user_id


def is_signed_in() -> bool:
    """Return whether somebody is signed in here already."""
    return bool(current_user.is_authenticated)


def tell_to_check_mail(email: str, kind: str) -> Response:
    """Lead to the page that says where a letter went, the same for every address."""
    session["mailed"] = {"to": email, "kind": kind}
    return redirect(url_for("accounts.check_mail"))


def show_spent_link(message: str) -> tuple[str, int]:
    """Answer for a link that was used before, is too old, or never was."""
    return render_template("accounts/spent.html", message=message), 410
