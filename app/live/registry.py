"""Socket.IO is bound to the application, and its handlers are registered."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from app.config import Settings
from app.extensions import socketio
from app.live import progress
from app.live.seats import Seats


def register_live(
    app: Flask, settings: Settings, *, describe_run: Callable[[Any], dict[str, object]]
) -> None:
    """Bind Socket.IO: websocket transport only, so that workers need no stickiness.

    `describe_run` turns a matching run into what the watching page is told.
    """
    app.extensions["cojam_describe_run"] = describe_run
    pages: Any = app.wsgi_app
    socketio.init_app(
        app,
        async_mode="threading",
        transports=["websocket"],
        message_queue=settings.redis_url,
        cors_allowed_origins=[settings.public_url],
        manage_session=False,
        max_http_buffer_size=64 * 1024,
    )
    seats = Seats(app, app.wsgi_app, pages, settings.socket_clients_max)
    app.wsgi_app = seats  # type: ignore[method-assign]


__all__ = ["progress", "register_live"]
