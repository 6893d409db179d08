"""Read reports of ideas, comments and notes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.domain.accounts.queries import PersonView, list_people
from app.domain.moderation.models import Report
from app.errors import Missing

REPORTS_A_PAGE = 25


class SubjectType(StrEnum):
    """What can be reported."""

    IDEA = "idea"
    COMMENT = "comment"
    NOTE = "note"


class ReportState(StrEnum):
    """Where a report stands."""

    OPEN = "open"
    HIDDEN = "hidden"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class ReportView:
    """A report, with the people in it."""

    id: int
    event_id: int
    subject_type: SubjectType
    subject_id: str
    excerpt: str
    reason: str
    reporter: PersonView | None
    author: PersonView | None
    state: ReportState
    created_at: datetime
    resolver: PersonView | None
    resolved_at: datetime | None

    @property
    def board_id(self) -> str:
        """The board of a reported note."""
        return self.subject_id.partition(":")[0]

    @property
    def note_id(self) -> str:
        """The reported note on its board."""
        return self.subject_id.partition(":")[2]


@dataclass(frozen=True)
class ReportPage:
    """One page of reports."""

    reports: tuple[ReportView, ...]
    page: int
    pages: int
    total: int


def get_report(event_id: int, report_id: int) -> ReportView:
    """Return a report of an event; raises Missing."""
    reports = _read((Report.id == report_id) & (Report.event_id == event_id), limit=1, offset=0)
    if not reports:
        raise Missing(f"report {report_id}")
    return reports[0]


def count_open_reports(event_id: int) -> int:
    """Return how many reports wait for a decision."""
    query = select(func.count(Report.id)).where(
        Report.event_id == event_id, Report.state == ReportState.OPEN
    )
    return db.session.scalar(query) or 0


def list_reports(event_id: int, *, is_open: bool, page: int = 1) -> ReportPage:
    """Return a page of open or of settled reports, the newest first, in three queries."""
    state = Report.state == ReportState.OPEN if is_open else Report.state != ReportState.OPEN
    condition = (Report.event_id == event_id) & state
    total = db.session.scalar(select(func.count(Report.id)).where(condition)) or 0
    pages = max(1, -(-total // REPORTS_A_PAGE))
    page = min(max(page, 1), pages)
    reports = _read(condition, limit=REPORTS_A_PAGE, offset=(page - 1) * REPORTS_A_PAGE)
    return ReportPage(tuple(reports), page, pages, total)


def _read(condition: ColumnElement[bool], *, limit: int, offset: int) -> list[ReportView]:
    rows = db.session.execute(
        select(
            Report.id,
            Report.event_id,
            Report.subject_type,
            Report.subject_id,
            Report.excerpt,
            Report.reason,
            Report.reporter_id,
            Report.author_id,
            Report.state,
            Report.created_at,
            Report.resolved_by,
            Report.resolved_at,
        )
        .where(condition)
        .order_by(Report.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    ids = {i for row in rows for i in (row.reporter_id, row.author_id, row.resolved_by)} - {None}
    people = list_people({i for i in ids if i is not None})
    return [
        ReportView(
            id=row.id,
            event_id=row.event_id,
            subject_type=SubjectType(row.subject_type),
            subject_id=row.subject_id,
            excerpt=row.excerpt,
            reason=row.reason,
            reporter=people.get(row.reporter_id or 0),
            author=people.get(row.author_id or 0),
            state=ReportState(row.state),
            created_at=row.created_at,
            resolver=people.get(row.resolved_by or 0),
            resolved_at=row.resolved_at,
        )
        for row in rows
    ]
