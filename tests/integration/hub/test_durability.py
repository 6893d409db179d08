"""What the hub does when the log, a reader or pycrdt fails, and how it stays small."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Doc, Map

from app.core.boards.admission import Reason
from app.core.boards.notes import Note, list_notes, open_document
from app.domain.boards.log import BoardLog
from app.hub import Hub, flush, intake
from app.hub.protocol import encode_varint
from app.hub.room import Room, UnappliableError
from app.hub.scan import scan
from tests.integration.hub.board_client import BoardClient, note_mover

pytestmark = pytest.mark.sqlite_only


def run_sql(log_url: str, statement: str) -> None:
    with sqlite3.connect(log_url.removeprefix("sqlite:///")) as connection:
        connection.execute(statement)


def test_a_log_that_cannot_be_written_loses_and_confirms_nothing(
    base_url: str, hub: Hub, log_url: str
) -> None:
    with BoardClient(base_url, "b1", "ann") as ann, BoardClient(base_url, "b1", "bob") as bob:
        ann.join()
        bob.join()
        assert ann.wait_saved()
        assert bob.wait_saved()
        run_sql(log_url, "ALTER TABLE board_updates RENAME TO away")
        ann.write_note("n1")
        assert not ann.wait_saved_within(0.3)
        assert bob.note_ids() == set()
        bob.write_note("n2")
        assert bob.pump(lambda: bob.rejections == [Reason.STORAGE])
        run_sql(log_url, "ALTER TABLE away RENAME TO board_updates")
        assert ann.wait_saved()
        assert bob.pump(lambda: bob.note_ids() == {"n1"})
        bob.write_note("n3")
        assert bob.wait_saved()
        assert {note.id for note in list_notes(open_document(hub.peek("b1")))} == {"n1", "n3"}


def test_a_slow_reader_is_cut_off_and_the_others_are_not(base_url: str, hub: Hub) -> None:
    with (
        BoardClient(base_url, "b1", "slow", max_queue=1) as slow,
        BoardClient(base_url, "b1", "ann") as ann,
    ):
        slow.join()
        ann.join()
        for batch in range(30):
            notes = [Note(f"n{batch}-{i}", "x" * 20_000, 0.0, 0.0, "sun") for i in range(40)]
            hub.insert_notes("b1", notes, "user:ann")
            assert ann.pump(lambda count=batch + 1: count_updates(ann) == count)
        assert [person.id for person in hub.list_present("b1")] == ["user:ann"]


def count_updates(client: BoardClient) -> int:
    return sum(message[:2] == b"\x00\x02" for message in client.received)


def test_snapshots_keep_opening_short_and_the_history_whole(
    base_url: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flush, "SNAPSHOT_EVERY", 10)
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join().write_note("n1")
        for step in range(25):
            ann.send_update(ann.change(note_mover("n1", float(step))))
            assert ann.wait_saved()
    stored = hub.log.get_board("b1")
    assert stored.snapshot is not None
    assert len(stored.updates) < 10
    assert len(hub.log.list_history("b1")) == 26
    hub.stop()
    assert [note.x for note in list_notes(open_document(hub.peek("b1")))] == [24.0]


def test_what_another_process_logs_reaches_the_people_here(
    base_url: str, hub: Hub, log_url: str
) -> None:
    other = Hub(BoardLog(log_url))
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join().write_note("n1")
        assert ann.wait_saved()
        other.insert_note("b1", Note("n2", "from elsewhere", 0.0, 0.0, "leaf"), "user:7")
        assert ann.pump(lambda: ann.note_ids() == {"n1", "n2"})
        ann.write_note("n3")
        assert ann.wait_saved()
        other.insert_note("b1", Note("n4", "again", 0.0, 0.0, "leaf"), "user:7")
        ann.write_note("n5")
        assert ann.pump(lambda: ann.note_ids() == {"n1", "n2", "n3", "n4", "n5"})
        assert ann.wait_saved()
    rows = hub.log.list_history("b1")
    assert [row.principal for row in rows].count("user:7") == 2
    assert len(rows) == 5
    assert {note.id for note in list_notes(open_document(other.peek("b1")))} == ann.note_ids()
    other.stop()


def write_into_a_number(victim: int, forger: int) -> bytes:
    """Return an update that puts an entry into something that holds no entries.

    It is well-formed, builds on what is known, and makes pycrdt fail half-way.
    """
    is_any_with_key, is_item, null = 0x28, 0, 0x7E
    body = bytes((1, 1)) + encode_varint(forger) + bytes((0, is_any_with_key, is_item))
    return body + encode_varint(victim) + bytes((0, 1, ord("x"), 1, null, 0))


def test_a_room_whose_document_fails_is_rebuilt_with_what_was_not_yet_logged(
    tmp_path: Path,
) -> None:
    log = BoardLog(f"sqlite:///{tmp_path / 'boards.sqlite'}")
    room = Room("b1", log)
    author: Doc[Any] = Doc()
    author.get("notes", type=Map)["n1"] = 1.0
    room.apply(author.get_update(), "user:ann", "user:ann")
    before, known = room.document, dict(room.known)
    with pytest.raises(UnappliableError, match="must be deleted"):
        room.apply(write_into_a_number(author.client_id, 77), "user:eve", "user:eve")
    assert room.document is not before
    assert room.document.get("notes", type=Map).to_py() == {"n1": 1.0}
    assert room.known == known
    assert [item.principal for item in room.emitted] == ["user:ann"]
    log.close()


def test_who_keeps_breaking_the_document_is_no_longer_listened_to(
    base_url: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuilds: list[str] = []
    rebuild = Room.rebuild
    monkeypatch.setattr(Room, "rebuild", lambda room: (rebuilds.append("one"), rebuild(room)))
    hub.edit("b1", lambda document: document.get("load", type=Map).update({"n": 1.0}), "user:ann")
    victim = next(iter(scan(hub.peek("b1")).authored))
    with BoardClient(base_url, "b1", "eve") as eve, BoardClient(base_url, "b1", "ann") as ann:
        eve.join()
        ann.join()
        for attempt in range(5):
            eve.send_update(write_into_a_number(victim, 7000 + attempt))
            assert eve.pump(lambda count=attempt + 1: len(eve.rejections) == count)
        assert eve.rejections == [Reason.MALFORMED] * 5
        assert len(rebuilds) == intake.OFFENCES_MAX
        ann.write_note("n1")
        assert ann.wait_saved()


def test_a_board_without_anyone_is_let_go(
    base_url: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.hub.loop.EMPTY_ROOM_KEPT_S", 0.0)
    monkeypatch.setattr("app.hub.loop.SWEEP_EVERY_S", 0.05)
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join().write_note("n1")
        assert ann.wait_saved()
    with BoardClient(base_url, "other", "bob") as bob:
        bob.join()
        end = time.monotonic() + 5
        while hub.log.get_board("b1").snapshot is None and time.monotonic() < end:
            time.sleep(0.02)
        assert hub.log.get_board("b1").updates == []
    with BoardClient(base_url, "b1", "ann", document=ann.document) as ann:
        ann.join()
        assert ann.note_ids() == {"n1"}


def test_a_heartbeat_comes_without_anyone_moving(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.hub.loop.HEARTBEAT_EVERY_S", 0.1)
    monkeypatch.setattr("app.hub.loop.SWEEP_EVERY_S", 0.05)
    with BoardClient(base_url, "b1", "old", extras=False) as old:
        old.join()
        old.pump(lambda: old.received[-1] == b"\x01\x01\x00", timeout=2.0)
        assert old.received[-1] == b"\x01\x01\x00"
