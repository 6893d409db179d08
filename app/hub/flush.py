"""The end of a tick: commit what rooms have emitted, then send it, then say that it is saved."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from app.domain.boards.log import BoardLog, LoggedUpdate
from app.hub.framing import frame
from app.hub.protocol import Sync, encode_saved, encode_sync
from app.hub.room import Emitted, Room

SNAPSHOT_EVERY = 500

_log = logging.getLogger(__name__)


class Flusher:
    """Writes to the log in one transaction for all rooms of a tick, and broadcasts.

    Follows the log as well: what another process has appended reaches the people here.
    """

    def __init__(
        self,
        log: BoardLog,
        clock: Callable[[], float],
        open_rooms: Callable[[], Iterable[Room]],
    ) -> None:
        self._board_log = log
        self._clock = clock
        self._open_rooms = open_rooms
        self.newest_seq = 0
        self.is_failing = False
        self.commit_count = 0

    def flush(self, rooms: Sequence[Room], now: float) -> bool:
        """Commit and send; return False, with nothing sent or lost, when the log fails."""
        try:
            newest = self._append(rooms)
        except SQLAlchemyError:
            if not self.is_failing:
                _log.exception("the board log cannot be written; boards refuse edits until it can")
            self.is_failing = True
            return False
        self.is_failing = False
        for room in rooms:
            self._send(room, room.mark_committed(newest), now)
            if room.updates_since_snapshot >= SNAPSHOT_EVERY:
                self.compact(room)
        return True

    def compact(self, room: Room) -> None:
        """Save a snapshot; without one the board only opens more slowly."""
        try:
            room.save_snapshot(self._now_ms())
        except SQLAlchemyError:
            _log.exception("board %s: no snapshot", room.board_id)

    def follow(self) -> bool:
        """Take in what other processes have appended; return whether there was anything."""
        newest = self._board_log.newest_seq()
        if newest == self.newest_seq:
            return False
        self._absorb()
        self.newest_seq = newest
        return True

    def start_following(self) -> None:
        """Begin at the end of the log: rooms that are opened later read it themselves."""
        self.newest_seq = self._board_log.newest_seq()

    def _append(self, rooms: Sequence[Room]) -> int:
        at_ms = self._now_ms()
        rows = [
            LoggedUpdate(room.board_id, item.principal, item.deliverer, at_ms, item.data)
            for room in rooms
            for item in room.emitted
            if not item.is_logged
        ]
        owners = [owner for room in rooms for owner in room.new_owners]
        if not rows and not owners:
            return self.newest_seq
        newest = self._board_log.append(rows, owners)
        self.commit_count += 1
        # Sequences have no holes but those that another process filled.
        if newest != self.newest_seq + len(rows):
            self._absorb()
        self.newest_seq = max(self.newest_seq, newest)
        return newest

    def _absorb(self) -> None:
        by_id = {room.board_id: room for room in self._open_rooms()}
        updates = self._board_log.list_after(self.newest_seq, list(by_id))
        for board_id, room in by_id.items():
            mine = [update for update in updates if update.board_id == board_id]
            if mine:
                room.absorb(mine)

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)

    def _send(self, room: Room, emitted: Sequence[Emitted], now: float) -> None:
        """Send one tick: frames are built once, and the same bytes go to every socket."""
        parts = [frame(encode_sync(Sync.UPDATE, item.data)) for item in emitted]
        if (states := room.presence.take_news()) is not None:
            parts.append(frame(states))
        common = b"".join(parts)
        with_extras = common + b"".join(frame(event) for event in room.events)
        room.events = []
        if (cursors := room.presence.take_cursors()) is not None:
            with_extras += frame(cursors)
        awaiting, room.awaiting_word = room.awaiting_word, {}
        for connection in room.members.values():
            data = with_extras if connection.wants_extras else common
            if connection.fd in awaiting and connection.ledger.settle(room.committed):
                saved = encode_saved(room.last_seq, connection.ledger.saved_count)
                data = data + frame(saved)
            if data:
                connection.send(data)
        room.flushed_at = now
        if emitted:
            room.edits_flushed_at = now
        room.has_edits = room.has_news = False


def wall_clock() -> float:
    """Return seconds since 1970, for the log's time column alone."""
    return time.time()
