"""Socket.IO is bound to the application, and its handlers are registered."""

from flask import Flask

from app.config import Settings
from app.extensions import socketio


def register_live(app: Flask, settings: Settings) -> None:
    """Bind Socket.IO: websocket transport only, so that workers need no stickiness."""
    socketio.init_app(
        app,
        async_mode="threading",
        transports=["websocket"],
        message_queue=settings.redis_url,
        cors_allowed_origins=[settings.public_url],
        manage_session=False,
        max_http_buffer_size=64 * 1024,
    )
