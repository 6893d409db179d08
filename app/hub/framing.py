"""Websocket frames without sockets, on the sans-I/O layer of the `websockets` library."""

import logging

from websockets.frames import Close, Frame, Opcode
from websockets.protocol import Protocol, Side, State

MESSAGE_BYTES_MAX = 1 << 20
TEXT_FRAME = 1003

# The library reports every broken peer as an error with a traceback; the hub closes and counts.
_QUIET = logging.getLogger("app.hub.framing")
_QUIET.setLevel(logging.CRITICAL)


def frame(message: bytes) -> bytes:
    """Return a binary message as one unmasked frame; the same bytes may go to every socket."""
    return Frame(Opcode.BINARY, message).serialize(mask=False)


def ping_frame() -> bytes:
    """Return a ping; a browser answers by itself, so silence means the peer is gone."""
    return Frame(Opcode.PING, b"").serialize(mask=False)


def close_frame(code: int, reason: str = "") -> bytes:
    """Return a close frame."""
    return Frame(Opcode.CLOSE, Close(code, reason).serialize()).serialize(mask=False)


class Inbound:
    """Reads one peer's bytes: `feed` returns whole binary messages.

    `replies` collects what the protocol itself wants to send (pongs, the answering close);
    `is_over` says that the connection is to end once they are sent.
    """

    __slots__ = ("_fragments", "_protocol", "is_over", "replies")

    def __init__(self) -> None:
        # The handshake is done: `handoff` answered it.
        self._protocol = Protocol(
            Side.SERVER, state=State.OPEN, max_size=MESSAGE_BYTES_MAX, logger=_QUIET
        )
        self._fragments: list[bytes] = []
        self.replies = b""
        self.is_over = False

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes from the socket; return the messages they complete."""
        protocol = self._protocol
        protocol.receive_data(data)
        messages: list[bytes] = []
        for event in protocol.events_received():
            if not isinstance(event, Frame):
                continue  # handshakes, which are over
            if event.opcode is Opcode.BINARY and event.fin:
                messages.append(bytes(event.data))
            elif event.opcode is Opcode.BINARY or event.opcode is Opcode.CONT:
                self._fragments.append(bytes(event.data))
                if event.fin:
                    messages.append(b"".join(self._fragments))
                    self._fragments = []
            elif event.opcode is Opcode.TEXT and protocol.state is State.OPEN:
                protocol.send_close(TEXT_FRAME, "binary frames only")
        if protocol.writes:
            self.replies += b"".join(protocol.data_to_send())
        if protocol.state is not State.OPEN:
            self.is_over = True
        return messages
