"""Read rubrics, panels and how far a jury is.

Nobody but its juror reads a sheet while scoring is open (`sheets`): only `list_ratings` and
`list_feedback` reach across jurors, and both refuse until scoring has closed. Everything else
counts sheets, not marks.
"""

import hashlib
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from app import clock
from app.core.phases import Phase
from app.core.policy import Reason
from app.db import db
from app.domain.accounts import queries as accounts
from app.domain.jury.models import (
    Assignment,
    ConflictOfInterest,
    Criterion,
    Juror,
    Rubric,
    SheetVersion,
)
from app.domain.jury.views import (
    DRAFT,
    LEFT_OUT,
    SUBMITTED,
    ConflictView,
    CoverageRow,
    CriterionView,
    FeedbackView,
    JurorView,
    ProgressRow,
    RatingView,
    RubricView,
)
from app.domain.programmes import queries as programmes
from app.domain.programmes.queries import EventView
from app.domain.submissions import queries as submissions
from app.errors import Denied, Missing

FEEDBACK_SHEETS_MIN = 3


def is_scoring_closed(event: EventView) -> bool:
    """Return whether no sheet can be changed any more, so that results may be looked at."""
    span = event.span_of(Phase.JUDGING)
    return span is None or span.ends_at <= clock.now()


def find_rubric(event_id: int) -> RubricView | None:
    """Return an event's stored rubric, in two queries."""
    row = db.session.execute(
        select(
            Rubric.id,
            Rubric.scale_min,
            Rubric.scale_max,
            Rubric.reviews_per_submission,
            Rubric.policy,
            Rubric.frozen_at,
            Rubric.sha256,
        ).where(Rubric.event_id == event_id)
    ).one_or_none()
    if row is None:
        return None
    criteria = db.session.execute(
        select(
            Criterion.id,
            Criterion.name,
            Criterion.question,
            Criterion.weight,
            Criterion.is_independent,
            Criterion.anchors,
        )
        .where(Criterion.rubric_id == row.id)
        .order_by(Criterion.position, Criterion.id)
    )
    return RubricView(*row, criteria=tuple(CriterionView(*each) for each in criteria))


_JUROR_COLUMNS = (
    Juror.id,
    Juror.event_id,
    Juror.user_id,
    Juror.pseudonym,
    Juror.organisation,
    Juror.region,
    Juror.max_load,
    Juror.state,
    Juror.replaced_by,
)


def list_panel(event_id: int) -> list[JurorView]:
    """Return an event's jurors in the order in which they were added, in two queries."""
    rows = db.session.execute(
        select(*_JUROR_COLUMNS).where(Juror.event_id == event_id).order_by(Juror.id)
    ).all()
    people = accounts.list_people({row.user_id for row in rows})
    return [
        JurorView(
            id=row.id,
            event_id=row.event_id,
            person=people[row.user_id],
            pseudonym=row.pseudonym,
            organisation=row.organisation,
            region=row.region,
            max_load=row.max_load,
            state=row.state,
            replaced_by=row.replaced_by,
        )
        for row in rows
    ]


def find_juror_id(event_id: int, user_id: int) -> int | None:
    """Return the panel place of a person who judges in an event."""
    return db.session.scalar(
        select(Juror.id).where(
            Juror.event_id == event_id, Juror.user_id == user_id, Juror.state == "active"
        )
    )


def list_conflicts(event_id: int) -> list[ConflictView]:
    """Return all conflicts of an event's jurors."""
    rows = db.session.execute(
        select(
            ConflictOfInterest.id,
            ConflictOfInterest.juror_id,
            ConflictOfInterest.submission_id,
            ConflictOfInterest.source,
            ConflictOfInterest.reason,
        )
        .join(Juror, Juror.id == ConflictOfInterest.juror_id)
        .where(Juror.event_id == event_id)
        .order_by(ConflictOfInterest.submission_id, ConflictOfInterest.juror_id)
    )
    return [ConflictView(*row) for row in rows]


def list_progress(event_id: int) -> list[ProgressRow]:
    """Return how far each juror is, in four queries."""
    counts = {
        row.juror_id: row
        for row in db.session.execute(
            select(
                Assignment.juror_id,
                _count(Assignment.state.not_in(LEFT_OUT)).label("assigned"),
                _count(Assignment.state == DRAFT).label("begun"),
                _count(Assignment.state == SUBMITTED).label("submitted"),
                _count(Assignment.state.in_(LEFT_OUT)).label("left_out"),
            )
            .where(Assignment.event_id == event_id)
            .group_by(Assignment.juror_id)
        )
    }
    saved = dict(
        db.session.execute(
            select(Assignment.juror_id, func.max(SheetVersion.created_at))
            .join(SheetVersion, SheetVersion.assignment_id == Assignment.id)
            .where(Assignment.event_id == event_id)
            .group_by(Assignment.juror_id)
        ).all()
    )
    rows = []
    for juror in list_panel(event_id):
        own = counts.get(juror.id)
        rows.append(
            ProgressRow(
                juror=juror,
                assigned=own.assigned if own else 0,
                begun=own.begun if own else 0,
                submitted=own.submitted if own else 0,
                left_out=own.left_out if own else 0,
                last_saved_at=saved.get(juror.id),
            )
        )
    return rows


