"""A jury's rubric and panel, and the letters to those who are late."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.core.policy import Actor, Role
from app.core.texts import typed_text
from app.db import transaction
from app.domain.accounts.affiliations import list_addresses
from app.domain.accounts.recipients import get_recipient
from app.domain.journal import service as journal
from app.domain.jury import queries
from app.domain.jury.conflicts import get_juror, note, require_manager, store_detected, titles_of
from app.domain.jury.models import Assignment, ConflictOfInterest, Criterion, Juror, Rubric
from app.domain.jury.rubric import RubricInput, check_rubric, default_rubric
from app.domain.jury.views import DRAFT, OPEN, VOID, RubricView
from app.domain.programmes import service as programmes
from app.errors import Conflict, Invalid, Missing
from app.translation import gettext as _


@dataclass(frozen=True)
class Replaced:
    """What became of a replaced juror's work."""

    juror_id: int
    moved: int
    # Titles that the new juror may not judge; assign again to place them.
    left_over: tuple[str, ...]


@dataclass(frozen=True)
class Reminder:
    """A letter to a juror who has sheets to hand in."""

    address: str
    display_name: str
    open: int


def set_rubric(actor: Actor, event_id: int, given: RubricInput) -> None:
    """Replace an event's rubric; raises Denied, Invalid, and Conflict once scoring has begun."""
    require_manager(actor)
    check_rubric(given)
    with transaction() as session:
        row = _find_rubric(session, event_id)
        if row is not None and row.frozen_at is not None:
            raise Conflict(_("Scoring has begun, so the rubric stays as it is."))
        if row is not None:
            session.delete(row)
            session.flush()
        _store_rubric(session, event_id, given)
        journal.record(
            "jury.rubric_set",
            "event",
            event_id,
            actor_id=actor.user_id,
            event_id=event_id,
            criteria=[each.name for each in given.criteria],
            policy=given.policy,
        )


def ensure_rubric(session: Session, event_id: int) -> RubricView:
    """Return the stored rubric, the default one when none was stated."""
    if _find_rubric(session, event_id) is None:
        _store_rubric(session, event_id, default_rubric())
    rubric = queries.find_rubric(event_id)
    if rubric is None:
        raise Missing(f"rubric of event {event_id}")
    return rubric


def add_juror(
    actor: Actor,
    event_id: int,
    email: str,
    *,
    organisation: str = "",
    region: str = "",
    max_load: int | None = None,
    vouched_for: str = "",
) -> int:
    """Put the person with an address on the panel; raises Denied, Invalid, Conflict.

    `vouched_for` as in `accounts.recipients`.
    """
    require_manager(actor)
    if max_load is not None and max_load < 1:
        raise Invalid(_("A juror takes at least one project."), field="max_load")
    with transaction() as session:
        user_id = get_recipient(email, vouched_for=vouched_for).id
        row = session.scalar(
            select(Juror).where(Juror.event_id == event_id, Juror.user_id == user_id)
        )
        if row is not None and row.state == "active":
            raise Invalid(_("This person is on the panel already."), field="email")
        if row is None:
            row = Juror(
                event_id=event_id,
                user_id=user_id,
                pseudonym=_next_pseudonym(session, event_id),
                created_at=clock.now(),
            )
            session.add(row)
        row.state, row.replaced_by = "active", None
        row.organisation = typed_text(organisation)[:120]
        row.region, row.max_load = typed_text(region)[:60], max_load
        programmes.grant_role(actor, event_id, user_id, Role.JUROR)
        session.flush()
        note(actor, "jury.juror_added", row, person_id=user_id)
        return row.id


