"""Conflicts of interest: stated, found in the data, taken back, and what they end."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.core.policy import Action, Actor, Facts, decide
from app.core.texts import typed_text
from app.db import transaction
from app.domain.journal import service as journal
from app.domain.jury import queries
from app.domain.jury.facts import detect_conflicts
from app.domain.jury.models import Assignment, ConflictOfInterest, Juror
from app.domain.jury.views import LEFT_OUT, RECUSED, SUBMITTED, VOID
from app.domain.submissions.inputs import too_long
from app.errors import Conflict, Denied, Invalid, Missing
from app.translation import gettext as _

REASON_CHARACTERS_MAX = 2_000


def add_conflict(
    actor: Actor, event_id: int, juror_id: int, submission_id: int, reason: str
) -> None:
    """Keep a juror from judging a submission; voids the sheet. Raises Denied, Missing, Invalid."""
    require_manager(actor)
    reason = check_reason(reason)
    with transaction() as session:
        juror = get_juror(session, event_id, juror_id)
        if submission_id not in titles_of(event_id):
            raise Missing(f"submission {submission_id}")
        store_conflict(session, juror_id, submission_id, "organiser", reason)
        row = session.scalar(
            select(Assignment).where(
                Assignment.juror_id == juror_id, Assignment.submission_id == submission_id
            )
        )
        if row is not None and row.state not in LEFT_OUT:
            leave_out(row, reason)
        note(actor, "jury.conflict_added", juror, submission_id=submission_id, reason=reason)


def remove_conflict(actor: Actor, event_id: int, conflict_id: int) -> None:
    """Take back a conflict that an organiser stated; what a juror declared stays.

    Raises Denied, Missing, Conflict.
    """
    require_manager(actor)
    with transaction() as session:
        row = session.get(ConflictOfInterest, conflict_id)
        juror = session.get(Juror, row.juror_id) if row else None
        if row is None or juror is None or juror.event_id != event_id:
            raise Missing(f"conflict {conflict_id}")
        if row.source != "organiser":
            raise Conflict(_("Only a conflict that organisers stated can be taken back."))
        note(actor, "jury.conflict_removed", juror, submission_id=row.submission_id)
        session.delete(row)


def check_reason(reason: str) -> str:
    """Return a reason that can be kept; raises Invalid."""
    reason = typed_text(reason)
    if not reason:
        raise Invalid(_("Say why. The reason is kept in the journal."), field="reason")
    if len(reason) > REASON_CHARACTERS_MAX:
        raise Invalid(too_long(REASON_CHARACTERS_MAX), field="reason")
    return reason


def store_conflict(
    session: Session, juror_id: int, submission_id: int, source: str, reason: str
) -> None:
    """Store a conflict once; a later statement about the same pair replaces the reason."""
    row = session.scalar(
        select(ConflictOfInterest).where(
            ConflictOfInterest.juror_id == juror_id,
            ConflictOfInterest.submission_id == submission_id,
        )
    )
    if row is None:
        row = ConflictOfInterest(
            juror_id=juror_id, submission_id=submission_id, created_at=clock.now()
        )
        session.add(row)
    row.source, row.reason = source, reason


def leave_out(row: Assignment, reason: str) -> None:
    """End an assignment; a sheet that was handed in is voided, and kept."""
    row.state = VOID if row.state == SUBMITTED else RECUSED
    row.reason = reason


def store_detected(session: Session, event_id: int) -> None:
    """Store what the data show anew, and end what was given in spite of it."""
    session.execute(
        delete(ConflictOfInterest).where(
            ConflictOfInterest.source == "detected",
            ConflictOfInterest.juror_id.in_(select(Juror.id).where(Juror.event_id == event_id)),
        )
    )
    stated = {(each.juror_id, each.submission_id) for each in queries.list_conflicts(event_id)}
    found = detect_conflicts(event_id)
    session.add_all(
        ConflictOfInterest(
            juror_id=each.juror_id,
            submission_id=each.submission_id,
            source="detected",
            reason=each.reason,
            created_at=clock.now(),
        )
        for each in found
        if (each.juror_id, each.submission_id) not in stated
    )
    session.flush()
    reasons = {(each.juror_id, each.submission_id): each.reason for each in found}
    for row in session.scalars(
        select(Assignment).where(Assignment.event_id == event_id, Assignment.state.not_in(LEFT_OUT))
    ):
        if (row.juror_id, row.submission_id) in reasons:
            leave_out(row, reasons[row.juror_id, row.submission_id])


def get_juror(session: Session, event_id: int, juror_id: int) -> Juror:
    """Return the row of an event's juror; raises Missing for that of another event too."""
    row = session.get(Juror, juror_id)
    if row is None or row.event_id != event_id:
        raise Missing(f"juror {juror_id}")
    return row


def require_manager(actor: Actor) -> None:
    """Raise Denied unless the actor may set up a jury."""
    verdict = decide(actor, Action.MANAGE_JURY, Facts())
    if not verdict:
        raise Denied(reason=verdict.reason)


def titles_of(event_id: int) -> dict[int, str]:
    """Return the titles of what was handed in, by submission."""
    return {row.submission_id: row.title for row in queries.list_coverage(event_id)}


def note(actor: Actor, action: str, juror: Juror, **detail: object) -> None:
    """Note what happened to a juror."""
    journal.record(
        action, "juror", juror.id, actor_id=actor.user_id, event_id=juror.event_id, **detail
    )
