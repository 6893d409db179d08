"""The session cookie names a person and the epoch in which it was made."""

from flask import current_app, session
from flask_babel import gettext as _
from flask_login import UserMixin, login_user, logout_user

from app.domain.accounts import queries
from app.domain.accounts.queries import SessionUser
from app.errors import Invalid


class SignedIn(UserMixin):
    """The signed-in person, as Flask-Login and the templates see them."""

    def __init__(self, user: SessionUser) -> None:
        self.user = user

    def __getattr__(self, name: str) -> object:
        """Read the person's own fields (`id`, `display_name`, `is_admin` …)."""
        if name == "user":
            raise AttributeError(name)
        return getattr(self.user, name)

    def get_id(self) -> str:
        """Return what the cookie holds; a new epoch makes every older cookie worthless."""
        return f"{self.user.id}.{self.user.session_epoch}"


def load_session_user(session_id: str) -> SignedIn | None:
    """Return the person of a session, unless it was ended everywhere."""
    user_id, _dot, epoch = session_id.partition(".")
    if not (user_id.isdecimal() and epoch.isdecimal()):
        return None
    user = queries.find_session_user(int(user_id))
    if user is None or user.session_epoch != int(epoch) or not _may_enter(user):
        return None
    return SignedIn(user)


def begin_session(user: SessionUser, *, is_kept: bool) -> None:
    """Sign a person in with a fresh session; raises Invalid for a demo account that is off.

    Nothing of the session before survives, so that nobody can plant one beforehand.
    """
    if not _may_enter(user):
        raise Invalid(_("The demo accounts are switched off on this server."), field="email")
    session.clear()
    session.permanent = is_kept
    login_user(SignedIn(user))


def end_session() -> None:
    """Sign the person out in this browser."""
    logout_user()
    session.clear()


def _may_enter(user: SessionUser) -> bool:
    settings = current_app.extensions["cojam_settings"]
    return not user.is_demo or settings.are_demo_sign_ins_allowed
