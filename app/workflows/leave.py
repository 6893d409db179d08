"""Who leaves an event leaves their team in it, too."""

from app.core.policy import Actor
from app.db import transaction
from app.domain.programmes import service as programmes
from app.domain.teams import queries
from app.domain.teams import service as teams


def leave_event(actor: Actor, event_id: int) -> None:
    """Give up one's place in the team and every role in the event, in one commit.

    Raises Denied, Missing, and Conflict for the event's last organiser.
    """
    with transaction():
        if actor.user_id is not None:
            for team_id in queries.list_team_ids_of(actor.user_id, event_id):
                teams.leave_team(actor, team_id)
        programmes.leave_event(actor, event_id)
