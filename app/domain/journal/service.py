"""Write to the journal."""

from typing import Any

from app import clock
from app.db import db, transaction
from app.domain.journal.models import JournalEntry


def record(
    action: str,
    subject_type: str,
    subject_id: object,
    *,
    actor_id: int | None,
    event_id: int | None = None,
    **detail: Any,
) -> None:
    """Note who did what, in the running transaction; never put secrets in `detail`."""
    with transaction():
        db.session.add(
            JournalEntry(
                at=clock.now(),
                actor_id=actor_id,
                event_id=event_id,
                action=action,
                subject_type=subject_type,
                subject_id=str(subject_id),
                detail=detail,
            )
        )
