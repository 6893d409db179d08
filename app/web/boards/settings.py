"""What staff do with a board: make it, rename it, lock it."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Scope, allow, event_scope
from app.core.policy import Action
from app.domain.boards import service
from app.hub.binding import current_hub
from app.web.boards.blueprint import board_scope, bp, current_actor, current_board
from app.web.boards.forms import BoardForm

Page = Response | str | tuple[str, int]


def _event_by_role(event_slug: str) -> Scope:
    scope = event_scope(event_slug)
    return Scope(scope.event_id, scope.programme_id)


@bp.route("/e/<event_slug>/boards/new", methods=["GET", "POST"])
@allow(Action.CREATE_BOARD, _event_by_role)
def new_board(**_address: str) -> Page:
    """Make a board for the whole event."""
    form = BoardForm()
    made: list[str] = []
    if form.succeeds(
        lambda: made.append(
            service.create_board(current_actor(), g.event.id, form.title.data or "")
        )
    ):
        flash(_("The board is ready. Everyone in the event can write on it."), "toast")
        return redirect(url_for("boards.show_board", board_id=made[0]))
    return render_template("boards/edit.html", form=form, board=None), 422 if form.errors else 200


@bp.route("/b/<board_id>/edit", methods=["GET", "POST"])
@allow(Action.MANAGE_BOARD, board_scope)
def edit_board(board_id: str) -> Page:
    """Give the board another title."""
    board = current_board()
    form = BoardForm(title=board.title)
    if form.succeeds(lambda: service.rename(current_actor(), board_id, form.title.data or "")):
        return redirect(url_for("boards.show_board", board_id=board_id))
    return render_template("boards/edit.html", form=form, board=board), 422 if form.errors else 200


@bp.post("/b/<board_id>/lock")
@allow(Action.MANAGE_BOARD, board_scope)
def lock_board(board_id: str) -> Page:
    """Close the board for writing, except for staff."""
    return _set_locked(board_id, True)


@bp.post("/b/<board_id>/unlock")
@allow(Action.MANAGE_BOARD, board_scope)
def unlock_board(board_id: str) -> Page:
    """Open the board for writing again."""
    return _set_locked(board_id, False)


def _set_locked(board_id: str, is_locked: bool) -> Page:
    service.set_locked(current_actor(), board_id, is_locked)
    current_hub().set_locked(board_id, is_locked)
    return redirect(url_for("boards.show_board", board_id=board_id))
