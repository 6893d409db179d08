"""What happens to each message that a connection sends."""

import logging
from collections.abc import Callable, Sequence

from app.core.boards.admission import Decision, Reason, Verdict, decide
from app.hub.connection import Connection
from app.hub.framing import frame
from app.hub.protocol import (
    AwarenessEntry,
    Kind,
    ProtocolError,
    Sync,
    check_state_vector,
    decode_single_awareness,
    decode_sync,
    encode_rejected,
    encode_sync,
)
from app.hub.room import Arrival, Room, UnappliableError
from app.hub.scan import ScanError, scan

HOLD_S = 10.0
HELD_COUNT_MAX = 64
HELD_BYTES_MAX = 2 << 20
BOARD_BYTES_MAX = 64 << 20
# Updates that pass the scan and break pycrdt are made on purpose, and each costs a rebuild.
OFFENCES_MAX = 3
# Answering a step 1 may cost as much as a hundred cursors.
STEP_1_COST = 20

FLOOD = 1008
CLOSE_CODES = {
    Reason.READ_ONLY: 4403,
    Reason.LOCKED: 4523,
    Reason.FORGED: 4409,
    Reason.MALFORMED: 4400,
    Reason.TOO_LARGE: 4413,
    Reason.TOO_FAST: 4529,
    Reason.INCOMPLETE: 4510,
    Reason.STORAGE: 4507,
}

Flush = Callable[[Sequence[Room]], None]
_log = logging.getLogger(__name__)


