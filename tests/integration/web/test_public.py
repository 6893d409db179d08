"""Pages that everybody may read."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.core.phases import Phase
from app.core.policy import Role
from app.db import transaction
from app.domain.funding.models import Shortlist
from app.domain.programmes.models import AgendaItem, Event, Programme
from tests.factories import Factory
from tests.statements import noted_selects
from tests.visitors import Visitor


def change(make: Factory, event_id: int, *, of_programme: bool = False, **values: object) -> None:
    with make.app.app_context(), transaction() as session:
        event = session.get(Event, event_id)
        assert event is not None
        row = session.get(Programme, event.programme_id) if of_programme else event
        for name, value in values.items():
            setattr(row, name, value)


def test_the_start_page_lists_what_is_public_and_coming(make: Factory, visitor: Visitor) -> None:
    make.event(slug="open-jam", name="Open jam")
    make.event(slug="secret-jam", name="Secret jam", is_published=False)
    past = clock.now() - timedelta(days=9)
    make.event(slug="old-jam", name="Old jam", starts_at=past, ends_at=past)
    hidden = make.event(slug="under-wraps", name="Under wraps")
    change(make, hidden, of_programme=True, is_published=False)
    page = visitor.page("/")
    assert 'href="/e/open-jam"' in page
    for name in ("Secret jam", "Old jam", "Under wraps"):
        assert name not in page
    assert 'href="/join"' in page


def test_the_start_page_of_an_empty_site_teaches(visitor: Visitor) -> None:
    assert "No public event is planned right now" in visitor.page("/")


@pytest.mark.parametrize("address", ["/privacy", "/accessibility", "/help"])
def test_the_site_s_own_texts_are_there(visitor: Visitor, address: str) -> None:
    page = visitor.page(address)
    assert page.count("<h1") == 1


def test_a_programme_lists_its_public_events(make: Factory, visitor: Visitor) -> None:
    event_id = make.event(slug="jam", name="Open jam")
    change(
        make, event_id, of_programme=True, slug="rooms", description="**Bold** <script>x</script>"
    )
    page = visitor.page("/p/rooms")
    assert 'href="/e/jam"' in page
    assert "<strong>Bold</strong>" in page
    assert "<script>x" not in page


def test_an_unpublished_programme_exists_for_its_organisers_alone(
    make: Factory, visitor: Visitor
) -> None:
    event_id = make.event(is_published=False, name="Draft jam")
    change(make, event_id, of_programme=True, slug="rooms", is_published=False)
    assert visitor.get("/p/rooms").status_code == 404
    assert make.visitor(make.member(event_id)).get("/p/rooms").status_code == 404
    page = make.visitor(make.admin()).page("/p/rooms")
    assert "Draft jam" in page
    assert "not published yet" in page


def test_an_event_shows_phases_agenda_and_the_way_in(make: Factory, visitor: Visitor) -> None:
    event_id = make.event(
        Phase.JAM, slug="jam", name="Open jam", place="Great hall", timezone="Europe/Kyiv"
    )
    with make.app.app_context(), transaction() as session:
        start = clock.now().replace(hour=7, minute=30, second=0, microsecond=0)
        session.add(
            AgendaItem(
                event_id=event_id,
                title="Вітаємо",
                place="Foyer",
                starts_at=start,
                ends_at=start + timedelta(hours=1),
            )
        )
        local = start.astimezone(ZoneInfo("Europe/Kyiv"))
    page = visitor.page("/e/jam")
    assert "Вітаємо" in page
    assert f">{local:%H:%M}</time>" in page
    assert 'aria-current="step"' in page
    assert 'href="/register?next=/e/jam"' in page
    assert "0 people take part" in page


def test_an_unpublished_event_is_unseen_but_for_its_people(make: Factory, visitor: Visitor) -> None:
    event_id = make.event(slug="jam", is_published=False)
    assert visitor.get("/e/jam").status_code == 404
    assert make.visitor(make.user()).get("/e/jam").status_code == 404
    assert make.visitor(make.member(event_id)).get("/e/jam").status_code == 200


def test_members_are_led_to_their_page_and_organisers_to_the_control_room(make: Factory) -> None:
    event_id = make.event(slug="jam")
    member = make.visitor(make.member(event_id)).page("/e/jam")
    assert 'href="/e/jam/now">Go to your page' in member
    assert "/e/jam/organise" not in member
    organiser = make.visitor(make.member(event_id, Role.ORGANISER)).page("/e/jam")
    assert "/e/jam/organise" in organiser


def test_nothing_is_there_for_a_wrong_address(visitor: Visitor) -> None:
    assert visitor.get("/e/nothing").status_code == 404
    assert visitor.get("/p/nothing").status_code == 404


def test_the_start_page_needs_the_same_queries_for_one_and_three_events(
    make: Factory, visitor: Visitor
) -> None:
    counts = []
    for _round in range(3):
        make.event()
        with noted_selects(make.app) as statements:
            visitor.page("/")
        counts.append(len(statements))
    assert counts[0] == counts[2]


def test_results_are_in_the_navigation_once_they_are_published(
    make: Factory, visitor: Visitor
) -> None:
    event_id = make.event(Phase.RESULTS, slug="jam")
    assert "/e/jam/results" not in visitor.page("/e/jam")
    now = clock.now()
    with make.app.app_context(), transaction() as session:
        session.add(
            Shortlist(
                event_id=event_id,
                state="published",
                policy="rank",
                budget_cents=0,
                created_at=now,
                published_at=now,
            )
        )
    assert 'href="/e/jam/results"' in visitor.page("/e/jam")
