"""The blueprint of the submissions area, and how its requests find their team."""

from dataclasses import replace

from flask import Blueprint, g

from app.access import Scope, current_actor, event_scope
from app.domain.submissions.facts import submission_facts
from app.domain.teams import queries as teams
from app.domain.teams.queries import TeamView
from app.errors import Missing

bp = Blueprint("submissions", __name__)


def submission_scope(event_slug: str, team_id: int, **_values: object) -> Scope:
    """Scope a request to the team in its address; keeps both in `g`."""
    scope = event_scope(event_slug)
    team = teams.find_team(team_id)
    if team is None or team.event_id != g.event.id:
        raise Missing(f"team {team_id}")
    g.team = team
    facts = submission_facts(current_actor(), g.event, team)
    g.submission_scope = replace(scope, facts=facts)
    return current_scope()


def current_scope() -> Scope:
    """Return what `submission_scope` found, for buttons and links."""
    scope: Scope = g.submission_scope
    return scope


def current_team() -> TeamView:
    """Return the team that `submission_scope` found."""
    team: TeamView = g.team
    return team
