"""The hub's thread: wait for sockets, take messages in, end ticks when they are due."""

import logging
import os
import select
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from pycrdt import Doc
from sqlalchemy.exc import SQLAlchemyError

from app.core.boards.admission import Reason
from app.domain.boards.log import BoardLog
from app.hub.connection import Connection, Principal
from app.hub.flush import Flusher
from app.hub.framing import frame, ping_frame
from app.hub.intake import CLOSE_CODES, Intake
from app.hub.presence import describe, welcome
from app.hub.protocol import (
    EMPTY_AWARENESS,
    ProtocolError,
    Sync,
    encode_event,
    encode_sync,
)
from app.hub.room import Room

RECEIVE_BYTES = 1 << 16
# A tick grows with the number of sockets, so that sending takes a bounded share of the core.
TICK_PER_CONNECTION_S = 0.00008
TICK_MAX_S = 0.05
SWEEP_EVERY_S = 1.0
# A stock provider reconnects after 30 s without a message; pings do not count for it.
HEARTBEAT_EVERY_S = 20.0
SILENCE_MAX_S = 65.0
CLOSING_MAX_S = 5.0
EMPTY_ROOM_KEPT_S = 10.0

GOING_AWAY = 1001
BAD_MESSAGE = 4400
REMOVED = 4401

T = TypeVar("T")
_log = logging.getLogger(__name__)


