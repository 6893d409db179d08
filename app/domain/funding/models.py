"""Tables of shortlists and results."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Shortlist(Base):
    """A ranking and what it funds under a budget: a preview until it is published."""

    __tablename__ = "shortlists"
    __table_args__ = (Index("ix_shortlists_event_state", "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(20), default="preview")  # preview, published
    policy: Mapped[str] = mapped_column(String(20))
    budget_cents: Mapped[int]
    # {"override": why groups are ranked jointly, "pins": {submission: {amount_cents, reason}}}
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Everything that explains the ranking: see `computing.describe`.
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class ShortlistEntry(Base):
    """One submission's place, score and outcome."""

    __tablename__ = "shortlist_entries"
    __table_args__ = (UniqueConstraint("shortlist_id", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shortlist_id: Mapped[int] = mapped_column(
        ForeignKey("shortlists.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), index=True
    )
    # None for a submission without scores.
    rank: Mapped[int | None]
    score: Mapped[float | None]
    raw_mean: Mapped[float | None]
    reviews: Mapped[int] = mapped_column(default=0)
    lo90: Mapped[float | None]
    hi90: Mapped[float | None]
    rank_lo: Mapped[int | None]
    rank_hi: Mapped[int | None]
    p_funded: Mapped[float | None]
    is_funded: Mapped[bool] = mapped_column(default=False)
    amount_cents: Mapped[int] = mapped_column(default=0)
    # Spread of the sheets with the jurors' severity taken out; None below two.
    disagreement: Mapped[float | None]
    # Mean of each weighted criterion, in the order of `Shortlist.report["rubric"]`.
    criteria_means: Mapped[list[float]] = mapped_column(JSON, default=list)
    reason_code: Mapped[str] = mapped_column(String(40), default="")
    # What the reason's sentence is filled with.
    reason_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What the organiser writes to be read by everybody.
    public_reason: Mapped[str] = mapped_column(Text, default="")
