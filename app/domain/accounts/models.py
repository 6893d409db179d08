"""Tables of people, their sign-in, profile, skills and consents."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.db import Base


class User(Base):
    """A person with an account. A pseudonym is welcome; the e-mail address is never shown."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    # Kept case-folded, so that one address is one account.
    email: Mapped[str] = mapped_column(String(254), unique=True)
    email_verified_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    display_name: Mapped[str] = mapped_column(String(80))
    # The name case-folded, to be searched: SQLite itself folds ASCII alone.
    name_folded: Mapped[str] = mapped_column(String(240), default="", index=True)
    locale: Mapped[str] = mapped_column(String(8), default="en")
    timezone: Mapped[str | None] = mapped_column(String(64))
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_banned: Mapped[bool] = mapped_column(default=False)
    # Why, in an administrator's words; empty unless is_banned.
    ban_reason: Mapped[str] = mapped_column(Text, default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    # Counted up by "sign out everywhere", a new password and a new address.
    session_epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    bio: Mapped[str] = mapped_column(Text, default="")
    sector: Mapped[str | None] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(120), default="")
    organisation: Mapped[str] = mapped_column(String(120), default="")
    availability: Mapped[str] = mapped_column(String(20), default="full")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)

    @validates("display_name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_folded = name.casefold()
        return name


class UserSkill(Base):
    """A skill someone has (level 0–4) or wants to learn."""

    __tablename__ = "user_skills"
    __table_args__ = (UniqueConstraint("user_id", "skill_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    skill_key: Mapped[str] = mapped_column(String(80), index=True)
    # What the person typed, for skills that the taxonomy does not know.
    label: Mapped[str] = mapped_column(String(80))
    level: Mapped[int] = mapped_column(default=0)
    wants_to_learn: Mapped[bool] = mapped_column(default=False)


class Consent(Base):
    """One consent, given to one version of one text; withdrawn, never deleted."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class AccountToken(Base):
    """A single-use link; only the hash of the secret is stored."""

    __tablename__ = "account_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
