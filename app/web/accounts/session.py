"""The session cookie names a person and the epoch in which it was made."""

from flask_login import UserMixin

from app.domain.accounts import queries
from app.domain.accounts.queries import SessionUser


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
    user_id, _, epoch = session_id.partition(".")
    if not (user_id.isdigit() and epoch.isdigit()):
        return None
    user = queries.find_session_user(int(user_id))
    if user is None or user.session_epoch != int(epoch):
        return None
    return SignedIn(user)