class HubLoop:
    """All state of the hub; only `post` and `request_stop` may be called from other threads."""

    def __init__(
        self,
        log: BoardLog,
        clock: Callable[[], float],
        *,
        recovery_s: float = 0.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._board_log = log
        self._monotonic = monotonic
        self._rooms: dict[str, Room] = {}
        self._flusher = Flusher(log, clock, self._rooms.values)
        self._intake = Intake(self._flush)
        self._recovers_until = monotonic() + recovery_s
        self._locks: dict[str, bool] = {}
        self._connections: dict[int, Connection] = {}
        self._commands: deque[Callable[[HubLoop], object]] = deque()
        self._poll = select.epoll()
        self._wake_reader, self._wake_writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._poll.register(self._wake_reader, select.EPOLLIN)
        self._is_stopping = False
        self._next_sweep = self._next_heartbeat = 0.0

    # -- from other threads

    def post(self, command: Callable[["HubLoop"], object]) -> None:
        """Have a command run on the hub's thread."""
        self._commands.append(command)
        self._wake()

    def request_stop(self) -> None:
        """End the loop after what is open has been committed."""
        self._is_stopping = True
        self._wake()

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # a full pipe is waking the thread already
            os.write(self._wake_writer, b"\0")

    # -- the thread

    def run(self) -> None:
        """Serve until asked to stop. A fault is logged and costs at most the connections."""
        now = self._monotonic()
        self._next_sweep, self._next_heartbeat = now + SWEEP_EVERY_S, now + HEARTBEAT_EVERY_S
        try:
            self._flusher.start_following()
        except SQLAlchemyError:
            _log.exception("the board log cannot be read")
        while not self._is_stopping:
            try:
                self._turn()
            except BaseException:  # a panic in pycrdt derives from BaseException
                _log.exception("the hub failed; everyone reconnects")
                self._abandon()
        self._shut_down()

    def _turn(self) -> None:
        for fd, events in self._poll.poll(self._timeout()):
            if fd == self._wake_reader:
                self._run_commands()
                continue
            connection = self._connections.get(fd)
            if connection is not None:
                self._serve(connection, events)
        now = self._monotonic()
        self._end_ticks(now)
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_EVERY_S
            self._sweep(now)

    def _run_commands(self) -> None:
        os.read(self._wake_reader, 4096)
        while self._commands:
            self._commands.popleft()(self)

    def _serve(self, connection: Connection, events: int) -> None:
        if events & select.EPOLLOUT:
            connection.drain()
        if events & ~select.EPOLLOUT and not self._read(connection):
            connection.is_dead = True
        self._settle_socket(connection)

    def _read(self, connection: Connection) -> bool:
        """Take in what has arrived; return False when the connection is over."""
        try:
            data = connection.sock.recv(RECEIVE_BYTES)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not data:
            return False
        now = connection.last_heard = self._monotonic()
        inbound = connection.inbound
        room = self._rooms.get(connection.board_id)
        if room is None:
            return connection.closing_since is not None
        try:
            for message in inbound.feed(data):
                self._intake.receive(room, connection, message, now)
        except (ProtocolError, ValueError, IndexError) as error:
            _log.info("board %s: a bad message: %s", connection.board_id, error)
            connection.close(BAD_MESSAGE, now, "malformed message")
        if inbound.replies:
            connection.send(inbound.replies)
            inbound.replies = b""
        return not inbound.is_over

    def _settle_socket(self, connection: Connection) -> None:
        """Watch for room in the socket while bytes wait; let go of the dead."""
        if connection.is_dead:
            self._drop(connection)
        elif connection.has_output != connection.is_watching_out:
            connection.is_watching_out = connection.has_output
            mask = select.EPOLLIN | (select.EPOLLOUT if connection.has_output else 0)
            self._poll.modify(connection.fd, mask)

    # -- ticks

    def _tick_s(self) -> float:
        return min(TICK_MAX_S, len(self._connections) * TICK_PER_CONNECTION_S)

    def _due_at(self, room: Room, tick_s: float) -> float:
        # An edit waits for the last *edit* alone: cursors must not delay it.
        return (room.edits_flushed_at if room.has_edits else room.flushed_at) + tick_s

    def _dirty_rooms(self) -> list[Room]:
        return [room for room in self._rooms.values() if room.has_edits or room.has_news]

    def _timeout(self) -> float:
        now = self._monotonic()
        until = self._next_sweep
        if not self._flusher.is_failing:
            tick_s = self._tick_s()
            for room in self._dirty_rooms():
                until = min(until, self._due_at(room, tick_s))
        return max(0.0, until - now)

    def _end_ticks(self, now: float) -> None:
        if self._flusher.is_failing:
            return  # the sweep tries again once a second
        tick_s = self._tick_s()
        due = [room for room in self._dirty_rooms() if self._due_at(room, tick_s) <= now]
        if due:
            self._flush(due)

    def _flush(self, rooms: Sequence[Room]) -> None:
        self._flusher.flush(rooms, self._monotonic())
        self._intake.is_storage_failing = self._flusher.is_failing
        for room in rooms:
            self._settle_members(room)

    def _settle_members(self, room: Room) -> None:
        for connection in list(room.members.values()):
            if connection.is_dead or connection.has_output != connection.is_watching_out:
                self._settle_socket(connection)

    # -- once a second

    def _sweep(self, now: float) -> None:
        self._intake.is_recovering = now < self._recovers_until
        self._follow_log()
        if now >= self._next_heartbeat:
            self._next_heartbeat = now + HEARTBEAT_EVERY_S
            beat = frame(EMPTY_AWARENESS) + ping_frame()
            for connection in self._connections.values():
                connection.send(beat)
        for connection in list(self._connections.values()):
            is_stuck = (
                connection.closing_since is not None
                and now - connection.closing_since > CLOSING_MAX_S
            )
            if is_stuck or now - connection.last_heard > SILENCE_MAX_S:
                connection.is_dead = True
            self._settle_socket(connection)
        for room in list(self._rooms.values()):
            self._intake.expire_held(room, now)
            if not room.members and now - room.empty_since > EMPTY_ROOM_KEPT_S:
                self._close_room(room)

    def _follow_log(self) -> None:
        try:
            has_news = self._flusher.follow()
        except SQLAlchemyError:
            return
        if has_news or self._flusher.is_failing:
            self._flush(self._dirty_rooms())

    def _close_room(self, room: Room) -> None:
        if room.has_edits or room.new_owners:
            self._flush([room])
            if self._flusher.is_failing:
                return
        if room.updates_since_snapshot:
            self._flusher.compact(room)
        del self._rooms[room.board_id]

    # -- people

    def join(self, connection: Connection) -> None:
        """Let a socket in: the server's step 1, everyone's awareness, and for ours a welcome."""
        now = connection.last_heard = self._monotonic()
        self._connections[connection.fd] = connection
        self._poll.register(connection.fd, select.EPOLLIN)
        if connection.is_locked_hint is not None:
            # Only the first word counts: a page may have read the lock before it was changed.
            self._locks.setdefault(connection.board_id, connection.is_locked_hint)
        try:
            room = self._open(connection.board_id)
        except SQLAlchemyError:
            _log.exception("board %s cannot be read", connection.board_id)
            connection.close(CLOSE_CODES[Reason.STORAGE], now, "storage")
            return
        room.enter(connection)
        if connection.wants_extras:
            everyone = room.members.values()
            event = welcome(connection, everyone, is_locked=room.is_locked)
            connection.send(frame(encode_event(event)))
        connection.send(frame(encode_sync(Sync.STEP_1, room.document.get_state())))
        states = room.presence.all_states()
        if states is not None:
            connection.send(frame(states))
        self._announce(room, encode_event({"type": "joined", "person": describe(connection)}))
        self._settle_socket(connection)

    def _drop(self, connection: Connection) -> None:
        if self._connections.pop(connection.fd, None) is None:
            return
        self._poll.unregister(connection.fd)
        connection.is_dead = True
        connection.sock.close()
        room = self._rooms.get(connection.board_id)
        if room is not None and room.members.get(connection.fd) is connection:
            room.leave(connection, self._monotonic())
            event = encode_event({"type": "left", "cursor": connection.cursor_id})
            self._announce(room, event)

    def _announce(self, room: Room, event: bytes) -> None:
        room.events.append(event)
        room.has_news = True

    def _open(self, board_id: str) -> Room:
        room = self._rooms.get(board_id)
        if room is None:
            is_locked = self._locks.get(board_id, False)
            room = Room(board_id, self._board_log, is_locked=is_locked)
            room.empty_since = self._monotonic()
            self._rooms[board_id] = room
        return room

    # -- commands

    def kick(self, principal_id: str, board_id: str | None) -> int:
        """See Hub.kick."""
        connections = [
            connection
            for connection in self._connections.values()
            if connection.principal.id == principal_id and board_id in (None, connection.board_id)
        ]
        for connection in connections:
            connection.close(REMOVED, self._monotonic(), "removed")
        return len(connections)

    def set_locked(self, board_id: str, is_locked: bool) -> None:
        """See Hub.set_locked."""
        self._locks[board_id] = is_locked
        room = self._rooms.get(board_id)
        if room is not None and room.is_locked != is_locked:
            room.is_locked = is_locked
            self._announce(room, encode_event({"type": "locked", "isLocked": is_locked}))
            self._flush([room])

    def send_event(self, board_id: str, event: bytes) -> None:
        """See Hub.send_event."""
        room = self._rooms.get(board_id)
        if room is not None:
            self._announce(room, event)

    def list_present(self, board_id: str) -> list[Principal]:
        """See Hub.list_present."""
        room = self._rooms.get(board_id)
        members: Iterable[Connection] = room.members.values() if room else ()
        return list({member.principal.id: member.principal for member in members}.values())

    def edit(self, board_id: str, change: Callable[["Doc[Any]"], T], principal_id: str) -> T:
        """See Hub.edit."""
        room = self._open(board_id)
        self._flusher.follow()
        result = room.edit(change, principal_id)
        self._flush([room])
        if self._flusher.is_failing:
            raise OSError("the board log cannot be written")
        return result

    def peek(self, board_id: str) -> bytes | None:
        """Return the state of a board that is in memory, committed first."""
        room = self._rooms.get(board_id)
        if room is None:
            return None
        self._flusher.follow()
        if room.has_edits:
            self._flush([room])
        return room.state()

    # -- endings

    def _abandon(self) -> None:
        """After a fault in the hub itself nothing in memory is trusted; the log is."""
        for connection in self._connections.values():
            with suppress(OSError, ValueError):
                self._poll.unregister(connection.fd)
            connection.sock.close()
        self._connections.clear()
        self._rooms.clear()

    def _shut_down(self) -> None:
        try:
            self._flush(self._dirty_rooms())
        finally:
            now = self._monotonic()
            for connection in list(self._connections.values()):
                connection.close(GOING_AWAY, now, "the server stops")
                connection.sock.close()
            self._poll.close()
            os.close(self._wake_reader)
            os.close(self._wake_writer)
