"""Who is on a board and where they point: awareness, cursors, and the server's list of people."""

from collections.abc import Iterable
from typing import Any

import orjson

from app.hub.connection import Connection
from app.hub.protocol import (
    CURSOR_ENTRY,
    CURSOR_POSITION,
    NULL_STATE,
    AwarenessEntry,
    Kind,
    encode_awareness,
    encode_awareness_entry,
)

STATE_BYTES_MAX = 8 << 10
CLOCK_MAX = 1 << 31
CURSOR_IDS = 1 << 16


class Presence:
    """Presence in one room. The newest word of each client wins; nothing of it is stored."""

    __slots__ = ("_cursors", "_entries", "_fresh_entries", "_next_cursor_id", "_used_cursor_ids")

    def __init__(self) -> None:
        self._entries: dict[int, bytes] = {}
        self._fresh_entries: dict[int, bytes] = {}
        self._cursors: dict[int, bytes] = {}
        self._used_cursor_ids: set[int] = set()
        self._next_cursor_id = 1

    # -- people

    def enter(self, connection: Connection) -> None:
        """Give a connection its cursor id; an id is not given again before all others were."""
        candidate = self._next_cursor_id
        while candidate in self._used_cursor_ids:
            candidate = (candidate + 1) % CURSOR_IDS
        self._used_cursor_ids.add(candidate)
        self._next_cursor_id = (candidate + 1) % CURSOR_IDS
        connection.cursor_id = candidate

    def leave(self, connection: Connection) -> None:
        """Forget a connection and tell the others' awareness."""
        self._used_cursor_ids.discard(connection.cursor_id)
        self._cursors.pop(connection.cursor_id, None)
        self._retire(connection)

    # -- awareness

    def hear(self, connection: Connection, entry: AwarenessEntry) -> bool:
        """Take a connection's own awareness; return whether there is something to tell.

        The state is parsed here because broken JSON throws in every browser that receives it.
        """
        if entry.clock >= CLOCK_MAX or len(entry.state) > STATE_BYTES_MAX:
            return False
        is_leaving = entry.state == NULL_STATE
        # A provider that disconnects says so without a new clock.
        oldest_news = connection.awareness_clock + (0 if is_leaving else 1)
        if entry.client in self._entries and entry.clock < oldest_news:
            return False
        try:
            orjson.loads(entry.state)
        except orjson.JSONDecodeError:
            return False
        connection.awareness_clock = entry.clock
        encoded = encode_awareness_entry(entry)
        self._fresh_entries[entry.client] = encoded
        if is_leaving:
            self._entries.pop(entry.client, None)
        else:
            self._entries[entry.client] = encoded
        return True

    def is_taken(self, client_id: int) -> bool:
        """Whether a client with this id is on the board."""
        return client_id in self._entries

    def rename(self, connection: Connection, client_id: int) -> None:
        """Bind a connection to its (new) client id."""
        self._retire(connection)
        connection.client_id = client_id
        connection.awareness_clock = -1
        connection.may_name_itself = False

    def _retire(self, connection: Connection) -> None:
        client = connection.client_id
        if client is not None and self._entries.pop(client, None) is not None:
            # The same clock is enough to leave, and a higher one would hide a quick return.
            gone = AwarenessEntry(client, connection.awareness_clock, NULL_STATE)
            self._fresh_entries[client] = encode_awareness_entry(gone)

    def all_states(self) -> bytes | None:
        """Return an awareness message with everybody's newest state, if there is any."""
        return encode_awareness(self._entries.values()) if self._entries else None

    def take_news(self) -> bytes | None:
        """Return an awareness message with what changed since the last call."""
        if not self._fresh_entries:
            return None
        message = encode_awareness(self._fresh_entries.values())
        self._fresh_entries = {}
        return message

    # -- cursors

    def point(self, connection: Connection, message: bytes) -> bool:
        """Take a cursor message; the id is the server's, so nobody can point as someone else."""
        if len(message) != 1 + CURSOR_POSITION.size:
            return False
        x, y = CURSOR_POSITION.unpack_from(message, 1)
        cursor_id = connection.cursor_id
        self._cursors[cursor_id] = CURSOR_ENTRY.pack(cursor_id, x, y)
        return True

    def take_cursors(self) -> bytes | None:
        """Return a cursor message with the positions since the last call."""
        if not self._cursors:
            return None
        message = bytes((Kind.CURSOR,)) + b"".join(self._cursors.values())
        self._cursors = {}
        return message


def describe(connection: Connection) -> dict[str, Any]:
    """Return the server's word on who is behind a cursor."""
    principal = connection.principal
    return {
        "cursor": connection.cursor_id,
        "id": principal.id,
        "name": principal.name,
        "colour": principal.colour,
    }


def welcome(
    connection: Connection, everyone: Iterable[Connection], *, is_locked: bool
) -> dict[str, Any]:
    """Return the event that tells a person who they are here, and who else is."""
    return {
        "type": "welcome",
        "you": describe(connection),
        "people": [describe(other) for other in everyone],
        "isLocked": is_locked,
        "mayEdit": connection.principal.may_edit,
        "mayModerate": connection.principal.may_moderate,
    }
