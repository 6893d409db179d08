"""Rates, and the server's word on who points where."""

import socket

from app.hub.connection import Allowance, Connection, Principal
from app.hub.presence import Presence
from app.hub.protocol import AwarenessEntry


def connection() -> Connection:
    ours, _ = socket.socketpair()
    principal = Principal("user:1", "Ann", "sky", may_edit=True, may_moderate=False)
    return Connection(ours, "b1", principal, wants_extras=True)


def test_an_allowance_holds_a_burst_and_fills_with_time() -> None:
    allowance = Allowance(per_s=10.0, burst=3.0)
    assert [allowance.take(1.0, 100.0) for _ in range(4)] == [True, True, True, False]
    assert allowance.take(1.0, 100.05) is False
    assert allowance.take(1.0, 100.11) is True
    assert [allowance.take(1.0, 200.0) for _ in range(4)] == [True, True, True, False]


def test_a_cursor_id_is_not_given_again_at_once() -> None:
    presence = Presence()
    first, second, third = connection(), connection(), connection()
    presence.enter(first)
    presence.leave(first)
    presence.enter(second)
    presence.enter(third)
    assert [c.cursor_id for c in (first, second, third)] == [1, 2, 3]


def test_the_newest_cursor_wins_and_is_told_once() -> None:
    presence = Presence()
    ann = connection()
    presence.enter(ann)
    assert presence.point(ann, b"\x64\x00\x01\x00\x02") is True
    assert presence.point(ann, b"\x64\x00\x03\x00\x04") is True
    assert presence.point(ann, b"\x64\x00\x03") is False
    assert presence.take_cursors() == b"\x64\x00\x01\x00\x03\x00\x04"
    assert presence.take_cursors() is None


def test_awareness_takes_news_alone_and_valid_json_alone() -> None:
    presence = Presence()
    ann = connection()
    presence.rename(ann, 5)
    assert presence.hear(ann, AwarenessEntry(5, 3, b'{"a":1}')) is True
    assert presence.hear(ann, AwarenessEntry(5, 3, b'{"a":2}')) is False
    assert presence.hear(ann, AwarenessEntry(5, 4, b"{bad}")) is False
    assert presence.hear(ann, AwarenessEntry(5, 4, b"NaN")) is False
    assert presence.hear(ann, AwarenessEntry(5, 1 << 31, b"{}")) is False
    assert presence.hear(ann, AwarenessEntry(5, 4, b'"' + b"x" * 9000 + b'"')) is False
    assert presence.take_news() == b"\x01\x0b\x01\x05\x03\x07" + b'{"a":1}'
    assert presence.hear(ann, AwarenessEntry(5, 3, b"null")) is True
    assert presence.all_states() is None
    presence.leave(ann)
    assert presence.take_news() == b"\x01\x08\x01\x05\x03\x04null"
    assert presence.take_news() is None
