"""A matching run from wish to proposed teams, and every way in which it can end."""

from typing import Any

import pytest

from app import clock
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import db, transaction
from app.domain.accounts import service as accounts
from app.domain.ideas import responses
from app.domain.ideas import service as ideas
from app.domain.ideas.inputs import IdeaInput, SkillInput
from app.domain.teams import queries, service
from app.domain.teams.models import MatchingRun, TeamMember
from app.errors import Conflict, Denied, Invalid, Missing
from tests.factories import Factory

ORGANISER = Actor(user_id=None, roles=frozenset({Role.ORGANISER}))
pytestmark = pytest.mark.usefixtures("context")


class Hall:
    """An event with people and ideas, ready to be matched."""

    def __init__(self, make: Factory, people: int, languages: list[str] | None = None) -> None:
        self.event_id = make.event(Phase.IDEAS, team_size_min=3, team_size_max=5)
        self.organiser = Actor(
            make.member(self.event_id, Role.ORGANISER), frozenset({Role.ORGANISER})
        )
        self.people = [
            make.member(self.event_id, languages=languages or ["en"]) for _ in range(people)
        ]
        self.ideas = [self._pitch(number) for number in range(2)]
        for position, user_id in enumerate(self.people):
            accounts.set_skills(user_id, [accounts.SkillInput("Python", 1 + position % 4)])
            order = self.ideas if position % 2 else self.ideas[::-1]
            responses.rank_ideas(self.actor(user_id), self.event_id, order)

    def _pitch(self, number: int) -> int:
        given = IdeaInput(f"Idea {number}", "What it is.", skills=[SkillInput("Python", 3)])
        return ideas.create_idea(self.actor(self.people[number]), self.event_id, given)

    def actor(self, user_id: int) -> Actor:
        return Actor(user_id, frozenset({Role.PARTICIPANT}))

    def match(self, **choices: Any) -> queries.RunView:
        run_id = service.request_run(self.organiser, self.event_id, **choices)
        service.perform_run(run_id)
        run = queries.find_run(run_id)
        assert run is not None
        return run


@pytest.fixture
def hall(make: Factory) -> Hall:
    return Hall(make, 12)


def test_everybody_gets_one_place_within_the_sizes(hall: Hall) -> None:
    run = hall.match()
    assert (run.state, run.progress) == ("done", 1.0)
    teams = queries.list_teams(hall.event_id, state="proposed")
    placed = sorted(member.person.id for team in teams for member in team.members)
    assert placed == sorted(hall.people)
    assert all(3 <= len(team.members) <= 5 for team in teams)
    assert run.report is not None
    assert 0 < run.report["score"] <= 100


def test_each_person_is_told_why(hall: Hall) -> None:
    hall.match()
    for team in queries.list_teams(hall.event_id, state="proposed"):
        for member in team.members:
            codes = {reason["code"] for reason in member.reasons}
            assert codes & {"rank", "outside_wishes"}


def test_the_same_seed_gives_the_same_teams(hall: Hall) -> None:
    def places() -> dict[str, list[int]]:
        return {
            team.name: sorted(member.person.id for member in team.members)
            for team in queries.list_teams(hall.event_id, state="proposed")
        }

    hall.match(seed=5)
    first = places()
    hall.match(seed=5)
    assert places() == first


def test_a_pinned_person_stays_when_the_matching_runs_again(hall: Hall) -> None:
    hall.match()
    team = queries.list_teams(hall.event_id, state="proposed")[0]
    person = team.members[0].person.id
    service.pin_member(hall.organiser, hall.event_id, person, True)
    assert hall.match(seed=9, keeps_pins=True).state == "done"
    after = next(
        each
        for each in queries.list_teams(hall.event_id, state="proposed")
        if each.member(person) is not None
    )
    assert (after.idea_id, after.member(person).is_pinned) == (team.idea_id, True)  # type: ignore[union-attr]


def test_people_without_a_common_language_are_named(make: Factory) -> None:
    hall = Hall(make, 8)
    stranger = make.member(hall.event_id, languages=["ka"], name="Stranger")
    run = hall.match()
    assert run.state == "infeasible"
    assert run.report is not None
    assert stranger in run.report["contradictions"][0]["people"]
    assert queries.list_teams(hall.event_id, state="proposed") == []


def test_too_few_people_is_said(make: Factory) -> None:
    hall = Hall(make, 2)
    run = hall.match()
    assert (run.state, run.message) == ("infeasible", "too_few_people")


