"""Make and change programmes and events; the roles in them are in `membership`."""

import secrets
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.core.ids import JOIN_CODE_ALPHABET, encode, slugify
from app.core.phases import PhaseSpan, check_schedule, spread_phases
from app.core.policy import Action, Actor, Facts, Role, decide
from app.db import transaction
from app.domain.journal.service import record
from app.domain.programmes.inputs import (
    AgendaInput,
    EventInput,
    check_agenda_item,
    check_event,
    check_name,
)
from app.domain.programmes.membership import (
    ban,
    grant_programme_role,
    grant_role,
    hold_role,
    join_event,
    leave_event,
    set_roles,
    unban,
    withdraw_programme_role,
    withdraw_role,
)
from app.domain.programmes.models import AgendaItem, Event, EventPhase, Programme
from app.errors import Conflict, Denied, Invalid, Missing
from app.translation import gettext as _

__all__ = [
    "AgendaInput",
    "EventInput",
    "add_agenda_item",
    "ban",
    "change_agenda_item",
    "create_event",
    "create_programme",
    "grant_programme_role",
    "grant_role",
    "join_event",
    "leave_event",
    "publish_event",
    "publish_programme",
    "remove_agenda_item",
    "renew_join_code",
    "set_phases",
    "set_roles",
    "unban",
    "update_event",
    "update_programme",
    "withdraw_programme_role",
    "withdraw_role",
]

JOIN_CODE_LENGTH = 6
Row = TypeVar("Row", Programme, Event)


def create_programme(actor: Actor, name: str, summary: str = "", description: str = "") -> int:
    """Make a programme, not yet published, organised by its maker; raises Denied, Invalid."""
    _require(actor, Action.CREATE_PROGRAMME)
    name = check_name(name)
    with transaction() as session:
        programme = Programme(
            name=name,
            summary=summary,
            description=description,
            created_by=actor.user_id,
            created_at=clock.now(),
        )
        _add_with_slug(session, programme, slugify(name, fallback="programme"))
        if actor.user_id is not None:
            hold_role(session, actor.user_id, Role.ORGANISER, programme_id=programme.id)
        record("programme.created", "programme", programme.id, actor_id=actor.user_id, name=name)
        return programme.id


def update_programme(
    actor: Actor, programme_id: int, name: str, summary: str, description: str
) -> None:
    """Change what a programme says of itself; its address stays. Raises Denied, Invalid."""
    _require(actor, Action.MANAGE_PROGRAMME)
    name = check_name(name)
    with transaction() as session:
        programme = _get(session, Programme, programme_id)
        programme.name, programme.summary, programme.description = name, summary, description
        record("programme.changed", "programme", programme_id, actor_id=actor.user_id, name=name)


def publish_programme(actor: Actor, programme_id: int, is_published: bool = True) -> None:
    """Show a programme to everybody, or take it back; raises Denied."""
    _require(actor, Action.MANAGE_PROGRAMME)
    with transaction() as session:
        programme = _get(session, Programme, programme_id)
        programme.is_published = is_published
        record(
            "programme.published" if is_published else "programme.unpublished",
            "programme",
            programme_id,
            actor_id=actor.user_id,
        )


def create_event(actor: Actor, programme_id: int, stated: EventInput) -> int:
    """Make an event with proposed phases and a join code, not yet published.

    Raises Denied, Missing and Invalid.
    """
    _require(actor, Action.MANAGE_PROGRAMME)
    check_event(stated)
    with transaction() as session:
        _get(session, Programme, programme_id)
        event = Event(
            programme_id=programme_id, join_code=_free_join_code(session), created_at=clock.now()
        )
        _state(event, stated)
        event.imported = stated.imported
        _add_with_slug(session, event, slugify(event.name, fallback="event"))
        _store_phases(session, event.id, spread_phases(stated.starts_at, stated.ends_at))
        record(
            "event.created",
            "event",
            event.id,
            actor_id=actor.user_id,
            event_id=event.id,
            name=event.name,
        )
        return event.id


def update_event(actor: Actor, event_id: int, stated: EventInput) -> None:
    """Change what an event says of itself; address and phases stay. Raises Denied, Invalid."""
    _require(actor, Action.MANAGE_EVENT)
    check_event(stated)
    with transaction() as session:
        event = _get(session, Event, event_id)
        _state(event, stated)
        _note(actor, "event.changed", event_id, name=event.name)


def publish_event(actor: Actor, event_id: int, is_published: bool = True) -> None:
    """Show an event to everybody, or take it back; raises Denied."""
    _require(actor, Action.MANAGE_EVENT)
    with transaction() as session:
        _get(session, Event, event_id).is_published = is_published
        _note(actor, "event.published" if is_published else "event.unpublished", event_id)


def set_teams_published(actor: Actor, event_id: int) -> None:
    """Note that the event's teams are known from now on; raises Denied."""
    _require(actor, Action.RUN_MATCHING)
    with transaction() as session:
        _get(session, Event, event_id).are_teams_published = True