def list_coverage(event_id: int) -> list[CoverageRow]:
    """Return how many sheets each handed-in submission has, in two queries."""
    counts = {
        row.submission_id: row
        for row in db.session.execute(
            select(
                Assignment.submission_id,
                _count(Assignment.state.not_in(LEFT_OUT)).label("assigned"),
                _count(Assignment.state == SUBMITTED).label("submitted"),
            )
            .where(Assignment.event_id == event_id)
            .group_by(Assignment.submission_id)
        )
    }
    rows = []
    for each in submissions.list_handed_in(event_id):
        own = counts.get(each.id)
        rows.append(
            CoverageRow(
                submission_id=each.id,
                title=each.title,
                track=each.track,
                assigned=own.assigned if own else 0,
                submitted=own.submitted if own else 0,
            )
        )
    return rows


def _count(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def is_judging(user_id: int, submission_id: int) -> bool:
    """Return whether a person was given a submission to judge and has not left it out."""
    found = db.session.scalar(
        select(Assignment.id)
        .join(Juror, Juror.id == Assignment.juror_id)
        .where(
            Juror.user_id == user_id,
            Juror.state == "active",
            Assignment.submission_id == submission_id,
            Assignment.state.not_in(LEFT_OUT),
        )
    )
    return found is not None


def _handed_in(event_id: int) -> Any:
    """Select the sheets that count: the newest version handed in of each that still stands."""
    newest = aliased(SheetVersion)
    latest = (
        select(func.max(newest.version))
        .where(newest.assignment_id == Assignment.id, newest.is_submitted.is_(True))
        .correlate(Assignment)
        .scalar_subquery()
    )
    return (
        select(
            Assignment.submission_id,
            Assignment.juror_id,
            Juror.pseudonym,
            SheetVersion.scores,
            SheetVersion.comment,
        )
        .join(Juror, Juror.id == Assignment.juror_id)
        .join(SheetVersion, SheetVersion.assignment_id == Assignment.id)
        .where(
            Assignment.event_id == event_id,
            Assignment.state == SUBMITTED,
            SheetVersion.version == latest,
        )
        .order_by(Assignment.submission_id, Assignment.juror_id)
    )


def _closed_rubric(event_id: int) -> RubricView | None:
    """Return the rubric once scoring has closed; raises Missing, and Denied before that."""
    event = programmes.find_event_by_id(event_id)
    if event is None:
        raise Missing(f"event {event_id}")
    if not is_scoring_closed(event):
        raise Denied(reason=Reason.SCORING_OPEN)
    return find_rubric(event_id)


def list_ratings(event_id: int) -> list[RatingView]:
    """Return the sheets that count, for the ranking; raises Denied until scoring has closed."""
    rubric = _closed_rubric(event_id)
    if rubric is None:
        return []
    weights = tuple(each.weight for each in rubric.weighted)
    return [
        RatingView(
            submission_id=row.submission_id,
            juror_id=row.juror_id,
            marks=tuple(row.scores[str(each.id)] for each in rubric.weighted),
            weights=weights,
        )
        for row in db.session.execute(_handed_in(event_id))
    ]


def list_feedback(event_id: int) -> dict[int, list[FeedbackView]]:
    """Return comments and marks by submission, from three sheets on and without names.

    For the team it belongs to, once results are published. The order says nothing of who wrote
    what. Raises Denied until scoring has closed.
    """
    rubric = _closed_rubric(event_id)
    if rubric is None:
        return {}
    names = {str(each.id): each.name for each in rubric.criteria}
    by_submission: dict[int, list[FeedbackView]] = {}
    for row in db.session.execute(_handed_in(event_id)):
        marks = {names[key]: mark for key, mark in row.scores.items() if key in names}
        by_submission.setdefault(row.submission_id, []).append(
            FeedbackView(row.submission_id, row.pseudonym, row.comment, marks)
        )
    return {
        submission_id: sorted(views, key=lambda view: _shuffle_key(submission_id, view.pseudonym))
        for submission_id, views in by_submission.items()
        if len(views) >= FEEDBACK_SHEETS_MIN
    }


def _shuffle_key(submission_id: int, pseudonym: str) -> str:
    """Return an order that is the same each time and differs between submissions."""
    return hashlib.sha256(f"{submission_id}:{pseudonym}".encode()).hexdigest()