def test_a_cancelled_run_leaves_the_teams_as_they_were(hall: Hall) -> None:
    hall.match()
    before = {team.id for team in queries.list_teams(hall.event_id, state="proposed")}
    run_id = service.request_run(hall.organiser, hall.event_id)
    service.cancel_run(hall.organiser, hall.event_id, run_id)
    service.perform_run(run_id)
    assert queries.find_run(run_id).state == "cancelled"  # type: ignore[union-attr]
    assert {t.id for t in queries.list_teams(hall.event_id, state="proposed")} == before


def test_a_run_is_cancelled_while_it_works(hall: Hall) -> None:
    run_id = service.request_run(hall.organiser, hall.event_id, effort="thorough")
    with transaction() as session:
        session.get(MatchingRun, run_id).is_cancel_requested = True  # type: ignore[union-attr]
    service.perform_run(run_id)
    assert queries.find_run(run_id).state == "cancelled"  # type: ignore[union-attr]
    assert queries.list_teams(hall.event_id, state="proposed") == []


def test_one_run_at_a_time(hall: Hall) -> None:
    service.request_run(hall.organiser, hall.event_id)
    with pytest.raises(Conflict):
        service.request_run(hall.organiser, hall.event_id)


def test_a_run_that_its_worker_left_is_closed(hall: Hall) -> None:
    run_id = service.request_run(hall.organiser, hall.event_id)
    with transaction() as session:
        session.get(MatchingRun, run_id).state = "running"  # type: ignore[union-attr]
    assert service.fail_interrupted_runs() == 1
    assert queries.find_run(run_id).state == "failed"  # type: ignore[union-attr]
    assert hall.match().state == "done"


