"""Read accounts."""

from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.domain.accounts.models import User

AVATAR_COLOURS = ("sun", "apricot", "rose", "lilac", "sky", "aqua", "leaf", "stone")


def initials_of(name: str) -> str:
    """Return up to two initials, in any script."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def colour_of(user_id: int) -> str:
    """Return the note colour that stands for a person."""
    return AVATAR_COLOURS[user_id % len(AVATAR_COLOURS)]


@dataclass(frozen=True)
class PersonView:
    """A person as others see them: the name they chose, never the address."""

    id: int
    public_id: str
    display_name: str

    @property
    def initials(self) -> str:
        """Up to two letters for the avatar."""
        return initials_of(self.display_name)

    @property
    def colour(self) -> str:
        """The note colour that stands for the person."""
        return colour_of(self.id)


@dataclass(frozen=True)
class SessionUser(PersonView):
    """The signed-in person, as every page needs them."""

    email: str
    locale: str
    timezone: str | None
    is_admin: bool
    is_banned: bool
    session_epoch: int


def find_session_user(user_id: int) -> SessionUser | None:
    """Return the person whose session this is."""
    row = db.session.execute(
        select(
            User.id,
            User.public_id,
            User.display_name,
            User.email,
            User.locale,
            User.timezone,
            User.is_admin,
            User.is_banned,
            User.session_epoch,
        ).where(User.id == user_id)
    ).one_or_none()
    return SessionUser(*row) if row else None


def list_people(user_ids: set[int]) -> dict[int, PersonView]:
    """Return people by id, in one query."""
    rows = db.session.execute(
        select(User.id, User.public_id, User.display_name).where(User.id.in_(user_ids))
    )
    return {row.id: PersonView(*row) for row in rows}
