"""The application's hub: made once, found by whoever must tell it something."""

from flask import Flask, current_app

from app.config import Settings
from app.domain.boards.log import BoardLog, board_log_url
from app.hub.server import Hub

_KEY = "cojam_hub"


def register_hub(app: Flask, settings: Settings) -> None:
    """Give the application a hub; its thread starts with the first socket or command."""
    log = BoardLog(board_log_url(settings.database_url, settings.instance_path))
    app.extensions[_KEY] = Hub(log)


def current_hub() -> Hub:
    """Return the hub of the running application."""
    hub: Hub = current_app.extensions[_KEY]
    return hub


def close_sockets(user_id: int) -> None:
    """End a person's live boards at once, because they may have lost the right to be there.

    A socket is decided when it opens. Whoever may still come in opens the board again.
    """
    current_hub().kick(f"user:{user_id}")
