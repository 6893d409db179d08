"""The blueprint of the boards area, how its requests find their board, and the hub behind it."""

from dataclasses import replace
from typing import cast

from flask import Blueprint, Flask, g
from flask.blueprints import BlueprintSetupState

from app.access import Scope, find_actor, is_allowed
from app.core.policy import Action, Actor
from app.domain.boards import queries
from app.domain.boards.facts import facts_for
from app.domain.boards.queries import BoardView
from app.domain.programmes import queries as programmes
from app.errors import Missing
from app.hub.binding import register_hub

bp = Blueprint("boards", __name__)


@bp.record_once
def bring_hub(state: BlueprintSetupState) -> None:
    """Give the application the hub that these pages hand sockets to."""
    app = cast(Flask, state.app)
    register_hub(app, app.extensions["cojam_settings"])


def board_scope(board_id: str, **_values: object) -> Scope:
    """Scope a request to the board in its address; keeps it and its event in `g`."""
    board = queries.get_board(board_id)
    event = programmes.find_event_by_id(board.event_id)
    if event is None:
        raise Missing(board_id)
    g.board, g.event = board, event
    actor = find_actor(event_id=event.id, programme_id=event.programme_id)
    scope = g.board_scope = Scope(event.id, event.programme_id, facts_for(actor, board))
    return scope


def current_board() -> BoardView:
    """Return the board that `board_scope` found."""
    board: BoardView = g.board
    return board


def current_actor() -> Actor:
    """Return the person at hand with the roles held in the board's event."""
    return find_actor(event_id=g.event.id, programme_id=g.event.programme_id)


def may(action: Action, *, ignoring_lock: bool = False) -> bool:
    """Return whether the person at hand may do something on the board.

    The hub applies the lock itself, as it stands at each edit.
    """
    scope: Scope = g.board_scope
    if ignoring_lock:
        scope = replace(scope, facts=replace(scope.facts, is_locked=False))
    return is_allowed(action, scope)
