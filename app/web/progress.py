"""How far an event and one person in it are: what the next step is computed from."""

from dataclasses import dataclass

from app.core.next_step import (
    CrewFacts,
    Moment,
    OwnFacts,
    Progress,
    Step,
    next_step,
    organiser_step,
)
from app.core.policy import Actor, Role
from app.domain.accounts import queries as accounts
from app.domain.funding import queries as funding
from app.domain.ideas import queries as ideas
from app.domain.jury import queries as jury
from app.domain.moderation import queries as moderation
from app.domain.programmes import people
from app.domain.programmes.queries import EventView
from app.domain.submissions import queries as submissions
from app.domain.submissions.views import TeamState
from app.domain.teams import queries as teams
from app.domain.teams.queries import TeamDetail


@dataclass(frozen=True)
class Situation:
    """Everything a "what to do now" card is made from."""

    step: Step
    moment: Moment
    own: OwnFacts
    crew: CrewFacts
    submission: TeamState | None = None
    team: TeamDetail | None = None


def read_situation(event: EventView, actor: Actor) -> Situation:
    """Return where one person stands in an event; in a constant number of queries."""
    moment = moment_of(event)
    own, submission, team = OwnFacts(), None, None
    if actor.user_id is not None:
        submission = submissions.find_state_for_user(actor.user_id, event)
        team = teams.find_team_detail(submission.team_id) if submission else None
        own = _own_facts(event, actor, actor.user_id, submission, team)
    is_crew = actor.has(Role.ORGANISER, Role.FACILITATOR)
    crew = crew_facts(event) if is_crew else CrewFacts()
    step = next_step(actor.roles, moment, own, crew)
    return Situation(step, moment, own, crew, submission, team)


def read_crew_situation(event: EventView) -> Situation:
    """Return where an event stands for who organises it, whatever other roles they hold."""
    moment, crew = moment_of(event), crew_facts(event)
    step = organiser_step(moment, crew)
    return Situation(step, moment, OwnFacts(), crew)


def moment_of(event: EventView) -> Moment:
    """Return where an event stands."""
    standing = event.standing()
    return Moment(
        phase=standing.current.phase if standing.current else None,
        is_over=standing.is_over,
        are_results_published=funding.is_published(event.id),
    )


def crew_facts(event: EventView) -> CrewFacts:
    """Return what an event has come to."""
    by_role = people.count_by_role(event.id)
    panel = [row for row in jury.list_progress(event.id) if row.juror.state == "active"]
    return CrewFacts(
        is_published=event.is_published,
        open_reports=moderation.count_open_reports(event.id),
        participants=by_role.get(Role.PARTICIPANT, 0),
        ideas=ideas.count_ideas(event.id),
        proposed_teams=teams.count_teams(event.id, teams.PROPOSED),
        published_teams=teams.count_teams(event.id, teams.PUBLISHED),
        jurors=len(panel),
        submissions=submissions.count_submitted(event.id),
        sheets=sum(row.assigned for row in panel),
        sheets_left=sum(row.assigned - row.submitted for row in panel),
        has_shortlist=funding.find_latest(event.id, funding.PREVIEW) is not None,
    )


def _own_facts(
    event: EventView,
    actor: Actor,
    user_id: int,
    submission: TeamState | None,
    team: TeamDetail | None,
) -> OwnFacts:
    sheets, sheets_left = _sheets_of(event.id, user_id) if actor.has(Role.JUROR) else (0, 0)
    place = team.member(user_id) if team else None
    return OwnFacts(
        has_skills=bool(accounts.list_skills_of({user_id})[user_id]),
        has_pitched=ideas.has_pitched(user_id, event.id),
        has_ranked=ideas.has_ranked(user_id, event.id),
        ideas=ideas.count_ideas(event.id),
        has_team=team is not None,
        has_answered=place is not None and place.answer != "proposed",
        submission=Progress(submission.state) if submission else Progress.NONE,
        sheets=sheets,
        sheets_left=sheets_left,
    )


def _sheets_of(event_id: int, user_id: int) -> tuple[int, int]:
    for row in jury.list_progress(event_id):
        if row.juror.person.id == user_id and row.juror.state == "active":
            return row.assigned, row.assigned - row.submitted
    return 0, 0
