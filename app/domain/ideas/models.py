"""Tables of ideas, what is said of them, and who wants which."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base


class Idea(Base):
    """An idea pitched to an event. It belongs to its owner; Cojam only shows it."""

    __tablename__ = "ideas"
    # Each order of the list has an index that holds all it needs to find a page of ids, and the
    # last one counts: 10,000 ideas are never read to show 25.
    __table_args__ = (
        Index("ix_ideas_newest", "event_id", "state", "pitched_at", "id", "is_hidden", "language"),
        Index(
            "ix_ideas_fewest", "event_id", "state", "support_count", "id", "is_hidden", "language"
        ),
        Index("ix_ideas_title", "event_id", "state", "sort_title", "id", "is_hidden", "language"),
        Index("ix_ideas_count", "event_id", "state", "is_hidden", "language"),
        UniqueConstraint("event_id", "owner_id", "draft_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    # None for imported ideas, whose owners have no account here.
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[str] = mapped_column(String(20), default="draft")  # draft, pitched, withdrawn
    is_hidden: Mapped[bool] = mapped_column(default=False)
    # Counted up by each save; a save that began from an older revision is refused.
    revision: Mapped[int] = mapped_column(default=0)
    # The owner's first, second … idea here: names a draft before it is saved for the first time,
    # so that a save whose answer was lost in the network makes no second draft.
    draft_number: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text, default="")
    sort_title: Mapped[str] = mapped_column(String(80), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8), default="en")
    support_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    pitched_at: Mapped[datetime | None]
    body: Mapped[str] = mapped_column(Text, default="")
    origin_board_id: Mapped[str | None] = mapped_column(String(20))
    origin_note_id: Mapped[str | None] = mapped_column(String(40))
    # The whole record of an imported project, value by value, for a faithful export.
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    words: Mapped["IdeaWords | None"] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )


class IdeaWords(Base):
    """What a search for words reads of an idea; apart from it, because it reads that of each."""

    __tablename__ = "idea_words"

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    # The words of title, summary, skills and body, each once, without case and accents
    # (SQLite's own LIKE folds only ASCII).
    text: Mapped[str] = mapped_column(Text)


class IdeaSkill(Base):
    """A skill that an idea needs, with the level (1–4)."""

    __tablename__ = "idea_skills"
    __table_args__ = (UniqueConstraint("idea_id", "skill_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    skill_key: Mapped[str] = mapped_column(String(80), index=True)
    label: Mapped[str] = mapped_column(String(80))
    level: Mapped[int]


class IdeaComment(Base):
    """A remark on an idea."""

    __tablename__ = "idea_comments"
    __table_args__ = (Index("ix_idea_comments_idea", "idea_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
    is_hidden: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class IdeaSupport(Base):
    """One person's support for one idea."""

    __tablename__ = "idea_supports"
    __table_args__ = (UniqueConstraint("idea_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]


class IdeaRank(Base):
    """One of the up to five ideas that a person would work on, in order."""

    __tablename__ = "idea_ranks"
    __table_args__ = (
        UniqueConstraint("event_id", "user_id", "rank"),
        UniqueConstraint("user_id", "idea_id"),
        CheckConstraint("rank BETWEEN 1 AND 5", name="rank_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    rank: Mapped[int]
