"""Progress of background work, pushed to the pages that watch it.

The work happens in another process and writes its progress to its row. While somebody
watches, one thread looks at the row a few times a second and pushes what changed.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user
from flask_socketio import join_room, leave_room

from app.access import Scope
from app.core.policy import Action
from app.db import db
from app.domain.programmes import queries as programmes
from app.domain.teams import queries as teams
from app.errors import Missing
from app.extensions import socketio
from app.live.guard import on_event
from app.push import push

LOOK_EVERY_S = 0.3
# A run that never ends must not be watched for ever.
WATCH_AT_MOST_S = 3600.0
Progress = dict[str, object]

_watched: dict[str, int] = {}
_places: dict[str, set[str]] = {}
_lock = threading.Lock()


def room_scope(payload: dict[str, Any]) -> Scope:
    """Scope a wish to watch to the event of the run: `{"room": "matching:12"}`."""
    kind, _colon, number = str(payload["room"]).partition(":")
    is_number = number.isdecimal() and len(number) < 10
    run = teams.find_run(int(number)) if kind == "matching" and is_number else None
    event = programmes.find_event_by_id(run.event_id) if run else None
    if event is None:
        raise Missing(str(payload["room"]))
    return Scope(event.id, event.programme_id, event.facts())


@socketio.on("connect")
def welcome(_auth: object = None) -> bool:
    """Take signed-in people only; how many there may be, the seats at the door decide."""
    return bool(current_user.is_authenticated)


@socketio.on("disconnect")
def farewell(_reason: object = None) -> None:
    """Forget a client and what it watched."""
    with _lock:
        for room in _places.pop(_sid(), set()):
            _watched[room] = _watched.get(room, 1) - 1


@on_event("join", Action.RUN_MATCHING, room_scope)
def join(payload: dict[str, Any]) -> dict[str, Any]:
    """Watch a run: `progress` events follow until it ends."""
    room = str(payload["room"])
    join_room(room)
    with _lock:
        is_new = room not in _places.setdefault(_sid(), set())
        _places[_sid()].add(room)
        _watched[room] = _watched.get(room, 0) + int(is_new)
        must_start = is_new and _watched[room] == 1
    if must_start:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        socketio.start_background_task(_watch, app, room)
    return {}


@on_event("leave", Action.RUN_MATCHING, room_scope)
def leave(payload: dict[str, Any]) -> dict[str, Any]:
    """Stop watching."""
    room = str(payload["room"])
    leave_room(room)
    with _lock:
        if room in _places.get(_sid(), set()):
            _places[_sid()].discard(room)
            _watched[room] -= 1
    return {}


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it


def _watch(app: Flask, room: str) -> None:
    run_id = int(room.partition(":")[2])
    describe: Callable[[Any], Progress] = app.extensions["cojam_describe_run"]
    before: Progress = {}
    ends_at = time.monotonic() + WATCH_AT_MOST_S
    try:
        while _watched.get(room, 0) > 0 and time.monotonic() < ends_at:
            with app.test_request_context():
                run = teams.find_run(run_id)
                now = describe(run) if run else {"state": "failed", "share": 0.0, "text": ""}
                if now != before:
                    push("progress", now, room=room)
                db.session.rollback()
            if now["state"] != "running":
                return
            before = now
            time.sleep(LOOK_EVERY_S)
    finally:
        with _lock:
            _watched.pop(room, None)
