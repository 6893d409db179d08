"""Join and leave, give and take roles, shut out and let back in."""

from collections.abc import Set

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.core.ids import normalise_join_code
from app.core.policy import Action, Actor, Facts, Reason, Role, decide
from app.db import transaction
from app.domain.journal.service import record
from app.domain.programmes.models import Ban, Event, Membership, Programme
from app.errors import Conflict, Denied, Invalid, Missing
from app.translation import gettext as _

REASON_LENGTH_MAX = 2000


def join_event(actor: Actor, event_id: int, join_code: str | None = None) -> bool:
    """Take part in an event; return False when the person takes part already.

    A published event needs no code. Raises Denied, Missing, and Invalid for a wrong code.
    """
    _require(actor, Action.JOIN_EVENT)
    with transaction() as session:
        event = _get_event(session, event_id)
        if join_code is not None and normalise_join_code(join_code) != event.join_code:
            raise Invalid(_("This code belongs to no event."), field="code")
        if join_code is None and not event.is_published:
            raise Denied(reason=Reason.NOT_PUBLIC_YET)
        user_id = _person(actor)
        if _is_banned(session, user_id, event_id):
            raise Denied(reason=Reason.BANNED)
        if _roles_in(session, user_id, event):
            return False
        is_new = hold_role(session, user_id, Role.PARTICIPANT, event_id=event_id)
        if is_new:
            _note(actor, "event.joined", event_id, user_id)
        return is_new


def leave_event(actor: Actor, event_id: int) -> None:
    """Give up every role in an event; raises Denied, and Conflict for its last organiser."""
    _require(actor, Action.LEAVE_EVENT)
    with transaction() as session:
        event = _get_event(session, event_id)
        user_id = _person(actor)
        _keep_an_organiser(session, event, user_id)
        session.execute(
            delete(Membership).where(Membership.event_id == event_id, Membership.user_id == user_id)
        )
        _note(actor, "event.left", event_id, user_id)


def grant_role(actor: Actor, event_id: int, user_id: int, role: Role) -> None:
    """Give a person a role in an event; raises Denied, Missing, Conflict."""
    _require(actor, Action.MANAGE_EVENT)
    with transaction() as session:
        _get_event(session, event_id)
        if _is_banned(session, user_id, event_id):
            raise Conflict(_("This person is shut out of the event. Let them back in first."))
        if hold_role(session, user_id, role, event_id=event_id):
            _note(actor, "role.granted", event_id, user_id, role=role.value)


def withdraw_role(actor: Actor, event_id: int, user_id: int, role: Role) -> None:
    """Take a role in an event from a person; raises Denied, Missing, Conflict."""
    _require(actor, Action.MANAGE_EVENT)
    with transaction() as session:
        event = _get_event(session, event_id)
        if role is Role.ORGANISER:
            _keep_an_organiser(session, event, user_id)
        row = session.scalar(
            select(Membership).where(
                Membership.event_id == event_id,
                Membership.user_id == user_id,
                Membership.role == role,
            )
        )
        if row is None:
            raise Missing(f"role {role} of {user_id}")
        session.delete(row)
        _note(actor, "role.withdrawn", event_id, user_id, role=role.value)


def set_roles(actor: Actor, event_id: int, user_id: int, wanted: Set[Role]) -> None:
    """Give and take roles in one go, so that exactly these are held in the event itself.

    Raises Denied, Missing, and Conflict when the last organiser would go.
    """
    _require(actor, Action.MANAGE_EVENT)
    with transaction() as session:
        held = {
            Role(role)
            for role in session.scalars(
                select(Membership.role).where(
                    Membership.event_id == event_id, Membership.user_id == user_id
                )
            )
        }
        for role in sorted(wanted - held):
            grant_role(actor, event_id, user_id, role)
        for role in sorted(held - wanted):
            withdraw_role(actor, event_id, user_id, role)


def grant_programme_role(actor: Actor, programme_id: int, user_id: int, role: Role) -> None:
    """Give a person a role in all events of a programme; raises Denied, Missing."""
    _require(actor, Action.MANAGE_PROGRAMME)
    with transaction() as session:
        if session.get(Programme, programme_id) is None:
            raise Missing(f"programme {programme_id}")
        if hold_role(session, user_id, role, programme_id=programme_id):
            record(
                "programme.role_granted",
                "programme",
                programme_id,
                actor_id=actor.user_id,
                person_id=user_id,
                role=role.value,
            )


