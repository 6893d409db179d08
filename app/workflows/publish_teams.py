"""Publishing teams: the teams become visible and each gets its board, in one commit."""

from app.core.policy import OPERATOR, Actor
from app.db import transaction
from app.domain.boards import service as boards
from app.domain.programmes import service as programmes
from app.domain.teams import service


def publish_teams(actor: Actor, event_id: int) -> list[int]:
    """Publish the proposed teams of an event and return their ids; raises Denied, Conflict."""
    with transaction():
        team_ids = service.publish_teams(actor, event_id)
        programmes.set_teams_published(actor, event_id)
        for team_id in team_ids:
            boards.ensure_team_board(OPERATOR, event_id, team_id)
        return team_ids