def test_a_failing_run_does_not_stay_open(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = service.request_run(hall.organiser, hall.event_id)
    monkeypatch.setattr(clock, "now", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        service.perform_run(run_id)
    monkeypatch.undo()
    assert queries.find_run(run_id).state in {"running", "failed"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("choices", "field"),
    [({"effort": "huge"}, "effort"), ({"weights": {"pref": 3}}, "weights"),
     ({"weights": {"luck": 0.1}}, "weights")],
)  # fmt: skip
def test_choices_out_of_range_are_refused(hall: Hall, choices: Any, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        service.request_run(hall.organiser, hall.event_id, **choices)
    assert refusal.value.field == field


def test_only_organisers_run_the_matching(hall: Hall) -> None:
    with pytest.raises(Denied):
        service.request_run(hall.actor(hall.people[0]), hall.event_id)


class TestByHand:
    """Moving people, publishing, answering and leaving."""

    @pytest.fixture
    def teams(self, hall: Hall) -> list[queries.TeamDetail]:
        hall.match()
        return queries.list_teams(hall.event_id, state="proposed")

    def test_a_person_moves_and_moves_back(
        self, hall: Hall, teams: list[queries.TeamDetail]
    ) -> None:
        source, target = sorted(teams, key=lambda team: -len(team.members))[:2]
        person = source.members[0].person.id
        if len(target.members) == 5:
            service.place_member(hall.organiser, hall.event_id, target.members[0].person.id, None)
        before = service.place_member(hall.organiser, hall.event_id, person, target.id)
        assert before == source.id
        assert queries.find_membership(target.id, person) is not None
        service.place_member(hall.organiser, hall.event_id, person, before)
        assert queries.find_membership(source.id, person) is not None

    def test_a_full_team_takes_nobody_more(
        self, hall: Hall, teams: list[queries.TeamDetail], make: Factory
    ) -> None:
        team = teams[0]
        for _ in range(5 - len(team.members)):
            service.place_member(hall.organiser, hall.event_id, make.member(hall.event_id), team.id)
        with pytest.raises(Conflict, match="full"):
            service.place_member(hall.organiser, hall.event_id, make.member(hall.event_id), team.id)

    def test_nobody_is_placed_who_does_not_take_part(
        self, hall: Hall, teams: list[queries.TeamDetail], make: Factory
    ) -> None:
        with pytest.raises(Missing):
            service.place_member(hall.organiser, hall.event_id, make.user(), teams[0].id)

    def test_published_teams_are_led_by_the_owner_of_their_idea(
        self, hall: Hall, teams: list[queries.TeamDetail]
    ) -> None:
        ids = service.publish_teams(hall.organiser, hall.event_id)
        assert sorted(ids) == sorted(team.id for team in teams)
        for team in queries.list_teams(hall.event_id, state="published"):
            leads = [member.person.id for member in team.members if member.is_lead]
            assert len(leads) == 1
            idea = team.idea_id
            owner = hall.people[hall.ideas.index(idea)] if idea in hall.ideas else None
            if team.member(owner) is not None:
                assert leads == [owner]

    def test_nothing_is_published_twice(self, hall: Hall, teams: list[queries.TeamDetail]) -> None:
        service.publish_teams(hall.organiser, hall.event_id)
        with pytest.raises(Conflict):
            service.publish_teams(hall.organiser, hall.event_id)
        assert len(queries.list_teams(hall.event_id, state="published")) == len(teams)

    def test_a_proposal_cannot_be_answered_before_it_is_published(
        self, hall: Hall, teams: list[queries.TeamDetail]
    ) -> None:
        member = teams[0].members[0].person.id
        with pytest.raises(Missing):
            service.answer_placement(hall.actor(member), teams[0].id, accepts=True)

    def test_members_answer_for_themselves(
        self, hall: Hall, teams: list[queries.TeamDetail]
    ) -> None:
        service.publish_teams(hall.organiser, hall.event_id)
        team = teams[0]
        first, second = (member.person.id for member in team.members[:2])
        service.answer_placement(hall.actor(first), team.id, accepts=True)
        with pytest.raises(Invalid):
            service.answer_placement(hall.actor(second), team.id, accepts=False, reason=" ")
        service.answer_placement(hall.actor(second), team.id, accepts=False, reason="Too far.")
        outsider = next(user for user in hall.people if team.member(user) is None)
        with pytest.raises(Denied):
            service.answer_placement(hall.actor(outsider), team.id, accepts=True)
        detail = queries.find_team_detail(team.id)
        assert detail is not None
        assert (detail.member(first).answer, detail.member(second).change_reason) == (  # type: ignore[union-attr]
            "accepted", "Too far.",
        )  # fmt: skip

    def test_when_the_lead_leaves_another_leads(
        self, hall: Hall, teams: list[queries.TeamDetail]
    ) -> None:
        service.publish_teams(hall.organiser, hall.event_id)
        team = queries.find_team_detail(teams[0].id)
        assert team is not None
        lead = next(member.person.id for member in team.members if member.is_lead)
        service.leave_team(hall.actor(lead), team.id)
        after = queries.find_team_detail(team.id)
        assert after is not None
        assert after.member(lead) is None
        assert sum(member.is_lead for member in after.members) == 1
        late = service.place_member(hall.organiser, hall.event_id, lead, team.id)
        assert late is None
        assert queries.find_team_detail(team.id).member(lead).answer == "accepted"  # type: ignore[union-attr]

    def test_published_people_are_left_out_of_the_next_run(
        self, hall: Hall, teams: list[queries.TeamDetail], make: Factory
    ) -> None:
        service.publish_teams(hall.organiser, hall.event_id)
        late = [make.member(hall.event_id, languages=["en"]) for _ in range(3)]
        assert hall.match(seed=3).state == "done"
        proposed = queries.list_teams(hall.event_id, state="proposed")
        assert sorted(m.person.id for team in proposed for m in team.members) == sorted(late)
        assert db.session.query(TeamMember).count() == len(hall.people) + 3

    def test_names_and_leads_are_for_organisers_and_the_lead(
        self, hall: Hall, teams: list[queries.TeamDetail]
    ) -> None:
        service.publish_teams(hall.organiser, hall.event_id)
        team = queries.find_team_detail(teams[0].id)
        assert team is not None
        lead = next(member.person.id for member in team.members if member.is_lead)
        other = next(member.person.id for member in team.members if not member.is_lead)
        with pytest.raises(Denied):
            service.rename_team(hall.actor(other), team.id, "Ours")
        with pytest.raises(Invalid):
            service.rename_team(hall.actor(lead), team.id, "  ")
        service.rename_team(hall.actor(lead), team.id, "Ours")
        service.set_lead(hall.actor(lead), team.id, other)
        after = queries.find_team_detail(team.id)
        assert after is not None
        assert (after.name, after.member(other).is_lead, after.member(lead).is_lead) == (  # type: ignore[union-attr]
            "Ours", True, False,
        )  # fmt: skip
