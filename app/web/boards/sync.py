"""The websocket of a board: decided like any page, then handed to the hub."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow
from app.core.policy import Action
from app.db import db
from app.errors import Denied
from app.hub import Principal, hand_over, is_same_origin
from app.hub.binding import current_hub
from app.hub.outbox import deliver
from app.web.boards.blueprint import board_scope, bp, current_board, may


@bp.route("/sync/<board_id>", websocket=True)
@allow(Action.VIEW_BOARD, board_scope)
def sync(board_id: str) -> Response:
    """Give the person's socket to the hub, with what they may do on the board."""
    _require_own_page()
    hub = current_hub()
    deliver(hub, board_id)
    principal = Principal(
        id=f"user:{current_user.id}",
        name=current_user.display_name,
        colour=current_user.colour,
        may_edit=may(Action.EDIT_BOARD, ignoring_lock=True),
        may_moderate=may(Action.MANAGE_BOARD),
    )
    is_locked = current_board().is_locked
    # The answer is long in coming on a busy board; the database has other askers.
    db.session.remove()
    return hand_over(hub, request, board_id, principal, is_locked=is_locked)


def sync_path(board_id: str) -> str:
    """Return the socket's path on this site; the page knows its own host."""
    return urlsplit(url_for("boards.sync", board_id=board_id, _external=True)).path


def _require_own_page() -> None:
    """Refuse sockets that another site's page opens with the person's cookie.

    The page may have been opened under the public address or under the one the browser names;
    a cookie never leaves the host it was made for, so both are the site's own.
    """
    public_url = current_app.extensions["cojam_settings"].public_url
    if not any(is_same_origin(request, url) for url in (public_url, request.host_url)):
        raise Denied(reason="another_site")
