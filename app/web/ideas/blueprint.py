"""The blueprint of the ideas area, and how its requests find their idea."""

from dataclasses import replace

from flask import Blueprint, g

from app.access import Scope, event_scope, find_actor
from app.domain.ideas import queries
from app.domain.ideas.queries import IdeaView

bp = Blueprint("ideas", __name__)


def idea_scope(event_slug: str, idea_id: int, **_values: object) -> Scope:
    """Scope a request to the idea in its address; keeps the idea in `g.idea`."""
    scope = event_scope(event_slug)
    actor = find_actor(event_id=scope.event_id, programme_id=scope.programme_id)
    idea: IdeaView | None = g.get("idea")
    if idea is None or idea.id != idea_id:
        idea = g.idea = queries.get_idea(g.event.id, idea_id, visible_to=actor)
    return replace(scope, facts=idea.facts(scope.facts, actor.user_id))


def current_idea() -> IdeaView:
    """Return the idea that `idea_scope` found."""
    idea: IdeaView = g.idea
    return idea
