"""Programmes and events are made, changed, published and scheduled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.ids import JOIN_CODE_ALPHABET
from app.core.phases import ORDER, Phase, PhaseSpan
from app.core.policy import Actor, Reason, Role
from app.domain.journal import queries as journal
from app.domain.programmes import queries, service
from app.domain.programmes.inputs import AgendaInput, EventInput
from app.errors import Denied, Invalid, Missing
from tests.factories import Factory

START = datetime(2026, 10, 16, 8, tzinfo=UTC)
JAM = EventInput(name="Two-day jam", starts_at=START, ends_at=START + timedelta(days=2))

pytestmark = pytest.mark.usefixtures("context")


def organiser(user_id: int) -> Actor:
    return Actor(user_id=user_id, roles=frozenset({Role.ORGANISER}))


def make_event(make: Factory, stated: EventInput = JAM) -> tuple[Actor, queries.EventView]:
    admin = Actor(user_id=make.admin(), is_admin=True)
    programme_id = service.create_programme(admin, "Open Rooms")
    event = queries.find_event_by_id(service.create_event(admin, programme_id, stated))
    assert event is not None
    return admin, event


def test_an_administrator_makes_a_programme_and_organises_it(make: Factory) -> None:
    admin_id = make.admin()
    programme_id = service.create_programme(
        Actor(user_id=admin_id, is_admin=True), "  Майстерня «Двір»  ", "Short", "Long"
    )
    programme = queries.find_programme_by_id(programme_id)
    assert programme == queries.ProgrammeView(
        programme_id, "maisternia-dvir", "Майстерня «Двір»", "Short", "Long", False
    )
    assert queries.find_roles(admin_id, programme_id=programme_id).roles == {Role.ORGANISER}
    assert [p.id for p in queries.list_organised_programmes(admin_id)] == [programme_id]
    assert queries.list_published_programmes() == []


def test_nobody_else_makes_a_programme(make: Factory) -> None:
    with pytest.raises(Denied) as refusal:
        service.create_programme(organiser(make.user()), "Mine")
    assert refusal.value.reason == Reason.NOT_YOUR_ROLE
    assert queries.list_all_programmes() == []


def test_names_that_look_the_same_get_addresses_of_their_own(make: Factory) -> None:
    admin = Actor(user_id=make.admin(), is_admin=True)
    ids = [service.create_programme(admin, name) for name in ("Dvir", "Двір", "dvir!", "日本")]
    slugs = [programme.slug for programme in queries.list_all_programmes()]
    assert len(ids) == 4
    assert slugs == ["programme", "dvir-3", "dvir-2", "dvir"]


def test_a_programme_is_changed_and_published(make: Factory) -> None:
    admin = Actor(user_id=make.admin(), is_admin=True)
    programme_id = service.create_programme(admin, "Open Rooms")
    service.update_programme(admin, programme_id, "Open Halls", "s", "d")
    service.publish_programme(admin, programme_id)
    assert queries.list_published_programmes() == [
        queries.ProgrammeView(programme_id, "open-rooms", "Open Halls", "s", "d", True)
    ]
    service.publish_programme(admin, programme_id, False)
    assert queries.list_published_programmes() == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_programme_needs_a_name_that_fits(make: Factory, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        service.create_programme(Actor(user_id=make.admin(), is_admin=True), name)
    assert refusal.value.field == "name"
    assert queries.list_all_programmes() == []


def test_a_new_event_has_a_code_and_proposed_phases_and_is_not_public(make: Factory) -> None:
    _admin, event = make_event(make, replace(JAM, budget_cents=5_000_00, currency="chf"))
    assert (event.slug, event.name, event.is_published) == ("two-day-jam", "Two-day jam", False)
    assert (event.budget_cents, event.currency) == (5_000_00, "CHF")
    assert tuple(span.phase for span in event.spans) == ORDER
    assert len(event.join_code) == 6
    assert set(event.join_code) <= set(JOIN_CODE_ALPHABET)
    entries = journal.list_entries(event.id)
    assert [(e.action, e.detail) for e in entries] == [("event.created", {"name": "Two-day jam"})]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "party"}, "kind"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"ends_at": START}, "ends_at"),
        ({"team_size_min": 0}, "team_size_min"),
        ({"team_size_min": 7}, "team_size_max"),
        ({"team_size_max": 51}, "team_size_max"),
        ({"budget_cents": -1}, "budget"),
        ({"currency": "EURO"}, "currency"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    make: Factory, change: dict[str, object], field: str
) -> None:
    admin = Actor(user_id=make.admin(), is_admin=True)
    programme_id = service.create_programme(admin, "Open Rooms")
    with pytest.raises(Invalid) as refusal:
        service.create_event(admin, programme_id, replace(JAM, **change))  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert queries.list_events(programme_id, published_only=False) == []


def test_an_event_needs_a_programme(make: Factory) -> None:
    with pytest.raises(Missing):
        service.create_event(Actor(user_id=make.admin(), is_admin=True), 999, JAM)


def test_an_event_is_changed_but_keeps_its_address_and_phases(make: Factory) -> None:
    admin, event = make_event(make)
    changed = replace(JAM, name="Three-day jam", ends_at=START + timedelta(days=3), place="Kyiv")
    service.update_event(admin, event.id, changed)
    after = queries.find_event_by_id(event.id)
    assert after is not None
    assert (after.slug, after.name, after.place) == ("two-day-jam", "Three-day jam", "Kyiv")
    assert after.spans == event.spans


def test_only_organisers_change_an_event(make: Factory) -> None:
    _admin, event = make_event(make)
    guest = Actor(user_id=make.user(), roles=frozenset({Role.FACILITATOR}))
    span = PhaseSpan(Phase.JAM, START, START + timedelta(days=1))
    for refused in (
        lambda: service.update_event(guest, event.id, JAM),
        lambda: service.publish_event(guest, event.id),
        lambda: service.set_phases(guest, event.id, [span]),
        lambda: service.renew_join_code(guest, event.id),
        lambda: service.add_agenda_item(guest, event.id, AgendaInput("x", START, START)),
    ):
        with pytest.raises(Denied):
            refused()
    assert queries.find_event_by_id(event.id) == event


def test_a_published_event_is_listed(make: Factory) -> None:
    admin, event = make_event(make)
    assert queries.list_events(event.programme_id, published_only=True) == []
    service.publish_event(admin, event.id)
    service.publish_programme(admin, event.programme_id)
    assert [e.id for e in queries.list_upcoming_events(START)] == [event.id]
    assert queries.list_upcoming_events(START + timedelta(days=2)) == []


def test_phases_are_replaced_as_a_whole(make: Factory) -> None:
    admin, event = make_event(make)
    spans = (
        PhaseSpan(Phase.IDEAS, START, START + timedelta(days=1)),
        PhaseSpan(Phase.JAM, START + timedelta(days=1), START + timedelta(days=2)),
    )
    service.set_phases(admin, event.id, spans)
    after = queries.find_event_by_id(event.id)
    assert after is not None
    assert after.spans == spans


def test_a_schedule_out_of_order_is_refused_and_the_old_one_stays(make: Factory) -> None:
    admin, event = make_event(make)
    spans = [
        PhaseSpan(Phase.IDEAS, START, START + timedelta(days=1)),
        PhaseSpan(Phase.JAM, START - timedelta(days=1), START),
    ]
    with pytest.raises(Invalid) as refusal:
        service.set_phases(admin, event.id, spans)
    assert refusal.value.field == "jam"
    after = queries.find_event_by_id(event.id)
    assert after is not None
    assert after.spans == event.spans


def test_a_new_join_code_replaces_the_old_one(make: Factory) -> None:
    admin, event = make_event(make)
    code = service.renew_join_code(admin, event.id)
    assert code != event.join_code
    assert queries.find_event_by_join_code(event.join_code) is None
    found = queries.find_event_by_join_code(code)
    assert found is not None
    assert found.id == event.id


def test_the_agenda_is_kept_in_order_of_time(make: Factory) -> None:
    admin, event = make_event(make)
    hour = timedelta(hours=1)
    late = service.add_agenda_item(
        admin, event.id, AgendaInput("Pitch", START + 5 * hour, START + 6 * hour, "Hall")
    )
    early = service.add_agenda_item(admin, event.id, AgendaInput("Hello", START, START + hour))
    assert [item.id for item in queries.list_agenda(event.id)] == [early, late]
    service.change_agenda_item(
        admin, event.id, late, AgendaInput("Public pitch", START + hour, START + 2 * hour)
    )
    service.remove_agenda_item(admin, event.id, early)
    assert queries.list_agenda(event.id) == [
        queries.AgendaView(late, "Public pitch", "", START + hour, START + 2 * hour)
    ]


def test_agenda_items_of_other_events_cannot_be_touched(make: Factory) -> None:
    admin, event = make_event(make)
    item = AgendaInput("Hello", START, START + timedelta(hours=1))
    item_id = service.add_agenda_item(admin, event.id, item)
    other_id = make.event()
    with pytest.raises(Missing):
        service.change_agenda_item(admin, other_id, item_id, item)
    with pytest.raises(Missing):
        service.remove_agenda_item(admin, other_id, item_id)
    assert len(queries.list_agenda(event.id)) == 1


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (AgendaInput(" ", START, START + timedelta(hours=1)), "title"),
        (AgendaInput("Hello", START, START), "ends_at"),
    ],
)
def test_an_agenda_item_that_cannot_be_is_refused(
    make: Factory, item: AgendaInput, field: str
) -> None:
    admin, event = make_event(make)
    with pytest.raises(Invalid) as refusal:
        service.add_agenda_item(admin, event.id, item)
    assert refusal.value.field == field
    assert queries.list_agenda(event.id) == []
