"""Commands of jurors on their own sheets.

A jury's set-up is in `panel`, `conflicts` and `assigning`; all of it is called by this name.
`assigning`.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.core.policy import Action, Actor, decide
from app.core.texts import typed_text
from app.db import transaction
from app.domain.journal import service as journal
from app.domain.jury import sheets
from app.domain.jury.assigning import Assigned, Shortage, Unassignable, assign_jury
from app.domain.jury.conflicts import (
    add_conflict,
    check_reason,
    leave_out,
    remove_conflict,
    store_conflict,
)
from app.domain.jury.facts import sheet_facts
from app.domain.jury.models import Assignment, Rubric, SheetVersion
from app.domain.jury.panel import (
    Reminder,
    Replaced,
    add_juror,
    ensure_rubric,
    list_reminders,
    replace_juror,
    set_rubric,
)
from app.domain.jury.rubric import CriterionInput, RubricInput, fingerprint_rubric
from app.domain.jury.views import DRAFT, SUBMITTED, AssignmentView, RubricView
from app.domain.programmes import queries as programmes
from app.domain.submissions import service as submissions
from app.errors import Conflict, Denied, Invalid, Missing
from app.translation import gettext as _

__all__ = [
    "Assigned",
    "CriterionInput",
    "IncompleteSheet",
    "NewerSubmission",
    "Reminder",
    "Replaced",
    "RubricInput",
    "Shortage",
    "Unassignable",
    "abstain",
    "add_conflict",
    "add_juror",
    "assign_jury",
    "declare_conflict",
    "list_reminders",
    "record_sheet",
    "remove_conflict",
    "replace_juror",
    "set_rubric",
]

COMMENT_CHARACTERS_MAX = 5_000


class IncompleteSheet(Invalid):
    """Weighted criteria without a mark; `criterion_ids` names them."""

    def __init__(self, criterion_ids: tuple[int, ...]) -> None:
        super().__init__(_("Some criteria have no mark yet. Your draft is kept."))
        self.criterion_ids = criterion_ids


class NewerSubmission(Conflict):
    """The team handed in again while the juror was reading."""

    def __init__(self) -> None:
        super().__init__(
            _("The team has handed in a newer version meanwhile. Look at it, then save again.")
        )


def record_sheet(
    actor: Actor,
    assignment_id: int,
    scores: Mapping[int, int],
    *,
    comment: str = "",
    private_note: str = "",
    is_submitted: bool = False,
    seen_version: int | None = None,
) -> int:
    """Keep a juror's sheet as a draft, or hand it in; return its version.

    A draft writes over the draft before it; what was handed in is never changed, a later sheet is
    a new version. The first mark freezes the rubric and the submission. Raises Denied, Missing,
    Invalid, IncompleteSheet when a weighted criterion has no mark, and NewerSubmission when the
    team handed in again after `seen_version`, which the juror looked at.
    """
    comment, private_note = typed_text(comment), typed_text(private_note)
    for field, text in (("comment", comment), ("private_note", private_note)):
        if len(text) > COMMENT_CHARACTERS_MAX:
            raise Invalid(
                _("Keep it to %(count)s characters.", count=COMMENT_CHARACTERS_MAX), field=field
            )
    with transaction() as session:
        # The rubric's row is locked before the assignment's, as in `assign_jury`: no deadlock.
        rubric = ensure_rubric(session, _get_assignment(assignment_id).event_id)
        row, assignment = _require(session, actor, Action.SCORE, assignment_id)
        _check_version(assignment, seen_version)
        _check_marks(rubric, scores)
        missing = tuple(each.id for each in rubric.weighted if each.id not in scores)
        if is_submitted and missing:
            raise IncompleteSheet(missing)
        marks = {str(criterion_id): mark for criterion_id, mark in sorted(scores.items())}
        version = _write(session, row, (marks, comment, private_note), is_submitted=is_submitted)
        if scores:
            _freeze(session, actor, rubric, assignment)
        if is_submitted:
            _note(actor, "jury.sheet_handed_in", assignment, version=version)
        return version


def declare_conflict(actor: Actor, assignment_id: int, reason: str) -> None:
    """Leave a submission out for a conflict of interest; a sheet handed in is voided, and kept.

    Raises Denied, Missing, Invalid.
    """
    reason = check_reason(reason)
    with transaction() as session:
        row, assignment = _require(session, actor, Action.RECUSE, assignment_id)
        store_conflict(session, row.juror_id, row.submission_id, "declared", reason)
        if not assignment.is_left_out:
            leave_out(row, reason)
        _note(actor, "jury.conflict_declared", assignment, reason=reason)


def abstain(actor: Actor, assignment_id: int, reason: str) -> None:
    """Leave a submission out for another reason; raises Denied, Missing, Invalid."""
    reason = check_reason(reason)
    with transaction() as session:
        row, assignment = _require(session, actor, Action.RECUSE, assignment_id)
        if not assignment.is_left_out:
            leave_out(row, reason)
        _note(actor, "jury.abstained", assignment, reason=reason)


def _check_version(assignment: AssignmentView, seen_version: int | None) -> None:
    if seen_version is None:
        return
    snapshot = sheets.find_submission_of(assignment)
    if snapshot is not None and snapshot.version != seen_version:
        raise NewerSubmission


def _check_marks(rubric: RubricView, scores: Mapping[int, int]) -> None:
    known = {each.id for each in rubric.criteria}
    for criterion_id, mark in scores.items():
        if criterion_id not in known:
            raise Invalid(_("The rubric has changed. Reload the page and mark again."))
        if not rubric.scale_min <= mark <= rubric.scale_max:
            raise Invalid(
                _(
                    "Choose a mark from %(least)s to %(most)s.",
                    least=rubric.scale_min,
                    most=rubric.scale_max,
                ),
                field=f"score-{criterion_id}",
            )


def _write(
    session: Session,
    row: Assignment,
    content: tuple[dict[str, int], str, str],
    *,
    is_submitted: bool,
) -> int:
    latest = session.scalar(
        select(SheetVersion)
        .where(SheetVersion.assignment_id == row.id)
        .order_by(SheetVersion.version.desc())
        .limit(1)
    )
    if latest is not None:
        is_same = (latest.scores, latest.comment, latest.private_note) == content
        # An autosave that was under way while the sheet was handed in must not reopen it.
        if is_same and (latest.is_submitted or not is_submitted):
            return latest.version
    if latest is None or latest.is_submitted:
        latest = SheetVersion(assignment_id=row.id, version=latest.version + 1 if latest else 1)
        session.add(latest)
    latest.scores, latest.comment, latest.private_note = content
    latest.is_submitted, latest.created_at = is_submitted, clock.now()
    if is_submitted:
        row.state = SUBMITTED
    elif row.state != SUBMITTED:
        row.state = DRAFT
    session.flush()
    return latest.version


def _freeze(session: Session, actor: Actor, rubric: RubricView, assignment: AssignmentView) -> None:
    """Close rubric and submission at the first mark, so that everybody judges the same."""
    submissions.lock_submission(assignment.submission_id)
    if rubric.frozen_at is not None:
        return
    row = session.get_one(Rubric, rubric.id)
    row.frozen_at, row.sha256 = clock.now(), fingerprint_rubric(rubric.as_input())
    journal.record(
        "jury.rubric_frozen",
        "event",
        assignment.event_id,
        actor_id=actor.user_id,
        event_id=assignment.event_id,
        sha256=row.sha256,
    )


def _require(
    session: Session, actor: Actor, action: Action, assignment_id: int
) -> tuple[Assignment, AssignmentView]:
    row = session.scalar(select(Assignment).where(Assignment.id == assignment_id).with_for_update())
    assignment = _get_assignment(assignment_id)
    event = programmes.find_event_by_id(assignment.event_id)
    if row is None or event is None:
        raise Missing(f"assignment {assignment_id}")
    verdict = decide(actor, action, sheet_facts(actor, event, assignment))
    if not verdict:
        raise Denied(reason=verdict.reason)
    return row, assignment


def _get_assignment(assignment_id: int) -> AssignmentView:
    assignment = sheets.find_assignment(assignment_id)
    if assignment is None:
        raise Missing(f"assignment {assignment_id}")
    return assignment


def _note(actor: Actor, action: str, assignment: AssignmentView, **detail: object) -> None:
    journal.record(
        action,
        "assignment",
        assignment.id,
        actor_id=actor.user_id,
        event_id=assignment.event_id,
        submission_id=assignment.submission_id,
        **detail,
    )