def replace_juror(
    actor: Actor,
    event_id: int,
    juror_id: int,
    email: str,
    *,
    organisation: str = "",
    region: str = "",
    vouched_for: str = "",
) -> Replaced:
    """Give the unfinished work of an event's juror to another person; sheets handed in stay.

    Raises Denied, Missing, Invalid, Conflict.
    """
    require_manager(actor)
    with transaction() as session:
        old = get_juror(session, event_id, juror_id)
        if old.state != "active":
            raise Conflict(_("This juror was replaced already."))
        user_id = get_recipient(email, vouched_for=vouched_for).id
        if user_id == old.user_id:
            raise Invalid(_("Name another person than the one who leaves."), field="email")
        known = session.scalar(
            select(Juror).where(Juror.event_id == old.event_id, Juror.user_id == user_id)
        )
        if known is not None and known.state == "active":
            new_id = known.id
        else:
            new_id = add_juror(
                actor,
                event_id,
                email,
                organisation=organisation,
                region=region,
                vouched_for=vouched_for,
            )
        old.state, old.replaced_by = "replaced", new_id
        try:
            programmes.withdraw_role(actor, old.event_id, old.user_id, Role.JUROR)
        except Missing:
            pass  # a juror of the whole programme keeps that role; the panel decides here
        session.flush()
        store_detected(session, old.event_id)
        moved, left_over = _hand_over(session, old, new_id)
        note(actor, "jury.juror_replaced", old, by=new_id, moved=moved, left_over=left_over)
        titles = titles_of(old.event_id)
        return Replaced(new_id, moved, tuple(titles[each] for each in left_over))


def _hand_over(session: Session, old: Juror, new_id: int) -> tuple[int, list[int]]:
    """Move what is not begun, give what is begun anew; return the count and what was left over."""
    unfinished = session.scalars(
        select(Assignment)
        .where(Assignment.juror_id == old.id, Assignment.state.in_((OPEN, DRAFT)))
        .order_by(Assignment.id)
    ).all()
    taken = set(
        session.scalars(select(Assignment.submission_id).where(Assignment.juror_id == new_id))
    )
    barred = taken | set(
        session.scalars(
            select(ConflictOfInterest.submission_id).where(ConflictOfInterest.juror_id == new_id)
        )
    )
    moved, left_over = 0, []
    for row in unfinished:
        if row.submission_id in barred:
            if row.submission_id not in taken:
                left_over.append(row.submission_id)
            row.state, row.reason = VOID, "replaced"
        elif row.state == OPEN:
            row.juror_id = new_id
            moved += 1
        else:
            # The draft belongs to whoever wrote it; the new juror begins with an empty sheet.
            row.state, row.reason = VOID, "replaced"
            session.add(new_assignment(old.event_id, new_id, row.submission_id))
            moved += 1
    session.flush()
    return moved, left_over


def list_reminders(actor: Actor, event_id: int) -> list[Reminder]:
    """Return the letters to jurors who still have sheets to hand in, and note it; raises Denied."""
    require_manager(actor)
    with transaction():
        late = [
            row for row in queries.list_progress(event_id) if row.juror.is_active and row.open > 0
        ]
        addresses = list_addresses({row.juror.person.id for row in late})
        journal.record(
            "jury.reminded",
            "event",
            event_id,
            actor_id=actor.user_id,
            event_id=event_id,
            jurors=[row.juror.id for row in late],
        )
        return [
            Reminder(addresses[row.juror.person.id], row.juror.person.display_name, row.open)
            for row in late
        ]


def new_assignment(event_id: int, juror_id: int, submission_id: int) -> Assignment:
    """Return an assignment on which nothing was written yet."""
    return Assignment(
        event_id=event_id,
        juror_id=juror_id,
        submission_id=submission_id,
        state=OPEN,
        reason="",
        created_at=clock.now(),
    )


def _find_rubric(session: Session, event_id: int) -> Rubric | None:
    return session.scalar(select(Rubric).where(Rubric.event_id == event_id).with_for_update())


def _store_rubric(session: Session, event_id: int, given: RubricInput) -> None:
    row = Rubric(
        event_id=event_id,
        scale_min=given.scale_min,
        scale_max=given.scale_max,
        reviews_per_submission=given.reviews_per_submission,
        policy=given.policy,
    )
    session.add(row)
    session.flush()
    session.add_all(
        Criterion(
            rubric_id=row.id,
            position=position,
            name=typed_text(each.name),
            question=typed_text(each.question),
            weight=each.weight,
            is_independent=each.is_independent,
            anchors={
                mark: typed_text(text) for mark, text in each.anchors.items() if typed_text(text)
            },
        )
        for position, each in enumerate(given.criteria)
    )
    session.flush()


def _next_pseudonym(session: Session, event_id: int) -> str:
    count = session.scalar(select(func.count()).where(Juror.event_id == event_id)) or 0
    letters = ""
    number = count
    while True:
        number, place = divmod(number, 26)
        letters = chr(ord("A") + place) + letters
        if number == 0:
            return f"Juror {letters}"
        number -= 1
