"""An event that grows by one of everything at a time."""

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import db, transaction
from app.domain.accounts.models import UserSkill
from app.domain.boards import service as boards
from app.domain.funding import service as funding
from app.domain.ideas import responses
from app.domain.ideas import service as ideas
from app.domain.ideas.inputs import IdeaInput, SkillInput
from app.domain.jury import queries as jury
from app.domain.jury import service as judging
from app.domain.jury import sheets
from app.domain.jury.assigning import assign_jury
from app.domain.jury.models import Juror
from app.domain.moderation import service as moderation
from app.domain.moderation.queries import SubjectType
from app.domain.programmes import service as programmes
from app.domain.programmes.inputs import AgendaInput
from app.domain.programmes.models import Event, Programme
from app.domain.teams.models import TeamMember
from tests.factories import Factory
from tests.visitors import Visitor


class BusyEvent:
    """An event with an organiser, a juror and a participant, who see it grow."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.event_id = make.event(
            Phase.IDEAS, slug="busy", budget_cents=3_000_000, are_teams_published=True
        )
        self.organiser_id = make.member(self.event_id, Role.ORGANISER)
        self.participant_id = self._make_person("Ana Blum")
        make.join(make.event(Phase.IDEAS), self.participant_id)
        self.size = 0
        self.juror_id = 0

    def grow(self) -> None:
        """Add an idea, a talk about it, people, a team, a board, a juror, a sheet and more."""
        self.size += 1
        self.make.go_to(self.event_id, Phase.IDEAS)
        newcomer_id = self._make_person(f"Newcomer {self.size}")
        newcomer = Actor(newcomer_id, frozenset({Role.PARTICIPANT}))
        with self.make.app.app_context():
            self._pitch(newcomer)
            self._organise(newcomer_id)
        self._hand_in(newcomer_id)
        self.make.team(self.event_id, self._make_person("Proposed"), state="proposed")
        self._judge()

    def _make_person(self, name: str) -> int:
        user_id = self.make.member(self.event_id, name=name, languages=["en", "uk"])
        with self.make.app.app_context(), transaction() as session:
            session.add(UserSkill(user_id=user_id, skill_key="law", label="Law", level=3))
        return user_id

    def _pitch(self, newcomer: Actor) -> None:
        given = IdeaInput(f"Idea {self.size}", "What for", skills=[SkillInput("Law", 2)])
        idea_id = ideas.create_idea(newcomer, self.event_id, given)
        responses.comment_on_idea(newcomer, 1, "A question")
        responses.support_idea(newcomer, 1)
        participant = Actor(self.participant_id, frozenset({Role.PARTICIPANT}))
        responses.add_to_ranking(participant, self.event_id, idea_id)

    def _organise(self, newcomer_id: int) -> None:
        now = clock.now()
        organiser = Actor(self.organiser_id, frozenset({Role.ORGANISER}))
        item = AgendaInput(f"Item {self.size}", now, now + timedelta(hours=1))
        programmes.add_agenda_item(organiser, self.event_id, item)
        boards.create_board(organiser, self.event_id, f"Board {self.size}")
        moderation.report(
            organiser,
            self.event_id,
            SubjectType.IDEA,
            str(self.size),
            excerpt="Rude",
            author_id=newcomer_id,
            reason="Rude",
        )

    def _hand_in(self, newcomer_id: int) -> None:
        """Hand in with a new team; the participant is in the first one, which everybody joins."""
        if self.size == 1:
            self.make.submission(self.event_id, self.participant_id, newcomer_id)
            return
        self.make.submission(self.event_id, newcomer_id)
        team_id, user_id = self.team_id, self._make_person("One more")
        with self.make.app.app_context(), transaction() as session:
            session.add(
                TeamMember(
                    team_id=team_id,
                    event_id=self.event_id,
                    user_id=user_id,
                    is_lead=False,
                    answer="accepted",
                    joined_at=clock.now(),
                )
            )

    def _judge(self) -> None:
        self.make.go_to(self.event_id, Phase.JUDGING)
        juror_id = self.make.juror(self.event_id)
        self.juror_id = self.juror_id or juror_id
        with self.make.app.app_context():
            organiser = Actor(self.organiser_id, frozenset({Role.ORGANISER}))
            assign_jury(organiser, self.event_id, self.size)
            rubric = jury.find_rubric(self.event_id)
            assert rubric is not None
            marks = {criterion.id: 3 for criterion in rubric.criteria}
            user_id = db.session.get_one(Juror, juror_id).user_id
            actor = Actor(user_id, frozenset({Role.JUROR}))
            for assignment_id in sheets.list_assignment_ids(juror_id):
                judging.record_sheet(actor, assignment_id, marks, is_submitted=True)

    def publish_results(self) -> None:
        """Make a shortlist of what has been marked and publish it."""
        self.make.go_to(self.event_id, Phase.RESULTS)
        organiser = Actor(self.organiser_id, frozenset({Role.ORGANISER}))
        with self.make.app.app_context():
            shortlist_id = funding.preview_shortlist(organiser, self.event_id, 3_000_000, "rank")
            funding.publish(organiser, shortlist_id, is_confirmed=True)
            funding.preview_shortlist(organiser, self.event_id, 2_000_000, "rank")

    @property
    def team_id(self) -> int:
        """The participant's team."""
        with self.make.app.app_context():
            found = db.session.scalar(
                select(TeamMember.team_id).where(TeamMember.user_id == self.participant_id)
            )
            assert found is not None
            return found

    def addresses(self) -> dict[str, str]:
        """Return what stands in braces in the addresses of pages."""
        with self.make.app.app_context():
            event = db.session.get_one(Event, self.event_id)
            return {
                "programme": db.session.get_one(Programme, event.programme_id).slug,
                "team": str(self.team_id),
                "board": boards.ensure_team_board(
                    Actor(self.organiser_id, frozenset({Role.ORGANISER})),
                    self.event_id,
                    self.team_id,
                ),
                "sheet": str(sheets.list_assignment_ids(self.juror_id)[0]),
            }

    def browser(self, who: str) -> Visitor:
        """Return the browser of a visitor, the participant, the juror or the organiser."""
        if who == "visitor":
            return self.make.visitor()
        with self.make.app.app_context():
            juror = db.session.get_one(Juror, self.juror_id)
            ids = {
                "participant": self.participant_id,
                "organiser": self.organiser_id,
                "juror": juror.user_id,
            }
        return self.make.visitor(ids[who])
