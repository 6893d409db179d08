"""Tables of panels, rubrics, assignments, conflicts and sheets."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Rubric(Base):
    """What a jury judges by. Frozen at the first score."""

    __tablename__ = "rubrics"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), unique=True)
    scale_min: Mapped[int] = mapped_column(default=1)
    scale_max: Mapped[int] = mapped_column(default=10)
    reviews_per_submission: Mapped[int] = mapped_column(default=3)
    # rank, value, money or shares; chosen before scoring starts.
    policy: Mapped[str] = mapped_column(String(20), default="rank")
    frozen_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(String(64))


class Criterion(Base):
    """One criterion of a rubric."""

    __tablename__ = "criteria"
    __table_args__ = (CheckConstraint("weight >= 0", name="weight_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubrics.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(Text, default="")
    weight: Mapped[float]
    # Shown beside the score, but not part of it.
    is_independent: Mapped[bool] = mapped_column(default=False)
    # {"1": "nobody would use it", "10": "…"}: what the ends and the middle mean.
    anchors: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)


class Juror(Base):
    """A person on the panel of an event."""

    __tablename__ = "jurors"
    __table_args__ = (UniqueConstraint("event_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    # Under this name teams read the comments ("Juror C").
    pseudonym: Mapped[str] = mapped_column(String(40))
    organisation: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(60), default="")
    max_load: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), default="active")  # active, replaced
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("jurors.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class ConflictOfInterest(Base):
    """Why a juror does not judge a submission."""

    __tablename__ = "conflicts_of_interest"
    __table_args__ = (UniqueConstraint("juror_id", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("jurors.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), index=True
    )
    source: Mapped[str] = mapped_column(String(20))  # declared, detected, organiser
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class Assignment(Base):
    """A submission given to a juror."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("juror_id", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("jurors.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), index=True
    )
    # One of open, draft, submitted, recused (for a conflict, or abstained) and void.
    state: Mapped[str] = mapped_column(String(20), default="open")
    # Why it was left out, in the words of who left it out.
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class SheetVersion(Base):
    """A juror's sheet as it stood at one moment; versions are added, never changed."""

    __tablename__ = "sheet_versions"
    __table_args__ = (UniqueConstraint("assignment_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id", ondelete="CASCADE"))
    version: Mapped[int]
    is_submitted: Mapped[bool]
    # Marks by the criterion's id, written as text.
    scores: Mapped[dict[str, Any]] = mapped_column(JSON)
    comment: Mapped[str] = mapped_column(Text, default="")
    private_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
