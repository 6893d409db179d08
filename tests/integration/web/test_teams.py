"""The matching room and the team pages, as organiser, member and stranger."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.core.phases import Phase
from app.core.policy import OPERATOR, Role
from app.domain.accounts import service as accounts
from app.domain.teams import queries, service
from tests.factories import Factory
from tests.integration.funding.juries import JudgedEvent
from tests.integration.web.judged import boss, publish, team_of
from tests.visitors import Visitor

BASE = "/e/jam"


class Room:
    """An event with an organiser and nine participants."""

    def __init__(self, app: Flask, make: Factory) -> None:
        self.app = app
        self.make = make
        self.event_id = make.event(Phase.MATCHING, slug="jam", team_size_min=3, team_size_max=4)
        self.organiser = make.visitor(make.member(self.event_id, Role.ORGANISER))
        self.people = [make.member(self.event_id, languages=["en"]) for _ in range(9)]
        with app.app_context():
            accounts.set_skills(self.people[0], [accounts.SkillInput("Python", 3)])

    def match(self) -> None:
        answer = self.organiser.submit(f"{BASE}/matching/run", page=f"{BASE}/matching")
        assert answer.status_code == 302

    def publish(self) -> None:
        data = {"confirmed": "1"}
        answer = self.organiser.submit(f"{BASE}/matching/publish", data)
        assert answer.status_code == 302

    def teams(self, state: str) -> list[queries.TeamDetail]:
        with self.app.app_context():
            return queries.list_teams(self.event_id, state=state)

    def member(self) -> tuple[Visitor, queries.TeamDetail]:
        team = self.teams("published")[0]
        return self.make.visitor(team.members[0].person.id), team


@pytest.fixture
def room(app: Flask, make: Factory) -> Room:
    return Room(app, make)


def test_an_organiser_matches_and_sees_proposals(room: Room) -> None:
    assert "Form teams" in room.organiser.page(f"{BASE}/matching")
    room.match()
    page = room.organiser.page(f"{BASE}/matching")
    assert page.count('class="team-card"') == len(room.teams("proposed")) == 3
    assert "Everybody has a place." in page


def test_progress_is_answered_as_json(room: Room) -> None:
    room.match()
    with room.app.app_context():
        run = queries.find_latest_run(room.event_id)
    assert run is not None
    answer = room.organiser.get(f"{BASE}/matching/runs/{run.id}")
    assert answer.json == {"state": "done", "share": 1.0, "text": "Teams are proposed."}
    assert room.organiser.get(f"{BASE}/matching/runs/99999").status_code == 404


def test_moving_a_person_offers_undo(room: Room) -> None:
    room.match()
    source, _target = room.teams("proposed")[:2]
    person = source.members[0].person
    room.organiser.submit(
        f"{BASE}/matching/place", {"user_id": person.id, "team_id": ""}, page=f"{BASE}/matching"
    )
    page = room.organiser.page(f"{BASE}/matching")
    assert "Without a team: 1" in page
    undo = re.search(r'action="([^"]+/place/undo[^"]*)"', page)
    assert undo
    room.organiser.submit(undo[1].replace("&amp;", "&"), page=f"{BASE}/matching")
    assert room.teams("proposed")[0].member(person.id) is not None


def test_pins_are_set_and_taken_off(room: Room) -> None:
    room.match()
    person = room.teams("proposed")[0].members[0].person.id
    for value in ("1", "0"):
        room.organiser.submit(
            f"{BASE}/matching/pin", {"user_id": person, "is_pinned": value},
            page=f"{BASE}/matching",
        )  # fmt: skip
        member = room.teams("proposed")[0].member(person)
        assert member is not None
        assert member.is_pinned == (value == "1")


def test_nothing_is_seen_before_publication(room: Room) -> None:
    room.match()
    team = room.teams("proposed")[0]
    member = room.make.visitor(team.members[0].person.id)
    assert member.get(f"{BASE}/teams/{team.id}").status_code == 404
    assert member.get(f"{BASE}/matching").status_code == 403
    assert room.make.visitor().get(f"{BASE}/teams").status_code in {302, 403}


def test_publishing_asks_once_and_writes_to_everybody(room: Room, app: Flask) -> None:
    room.match()
    room.organiser.submit(f"{BASE}/matching/publish", {})
    assert room.teams("published") == []
    room.publish()
    assert len(room.teams("published")) == 3
    mails = list((Path(app.instance_path) / "mail").glob("*.eml"))
    assert len(mails) >= 9
    with app.app_context():
        assert queries.count_teams(room.event_id, "proposed") == 0


def test_a_member_reads_why_and_answers(room: Room) -> None:
    room.match()
    room.publish()
    member, team = room.member()
    page = member.page(f"{BASE}/teams/{team.id}")
    assert "Do you want to work with this team?" in page
    assert "Why this team" in page
    member.submit(f"{BASE}/teams/{team.id}/answer", {"answer": "accept"},
                  page=f"{BASE}/teams/{team.id}")  # fmt: skip
    assert "1 of 3 have said yes" in member.page(f"{BASE}/teams/{team.id}")


def test_a_wish_without_reason_is_refused_and_kept(room: Room) -> None:
    room.match()
    room.publish()
    member, team = room.member()
    page = f"{BASE}/teams/{team.id}"
    empty = member.submit(f"{page}/answer", {"answer": "change", "reason": " "}, page=page)
    assert (empty.status_code, "Say in a few words" in empty.text) == (422, True)
    long = member.submit(f"{page}/answer", {"answer": "change", "reason": "x" * 501}, page=page)
    assert (long.status_code, "x" * 501 in long.text) == (422, True)


def test_leaving_asks_once(room: Room) -> None:
    room.match()
    room.publish()
    member, team = room.member()
    address = f"{BASE}/teams/{team.id}/leave"
    assert "Leave “" in member.page(address)
    assert member.submit(address, {"confirmed": "1"}).status_code == 302
    assert room.teams("published")[0].members != team.members


def test_a_stranger_may_not_answer_rename_or_leave(room: Room) -> None:
    room.match()
    room.publish()
    _member, team = room.member()
    stranger = room.make.visitor(room.make.member(room.event_id))
    page = f"{BASE}/teams/{team.id}"
    for path in ("answer", "name", "lead", "leave"):
        assert stranger.submit(f"{page}/{path}", {"confirmed": "1"}, page=page).status_code == 403


def test_a_second_run_is_refused_while_one_is_under_way(room: Room, app: Flask) -> None:
    with app.app_context():
        run_id = service.request_run(OPERATOR, room.event_id)
    page = room.organiser.page(f"{BASE}/matching")
    assert "A matching is under way" in page
    room.match()
    assert "Wait for it, or cancel it." in room.organiser.page(f"{BASE}/matching")
    room.organiser.submit(f"{BASE}/matching/runs/{run_id}/cancel", page=f"{BASE}/matching")
    assert "Cancelled. The teams are as they were." in room.organiser.page(f"{BASE}/matching")


def test_a_judged_team_is_led_to_its_feedback_once_it_is_published(
    make: Factory, judged: JudgedEvent
) -> None:
    own, other = team_of(judged, 0), team_of(judged, 1)
    idle = make.team(judged.event_id, make.member(judged.event_id))
    member = make.visitor(judged.member_ids[0])
    organiser = boss(judged)

    def leads(reader: Visitor, team_id: int) -> bool:
        return f'href="{BASE}/teams/{team_id}/feedback"' in reader.page(f"{BASE}/teams/{team_id}")

    assert (leads(member, own), leads(organiser, own)) == (False, False)
    publish(judged)
    assert leads(member, own)
    assert [leads(organiser, each) for each in (own, other, idle)] == [True, True, False]
    assert member.get(f"{BASE}/teams/{own}/feedback").status_code == 200
