"""Read a juror's own queue and sheets; nobody else's marks."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.db import db
from app.domain.jury.models import Assignment, Juror, SheetVersion
from app.domain.jury.queries import find_rubric
from app.domain.jury.views import (
    DRAFT,
    LEFT_OUT,
    OPEN,
    SUBMITTED,
    AssignmentView,
    QueueItem,
    SheetView,
)
from app.domain.submissions import queries as submissions
from app.domain.submissions.views import SnapshotView


def list_queue(event_id: int, juror_id: int) -> list[QueueItem]:
    """Return a juror's own queue in the order in which it was given, in five queries."""
    rows = db.session.execute(
        select(Assignment.id, Assignment.submission_id, Assignment.state, Assignment.reason)
        .where(Assignment.juror_id == juror_id)
        .order_by(Assignment.id)
    ).all()
    snapshots = submissions.list_snapshots([row.submission_id for row in rows])
    contents = {each.submission_id: each.content for each in snapshots}
    rubric = find_rubric(event_id)
    weighted = {str(each.id) for each in rubric.weighted} if rubric else set()
    marks = _read_marks([row.id for row in rows])
    others = _count_others([row.submission_id for row in rows], juror_id)
    return [
        QueueItem(
            assignment_id=row.id,
            submission_id=row.submission_id,
            number=number,
            title=contents[row.submission_id]["title"],
            summary=contents[row.submission_id]["summary"],
            track=contents[row.submission_id]["track"],
            state=row.state,
            reason=row.reason,
            marked=len(weighted & marks.get(row.id, set())),
            needed=len(weighted),
            has_video=bool(contents[row.submission_id]["video_url"]),
            files=len(contents[row.submission_id]["files"]),
            others_submitted=others.get(row.submission_id, 0),
        )
        for number, row in enumerate(rows, start=1)
    ]


def _read_marks(assignment_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return which criteria each assignment's newest sheet marks."""
    rows = db.session.execute(
        select(SheetVersion.assignment_id, SheetVersion.scores)
        .where(SheetVersion.assignment_id.in_(assignment_ids))
        .order_by(SheetVersion.version)
    )
    return {row.assignment_id: set(row.scores) for row in rows}


def _count_others(submission_ids: Sequence[int], juror_id: int) -> dict[int, int]:
    """Return how many other jurors have handed in a sheet; to order a queue by need."""
    rows = db.session.execute(
        select(Assignment.submission_id, func.count())
        .where(
            Assignment.submission_id.in_(submission_ids),
            Assignment.juror_id != juror_id,
            Assignment.state == SUBMITTED,
        )
        .group_by(Assignment.submission_id)
    )
    return {row[0]: row[1] for row in rows}


def next_of(queue: Sequence[QueueItem]) -> QueueItem | None:
    """Return what to score next: what is begun, then what has the fewest sheets so far."""
    open_items = [item for item in queue if item.state in (OPEN, DRAFT)]
    return min(
        open_items,
        key=lambda item: (item.state != DRAFT, item.others_submitted, item.number),
        default=None,
    )


def find_assignment(assignment_id: int) -> AssignmentView | None:
    """Return an assignment with its juror."""
    row = db.session.execute(
        select(
            Assignment.id,
            Assignment.event_id,
            Assignment.juror_id,
            Juror.user_id,
            (Juror.state == "active").label("is_juror_active"),
            Assignment.submission_id,
            Assignment.state,
            Assignment.reason,
        )
        .join(Juror, Juror.id == Assignment.juror_id)
        .where(Assignment.id == assignment_id)
    ).one_or_none()
    return AssignmentView(*row) if row else None


def find_sheet(assignment_id: int) -> SheetView | None:
    """Return the newest version of a sheet; for its own juror."""
    row = db.session.execute(
        select(
            SheetVersion.version,
            SheetVersion.is_submitted,
            SheetVersion.scores,
            SheetVersion.comment,
            SheetVersion.private_note,
            SheetVersion.created_at,
        )
        .where(SheetVersion.assignment_id == assignment_id)
        .order_by(SheetVersion.version.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    scores = {int(criterion_id): mark for criterion_id, mark in row.scores.items()}
    return SheetView(
        row.version, row.is_submitted, scores, row.comment, row.private_note, row.created_at
    )


def find_submission_of(assignment: AssignmentView) -> SnapshotView | None:
    """Return what the juror judges, as it was handed in."""
    return submissions.find_snapshot(assignment.submission_id)


def list_assignment_ids(juror_id: int) -> list[int]:
    """Return a juror's assignments that are not left out, in the order of the queue."""
    return list(
        db.session.scalars(
            select(Assignment.id)
            .where(Assignment.juror_id == juror_id, Assignment.state.not_in(LEFT_OUT))
            .order_by(Assignment.id)
        )
    )
