"""Tables of jam boards. What is written on a board lies in the board log (log.py)."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Board(Base):
    """A jam board of a team, or of a whole event."""

    __tablename__ = "boards"
    __table_args__ = (Index("ix_boards_event", "event_id"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    team_id: Mapped[int | None] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), unique=True
    )
    title: Mapped[str] = mapped_column(String(200))
    template: Mapped[str] = mapped_column(String(40), default="blank")
    is_locked: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class HiddenNote(Base):
    """A note that a moderator took off a board, kept so that it can be put back.

    The document lies in another store, so a row is also an order to the hub: while it stands the
    note must be off the board; once `put_back_at` is set, the note must return and the row end.
    """

    __tablename__ = "hidden_notes"
    __table_args__ = (UniqueConstraint("board_id", "note_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"))
    note_id: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text, default="")
    x: Mapped[float] = mapped_column(default=0.0)
    y: Mapped[float] = mapped_column(default=0.0)
    colour: Mapped[str] = mapped_column(String(20), default="sun")
    frame: Mapped[str | None] = mapped_column(String(60))
    group: Mapped[str | None] = mapped_column(String(60))
    # The principal's id as the note carries it, and the account when it names one.
    author: Mapped[str | None] = mapped_column(String(60))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at_ms: Mapped[int | None] = mapped_column(BigInteger)
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    hidden_at: Mapped[datetime]
    put_back_at: Mapped[datetime | None]