class Intake:
    """Takes messages in, one at a time, on the hub's thread.

    `flush` commits and sends what rooms have emitted: who joins is shown committed edits only.
    """

    def __init__(self, flush: Flush) -> None:
        self._flush = flush
        self.is_storage_failing = False
        self.is_recovering = False

    def receive(self, room: Room, connection: Connection, message: bytes, now: float) -> None:
        """Deal with one message; raises ProtocolError when it makes no sense."""
        if not message or connection.closing_since is not None:
            return
        kind = message[0]
        cost = STEP_1_COST if kind == Kind.SYNC and message[1:2] == b"\x00" else 1
        if not connection.messages.take(cost, now):
            connection.close(FLOOD, now, "too many messages")
        elif kind == Kind.CURSOR:
            if room.presence.point(connection, message):
                room.has_news = True
        elif kind == Kind.SYNC:
            self._receive_sync(room, connection, message, now)
        elif kind == Kind.AWARENESS:
            entry = decode_single_awareness(message)
            if entry is not None:
                self._receive_awareness(room, connection, entry)
        elif kind == Kind.QUERY_AWARENESS:
            states = room.presence.all_states()
            if states is not None:
                connection.send(frame(states))

    # -- awareness

    def _receive_awareness(self, room: Room, connection: Connection, entry: AwarenessEntry) -> None:
        if entry.client != connection.client_id and not self._names_itself(room, connection, entry):
            return  # a stock provider echoes what others said: no offence, and no news
        if room.presence.hear(connection, entry):
            room.has_news = True

    def _names_itself(self, room: Room, connection: Connection, entry: AwarenessEntry) -> bool:
        principal = connection.principal.id
        if not connection.may_name_itself or room.presence.is_taken(entry.client):
            return False
        if room.owners.get(entry.client, principal) != principal:
            return False
        room.presence.rename(connection, entry.client)
        room.claim([entry.client], principal)
        room.has_news = True
        return True

    # -- sync

    def _receive_sync(self, room: Room, connection: Connection, message: bytes, now: float) -> None:
        kind, payload = decode_sync(message)
        if kind == Sync.STEP_1:
            self._answer_step_1(room, connection, payload)
        elif kind in (Sync.STEP_2, Sync.UPDATE):
            if not connection.is_out_of_step:
                self._receive_update(room, connection, payload, now)
            if kind == Sync.STEP_2:
                connection.has_sent_state = True
        else:
            raise ProtocolError("an unknown kind of sync message")

    def _answer_step_1(self, room: Room, connection: Connection, vector: bytes) -> None:
        check_state_vector(vector)
        if room.has_edits:
            self._flush([room])
        missing = room.update_since(vector)
        connection.send_state(frame(encode_sync(Sync.STEP_2, missing)))
        connection.is_out_of_step = False

    def _receive_update(
        self, room: Room, connection: Connection, update: bytes, now: float
    ) -> None:
        if room.offences[connection.principal.id] >= OFFENCES_MAX:
            self.reject(room, connection, Reason.MALFORMED, now)
            return
        if not connection.edit_bytes.take(len(update), now):
            self.reject(room, connection, Reason.TOO_FAST, now)
            return
        try:
            shape = scan(update)
        except ScanError:
            self.reject(room, connection, Reason.MALFORMED, now)
            return
        entry = connection.ledger.expect(shape.extent())
        self._consider(room, Arrival(connection, update, shape, entry, now + HOLD_S), now)
        if room.held:
            self._retry_held(room, now)

    def _judge(self, room: Room, arrival: Arrival) -> Verdict:
        sender = arrival.connection.sender
        return decide(arrival.shape, sender, room.facts(sender, is_recovering=self.is_recovering))

    def _consider(self, room: Room, arrival: Arrival, now: float) -> None:
        connection = arrival.connection
        verdict = self._judge(room, arrival)
        decision, reason = verdict.decision, verdict.reason or Reason.INCOMPLETE
        if decision is Decision.KNOWN:
            self._note_applied(room, arrival)
        elif decision is Decision.REFUSE:
            self.reject(room, connection, reason, now)
        elif self.is_storage_failing:
            self.reject(room, connection, Reason.STORAGE, now)
        elif room.size_bytes + len(arrival.update) > BOARD_BYTES_MAX:
            self.reject(room, connection, Reason.TOO_LARGE, now)
        elif decision is Decision.HOLD:
            self._hold(room, arrival, reason, now)
        else:
            self._admit(room, arrival, verdict, now)

    def _admit(self, room: Room, arrival: Arrival, verdict: Verdict, now: float) -> None:
        connection, update, shape = arrival.connection, arrival.update, arrival.shape
        deliverer = connection.principal.id
        if verdict.unverified:
            _log.warning(
                "board %s: %s delivered edits of absent clients %s after a restore",
                room.board_id,
                deliverer,
                verdict.unverified,
            )
        room.claim(verdict.claims, deliverer)
        author = next((room.owners[c] for c in shape.authored if c in room.owners), deliverer)
        try:
            room.apply(update, author, deliverer)
        except UnappliableError as error:
            room.offences[deliverer] += 1
            _log.warning("board %s: an update from %s failed: %s", room.board_id, deliverer, error)
            self.reject(room, connection, Reason.MALFORMED, now)
        else:
            self._note_applied(room, arrival)

    @staticmethod
    def _note_applied(room: Room, arrival: Arrival) -> None:
        arrival.entry.is_applied = True
        if arrival.connection.wants_extras:
            room.awaiting_word[arrival.connection.fd] = arrival.connection
            room.has_news = True

    # -- held updates

    def _hold(self, room: Room, arrival: Arrival, reason: Reason, now: float) -> None:
        connection = arrival.connection
        connection.held_count += 1
        connection.held_bytes += len(arrival.update)
        if connection.held_count > HELD_COUNT_MAX or connection.held_bytes > HELD_BYTES_MAX:
            self.reject(room, connection, reason, now)
            return
        room.held.append(arrival)
        if reason is Reason.INCOMPLETE and connection.has_sent_state:
            # What is missing was lost on the way; before its first step 2 it is merely early.
            connection.send(frame(encode_sync(Sync.STEP_1, room.document.get_state())))

    def _retry_held(self, room: Room, now: float) -> None:
        """Consider again what waits, as long as that frees something."""
        is_progress = True
        while is_progress and room.held:
            is_progress = False
            for arrival in room.held.copy():
                if arrival not in room.held:
                    continue  # its connection was refused meanwhile
                if self._judge(room, arrival).decision is not Decision.HOLD:
                    is_progress = True
                    room.held.remove(arrival)
                    self._release(arrival)
                    self._consider(room, arrival, now)

    def expire_held(self, room: Room, now: float) -> None:
        """Refuse what has waited too long, or whose owner has left."""
        if room.held:
            self._retry_held(room, now)
        for arrival in room.held.copy():
            if arrival.deadline <= now and arrival in room.held:
                reason = self._judge(room, arrival).reason or Reason.INCOMPLETE
                self.reject(room, arrival.connection, reason, now)

    @staticmethod
    def _release(arrival: Arrival) -> None:
        arrival.connection.held_count -= 1
        arrival.connection.held_bytes -= len(arrival.update)

    # -- refusals

    def reject(self, room: Room, connection: Connection, reason: Reason, now: float) -> None:
        """Refuse an update visibly, and heal the client with the whole state."""
        room.held = [arrival for arrival in room.held if arrival.connection is not connection]
        connection.held_count = connection.held_bytes = 0
        connection.ledger.reset()
        if not connection.wants_extras:
            connection.close(CLOSE_CODES[reason], now, reason.name.lower())
            return
        if room.has_edits:
            self._flush([room])
        connection.is_out_of_step = True
        connection.may_name_itself = True
        connection.send_state(frame(encode_rejected(reason, room.state())))
