"""The hub: one thread per process that owns the boards' sockets and documents.

Pages hand sockets over and call the public methods from any thread; everything else happens on the
hub's own thread, because a document must have one owner. The thread starts with the first socket,
in the process that received it: gunicorn forks after the application is made.
"""

import atexit
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from pycrdt import Doc

from app.core.boards.notes import Note, delete_note, insert_note, open_document
from app.domain.boards.log import BoardLog
from app.hub.connection import Connection, Principal
from app.hub.flush import wall_clock
from app.hub.loop import HubLoop
from app.hub.protocol import encode_event

COMMAND_TIMEOUT_S = 10.0
# Threads that serve pages hand the interpreter over sooner, so that edits do not wait for them.
SWITCH_INTERVAL_S = 0.0005

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Hub:
    """The boards of this process, as the rest of the application sees them."""

    def __init__(
        self,
        log: BoardLog,
        clock: Callable[[], float] = wall_clock,
        *,
        recovery_s: float = 0.0,
    ) -> None:
        self.log = log
        self._clock = clock
        self._recovery_s = recovery_s
        self._loop: HubLoop | None = None
        self._thread: threading.Thread | None = None
        self._pid = 0
        self._starting = threading.Lock()

    # -- life

    @property
    def is_running(self) -> bool:
        """Whether the hub's thread runs in this process."""
        return self._pid == os.getpid() and self._thread is not None and self._thread.is_alive()

    def start(self) -> HubLoop:
        """Start the thread in this process, unless it runs already."""
        with self._starting:
            if self._loop is None or not self.is_running:
                sys.setswitchinterval(SWITCH_INTERVAL_S)
                self._loop = HubLoop(self.log, self._clock, recovery_s=self._recovery_s)
                self._thread = threading.Thread(
                    target=self._loop.run, name="board-hub", daemon=True
                )
                self._pid = os.getpid()
                self._thread.start()
                atexit.register(self.stop)
            return self._loop

    def stop(self) -> None:
        """Commit what is open, tell everyone, and end the thread."""
        if not self.is_running or self._loop is None or self._thread is None:
            return
        self._loop.request_stop()
        self._thread.join(COMMAND_TIMEOUT_S)
        atexit.unregister(self.stop)
        self.log.close()

    # -- sockets

    def attach(
        self,
        sock: socket.socket,
        board_id: str,
        principal: Principal,
        wants_extras: bool = False,
        *,
        is_locked: bool | None = None,
    ) -> None:
        """Take over a websocket whose handshake is done; returns at once.

        `is_locked` is the lock as the database has it; it counts until `set_locked` is called.
        """
        sock.setblocking(False)
        connection = Connection(sock, board_id, principal, wants_extras=wants_extras)
        connection.is_locked_hint = is_locked
        self._post(lambda loop: loop.join(connection))

    def kick(self, principal_id: str, board_id: str | None = None) -> int:
        """Close a person's sockets on one board or on all; return how many there were."""
        if not self.is_running:
            return 0
        return self._ask(lambda loop: loop.kick(principal_id, board_id))

    # -- boards

    def set_locked(self, board_id: str, is_locked: bool) -> None:
        """Lock or unlock a board, now and for whoever joins; call it after the commit."""
        if self.is_running:
            self._ask(lambda loop: loop.set_locked(board_id, is_locked))

    def send_event(self, board_id: str, event: dict[str, Any]) -> None:
        """Send a board event to everyone here who understands it; call it after the commit."""
        if self.is_running:
            message = encode_event(event)
            self._post(lambda loop: loop.send_event(board_id, message))

    def list_present(self, board_id: str) -> list[Principal]:
        """Return who has the board open in this process, each once."""
        if not self.is_running:
            return []
        return self._ask(lambda loop: loop.list_present(board_id))

    def edit(self, board_id: str, change: Callable[["Doc[Any]"], T], principal_id: str) -> T:
        """Change a board's document on the server; returns once the change is on disk and sent.

        `change` runs on the hub's thread within one transaction and must be quick. The caller has
        asked the policy; locks do not apply. What `change` raises is raised here, nothing written.
        Raises OSError while the log cannot be written; the change then follows once it can.
        """
        return self._ask(lambda loop: loop.edit(board_id, change, principal_id))

    def insert_note(self, board_id: str, note: Note, principal_id: str) -> bool:
        """Put a note on a board unless one of that id is there; return whether it was written."""
        return self.edit(board_id, lambda document: insert_note(document, note), principal_id)

    def insert_notes(self, board_id: str, notes: Sequence[Note], principal_id: str) -> int:
        """Put several notes on a board as one edit; return how many were written."""

        def insert_all(document: "Doc[Any]") -> int:
            return sum(insert_note(document, note) for note in notes)

        return self.edit(board_id, insert_all, principal_id)

    def delete_note(self, board_id: str, note_id: str, principal_id: str) -> Note | None:
        """Take a note off a board; return it as it stood, None if it was not there."""
        return self.edit(board_id, lambda document: delete_note(document, note_id), principal_id)

    def peek(self, board_id: str) -> bytes:
        """Return a board's document as one update, from memory or from the log."""
        if self.is_running:
            state = self._ask(lambda loop: loop.peek(board_id))
            if state is not None:
                return state
        stored = self.log.get_board(board_id)
        document = open_document(stored.snapshot)
        for update in stored.updates:
            document.apply_update(update.data)
        return document.get_update()

    # -- crossing to the hub's thread

    def _post(self, command: Callable[[HubLoop], object]) -> None:
        self.start().post(command)

    def _ask(self, command: Callable[[HubLoop], T]) -> T:
        answer: Future[T] = Future()

        def run(loop: HubLoop) -> None:
            try:
                answer.set_result(command(loop))
            except Exception as error:
                answer.set_exception(error)

        self._post(run)
        return answer.result(COMMAND_TIMEOUT_S)
