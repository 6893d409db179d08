"""The wire format, byte by byte as docs/board-protocol.md has it."""

import pytest

from app.hub.protocol import (
    EMPTY_AWARENESS,
    AwarenessEntry,
    ProtocolError,
    Sync,
    check_state_vector,
    decode_single_awareness,
    decode_state_vector,
    decode_sync,
    decode_varint,
    encode_awareness,
    encode_awareness_entry,
    encode_event,
    encode_rejected,
    encode_saved,
    encode_sync,
    encode_varint,
)


@pytest.mark.parametrize(
    ("number", "encoded"),
    [
        (0, b"\x00"),
        (127, b"\x7f"),
        (128, b"\x80\x01"),
        (300, b"\xac\x02"),
        (2**32, b"\x80" * 4 + b"\x10"),
    ],
)
def test_varints(number: int, encoded: bytes) -> None:
    assert encode_varint(number) == encoded
    assert decode_varint(b"?" + encoded + b"?", 1) == (number, 1 + len(encoded))


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xff" * 12])
def test_broken_varints_are_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode_varint(data, 0)


def test_sync_messages() -> None:
    assert encode_sync(Sync.STEP_1, b"\x00") == b"\x00\x00\x01\x00"
    assert encode_sync(Sync.UPDATE, b"ab") == b"\x00\x02\x02ab"
    assert decode_sync(b"\x00\x01\x02ab") == (Sync.STEP_2, b"ab")


@pytest.mark.parametrize("message", [b"\x00", b"\x00\x01", b"\x00\x01\x03ab", b"\x00\x01\x01ab"])
def test_broken_sync_messages_are_refused(message: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode_sync(message)


def test_our_own_messages() -> None:
    assert encode_saved(300, 2) == b"\x65\xac\x02\x02"
    assert encode_event({"type": "left", "cursor": 3}) == b'\x66{"v":1,"type":"left","cursor":3}'
    assert encode_rejected(2, b"abc") == b"\x67\x02\x03abc"


def test_awareness() -> None:
    entry = AwarenessEntry(5, 1, b"{}")
    encoded = encode_awareness_entry(entry)
    assert encoded == b"\x05\x01\x02{}"
    assert encode_awareness([encoded]) == b"\x01\x06\x01\x05\x01\x02{}"
    assert decode_single_awareness(encode_awareness([encoded])) == entry
    assert decode_single_awareness(encode_awareness([encoded, encoded])) is None
    assert decode_single_awareness(EMPTY_AWARENESS) is None
    with pytest.raises(ProtocolError):
        decode_single_awareness(b"\x01\x07\x01\x05\x01\x02{}?")


def test_state_vectors() -> None:
    assert decode_state_vector(b"\x02\x05\x01\x06\xac\x02") == {5: 1, 6: 300}
    check_state_vector(b"\x00")
    for broken in (b"", b"\xff\xff\xff\xff\x0f", b"\x02\x05\x01"):
        with pytest.raises(ProtocolError):
            check_state_vector(broken)
