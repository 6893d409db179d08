"""Read who takes part in an event, with which roles."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.core.policy import Role
from app.db import db
from app.domain.accounts import queries as accounts
from app.domain.accounts.queries import PersonView
from app.domain.programmes.models import Ban, Membership

PEOPLE_A_PAGE = 25
ROLE_ORDER = {role.value: position for position, role in enumerate(Role)}


@dataclass(frozen=True)
class MemberView:
    """A person in an event."""

    person: PersonView
    roles: tuple[Role, ...]
    # Roles held through the programme; they are withdrawn there, not in the event.
    programme_roles: tuple[Role, ...]
    ban_reason: str | None


@dataclass(frozen=True)
class MemberPage:
    """One page of an event's people."""

    members: tuple[MemberView, ...]
    page: int
    pages: int
    total: int


def list_member_ids(event_id: int, role: Role | None = None) -> list[int]:
    """Return who holds a role in the event itself and is not shut out, by id."""
    shut_out = select(Ban.user_id).where(Ban.event_id == event_id)
    query = select(Membership.user_id).where(
        Membership.event_id == event_id, Membership.user_id.not_in(shut_out)
    )
    if role is not None:
        query = query.where(Membership.role == role)
    return list(db.session.scalars(query.distinct().order_by(Membership.user_id)))


def count_members(event_id: int) -> int:
    """Return how many people hold a role in the event itself and are not shut out."""
    shut_out = select(Ban.user_id).where(Ban.event_id == event_id)
    query = select(func.count(Membership.user_id.distinct())).where(
        Membership.event_id == event_id, Membership.user_id.not_in(shut_out)
    )
    return db.session.scalar(query) or 0


def count_by_role(event_id: int) -> dict[Role, int]:
    """Return how many people hold each role in the event itself."""
    shut_out = select(Ban.user_id).where(Ban.event_id == event_id)
    rows = db.session.execute(
        select(Membership.role, func.count())
        .where(Membership.event_id == event_id, Membership.user_id.not_in(shut_out))
        .group_by(Membership.role)
    ).all()
    return {Role(role): count for role, count in rows}


def list_members(
    event_id: int, programme_id: int, *, search: str = "", role: Role | None = None, page: int = 1
) -> MemberPage:
    """Return a page of people by name; in four queries, whatever their number.

    Names are compared here and not by the database: SQLite knows only ASCII capitals.
    """
    found = _find_people(event_id, programme_id, search, role)
    pages = max(1, -(-len(found) // PEOPLE_A_PAGE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PEOPLE_A_PAGE : page * PEOPLE_A_PAGE]
    return MemberPage(tuple(_with_roles(event_id, programme_id, shown)), page, pages, len(found))


def list_all_members(event_id: int, programme_id: int) -> list[MemberView]:
    """Return everybody, for a list to take away."""
    return _with_roles(event_id, programme_id, _find_people(event_id, programme_id, "", None))


def find_member(event_id: int, programme_id: int, public_id: str) -> MemberView | None:
    """Return one person of an event by the public id."""
    people = _find_people(event_id, programme_id, "", None)
    chosen = [person for person in people if person.public_id == public_id]
    return _with_roles(event_id, programme_id, chosen)[0] if chosen else None


def list_programme_organisers(programme_id: int) -> list[PersonView]:
    """Return who organises a programme, by name."""
    ids = set(
        db.session.scalars(
            select(Membership.user_id).where(
                Membership.programme_id == programme_id, Membership.role == Role.ORGANISER
            )
        )
    )
    return sorted(accounts.list_people(ids).values(), key=_by_name)


def _by_name(person: PersonView) -> tuple[str, int]:
    return person.display_name.casefold(), person.id


def _find_people(
    event_id: int, programme_id: int, search: str, role: Role | None
) -> list[PersonView]:
    scope = or_(Membership.event_id == event_id, Membership.programme_id == programme_id)
    held = select(Membership.user_id).where(scope)
    if role is not None:
        held = held.where(Membership.role == role)
    ids = set(db.session.scalars(held))
    if role is None:
        ids |= set(db.session.scalars(select(Ban.user_id).where(Ban.event_id == event_id)))
    wanted = search.strip().casefold()
    people = accounts.list_people(ids).values()
    return sorted((p for p in people if wanted in p.display_name.casefold()), key=_by_name)


def _with_roles(event_id: int, programme_id: int, people: list[PersonView]) -> list[MemberView]:
    ids = [person.id for person in people]
    rows = db.session.execute(
        select(Membership.user_id, Membership.role, Membership.programme_id).where(
            Membership.user_id.in_(ids),
            or_(Membership.event_id == event_id, Membership.programme_id == programme_id),
        )
    ).all()
    reasons = {
        row.user_id: row.reason
        for row in db.session.execute(
            select(Ban.user_id, Ban.reason).where(Ban.event_id == event_id, Ban.user_id.in_(ids))
        )
    }
    own: dict[int, list[str]] = {}
    through: dict[int, list[str]] = {}
    for user_id, role, through_programme in rows:
        (own if through_programme is None else through).setdefault(user_id, []).append(role)
    return [
        MemberView(
            person,
            _ordered(own.get(person.id, [])),
            _ordered(through.get(person.id, [])),
            reasons.get(person.id),
        )
        for person in people
    ]


def _ordered(roles: list[str]) -> tuple[Role, ...]:
    return tuple(Role(role) for role in sorted(set(roles), key=ROLE_ORDER.__getitem__))
