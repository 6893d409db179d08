"""The blueprint of the funding area, and how its requests find shortlist and team."""

from dataclasses import replace

from flask import Blueprint, g

from app.access import Scope, current_actor, current_event, event_scope, is_allowed
from app.core.policy import Action
from app.domain.funding import queries
from app.domain.funding.facts import feedback_facts, results_facts, shortlist_facts
from app.domain.funding.queries import PREVIEW, ShortlistView
from app.domain.teams import queries as teams
from app.domain.teams.queries import TeamView
from app.errors import Conflict, Missing
from app.translation import gettext as _

bp = Blueprint("funding", __name__)


def shortlist_scope(event_slug: str, **_values: object) -> Scope:
    """Scope a request to the shortlist of the event in its address."""
    scope = event_scope(event_slug)
    return replace(scope, facts=shortlist_facts(current_actor(), current_event()))


def results_scope(event_slug: str, **_values: object) -> Scope:
    """Scope a request to an event's results; an unpublished event is for its insiders alone."""
    scope = event_scope(event_slug)
    if not scope.facts.is_published and not is_allowed(Action.VIEW_EVENT, scope):
        raise Missing(event_slug)
    return replace(scope, facts=results_facts(current_event()))


def feedback_scope(event_slug: str, team_id: int, **_values: object) -> Scope:
    """Scope a request to what the jury says to one team; keeps the team in `g.team`."""
    scope = event_scope(event_slug)
    team = teams.find_team(team_id)
    if team is None or team.event_id != scope.event_id:
        raise Missing(f"team {team_id}")
    g.team = team
    return replace(scope, facts=feedback_facts(current_actor(), current_event(), team))


def current_team() -> TeamView:
    """Return the team that `feedback_scope` found."""
    team: TeamView = g.team
    return team


def seen_preview(shortlist_id: int) -> ShortlistView:
    """Return the preview that a form was sent for; raises Conflict once it is another one."""
    view = queries.find_latest(current_event().id, PREVIEW)
    if view is None or view.id != shortlist_id:
        raise Conflict(_("The preview is another one now. Look at it and try again."))
    return view