def withdraw_programme_role(actor: Actor, programme_id: int, user_id: int, role: Role) -> None:
    """Take a role in a programme from a person; raises Denied, Missing, Conflict."""
    _require(actor, Action.MANAGE_PROGRAMME)
    with transaction() as session:
        held = session.scalars(
            select(Membership).where(
                Membership.programme_id == programme_id, Membership.role == role
            )
        ).all()
        own = [row for row in held if row.user_id == user_id]
        if not own:
            raise Missing(f"role {role} of {user_id}")
        if role is Role.ORGANISER and len(held) == 1:
            raise Conflict(_("A programme keeps at least one organiser. Name another one first."))
        session.delete(own[0])
        record(
            "programme.role_withdrawn",
            "programme",
            programme_id,
            actor_id=actor.user_id,
            person_id=user_id,
            role=role.value,
        )


def ban(actor: Actor, event_id: int, user_id: int, reason: str) -> None:
    """Shut a person out of an event; raises Denied, Missing, Invalid, Conflict."""
    _require(actor, Action.MODERATE)
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say why. The reason is kept in the journal."), field="reason")
    if len(reason) > REASON_LENGTH_MAX:
        raise Invalid(_("Keep the reason under 2,000 characters."), field="reason")
    with transaction() as session:
        event = _get_event(session, event_id)
        if user_id == actor.user_id:
            raise Conflict(_("You cannot shut yourself out. Leave the event instead."))
        if Role.ORGANISER in _roles_in(session, user_id, event):
            raise Conflict(_("An organiser cannot be shut out. Withdraw that role first."))
        if not _is_banned(session, user_id, event_id):
            session.add(
                Ban(
                    user_id=user_id,
                    event_id=event_id,
                    reason=reason,
                    created_by=actor.user_id,
                    created_at=clock.now(),
                )
            )
            _note(actor, "person.banned", event_id, user_id, reason=reason)


def unban(actor: Actor, event_id: int, user_id: int) -> None:
    """Let a person back into an event; raises Denied, Missing."""
    _require(actor, Action.MODERATE)
    with transaction() as session:
        row = session.scalar(select(Ban).where(Ban.event_id == event_id, Ban.user_id == user_id))
        if row is None:
            raise Missing(f"ban of {user_id}")
        session.delete(row)
        _note(actor, "person.unbanned", event_id, user_id)


def hold_role(
    session: Session,
    user_id: int,
    role: Role,
    *,
    event_id: int | None = None,
    programme_id: int | None = None,
) -> bool:
    """Store that a person holds a role; return False when it was held already."""
    held = select(Membership.id).where(
        Membership.user_id == user_id,
        Membership.role == role,
        Membership.event_id == event_id,
        Membership.programme_id == programme_id,
    )
    if session.scalar(held) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(
                Membership(
                    user_id=user_id,
                    role=role,
                    event_id=event_id,
                    programme_id=programme_id,
                    created_at=clock.now(),
                )
            )
    except IntegrityError as fault:
        if session.scalar(held) is not None:  # a second tap came first
            return False
        raise Missing(f"person {user_id}") from fault
    return True


def _require(actor: Actor, action: Action) -> None:
    verdict = decide(actor, action, Facts())
    if not verdict:
        raise Denied(reason=verdict.reason)


def _note(actor: Actor, action: str, event_id: int, user_id: int, **detail: object) -> None:
    record(action, "person", user_id, actor_id=actor.user_id, event_id=event_id, **detail)


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise Denied(reason=Reason.SIGN_IN_FIRST)
    return actor.user_id


def _get_event(session: Session, event_id: int) -> Event:
    event = session.get(Event, event_id)
    if event is None:
        raise Missing(f"event {event_id}")
    return event


def _is_banned(session: Session, user_id: int, event_id: int) -> bool:
    ban_id = select(Ban.id).where(Ban.user_id == user_id, Ban.event_id == event_id)
    return session.scalar(ban_id) is not None


def _roles_in(session: Session, user_id: int, event: Event) -> set[str]:
    return set(
        session.scalars(
            select(Membership.role).where(
                Membership.user_id == user_id,
                or_(
                    Membership.event_id == event.id,
                    Membership.programme_id == event.programme_id,
                ),
            )
        )
    )


def _keep_an_organiser(session: Session, event: Event, leaving_id: int) -> None:
    """Refuse that the last organiser goes; a programme's organisers count for its events."""
    organisers = session.execute(
        select(Membership.user_id, Membership.event_id).where(
            Membership.role == Role.ORGANISER,
            or_(Membership.event_id == event.id, Membership.programme_id == event.programme_id),
        )
    ).all()
    goes = [row for row in organisers if row.user_id == leaving_id and row.event_id is not None]
    if goes and len(goes) == len(organisers):
        raise Conflict(_("An event keeps at least one organiser. Name another one first."))
