"""Everybody's own page says one thing to do, and the list of events leads there."""

from datetime import timedelta

import pytest
from flask import Flask

from app import clock
from app.core.next_step import CrewFacts, Moment, OwnFacts, Step
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import transaction
from app.domain.accounts.models import UserSkill
from app.domain.ideas import service as ideas
from app.domain.ideas.inputs import IdeaInput
from app.domain.programmes.models import Event, Membership
from app.domain.teams.models import Team, TeamMember
from app.web.progress import Situation
from app.web.step_words import CARDS
from tests.factories import Factory
from tests.visitors import Visitor


def give_skill(make: Factory, user_id: int) -> None:
    with make.app.app_context(), transaction() as session:
        session.add(UserSkill(user_id=user_id, skill_key="web", label="Web", level=2))


def give_team(make: Factory, event_id: int, *user_ids: int, answer: str = "proposed") -> None:
    now = clock.now()
    with make.app.app_context(), transaction() as session:
        team = Team(
            event_id=event_id,
            name="Нічна бібліотека",
            state="published",
            created_at=now,
            published_at=now,
        )
        session.add(team)
        session.flush()
        for user_id in user_ids:
            session.add(
                TeamMember(
                    team_id=team.id,
                    event_id=event_id,
                    user_id=user_id,
                    answer=answer,
                    joined_at=now,
                )
            )


def title_of(page: str) -> str:
    assert page.count('class="now-card"') == 1
    return page.split('class="now-title" id="now">')[1].split("<", maxsplit=1)[0]


def test_every_step_has_a_card_that_leads_somewhere(app: Flask) -> None:
    assert set(CARDS) == set(Step)
    own, crew = OwnFacts(ideas=3, sheets=3, sheets_left=2), CrewFacts(is_published=True)
    with app.test_request_context():
        for step, card_of in CARDS.items():
            card = card_of(Situation(step, Moment(Phase.JAM), own, crew))
            places = {card.endpoint, card.aside_endpoint} - {""}
            assert card.title
            assert places, step
            assert places <= set(app.view_functions), step


def test_a_newcomer_is_asked_for_skills_first(make: Factory) -> None:
    event_id = make.event(Phase.IDEAS, slug="jam")
    page = make.visitor(make.member(event_id, name="Olena")).page("/e/jam/now")
    assert "Hello, Olena" in page
    assert title_of(page) == "Say what you can do"
    assert 'href="/profile"' in page
    assert "You are in no team yet" in page


def test_then_for_an_idea_or_a_ranking(make: Factory) -> None:
    event_id = make.event(Phase.IDEAS, slug="jam")
    user_id, other_id = make.member(event_id), make.member(event_id)
    give_skill(make, user_id)
    visitor = make.visitor(user_id)
    assert title_of(visitor.page("/e/jam/now")) == "Pitch an idea, or choose some"
    assert "Rank ideas of others" not in visitor.page("/e/jam/now")
    with make.app.app_context():
        actor = Actor(user_id=other_id, roles=frozenset({Role.PARTICIPANT}))
        ideas.create_idea(actor, event_id, IdeaInput("An idea", "In short", "At length", "en"))
    assert "Rank ideas of others" in visitor.page("/e/jam/now")


def test_then_to_meet_the_team_and_open_the_board(make: Factory) -> None:
    event_id = make.event(Phase.JAM, slug="jam")
    user_id, mate_id = make.member(event_id), make.member(event_id, name="Ελένη")
    give_team(make, event_id, user_id, mate_id)
    page = make.visitor(user_id).page("/e/jam/now")
    assert title_of(page) == "Meet your team and say yes"
    assert "Нічна бібліотека" in page
    assert "Ελένη" in page
    assert "data-until" in page


def test_who_said_yes_is_sent_to_the_board(make: Factory) -> None:
    event_id = make.event(Phase.JAM, slug="jam")
    user_id = make.member(event_id)
    give_team(make, event_id, user_id, answer="accepted")
    assert title_of(make.visitor(user_id).page("/e/jam/now")) == "Work with your team on the board"


