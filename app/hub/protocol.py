"""Messages on a board's socket, as docs/board-protocol.md states them: encoding and decoding."""

from collections.abc import Iterable
from enum import IntEnum
from struct import Struct
from typing import Any, NamedTuple

import orjson

EVENT_VERSION = 1


class Kind(IntEnum):
    """First number of every message."""

    SYNC = 0
    AWARENESS = 1
    AUTH = 2
    QUERY_AWARENESS = 3
    CURSOR = 100
    SAVED = 101
    EVENT = 102
    REJECTED = 103


class Sync(IntEnum):
    """Second number of a sync message."""

    STEP_1 = 0
    STEP_2 = 1
    UPDATE = 2


class ProtocolError(ValueError):
    """A message does not follow the protocol."""


class AwarenessEntry(NamedTuple):
    """One client's line in an awareness message; `state` is JSON as bytes."""

    client: int
    clock: int
    state: bytes


CURSOR_POSITION = Struct(">HH")
CURSOR_ENTRY = Struct(">HHH")
NULL_STATE = b"null"
EMPTY_AWARENESS = bytes((Kind.AWARENESS, 1, 0))


def encode_varint(number: int) -> bytes:
    """Return lib0's variable-length form of a whole number from 0 up."""
    if number < 128:
        return bytes((number,))
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def decode_varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number at a position and the position after it; raises ProtocolError."""
    number = shift = 0
    try:
        while True:
            byte = data[at]
            at += 1
            number |= (byte & 127) << shift
            if byte < 128:
                return number, at
            shift += 7
            if shift > 56:
                raise ProtocolError("a number is too long")
    except IndexError:
        raise ProtocolError("a message ends too early") from None


def decode_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    """Return the length-prefixed bytes at a position and the position after them."""
    length, at = decode_varint(data, at)
    end = at + length
    if end > len(data):
        raise ProtocolError("a message ends too early")
    return data[at:end], end


def encode_sync(kind: Sync, payload: bytes) -> bytes:
    """Return a sync message: a state vector (step 1) or an update."""
    return bytes((Kind.SYNC, kind)) + encode_varint(len(payload)) + payload


def decode_sync(message: bytes) -> tuple[int, bytes]:
    """Return the kind and payload of a sync message."""
    kind, at = decode_varint(message, 1)
    payload, at = decode_bytes(message, at)
    if at != len(message):
        raise ProtocolError("bytes are left over")
    return kind, payload


def encode_awareness(entries: Iterable[bytes]) -> bytes:
    """Return an awareness message from entries that are encoded already."""
    entries = list(entries)
    body = encode_varint(len(entries)) + b"".join(entries)
    return bytes((Kind.AWARENESS,)) + encode_varint(len(body)) + body


def encode_awareness_entry(entry: AwarenessEntry) -> bytes:
    """Return one entry as it stands in an awareness message."""
    client, clock, state = entry
    return encode_varint(client) + encode_varint(clock) + encode_varint(len(state)) + state


def decode_single_awareness(message: bytes) -> AwarenessEntry | None:
    """Return the entry of an awareness message that holds exactly one, else None.

    A stock provider echoes whatever it receives, so longer messages are never the sender's own
    news and are not worth reading.
    """
    body, _ = decode_bytes(message, 1)
    count, at = decode_varint(body, 0)
    if count != 1:
        return None
    client, at = decode_varint(body, at)
    clock, at = decode_varint(body, at)
    state, at = decode_bytes(body, at)
    if at != len(body):
        raise ProtocolError("bytes are left over")
    return AwarenessEntry(client, clock, state)


def encode_saved(sequence: int, count: int) -> bytes:
    """Return the message that `count` of a connection's updates are on disk."""
    return bytes((Kind.SAVED,)) + encode_varint(sequence) + encode_varint(count)


def encode_event(event: dict[str, Any]) -> bytes:
    """Return a board event."""
    return bytes((Kind.EVENT,)) + orjson.dumps({"v": EVENT_VERSION, **event})


def encode_rejected(code: int, state: bytes) -> bytes:
    """Return a rejection with the whole document."""
    head = bytes((Kind.REJECTED,)) + encode_varint(code)
    return head + encode_varint(len(state)) + state


def decode_state_vector(data: bytes) -> dict[int, int]:
    """Return the clocks of an encoded state vector."""
    count, at = decode_varint(data, 0)
    vector: dict[int, int] = {}
    for _ in range(count):
        client, at = decode_varint(data, at)
        clock, at = decode_varint(data, at)
        vector[client] = clock
    return vector


def check_state_vector(data: bytes) -> None:
    """Raise ProtocolError unless the bytes are a state vector whose count they can hold."""
    count, _ = decode_varint(data, 0)
    if count * 2 > len(data):
        raise ProtocolError("a count exceeds the bytes")
    decode_state_vector(data)
