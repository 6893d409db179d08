"""Moderation reaches into the noun that a report is about."""

from app.core.boards.notes import Note
from app.core.policy import Actor
from app.db import transaction
from app.domain.boards import service as boards
from app.domain.ideas import service as ideas
from app.domain.moderation import queries, service
from app.domain.moderation.queries import ReportState, SubjectType
from app.errors import Conflict
from app.translation import gettext as _


def hide_reported(actor: Actor, event_id: int, report_id: int, note: Note | None = None) -> None:
    """Take what was reported out of sight and settle its reports.

    `note` is the reported note as it stands on its board, for a report of a note. Raises
    Denied, Missing, and Conflict when the note has left its board.
    """
    with transaction():
        report = queries.get_report(event_id, report_id)
        if report.subject_type is SubjectType.IDEA:
            ideas.set_idea_hidden(actor, int(report.subject_id), True)
        elif report.subject_type is SubjectType.COMMENT:
            ideas.set_comment_hidden(actor, int(report.subject_id), True)
        elif note is None:
            raise Conflict(_("This note is no longer on its board. Let the report rest."))
        else:
            boards.hide_note(actor, report.board_id, note)
        service.resolve(actor, report_id, ReportState.HIDDEN)


def show_reported(actor: Actor, event_id: int, report_id: int) -> None:
    """Put what was hidden back in sight; the report counts as dismissed then."""
    with transaction():
        report = queries.get_report(event_id, report_id)
        if report.subject_type is SubjectType.IDEA:
            ideas.set_idea_hidden(actor, int(report.subject_id), False)
        elif report.subject_type is SubjectType.COMMENT:
            ideas.set_comment_hidden(actor, int(report.subject_id), False)
        else:
            boards.put_back_note(actor, report.board_id, report.note_id)
        service.resolve(actor, report_id, ReportState.DISMISSED)


def dismiss_report(actor: Actor, event_id: int, report_id: int) -> None:
    """Leave what was reported as it is; raises Denied, Missing."""
    with transaction():
        queries.get_report(event_id, report_id)
        service.resolve(actor, report_id, ReportState.DISMISSED)
