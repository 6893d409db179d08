"""A Yjs client for tests: pycrdt behind a websocket, speaking the board's protocol."""

import json
import random
import time
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlencode

from pycrdt import Doc, Map
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from app.core.boards.notes import Note, insert_note, list_notes
from app.hub.protocol import (
    AwarenessEntry,
    Kind,
    Sync,
    decode_bytes,
    decode_sync,
    decode_varint,
    encode_awareness,
    encode_awareness_entry,
    encode_sync,
)


class BoardClient:
    """One person with one document; `pump` lets it receive until something holds."""

    def __init__(
        self,
        base_url: str,
        board_id: str,
        user: str,
        *,
        extras: bool = True,
        document: "Doc[Any] | None" = None,
        origin: str | None = None,
        max_queue: int | None = None,
        cookie: str = "",
        **arguments: str,
    ) -> None:
        self.document: Doc[Any] = document or Doc(client_id=random.randrange(1 << 32))
        self.user = user
        query = urlencode({"user": user, "extras": int(extras), **arguments})
        url = f"{base_url.replace('http', 'ws', 1)}/sync/{board_id}?{query}"
        self._opening = connect(
            url,
            origin=origin,
            additional_headers={"Cookie": cookie} if cookie else None,
            compression=None,
            ping_interval=None,
            max_queue=max_queue,
        )
        self.saved = 0
        self.sent = 0
        self.received: list[bytes] = []
        self.events: list[dict[str, Any]] = []
        self.rejections: list[int] = []
        self.states: dict[int, Any] = {}
        self.cursors: dict[int, tuple[int, int]] = {}
        self.close_code: int | None = None
        self.is_synced = False
        self.answers_step_1 = True
        self._outbox: list[bytes] = []
        self._subscription = self.document.observe(lambda event: self._outbox.append(event.update))

    def __enter__(self) -> Self:
        self.socket = self._opening.__enter__()
        return self

    def __exit__(self, *exception: Any) -> None:
        self._opening.__exit__(*exception)

    # -- sending

    def join(self) -> Self:
        """Do what a provider does on opening: step 1, awareness, and wait for step 2."""
        self.send_step_1()
        self.say({"user": {"name": self.user}})
        self.pump(lambda: self.is_synced)
        return self

    def send(self, message: bytes) -> None:
        self.socket.send(message)

    def send_step_1(self) -> None:
        self.send(encode_sync(Sync.STEP_1, self.document.get_state()))

    def send_update(self, update: bytes) -> None:
        self.sent += 1
        self.send(encode_sync(Sync.UPDATE, update))

    def say(self, state: object, clock: int = 1, client_id: int | None = None) -> None:
        entry = AwarenessEntry(
            self.document.client_id if client_id is None else client_id,
            clock,
            json.dumps(state).encode(),
        )
        self.send(encode_awareness([encode_awareness_entry(entry)]))

    def change(self, act: Callable[["Doc[Any]"], object]) -> bytes:
        """Change the own document; return the update without sending it."""
        self._outbox.clear()
        with self.document.transaction():
            act(self.document)
        (update,) = self._outbox
        self._outbox.clear()
        return update

    def write_note(self, note_id: str, text: str = "a note") -> None:
        """Make a note here and send it."""
        self.send_update(self.change(note_writer(note_id, text)))

    # -- receiving

    def pump(self, until: Callable[[], bool], timeout: float = 5.0) -> bool:
        """Receive until the condition holds; return whether it does."""
        end = time.monotonic() + timeout
        while not until():
            left = end - time.monotonic()
            if left <= 0:
                return False
            try:
                self._receive(self.socket.recv(timeout=left))
            except TimeoutError:
                return until()
            except ConnectionClosed as closed:
                self.close_code = closed.rcvd.code if closed.rcvd else 1006
                return until()
        return True

    def wait_saved(self) -> bool:
        """Receive until everything sent is on disk."""
        return self.pump(lambda: self.saved >= self.sent)

    def wait_saved_within(self, timeout: float) -> bool:
        """Receive for so long, or until everything sent is on disk."""
        return self.pump(lambda: self.saved >= self.sent, timeout)

    def note_ids(self) -> set[str]:
        return {note.id for note in list_notes(self.document)}

    def _receive(self, message: str | bytes) -> None:
        assert isinstance(message, bytes)
        self.received.append(message)
        kind = message[0]
        if kind == Kind.SYNC:
            self._receive_sync(*decode_sync(message))
        elif kind == Kind.AWARENESS:
            self._receive_awareness(message)
        elif kind == Kind.CURSOR:
            for at in range(1, len(message), 6):
                cursor, x, y = (
                    int.from_bytes(message[at + i : at + i + 2], "big") for i in (0, 2, 4)
                )
                self.cursors[cursor] = (x, y)
        elif kind == Kind.SAVED:
            _, at = decode_varint(message, 1)
            self.saved, _ = decode_varint(message, at)
        elif kind == Kind.EVENT:
            self.events.append(json.loads(message[1:]))
        elif kind == Kind.REJECTED:
            self._receive_rejection(message)

    def _receive_sync(self, kind: int, payload: bytes) -> None:
        if kind == Sync.STEP_1:
            if self.answers_step_1:
                self.sent += 1
                self.send(encode_sync(Sync.STEP_2, self.document.get_update(payload)))
            return
        self.document.apply_update(payload)
        self._outbox.clear()
        if kind == Sync.STEP_2:
            self.is_synced = True

    def _receive_awareness(self, message: bytes) -> None:
        body, _ = decode_bytes(message, 1)
        count, at = decode_varint(body, 0)
        for _ in range(count):
            client, at = decode_varint(body, at)
            _, at = decode_varint(body, at)
            state, at = decode_bytes(body, at)
            self.states[client] = json.loads(state)

    def _receive_rejection(self, message: bytes) -> None:
        """Heal as docs/board-protocol.md says: a new document, a new client id, step 1."""
        code, at = decode_varint(message, 1)
        state, _ = decode_bytes(message, at)
        self.rejections.append(code)
        self.document = Doc(client_id=random.randrange(1 << 32))
        self.document.apply_update(state)
        self._subscription = self.document.observe(lambda event: self._outbox.append(event.update))
        self.sent = self.saved = 0
        self.send_step_1()
        self.say({"user": {"name": self.user}})


def note_writer(note_id: str, text: str = "a note") -> Callable[["Doc[Any]"], object]:
    """Return a change that makes a note."""
    return lambda document: insert_note(document, Note(note_id, text, 10.0, 20.0, "sun"))


def note_mover(note_id: str, x: float) -> Callable[["Doc[Any]"], object]:
    """Return a change that moves a note."""

    def move(document: "Doc[Any]") -> None:
        notes: Map[Any] = document.get("notes", type=Map)
        notes[note_id]["x"] = x

    return move
