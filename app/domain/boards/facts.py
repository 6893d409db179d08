"""What the policy may know of a board and a person."""

from app.core.policy import Actor, Facts
from app.domain.boards.queries import BoardView, list_team_ids


def facts_for(actor: Actor, board: BoardView) -> Facts:
    """Return the facts of a board for a person; a proposed team gives no access yet."""
    is_member = board.team_id is not None and board.team_id in list_team_ids(actor, board.event_id)
    return board.facts(is_member=is_member)
