"""Tables of matching runs, proposed placements, teams and their members."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class MatchingRun(Base):
    """One run of the matching, with its input choices, progress and outcome."""

    __tablename__ = "matching_runs"
    __table_args__ = (Index("ix_matching_runs_event", "event_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    # queued, running, done, cancelled, infeasible, failed
    state: Mapped[str] = mapped_column(String(20), default="queued")
    progress: Mapped[float] = mapped_column(default=0.0)
    is_cancel_requested: Mapped[bool] = mapped_column(default=False)
    seed: Mapped[int] = mapped_column(default=0)
    effort: Mapped[str] = mapped_column(String(20), default="fast")
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    message: Mapped[str] = mapped_column(Text, default="")
    started_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Team(Base):
    """People who work on one idea. A proposal until the organiser publishes it."""

    __tablename__ = "teams"
    __table_args__ = (Index("ix_teams_event_state", "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    idea_id: Mapped[int | None] = mapped_column(
        ForeignKey("ideas.id", ondelete="SET NULL"), index=True
    )
    run_id: Mapped[int | None] = mapped_column(ForeignKey("matching_runs.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(20), default="proposed")  # proposed, published
    working_language: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class TeamMember(Base):
    """A person's place in a team; nobody is in two teams of one event."""

    __tablename__ = "team_members"
    __table_args__ = (UniqueConstraint("event_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    is_lead: Mapped[bool] = mapped_column(default=False)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    # proposed, accepted, change_requested
    answer: Mapped[str] = mapped_column(String(20), default="proposed")
    change_reason: Mapped[str] = mapped_column(Text, default="")
    # Reason codes with values from core.matching.explain, turned into words by the page.
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    joined_at: Mapped[datetime]
