"""News to open pages, after what they tell of has been stored."""

from typing import Any

from app.db import after_commit
from app.extensions import socketio


def push(event: str, payload: dict[str, Any], *, room: str) -> None:
    """Emit to a room once the running transaction is stored; at once when none runs."""
    after_commit(lambda: socketio.emit(event, payload, to=room))
