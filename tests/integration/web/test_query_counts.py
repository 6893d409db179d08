"""Pages of programmes, people and reports need as many queries for three rows as for one."""

from collections.abc import Callable

import pytest

from app.core.policy import Actor, Role
from app.domain.moderation import service as moderation
from app.domain.moderation.queries import SubjectType
from app.domain.programmes import service as programmes
from app.domain.programmes.inputs import AgendaInput
from app.domain.programmes.queries import find_event_by_id
from tests.factories import Factory
from tests.statements import noted_selects
from tests.visitors import Visitor


def count_queries(make: Factory, visitor: Visitor, address: str) -> int:
    with noted_selects(make.app) as statements:
        visitor.page(address)
    return len(statements)


def add_person(make: Factory, event_id: int) -> None:
    make.member(event_id)


def add_report(make: Factory, event_id: int) -> None:
    reader = Actor(user_id=make.member(event_id), roles=frozenset({Role.PARTICIPANT}))
    with make.app.app_context():
        moderation.report(
            reader,
            event_id,
            SubjectType.IDEA,
            "1",
            excerpt="Rude",
            author_id=make.member(event_id),
            reason="Rude",
        )


def add_agenda_item(make: Factory, event_id: int) -> None:
    with make.app.app_context():
        event = find_event_by_id(event_id)
        assert event is not None
        admin = Actor(user_id=make.admin(), is_admin=True)
        item = AgendaInput("Item", event.starts_at, event.ends_at)
        programmes.add_agenda_item(admin, event_id, item)


@pytest.mark.parametrize(
    ("address", "add"),
    [
        ("/e/jam", add_agenda_item),
        ("/e/jam/now", add_agenda_item),
        ("/e/jam/organise", add_person),
        ("/e/jam/organise/agenda", add_agenda_item),
        ("/e/jam/organise/people", add_person),
        ("/e/jam/organise/people.csv", add_person),
        ("/e/jam/organise/journal", add_agenda_item),
        ("/e/jam/reports", add_report),
    ],
)
def test_rows_cost_no_queries(
    make: Factory, address: str, add: Callable[[Factory, int], None]
) -> None:
    event_id = make.event(slug="jam")
    organiser = make.visitor(make.member(event_id, Role.ORGANISER))
    add(make, event_id)
    first = count_queries(make, organiser, address)
    add(make, event_id)
    add(make, event_id)
    assert count_queries(make, organiser, address) == first
    assert first <= 30
