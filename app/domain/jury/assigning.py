"""Who judges what: the core's assignment on an event's panel and submissions."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.policy import Actor
from app.db import transaction
from app.domain.journal import service as journal
from app.domain.jury import queries
from app.domain.jury.conflicts import require_manager, store_detected
from app.domain.jury.facts import Work, find_work
from app.domain.jury.models import Assignment, Rubric
from app.domain.jury.panel import ensure_rubric, new_assignment
from app.domain.jury.rubric import REVIEWS_MAX
from app.domain.jury.views import DRAFT, LEFT_OUT, OPEN, SUBMITTED
from app.errors import Conflict, Infeasible, Invalid
from app.translation import gettext as _


@dataclass(frozen=True)
class Shortage:
    """Submissions that cannot get their sheets, and why, by name."""

    titles: tuple[str, ...]
    needed: int
    free: int
    conflicted: tuple[str, ...]


class Unassignable(Infeasible):
    """The conflicts and loads leave no assignment; `shortages` says where."""

    def __init__(self, shortages: tuple[Shortage, ...]) -> None:
        super().__init__(_("With these conflicts and loads not every project finds its jurors."))
        self.shortages = shortages


@dataclass(frozen=True)
class Assigned:
    """What an assignment did."""

    given: int
    kept: int
    loads: dict[int, int]
    # Groups of submissions and jurors without a common juror; one is what you want.
    groups: int


def assign_jury(actor: Actor, event_id: int, per_submission: int, seed: int = 0) -> Assigned:
    """Give every submission its jurors, anew where no sheet is begun; never a conflicted pair.

    Raises Denied, Invalid, and Unassignable naming what stands in the way.
    """
    # SciPy and NumPy are wanted by this command alone; web workers stay light without them.
    from app.core.scoring import assign_reviews  # noqa: PLC0415
    from app.core.scoring.types import Juror as Reviewer  # noqa: PLC0415
    from app.core.scoring.types import Submission as Reviewed  # noqa: PLC0415
    from app.core.scoring.types import Unassignable as NoWay  # noqa: PLC0415

    require_manager(actor)
    if not 1 <= per_submission <= REVIEWS_MAX:
        raise Invalid(
            _("Choose from 1 to %(most)s sheets for each submission.", most=REVIEWS_MAX),
            field="per_submission",
        )
    with transaction() as session:
        rubric = ensure_rubric(session, event_id)
        store_detected(session, event_id)
        session.execute(
            delete(Assignment).where(Assignment.event_id == event_id, Assignment.state == OPEN)
        )
        begun = _pairs(session, event_id, (DRAFT, SUBMITTED))
        barred = _pairs(session, event_id, LEFT_OUT)
        barred += [(each.submission_id, each.juror_id) for each in queries.list_conflicts(event_id)]
        work = find_work(event_id, per_submission, begun, set(barred))
        if not work.submissions:
            raise Conflict(_("Nothing has been handed in yet, so there is nothing to assign."))
        if not work.jurors:
            raise Conflict(_("The panel is empty. Add jurors first."))
        answer = assign_reviews(
            [Reviewed(str(each.id), track=each.track) for each in work.submissions],
            [Reviewer(str(each.id), max_load=each.max_load) for each in work.jurors],
            work.needs,
            work.conflicts,
            existing=work.begun,
            seed=seed,
        )
        if isinstance(answer, NoWay):
            raise Unassignable(_explain(work))
        for submission_id, juror_id in answer.pairs:
            session.add(new_assignment(event_id, int(juror_id), int(submission_id)))
        if rubric.frozen_at is None:
            session.get_one(Rubric, rubric.id).reviews_per_submission = per_submission
        journal.record(
            "jury.assigned",
            "event",
            event_id,
            actor_id=actor.user_id,
            event_id=event_id,
            per_submission=per_submission,
            seed=seed,
            given=len(answer.pairs),
            method=answer.method,
        )
        return Assigned(
            given=len(answer.pairs),
            kept=len(begun),
            loads={int(key): load for key, load in answer.loads.items()},
            groups=len(answer.groups),
        )


def _explain(work: Work) -> tuple[Shortage, ...]:
    """Name each submission without enough free jurors, or all of them when only room is short."""
    names = {str(juror.id): juror.person.display_name for juror in work.jurors}
    kept: dict[str, set[str]] = {}
    for submission_id, juror_id in work.begun:
        kept.setdefault(submission_id, set()).add(juror_id)
    short = []
    for each in work.submissions:
        key = str(each.id)
        conflicted = {juror_id for s, juror_id in work.conflicts if s == key}
        free = len(names.keys() - conflicted - kept.get(key, set()))
        if free < work.needs[key]:
            who = tuple(sorted(names[juror_id] for juror_id in conflicted))
            short.append(Shortage((each.title,), work.needs[key], free, who))
    if short:
        return tuple(short)
    loads = dict.fromkeys(names, 0)
    for _submission_id, juror_id in work.begun:
        loads[juror_id] += 1
    needed = sum(work.needs.values())
    room = sum(
        max(0, (juror.max_load if juror.max_load is not None else needed) - loads[str(juror.id)])
        for juror in work.jurors
    )
    titles = tuple(each.title for each in work.submissions if work.needs[str(each.id)])
    return (Shortage(titles, needed, min(room, needed), ()),)


def _pairs(session: Session, event_id: int, states: tuple[str, ...]) -> list[tuple[int, int]]:
    rows = session.execute(
        select(Assignment.submission_id, Assignment.juror_id)
        .where(Assignment.event_id == event_id, Assignment.state.in_(states))
        .order_by(Assignment.id)
    )
    return [(row.submission_id, row.juror_id) for row in rows]
