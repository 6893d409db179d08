"""One person's socket on a board: the bounded way out, the limits, and what was promised."""

import socket
from collections import deque
from dataclasses import dataclass

from app.core.boards.admission import Sender
from app.hub.framing import Inbound, close_frame
from app.hub.ledger import Ledger

OUT_QUEUE_BYTES_MAX = 4 << 20
MESSAGES_PER_S, MESSAGES_BURST = 300, 900
EDIT_BYTES_PER_S, EDIT_BYTES_BURST = 512 << 10, 4 << 20


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is behind a socket, as the web route authorised them.

    `id` outlives connections ("user:12", "guest:…"): client ids are bound to it.
    """

    id: str
    name: str
    colour: str
    may_edit: bool
    may_moderate: bool


class Allowance:
    """A token bucket."""

    __slots__ = ("_at", "_burst", "_left", "_per_s")

    def __init__(self, per_s: float, burst: float) -> None:
        self._per_s = per_s
        self._burst = burst
        self._left = burst
        self._at = 0.0

    def take(self, amount: float, now: float) -> bool:
        """Take so much, unless that exceeds the rate."""
        left = min(self._burst, self._left + (now - self._at) * self._per_s)
        self._at = now
        if left < amount:
            self._left = left
            return False
        self._left = left - amount
        return True


class Connection:
    """State of one socket; touched by the hub's thread alone."""

    __slots__ = (
        "_out_allowed",
        "_out_bytes",
        "_queue",
        "awareness_clock",
        "board_id",
        "client_id",
        "closing_since",
        "cursor_id",
        "edit_bytes",
        "fd",
        "has_sent_state",
        "held_bytes",
        "held_count",
        "inbound",
        "is_dead",
        "is_locked_hint",
        "is_out_of_step",
        "is_watching_out",
        "last_heard",
        "ledger",
        "may_name_itself",
        "messages",
        "principal",
        "sender",
        "sock",
        "wants_extras",
    )

    def __init__(
        self, sock: socket.socket, board_id: str, principal: Principal, *, wants_extras: bool
    ) -> None:
        self.sock = sock
        self.fd = sock.fileno()
        self.board_id = board_id
        self.principal = principal
        self.sender = Sender(principal.id, principal.may_edit, principal.may_moderate)
        self.wants_extras = wants_extras
        self.is_locked_hint: bool | None = None
        self.inbound = Inbound()
        self.ledger = Ledger()
        self.messages = Allowance(MESSAGES_PER_S, MESSAGES_BURST)
        self.edit_bytes = Allowance(EDIT_BYTES_PER_S, EDIT_BYTES_BURST)
        self.cursor_id = 0
        self.client_id: int | None = None
        self.awareness_clock = -1
        # A connection names its own client id once, and again after each rejection.
        self.may_name_itself = True
        self.has_sent_state = False
        self.is_out_of_step = False
        self.held_count = 0
        self.held_bytes = 0
        self.last_heard = 0.0
        self.closing_since: float | None = None
        self.is_dead = False
        self.is_watching_out = False
        self._queue: deque[bytes] = deque()
        self._out_bytes = 0
        self._out_allowed = OUT_QUEUE_BYTES_MAX

    @property
    def has_output(self) -> bool:
        """Whether bytes wait for the socket to take them."""
        return bool(self._queue)

    def send(self, data: bytes) -> None:
        """Send framed bytes now, or as soon as the reader keeps up; a slow reader is cut off."""
        if self.is_dead or self.closing_since is not None:
            return
        self._push(data)

    def send_state(self, data: bytes) -> None:
        """Send a whole document, which may by itself be larger than the queue allows."""
        self._out_allowed = max(self._out_allowed, OUT_QUEUE_BYTES_MAX + len(data))
        self.send(data)

    def close(self, code: int, now: float, reason: str = "") -> None:
        """Say why and let the peer close; the hub's sweep cuts off one that does not."""
        if self.closing_since is None and not self.is_dead:
            self._push(close_frame(code, reason))
            self.closing_since = now

    def _push(self, data: bytes) -> None:
        if not self._queue:
            try:
                sent = self.sock.send(data)
            except BlockingIOError:
                sent = 0
            except OSError:
                self.is_dead = True
                return
            if sent == len(data):
                return
            data = data[sent:]
        self._queue.append(data)
        self._out_bytes += len(data)
        if self._out_bytes > self._out_allowed:
            # It reconnects and asks for what it lacks, which is less than all it missed.
            self.is_dead = True

    def drain(self) -> None:
        """Send what waits, as far as the socket takes it."""
        queue = self._queue
        while queue:
            data = queue[0]
            try:
                sent = self.sock.send(data)
            except BlockingIOError:
                return
            except OSError:
                self.is_dead = True
                return
            self._out_bytes -= sent
            if sent < len(data):
                queue[0] = data[sent:]
                return
            queue.popleft()
        self._out_allowed = OUT_QUEUE_BYTES_MAX
