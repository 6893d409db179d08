"""Moderation reaches into the noun that a report is about."""

from app.core.policy import Actor
from app.db import transaction
from app.domain.ideas import service as ideas
from app.domain.moderation import queries, service
from app.domain.moderation.queries import ReportState, ReportView, SubjectType
from app.errors import Missing


def hide_reported(actor: Actor, event_id: int, report_id: int) -> None:
    """Take what was reported out of sight and settle its reports; raises Denied, Missing."""
    with transaction():
        report = queries.get_report(event_id, report_id)
        _set_hidden(actor, report, is_hidden=True)
        service.resolve(actor, report_id, ReportState.HIDDEN)


def show_reported(actor: Actor, event_id: int, report_id: int) -> None:
    """Put what was hidden back in sight; the report counts as dismissed then."""
    with transaction():
        report = queries.get_report(event_id, report_id)
        _set_hidden(actor, report, is_hidden=False)
        service.resolve(actor, report_id, ReportState.DISMISSED)


def dismiss_report(actor: Actor, event_id: int, report_id: int) -> None:
    """Leave what was reported as it is; raises Denied, Missing."""
    with transaction():
        queries.get_report(event_id, report_id)
        service.resolve(actor, report_id, ReportState.DISMISSED)


def _set_hidden(actor: Actor, report: ReportView, *, is_hidden: bool) -> None:
    if report.subject_type is SubjectType.IDEA:
        ideas.set_idea_hidden(actor, int(report.subject_id), is_hidden)
    elif report.subject_type is SubjectType.COMMENT:
        ideas.set_comment_hidden(actor, int(report.subject_id), is_hidden)
    else:
        raise Missing(report.subject_id)
