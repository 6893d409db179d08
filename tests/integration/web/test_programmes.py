"""Programmes and events are made by their people; a code opens the door to all others."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from app import clock
from app.core.phases import Phase
from app.core.policy import Role
from app.db import transaction
from app.domain.accounts.queries import list_people
from app.domain.programmes import queries
from app.domain.programmes.queries import EventView
from app.domain.teams import queries as teams
from app.domain.teams.models import Team, TeamMember
from app.extensions import limiter
from tests.factories import Factory
from tests.visitors import Visitor

EVENT = {
    "name": "Two-day jam",
    "kind": "jam",
    "summary": "Make a room",
    "description": "**Come**",
    "place": "Great hall",
    "timezone": "Europe/Kyiv",
    "starts_at": "2026-10-16T10:00",
    "ends_at": "2026-10-17T18:00",
    "team_size_min": "4",
    "team_size_max": "6",
    "budget": "30000.50",
    "currency": "EUR",
}


@pytest.fixture(autouse=True)
def _fresh_limits(app: Flask) -> None:
    with app.app_context():
        limiter.reset()


def find_event(make: Factory, slug: str) -> EventView | None:
    with make.app.app_context():
        return queries.find_event(slug)


def roles_of(make: Factory, user_id: int, event_id: int) -> frozenset[Role]:
    with make.app.app_context():
        return queries.find_roles(user_id, event_id=event_id).roles


@pytest.fixture
def admin(make: Factory) -> Visitor:
    return make.visitor(make.admin())


@pytest.fixture
def programme(admin: Visitor) -> str:
    admin.submit("/programmes/new", {"name": "Open Rooms", "summary": "s", "description": "d"})
    return "open-rooms"


def test_an_administrator_makes_and_publishes_a_programme(
    admin: Visitor, visitor: Visitor, programme: str
) -> None:
    assert visitor.get("/p/open-rooms").status_code == 404
    answer = admin.submit("/p/open-rooms/publish", page="/p/open-rooms/edit")
    assert answer.status_code == 302
    assert "Open Rooms" in visitor.page("/p/open-rooms")
    admin.submit("/p/open-rooms/publish", {"is_published": "0"}, page="/p/open-rooms/edit")
    assert visitor.get("/p/open-rooms").status_code == 404


def test_a_programme_without_a_name_is_not_made_and_the_rest_is_kept(admin: Visitor) -> None:
    answer = admin.submit(
        "/programmes/new", {"name": " ", "summary": "Kept <b>", "description": ""}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Give it a name." in page
    assert "Kept &lt;b&gt;" in page
    assert admin.get("/p/programme").status_code == 404


def test_others_make_no_programme(make: Factory, visitor: Visitor) -> None:
    assert visitor.get("/programmes/new").status_code == 302
    assert make.visitor(make.user()).get("/programmes/new").status_code == 403


def test_an_organiser_is_named_by_address_and_withdrawn(
    make: Factory, admin: Visitor, programme: str
) -> None:
    helper_id = make.user("Olena", email="olena@example.org")
    helper = make.visitor(helper_id)
    assert helper.get("/p/open-rooms/edit").status_code == 403
    unknown = admin.submit(
        "/p/open-rooms/organisers", {"email": "nobody@example.org"}, page="/p/open-rooms/edit"
    )
    assert unknown.status_code == 422
    assert "nobody@example.org" in unknown.get_data(as_text=True)
    assert "Nobody has an account with this address." in unknown.get_data(as_text=True)
    admin.submit(
        "/p/open-rooms/organisers", {"email": "Olena@Example.org"}, page="/p/open-rooms/edit"
    )
    assert "Olena" in helper.page("/p/open-rooms/edit")
    with make.app.app_context():
        public_id = public_id_of(helper_id)
    admin.submit(f"/p/open-rooms/organisers/{public_id}/withdraw", page="/p/open-rooms/edit")
    assert helper.get("/p/open-rooms/edit").status_code == 403


def test_an_unconfirmed_address_organises_nothing_until_somebody_vouches(
    make: Factory, admin: Visitor, programme: str
) -> None:
    user_id = make.user("Olena", email="o@example.org", email_verified_at=None, password_hash="h")
    somebody = make.visitor(user_id)
    with make.app.app_context():
        public_id = public_id_of(user_id)
    url, page, form = "/p/open-rooms/organisers", "/p/open-rooms/edit", {"email": "o@example.org"}
    asked = admin.submit(url, form, page=page)
    text = asked.get_data(as_text=True)
    assert asked.status_code == 422
    assert f'name="vouched_for" value="{public_id}"' in text
    assert 'value="o@example.org"' in text
    assert somebody.get(page).status_code == 403
    assert admin.submit(url, form | {"vouched_for": "x"}, page=page).status_code == 422
    assert admin.submit(url, form | {"vouched_for": public_id}, page=page).status_code == 302
    assert somebody.get(page).status_code == 200


def public_id_of(user_id: int) -> str:
    return list_people({user_id})[user_id].public_id


def test_an_event_is_made_in_its_own_time_zone(
    make: Factory, admin: Visitor, programme: str
) -> None:
    answer = admin.submit("/p/open-rooms/events/new", EVENT)
    assert answer.status_code == 302
    assert answer.location == "/e/two-day-jam/organise/phases"
    event = find_event(make, "two-day-jam")
    assert event is not None
    assert event.starts_at == datetime(2026, 10, 16, 7, tzinfo=UTC)
    assert (event.budget_cents, event.is_published, len(event.spans)) == (3_000_050, False, 7)
    page = admin.page("/e/two-day-jam/edit")
    assert 'value="2026-10-16T10:00"' in page
    assert "30000.50" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Give it a name."),
        ({"timezone": "Nowhere/Land"}, "Choose a time zone from the list."),
        ({"starts_at": "soon"}, "Choose the day and hour it begins."),
        ({"ends_at": "2026-10-15T10:00"}, "The event must end after it begins."),
        ({"team_size_min": "9"}, "The largest team has at least as many people"),
        ({"team_size_max": "x"}, "Not a valid integer value."),
        ({"budget": "-1"}, "Write an amount from 0"),
        ({"currency": "EU"}, "A currency has three letters"),
        ({"kind": "party"}, "Not a valid choice."),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    make: Factory, admin: Visitor, programme: str, change: dict[str, str], message: str
) -> None:
    answer = admin.submit("/p/open-rooms/events/new", EVENT | change)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in page
    assert "Make a room" in page
    for value in change.values():
        assert value in page or value == "party"
    assert find_event(make, "two-day-jam") is None


def test_an_event_is_changed_and_published_by_its_organisers(
    make: Factory, visitor: Visitor
) -> None:
    event_id = make.event(slug="jam", is_published=False)
    organiser = make.visitor(make.member(event_id, Role.ORGANISER))
    assert organiser.submit("/e/jam/edit", EVENT | {"name": "Longer jam"}).status_code == 302
    assert visitor.get("/e/jam").status_code == 404
    organiser.submit("/e/jam/publish", page="/e/jam/edit")
    assert "Longer jam" in visitor.page("/e/jam")
    participant = make.visitor(make.member(event_id))
    assert participant.get("/e/jam/edit").status_code == 403


def test_a_typed_code_leads_to_the_event_and_one_tap_joins(make: Factory) -> None:
    event_id = make.event(slug="jam", is_published=False, join_code="ABC234", name="Secret jam")
    user_id = make.user()
    person = make.visitor(user_id)
    found = person.submit("/join", {"code": " abc-234 "})
    assert found.location == "/join/ABC234"
    assert "Secret jam" in person.page("/join/ABC234")
    joined = person.submit("/join/ABC234")
    assert joined.location == "/e/jam/now"
    assert roles_of(make, user_id, event_id) == {Role.PARTICIPANT}
    assert person.get("/join/abc234").location == "/e/jam/now"


@pytest.mark.parametrize("code", ["", "XXXXXX", "<script>"])
def test_a_wrong_code_is_explained_and_kept(make: Factory, visitor: Visitor, code: str) -> None:
    make.event(join_code="ABC234")
    answer = visitor.submit("/join", {"code": code})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "the code first" in page if not code else "No event has this code." in page
    assert "<script>" not in page.split("<main", 1)[1].split("</main>", 1)[0]


def test_an_old_link_asks_for_the_code_again(visitor: Visitor) -> None:
    answer = visitor.get("/join/OLDONE")
    assert answer.status_code == 404
    assert 'value="OLDONE"' in answer.get_data(as_text=True)


def test_a_visitor_signs_in_first_and_comes_back(make: Factory, visitor: Visitor) -> None:
    make.event(join_code="ABC234")
    page = visitor.page("/join/abc234")
    assert 'href="/register?next=/join/ABC234"' in page
    assert 'href="/sign-in?next=/join/ABC234"' in page
    assert visitor.submit("/join/ABC234", page="/join").status_code == 401


def test_a_public_event_is_joined_from_its_page_and_a_hidden_one_is_not(make: Factory) -> None:
    event_id = make.event(slug="jam")
    hidden_id = make.event(slug="hidden", is_published=False)
    user_id = make.user()
    person = make.visitor(user_id)
    assert person.submit("/e/jam/join", page="/e/jam").status_code == 302
    assert person.submit("/e/hidden/join", page="/join").status_code == 403
    assert roles_of(make, user_id, event_id) == {Role.PARTICIPANT}
    assert roles_of(make, user_id, hidden_id) == frozenset()


def test_somebody_leaves_an_event(make: Factory) -> None:
    event_id = make.event(slug="jam")
    user_id = make.member(event_id)
    person = make.visitor(user_id)
    assert person.submit("/e/jam/leave", page="/e/jam/now").status_code == 302
    assert roles_of(make, user_id, event_id) == frozenset()


def test_who_leaves_the_event_leaves_the_team(make: Factory) -> None:
    event_id = make.event(slug="jam")
    user_id, now = make.member(event_id), clock.now()
    with make.app.app_context(), transaction() as session:
        team = Team(
            event_id=event_id, name="Team", state="published", created_at=now, published_at=now
        )
        session.add(team)
        session.flush()
        session.add(TeamMember(team_id=team.id, event_id=event_id, user_id=user_id, joined_at=now))
    make.visitor(user_id).submit("/e/jam/leave", page="/e/jam/now")
    with make.app.app_context():
        assert teams.list_team_ids_of(user_id, event_id) == []


def test_the_last_organiser_is_told_why_they_stay(make: Factory) -> None:
    event_id = make.event(Phase.JAM, slug="jam")
    user_id = make.member(event_id, Role.ORGANISER)
    answer = make.visitor(user_id).submit("/e/jam/leave", page="/e/jam/now")
    assert answer.status_code == 409
    assert "at least one organiser" in answer.get_data(as_text=True)
    assert roles_of(make, user_id, event_id) == {Role.ORGANISER}


def test_a_hall_behind_one_address_joins_in_a_minute(make: Factory, visitor: Visitor) -> None:
    make.event(join_code="ABC234")
    answers = {visitor.get("/join/ABC234").status_code for _ in range(300)}
    assert answers == {200}


def test_one_code_cannot_be_hammered_for_ever(make: Factory, visitor: Visitor) -> None:
    make.event(join_code="ABC234")
    make.event(join_code="XYZ789")
    answers = [visitor.get("/join/ABC234").status_code for _ in range(601)]
    assert answers == [200] * 600 + [429]
    assert visitor.get("/join/XYZ789").status_code == 200
