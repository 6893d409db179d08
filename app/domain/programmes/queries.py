"""Read programmes, events and roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, literal, or_, select, union_all

from app import clock
from app.core.phases import Phase, PhaseSpan, Standing, standing
from app.core.policy import Facts, Role
from app.db import db
from app.domain.programmes.models import (
    AgendaItem,
    Ban,
    Event,
    EventPhase,
    Membership,
    Programme,
)


@dataclass(frozen=True)
class ProgrammeView:
    """A programme as pages show it."""

    id: int
    slug: str
    name: str
    summary: str
    description: str
    is_published: bool


@dataclass(frozen=True)
class EventView:
    """An event with its phases, read in two queries."""

    id: int
    programme_id: int
    slug: str
    kind: str
    name: str
    summary: str
    description: str
    place: str
    timezone: str
    starts_at: datetime
    ends_at: datetime
    join_code: str
    is_published: bool
    are_teams_published: bool
    team_size_min: int
    team_size_max: int
    budget_cents: int
    currency: str
    spans: tuple[PhaseSpan, ...]

    def standing(self) -> Standing:
        """Return where the event stands now."""
        return standing(self.spans, clock.now())

    def facts(self) -> Facts:
        """Return what the policy may know of the event."""
        now = clock.now()
        running = frozenset(s.phase for s in self.spans if s.starts_at <= now < s.ends_at)
        current = self.standing().current
        return Facts(
            is_published=self.is_published,
            phase=current.phase if current else None,
            open_phases=running,
        )

    def span_of(self, phase: Phase) -> PhaseSpan | None:
        """Return the dates of one phase."""
        return next((span for span in self.spans if span.phase is phase), None)


@dataclass(frozen=True)
class AgendaView:
    """A line of an event's agenda."""

    id: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class HeldRoles:
    """The roles a person holds, and whether they were shut out."""

    roles: frozenset[Role]
    is_banned: bool


# Stands among the roles of a person who was shut out; no role has this name.
_BANNED = "banned"

_EVENT_COLUMNS = (
    Event.id,
    Event.programme_id,
    Event.slug,
    Event.kind,
    Event.name,
    Event.summary,
    Event.description,
    Event.place,
    Event.timezone,
    Event.starts_at,
    Event.ends_at,
    Event.join_code,
    Event.is_published,
    Event.are_teams_published,
    Event.team_size_min,
    Event.team_size_max,
    Event.budget_cents,
    Event.currency,
)

_PROGRAMME_COLUMNS = (
    Programme.id,
    Programme.slug,
    Programme.name,
    Programme.summary,
    Programme.description,
    Programme.is_published,
)


def find_event(slug: str) -> EventView | None:
    """Return an event by its slug."""
    return _find_one_event(Event.slug == slug)


def find_event_by_id(event_id: int) -> EventView | None:
    """Return an event by its id."""
    return _find_one_event(Event.id == event_id)


def lock_event(event_id: int) -> None:
    """Let one command at a time go on with an event, until its transaction ends."""
    db.session.scalar(select(Event.id).where(Event.id == event_id).with_for_update())


def find_event_by_join_code(code: str) -> EventView | None:
    """Return the event whose join code this is (normalised by core.ids)."""
    return _find_one_event(Event.join_code == code)


def _find_one_event(condition: object) -> EventView | None:
    """Read an event with its phases in one query: every page of an event begins with it."""
    rows = db.session.execute(
        select(
            *_EVENT_COLUMNS,
            EventPhase.phase,
            EventPhase.starts_at.label("phase_starts_at"),
            EventPhase.ends_at.label("phase_ends_at"),
        )
        .outerjoin(EventPhase, EventPhase.event_id == Event.id)
        .where(condition)  # type: ignore[arg-type]
        .order_by(EventPhase.starts_at, EventPhase.id)
    ).all()
    if not rows:
        return None
    spans = tuple(
        PhaseSpan(Phase(row.phase), row.phase_starts_at, row.phase_ends_at)
        for row in rows
        if row.phase is not None
    )
    values: dict[str, Any] = {column.key: rows[0]._mapping[column] for column in _EVENT_COLUMNS}
    return EventView(**values, spans=spans)


def list_events(programme_id: int, *, published_only: bool) -> list[EventView]:
    """Return a programme's events, the next one first."""
    query = select(*_EVENT_COLUMNS).where(Event.programme_id == programme_id)
    if published_only:
        query = query.where(Event.is_published.is_(True))
    return _read_events(query.order_by(Event.starts_at, Event.id))


def list_upcoming_events(now: datetime, *, limit: int = 12) -> list[EventView]:
    """Return the published events of published programmes that have not ended, soonest first."""
    shown = select(Programme.id).where(Programme.is_published.is_(True))
    query = select(*_EVENT_COLUMNS).where(
        Event.is_published.is_(True), Event.programme_id.in_(shown), Event.ends_at > now
    )
    return _read_events(query.order_by(Event.starts_at, Event.id).limit(limit))


