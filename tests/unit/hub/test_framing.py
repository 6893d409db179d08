"""Websocket frames in and out."""

import pytest
from websockets.frames import Frame, Opcode

from app.hub.framing import MESSAGE_BYTES_MAX, Inbound, close_frame, frame, ping_frame


def masked(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


def test_outgoing_frames() -> None:
    assert frame(b"ab") == b"\x82\x02ab"
    assert frame(bytes(300))[:4] == b"\x82\x7e\x01\x2c"
    assert ping_frame() == b"\x89\x00"
    assert close_frame(4403, "no") == b"\x88\x04\x11\x33no"


def test_messages_come_out_whole_however_the_bytes_arrive() -> None:
    stream = masked(Opcode.BINARY, b"one") + masked(Opcode.BINARY, b"t", fin=False)
    stream += masked(Opcode.PING, b"?") + masked(Opcode.CONT, b"wo") + masked(Opcode.BINARY, b"3")
    at_once, by_byte = Inbound(), Inbound()
    assert at_once.feed(stream) == [b"one", b"two", b"3"]
    piecemeal = [message for byte in stream for message in by_byte.feed(bytes((byte,)))]
    assert piecemeal == [b"one", b"two", b"3"]
    assert at_once.replies == b"\x8a\x01?"
    assert at_once.is_over is False


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (masked(Opcode.TEXT, b"hi"), 1003),
        (masked(Opcode.BINARY, bytes(MESSAGE_BYTES_MAX + 1)), 1009),
        (
            masked(Opcode.BINARY, bytes(MESSAGE_BYTES_MAX), fin=False) + masked(Opcode.CONT, b"x"),
            1009,
        ),
        (frame(b"unmasked"), 1002),
        (masked(Opcode.CONT, b"of nothing"), 1002),
        (masked(Opcode.CLOSE, (1000).to_bytes(2, "big")), 1000),
    ],
    ids=["text", "too large", "too large in pieces", "unmasked", "stray", "close"],
)
def test_what_ends_a_connection(data: bytes, code: int) -> None:
    inbound = Inbound()
    assert inbound.feed(data) == []
    assert inbound.is_over is True
    assert inbound.replies[0] == 0x88
    assert int.from_bytes(inbound.replies[2:4], "big") == code
