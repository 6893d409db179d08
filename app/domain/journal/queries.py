"""Read the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import db
from app.domain.journal.models import JournalEntry


@dataclass(frozen=True)
class JournalView:
    """One line of the journal."""

    at: datetime
    actor_id: int | None
    action: str
    subject_type: str
    subject_id: str
    detail: dict[str, Any]


def list_entries(event_id: int, *, limit: int = 100) -> list[JournalView]:
    """Return the newest entries of an event."""
    rows = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.event_id == event_id)
        .order_by(JournalEntry.id.desc())
        .limit(limit)
    )
    return [
        JournalView(row.at, row.actor_id, row.action, row.subject_type, row.subject_id, row.detail)
        for row in rows
    ]
