"""Read who takes part in an event, with which roles."""

from collections import Counter
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
    # How many hold each role in the event itself, those shut out left aside.
    counts: dict[Role, int]


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
    """Return a page of people by name; in three queries, whatever their number.

    Names are compared here and not by the database: SQLite knows only ASCII capitals.
    """
    roll = _read_roll(event_id, programme_id)
    found = roll.find(search, role)
    pages = max(1, -(-len(found) // PEOPLE_A_PAGE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PEOPLE_A_PAGE : page * PEOPLE_A_PAGE]
    counts = Counter(
        held
        for user_id, roles in roll.own.items()
        if user_id not in roll.ban_reasons
        for held in roles
    )
    return MemberPage(tuple(map(roll.view, shown)), page, pages, len(found), dict(counts))


def list_all_members(event_id: int, programme_id: int) -> list[MemberView]:
    """Return everybody, for a list to take away."""
    roll = _read_roll(event_id, programme_id)
    return [roll.view(person) for person in roll.people]


def find_member(event_id: int, programme_id: int, public_id: str) -> MemberView | None:
    """Return one person of an event by the public id."""
    roll = _read_roll(event_id, programme_id)
    chosen = (person for person in roll.people if person.public_id == public_id)
    return next(map(roll.view, chosen), None)


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


@dataclass(frozen=True)
class _Roll:
    """Everybody of an event, read in three queries."""

    people: list[PersonView]
    own: dict[int, set[Role]]
    through: dict[int, set[Role]]
    ban_reasons: dict[int, str]

    def find(self, search: str, role: Role | None) -> list[PersonView]:
        """Return the people whose name holds a text and who hold a role, by name."""
        wanted = search.strip().casefold()
        return [
            person
            for person in self.people
            if wanted in person.display_name.casefold()
            and (role is None or role in self.roles_of(person.id))
        ]

    def roles_of(self, user_id: int) -> set[Role]:
        """Return all roles of a person, in the event and through its programme."""
        return self.own.get(user_id, set()) | self.through.get(user_id, set())

    def view(self, person: PersonView) -> MemberView:
        """Return a person with what is known of them."""
        return MemberView(
            person,
            _ordered(self.own.get(person.id, set())),
            _ordered(self.through.get(person.id, set())),
            self.ban_reasons.get(person.id),
        )


def _read_roll(event_id: int, programme_id: int) -> _Roll:
    own: dict[int, set[Role]] = {}
    through: dict[int, set[Role]] = {}
    for user_id, role, through_programme in db.session.execute(
        select(Membership.user_id, Membership.role, Membership.programme_id).where(
            or_(Membership.event_id == event_id, Membership.programme_id == programme_id)
        )
    ):
        held = own if through_programme is None else through
        held.setdefault(user_id, set()).add(Role(role))
    bans = db.session.execute(select(Ban.user_id, Ban.reason).where(Ban.event_id == event_id))
    reasons = {row.user_id: row.reason for row in bans}
    people = accounts.list_people({*own, *through, *reasons}).values()
    return _Roll(sorted(people, key=_by_name), own, through, reasons)


def _ordered(roles: set[Role]) -> tuple[Role, ...]:
    return tuple(sorted(roles, key=ROLE_ORDER.__getitem__))