@pytest.mark.parametrize(
    ("role", "title"),
    [
        (Role.FACILITATOR, "The jam is on"),
        (Role.JUROR, "Nothing to score yet"),
        (Role.MENTOR, "Have a look around"),
        (Role.ORGANISER, "Invite people"),
    ],
)
def test_other_roles_have_their_own_step(make: Factory, role: Role, title: str) -> None:
    event_id = make.event(Phase.JAM, slug="jam")
    page = make.visitor(make.member(event_id, role)).page("/e/jam/now")
    assert title_of(page) == title


def test_an_event_without_phases_has_a_page_too(make: Factory) -> None:
    event_id = make.event(None, slug="jam")
    user_id = make.member(event_id)
    give_skill(make, user_id)
    page = make.visitor(user_id).page("/e/jam/now")
    assert title_of(page) == "You are in. It has not begun yet"


def test_outsiders_have_no_page(make: Factory, visitor: Visitor) -> None:
    make.event(slug="jam")
    assert visitor.get("/e/jam/now").status_code == 302
    assert make.visitor(make.user()).get("/e/jam/now").status_code == 403


def test_who_is_in_one_event_is_led_there(make: Factory) -> None:
    event_id = make.event(slug="jam")
    answer = make.visitor(make.member(event_id)).get("/now")
    assert answer.location == "/e/jam/now"


def test_who_is_in_several_sees_them_all(make: Factory) -> None:
    user_id = make.member(make.event(slug="jam", name="First jam"))
    make.join(make.event(slug="second", name="Second jam"), user_id)
    page = make.visitor(user_id).page("/now")
    assert 'href="/e/jam/now">First jam' in page
    assert 'href="/e/second/now">Second jam' in page


def test_an_event_is_behind_once_only_its_results_are_left(make: Factory) -> None:
    days = {
        "starts_at": clock.now() - timedelta(days=9),
        "ends_at": clock.now() - timedelta(days=8),
    }
    judging = make.event(Phase.JUDGING, name="At the jury", **days)
    shown = make.event(Phase.RESULTS, name="All shown", **days)
    user_id = make.member(judging)
    make.join(shown, user_id)
    make.join(make.event(Phase.IDEAS, name="Just begun"), user_id)
    ahead, behind = make.visitor(user_id).page("/now").split("What has been")
    assert [name in ahead for name in ("At the jury", "Just begun", "All shown")] == [
        True,
        True,
        False,
    ]
    assert "All shown" in behind


def test_only_participants_wait_for_a_team(make: Factory) -> None:
    event_id = make.event(slug="jam")
    pages = [
        make.visitor(make.member(event_id, role)).page("/e/jam/now")
        for role in (Role.PARTICIPANT, Role.ORGANISER, Role.JUROR)
    ]
    assert ["You are in no team yet" in page for page in pages] == [True, False, False]


def test_who_is_in_none_learns_how_to_join(make: Factory, visitor: Visitor) -> None:
    page = make.visitor(make.user()).page("/now")
    assert "You are in no event yet" in page
    assert 'href="/join"' in page
    assert visitor.get("/now").location == "/sign-in?next=/now"


def test_an_administrator_makes_programmes_from_here(make: Factory) -> None:
    make.event()
    page = make.visitor(make.admin()).page("/now")
    assert 'href="/programmes/new"' in page
    assert "/events/new" in page


def test_the_organiser_of_a_programme_sees_it(make: Factory) -> None:
    event_id, user_id = make.event(slug="jam"), make.user()
    with make.app.app_context(), transaction() as session:
        event = session.get(Event, event_id)
        assert event is not None
        session.add(
            Membership(
                user_id=user_id,
                programme_id=event.programme_id,
                role=Role.ORGANISER,
                created_at=clock.now(),
            )
        )
    page = make.visitor(user_id).page("/now")
    assert 'href="/e/jam/now"' in page
    assert "/events/new" in page
    assert "/programmes/new" not in page