def set_phases(actor: Actor, event_id: int, spans: Sequence[PhaseSpan]) -> None:
    """Replace an event's schedule; raises Denied, and Invalid naming the phase at fault."""
    _require(actor, Action.MANAGE_EVENT)
    faults = check_schedule(spans)
    if faults:
        phase, code = faults[0]
        raise Invalid(explain_fault(code), field=phase.value)
    with transaction() as session:
        _get(session, Event, event_id)
        _store_phases(session, event_id, spans)
        _note(actor, "event.phases_set", event_id)


def explain_fault(code: str) -> str:
    """Return the sentence for what `check_schedule` found wrong."""
    sentences: dict[str, str] = {
        "ends_before_start": _("This phase must end after it begins."),
        "twice": _("This phase is there twice."),
        "out_of_order": _("This phase begins before an earlier one does."),
    }
    return sentences[code]


def renew_join_code(actor: Actor, event_id: int) -> str:
    """Replace the join code, so that the old one opens nothing; raises Denied."""
    _require(actor, Action.MANAGE_EVENT)
    with transaction() as session:
        event = _get(session, Event, event_id)
        code = _free_join_code(session)
        event.join_code = code
        _note(actor, "event.join_code_renewed", event_id)
        return code


def add_agenda_item(actor: Actor, event_id: int, stated: AgendaInput) -> int:
    """Add a line to the agenda; raises Denied, Invalid."""
    _require(actor, Action.MANAGE_EVENT)
    check_agenda_item(stated)
    with transaction() as session:
        _get(session, Event, event_id)
        item = AgendaItem(
            event_id=event_id,
            title=stated.title.strip(),
            place=stated.place.strip(),
            starts_at=stated.starts_at,
            ends_at=stated.ends_at,
        )
        session.add(item)
        session.flush()
        _note(actor, "agenda.added", event_id, title=item.title)
        return item.id


def change_agenda_item(actor: Actor, event_id: int, item_id: int, stated: AgendaInput) -> None:
    """Change a line of the agenda; raises Denied, Missing, Invalid."""
    _require(actor, Action.MANAGE_EVENT)
    check_agenda_item(stated)
    with transaction() as session:
        item = _get_agenda_item(session, event_id, item_id)
        item.title, item.place = stated.title.strip(), stated.place.strip()
        item.starts_at, item.ends_at = stated.starts_at, stated.ends_at
        _note(actor, "agenda.changed", event_id, title=item.title)


def remove_agenda_item(actor: Actor, event_id: int, item_id: int) -> None:
    """Take a line off the agenda; raises Denied, Missing."""
    _require(actor, Action.MANAGE_EVENT)
    with transaction() as session:
        item = _get_agenda_item(session, event_id, item_id)
        _note(actor, "agenda.removed", event_id, title=item.title)
        session.delete(item)


def _require(actor: Actor, action: Action) -> None:
    verdict = decide(actor, action, Facts())
    if not verdict:
        raise Denied(reason=verdict.reason)


def _note(actor: Actor, action: str, event_id: int, **detail: object) -> None:
    record(action, "event", event_id, actor_id=actor.user_id, event_id=event_id, **detail)


def _get(session: Session, table: type[Row], row_id: int) -> Row:
    # Locked before the journal's row refers to it: two organisers would deadlock otherwise.
    row = session.get(table, row_id, with_for_update=True)
    if row is None:
        raise Missing(f"{table.__tablename__} {row_id}")
    return row


def _get_agenda_item(session: Session, event_id: int, item_id: int) -> AgendaItem:
    item = session.get(AgendaItem, item_id)
    if item is None or item.event_id != event_id:
        raise Missing(f"agenda item {item_id}")
    return item


def _state(event: Event, stated: EventInput) -> None:
    event.name = stated.name.strip()
    event.kind = stated.kind
    event.summary = stated.summary
    event.description = stated.description
    event.place = stated.place.strip()
    event.timezone = stated.timezone
    event.starts_at = stated.starts_at
    event.ends_at = stated.ends_at
    event.team_size_min = stated.team_size_min
    event.team_size_max = stated.team_size_max
    event.budget_cents = stated.budget_cents
    event.currency = stated.currency.upper()


def _store_phases(session: Session, event_id: int, spans: Sequence[PhaseSpan]) -> None:
    session.execute(delete(EventPhase).where(EventPhase.event_id == event_id))
    session.add_all(
        EventPhase(
            event_id=event_id,
            phase=span.phase.value,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
        )
        for span in spans
    )


def _add_with_slug(session: Session, row: Programme | Event, base: str) -> None:
    """Store a row under the first free address: base, base-2, base-3 and so on."""
    table = type(row)
    taken = set(session.scalars(select(table.slug).where(table.slug.startswith(base))))
    for number in range(1, len(taken) + 20):
        slug = base if number == 1 else f"{base}-{number}"
        if slug in taken:
            continue
        row.slug = slug
        try:
            with session.begin_nested():
                session.add(row)
            return
        except IntegrityError:  # somebody took it since we looked
            continue
    raise Conflict(_("No address is free for this name. Change the name a little."))


def _free_join_code(session: Session) -> str:
    while True:
        code = encode(secrets.token_bytes(16), JOIN_CODE_LENGTH, JOIN_CODE_ALPHABET)
        if session.scalar(select(Event.id).where(Event.join_code == code)) is None:
            return code
