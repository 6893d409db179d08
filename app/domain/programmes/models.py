"""Tables of programmes, events, phases, agenda and roles."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Programme(Base):
    """An umbrella over events, with one identity."""

    __tablename__ = "programmes"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    is_published: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class Event(Base):
    """Something that people join: a jam, a workshop, a webinar, a training."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), index=True
    )
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default="jam")
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    timezone: Mapped[str] = mapped_column(String(64), default="Europe/Berlin")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    join_code: Mapped[str] = mapped_column(String(12), unique=True)
    is_published: Mapped[bool] = mapped_column(default=False)
    # The team list is public once the organiser publishes the teams.
    are_teams_published: Mapped[bool] = mapped_column(default=False)
    team_size_min: Mapped[int] = mapped_column(default=4)
    team_size_max: Mapped[int] = mapped_column(default=6)
    budget_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    created_at: Mapped[datetime]
    # Every field of an imported data package that has no column of its own.
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class EventPhase(Base):
    """A dated phase of an event."""

    __tablename__ = "event_phases"
    __table_args__ = (UniqueConstraint("event_id", "phase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    phase: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class AgendaItem(Base):
    """A line of an event's agenda."""

    __tablename__ = "agenda_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Membership(Base):
    """A role that a person holds in a programme (all its events) or in one event."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("(programme_id IS NULL) <> (event_id IS NULL)", name="one_scope"),
        UniqueConstraint("user_id", "event_id", "role"),
        UniqueConstraint("user_id", "programme_id", "role"),
        Index("ix_memberships_event_role", "event_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), index=True
    )
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]


class Ban(Base):
    """A person shut out of an event, with the reason that was given."""

    __tablename__ = "bans"
    __table_args__ = (UniqueConstraint("user_id", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
