"""The blueprint of the teams area, and how its requests find their team."""

from dataclasses import replace

from flask import Blueprint, g
from flask_login import current_user

from app.access import Scope, event_scope
from app.domain.teams import queries
from app.domain.teams.queries import TeamDetail
from app.errors import Missing

bp = Blueprint("teams", __name__)


def teams_scope(event_slug: str, **_values: object) -> Scope:
    """Scope a request to the event's teams: public once they are published."""
    scope = event_scope(event_slug)
    return replace(scope, facts=replace(scope.facts, is_published=g.event.are_teams_published))


def team_scope(event_slug: str, team_id: int, **_values: object) -> Scope:
    """Scope a request to one published team; keeps it in `g.team`."""
    scope = event_scope(event_slug)
    team = queries.find_team_detail(team_id)
    if team is None or team.event_id != scope.event_id or not team.is_published:
        raise Missing(str(team_id))
    g.team = team
    own = team.member(current_user.id) if current_user.is_authenticated else None
    facts = replace(
        scope.facts,
        is_published=g.event.are_teams_published,
        is_member=own is not None,
        is_lead=own is not None and own.is_lead,
    )
    return replace(scope, facts=facts)


def current_team() -> TeamDetail:
    """Return the team that `team_scope` found."""
    team: TeamDetail = g.team
    return team
