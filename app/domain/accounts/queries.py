"""Read accounts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.domain.accounts.addresses import fold_email
from app.domain.accounts.models import User, UserSkill
from app.errors import Missing

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
    is_demo: bool = False


@dataclass(frozen=True)
class AccountView(PersonView):
    """An account as its owner and administrators see it."""

    email: str
    is_email_verified: bool
    has_password: bool
    is_admin: bool
    is_banned: bool
    ban_reason: str
    is_demo: bool
    created_at: datetime


@dataclass(frozen=True)
class SkillView:
    """A skill of a person; `name` is the taxonomy's, or what the person typed."""

    key: str
    name: str
    level: int
    wants_to_learn: bool


@dataclass(frozen=True)
class ProfileView(PersonView):
    """What a person says about themselves."""

    bio: str
    sector: str | None
    place: str
    organisation: str
    availability: str
    languages: tuple[str, ...]
    timezone: str | None
    locale: str
    skills: tuple[SkillView, ...]

    @property
    def has_skills(self) -> tuple[SkillView, ...]:
        """Skills the person brings, the strongest first."""
        own = [skill for skill in self.skills if skill.level or not skill.wants_to_learn]
        return tuple(sorted(own, key=lambda skill: -skill.level))

    @property
    def wants_to_learn(self) -> tuple[SkillView, ...]:
        """Skills the person wants to learn."""
        return tuple(skill for skill in self.skills if skill.wants_to_learn)


_SESSION_COLUMNS = (
    User.id,
    User.public_id,
    User.display_name,
    User.email,
    User.locale,
    User.timezone,
    User.is_admin,
    User.is_banned,
    User.session_epoch,
    User.is_demo,
)
ACCOUNT_COLUMNS = (
    User.id,
    User.public_id,
    User.display_name,
    User.email,
    User.email_verified_at.is_not(None),
    User.password_hash.is_not(None),
    User.is_admin,
    User.is_banned,
    User.ban_reason,
    User.is_demo,
    User.created_at,
)


def find_session_user(user_id: int) -> SessionUser | None:
    """Return the person whose session this is."""
    row = db.session.execute(select(*_SESSION_COLUMNS).where(User.id == user_id)).one_or_none()
    return SessionUser(**row._mapping) if row else None


def get_session_user(user_id: int) -> SessionUser:
    """Return a person who is there; raises Missing."""
    user = find_session_user(user_id)
    if user is None:
        raise Missing("user")
    return user


def find_by_email(email: str) -> AccountView | None:
    """Return the account with an address, however it was typed."""
    return _find_account(User.email == fold_email(email))


def find_account(public_id: str) -> AccountView | None:
    """Return an account by its public identifier."""
    return _find_account(User.public_id == public_id)


def get_account(user_id: int) -> AccountView:
    """Return an account that is there; raises Missing."""
    account = _find_account(User.id == user_id)
    if account is None:
        raise Missing("user")
    return account


def _find_account(condition: ColumnElement[bool]) -> AccountView | None:
    row = db.session.execute(select(*ACCOUNT_COLUMNS).where(condition)).one_or_none()
    return AccountView(*row) if row else None


def list_people(user_ids: set[int]) -> dict[int, PersonView]:
    """Return people by id, in one query."""
    rows = db.session.execute(
        select(User.id, User.public_id, User.display_name).where(User.id.in_(user_ids))
    )
    return {row.id: PersonView(*row) for row in rows}


def find_profile(user_id: int) -> ProfileView | None:
    """Return what a person says about themselves, in two queries."""
    row = db.session.execute(
        select(
            User.id,
            User.public_id,
            User.display_name,
            User.bio,
            User.sector,
            User.place,
            User.organisation,
            User.availability,
            User.languages,
            User.timezone,
            User.locale,
        ).where(User.id == user_id)
    ).one_or_none()
    if row is None:
        return None
    skills = list_skills_of({user_id})[user_id]
    values = {**row._mapping, "languages": tuple(row.languages)}
    return ProfileView(**values, skills=skills)


def get_profile(user_id: int) -> ProfileView:
    """Return the profile of a person who is there; raises Missing."""
    profile = find_profile(user_id)
    if profile is None:
        raise Missing("user")
    return profile


def list_profiles(user_ids: set[int]) -> dict[int, ProfileView]:
    """Return what people say about themselves, by person, in two queries."""
    skills = list_skills_of(user_ids)
    rows = db.session.execute(
        select(
            User.id,
            User.public_id,
            User.display_name,
            User.bio,
            User.sector,
            User.place,
            User.organisation,
            User.availability,
            User.languages,
            User.timezone,
            User.locale,
        ).where(User.id.in_(user_ids))
    )
    return {
        row.id: ProfileView(
            **{**row._mapping, "languages": tuple(row.languages)}, skills=skills[row.id]
        )
        for row in rows
    }


def list_skills_of(user_ids: set[int]) -> dict[int, tuple[SkillView, ...]]:
    """Return people's skills by person, in one query; nobody is left out."""
    skills: dict[int, list[SkillView]] = {user_id: [] for user_id in user_ids}
    for row in db.session.execute(
        select(
            UserSkill.user_id,
            UserSkill.skill_key,
            UserSkill.label,
            UserSkill.level,
            UserSkill.wants_to_learn,
        )
        .where(UserSkill.user_id.in_(user_ids))
        .order_by(UserSkill.id)
    ):
        skills[row.user_id].append(
            SkillView(row.skill_key, row.label, row.level, row.wants_to_learn)
        )
    return {user_id: tuple(views) for user_id, views in skills.items()}


def has_administrator() -> bool:
    """Return whether anybody keeps the installation; the demo's administrator is nobody."""
    query = select(User.id).where(User.is_admin.is_(True), User.is_demo.is_(False)).limit(1)
    return db.session.scalar(query) is not None


def count_administrators() -> int:
    """Return how many administrators there are."""
    return db.session.scalar(select(func.count()).where(User.is_admin.is_(True))) or 0


def is_anybody_there() -> bool:
    """Return whether the installation has any account."""
    return db.session.scalar(select(User.id).limit(1)) is not None


@dataclass(frozen=True)
class MatchingProfile:
    """What a team and the matching may know of a person."""

    person: PersonView
    sector: str | None
    languages: tuple[str, ...]
    views: tuple[SkillView, ...]

    @property
    def skills(self) -> dict[str, int]:
        """Levels by skill key; a wish to learn counts only with its level."""
        return {view.key: view.level for view in self.views if view.level}


def list_matching_profiles(user_ids: set[int]) -> dict[int, MatchingProfile]:
    """Return what the matching may know of people, in two queries."""
    skills = list_skills_of(user_ids)
    rows = db.session.execute(
        select(User.id, User.public_id, User.display_name, User.sector, User.languages).where(
            User.id.in_(user_ids)
        )
    )
    return {
        row.id: MatchingProfile(
            PersonView(row.id, row.public_id, row.display_name),
            row.sector,
            tuple(row.languages),
            skills[row.id],
        )
        for row in rows
    }


def list_addresses(user_ids: set[int]) -> dict[int, str]:
    """Return e-mail addresses by person, for letters alone: no page shows them."""
    rows = db.session.execute(select(User.id, User.email).where(User.id.in_(user_ids)))
    return {row.id: row.email for row in rows}
