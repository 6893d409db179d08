"""Report what breaks the rules, and settle reports; hiding is done by `workflows.moderate`."""

from sqlalchemy import select

from app import clock
from app.core.policy import Action, Actor, decide
from app.db import transaction
from app.domain.journal.service import record
from app.domain.moderation.models import Report
from app.domain.moderation.queries import ReportState, SubjectType
from app.errors import Denied, Invalid, Missing
from app.translation import gettext as _

EXCERPT_LENGTH_MAX = 500
REASON_LENGTH_MAX = 2000

_OUTCOME_ACTS = {
    ReportState.OPEN: "report.reopened",
    ReportState.HIDDEN: "report.hidden",
    ReportState.DISMISSED: "report.dismissed",
}


def report(
    actor: Actor,
    event_id: int,
    subject_type: SubjectType,
    subject_id: object,
    *,
    excerpt: str,
    author_id: int | None,
    reason: str,
) -> int:
    """Tell the moderators of something; a person's second report of it changes nothing.

    Raises Denied, and Invalid without a reason.
    """
    _require(actor, Action.REPORT_CONTENT)
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say what is wrong with it, in a few words."), field="reason")
    if len(reason) > REASON_LENGTH_MAX:
        raise Invalid(_("Keep the reason under 2,000 characters."), field="reason")
    with transaction() as session:
        earlier = session.scalar(
            select(Report.id).where(
                Report.event_id == event_id,
                Report.subject_type == subject_type,
                Report.subject_id == str(subject_id),
                Report.reporter_id == actor.user_id,
                Report.state == ReportState.OPEN,
            )
        )
        if earlier is not None:
            return earlier
        row = Report(
            event_id=event_id,
            subject_type=subject_type.value,
            subject_id=str(subject_id),
            excerpt=excerpt[:EXCERPT_LENGTH_MAX],
            reason=reason,
            reporter_id=actor.user_id,
            author_id=author_id,
            created_at=clock.now(),
        )
        session.add(row)
        session.flush()
        _note(actor, "report.made", row)
        return row.id


def resolve(actor: Actor, report_id: int, outcome: ReportState) -> None:
    """Settle a report, or open it again, with all open reports of the same thing.

    Raises Denied, Missing.
    """
    _require(actor, Action.MODERATE)
    with transaction() as session:
        row = session.get(Report, report_id)
        if row is None:
            raise Missing(f"report {report_id}")
        same = session.scalars(
            select(Report).where(
                Report.event_id == row.event_id,
                Report.subject_type == row.subject_type,
                Report.subject_id == row.subject_id,
                Report.state == ReportState.OPEN,
            )
        ).all()
        is_open = outcome is ReportState.OPEN
        for each in {row, *same}:
            each.state = outcome.value
            each.resolved_by = None if is_open else actor.user_id
            each.resolved_at = None if is_open else clock.now()
        _note(actor, _OUTCOME_ACTS[outcome], row)


def _require(actor: Actor, action: Action) -> None:
    verdict = decide(actor, action)
    if not verdict:
        raise Denied(reason=verdict.reason)


def _note(actor: Actor, action: str, row: Report) -> None:
    record(
        action,
        row.subject_type,
        row.subject_id,
        actor_id=actor.user_id,
        event_id=row.event_id,
        report_id=row.id,
    )