def list_events_of(user_id: int) -> list[EventView]:
    """Return the events in which a person holds a role, the latest first."""
    own = select(Membership.event_id).where(
        Membership.user_id == user_id, Membership.event_id.is_not(None)
    )
    through = select(Membership.programme_id).where(
        Membership.user_id == user_id, Membership.programme_id.is_not(None)
    )
    query = select(*_EVENT_COLUMNS).where(or_(Event.id.in_(own), Event.programme_id.in_(through)))
    return _read_events(query.order_by(Event.starts_at.desc(), Event.id))


def _read_events(query: object) -> list[EventView]:
    rows: Sequence[Row[Any]] = db.session.execute(query).all()  # type: ignore[call-overload]
    spans: dict[int, list[PhaseSpan]] = {row.id: [] for row in rows}
    for phase in db.session.execute(
        select(EventPhase.event_id, EventPhase.phase, EventPhase.starts_at, EventPhase.ends_at)
        .where(EventPhase.event_id.in_(spans))
        .order_by(EventPhase.starts_at, EventPhase.id)
    ):
        spans[phase.event_id].append(PhaseSpan(Phase(phase.phase), phase.starts_at, phase.ends_at))
    return [EventView(**row._mapping, spans=tuple(spans[row.id])) for row in rows]


def find_programme(slug: str) -> ProgrammeView | None:
    """Return a programme by its slug."""
    return _find_one_programme(Programme.slug == slug)


def find_programme_by_id(programme_id: int) -> ProgrammeView | None:
    """Return a programme by its id."""
    return _find_one_programme(Programme.id == programme_id)


def list_programmes() -> list[ProgrammeView]:
    """Return every programme, published or not, by name."""
    rows = db.session.execute(select(*_PROGRAMME_COLUMNS).order_by(Programme.name, Programme.id))
    return [ProgrammeView(*row) for row in rows]


def _find_one_programme(condition: object) -> ProgrammeView | None:
    programmes = _read_programmes(select(*_PROGRAMME_COLUMNS).where(condition))  # type: ignore[arg-type]
    return programmes[0] if programmes else None


def list_published_programmes(*, limit: int = 50) -> list[ProgrammeView]:
    """Return the programmes that everybody may see, the newest first."""
    return _read_programmes(
        select(*_PROGRAMME_COLUMNS)
        .where(Programme.is_published.is_(True))
        .order_by(Programme.id.desc())
        .limit(limit)
    )


def list_organised_programmes(user_id: int) -> list[ProgrammeView]:
    """Return the programmes that a person organises, the newest first."""
    own = select(Membership.programme_id).where(
        Membership.user_id == user_id, Membership.role == Role.ORGANISER
    )
    return _read_programmes(
        select(*_PROGRAMME_COLUMNS).where(Programme.id.in_(own)).order_by(Programme.id.desc())
    )


def list_all_programmes(*, limit: int = 200) -> list[ProgrammeView]:
    """Return every programme for an administrator, the newest first."""
    return _read_programmes(select(*_PROGRAMME_COLUMNS).order_by(Programme.id.desc()).limit(limit))


def _read_programmes(query: object) -> list[ProgrammeView]:
    return [ProgrammeView(*row) for row in db.session.execute(query)]  # type: ignore[call-overload]


def list_agenda(event_id: int) -> list[AgendaView]:
    """Return an event's agenda in order of time."""
    rows = db.session.execute(
        select(
            AgendaItem.id,
            AgendaItem.title,
            AgendaItem.place,
            AgendaItem.starts_at,
            AgendaItem.ends_at,
        )
        .where(AgendaItem.event_id == event_id)
        .order_by(AgendaItem.starts_at, AgendaItem.id)
    )
    return [AgendaView(*row) for row in rows]


def find_roles(
    user_id: int, *, event_id: int | None = None, programme_id: int | None = None
) -> HeldRoles:
    """Return a person's roles in an event, with those of its programme, in one query.

    A role in a programme holds in each of its events; `programme_id` must then be given.
    """
    scopes = []
    if event_id is not None:
        scopes.append(Membership.event_id == event_id)
    if programme_id is not None:
        scopes.append(Membership.programme_id == programme_id)
    if not scopes:
        return HeldRoles(frozenset(), False)
    roles = select(Membership.role).where(Membership.user_id == user_id, or_(*scopes))
    # Every page of an event asks this: the ban comes with the roles, in one query.
    bans = select(literal(_BANNED)).where(Ban.user_id == user_id, Ban.event_id == event_id)
    held = set(db.session.scalars(union_all(roles, bans)))
    return HeldRoles(frozenset(Role(role) for role in held - {_BANNED}), _BANNED in held)


def find_actor_roles(user_id: int, event: EventView) -> HeldRoles:
    """Return a person's roles in an event and its programme."""
    return find_roles(user_id, event_id=event.id, programme_id=event.programme_id)


def find_imported_event(event_id: int) -> dict[str, Any] | None:
    """Return what an import kept of an event's package beside the event itself."""
    imported: dict[str, Any] | None = db.session.scalar(
        select(Event.imported).where(Event.id == event_id)
    )
    return imported
