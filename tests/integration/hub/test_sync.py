"""Edits, presence and events between people on one board."""

from typing import Any

import pytest
from pycrdt import Doc

from app.core.boards.notes import Note, insert_note, list_frames, list_notes, open_document
from app.hub import Hub
from app.hub.protocol import Kind, Sync, encode_sync
from tests.integration.hub.board_client import BoardClient, note_mover

pytestmark = pytest.mark.sqlite_only


def test_an_edit_reaches_the_other_person_and_is_said_to_be_saved(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann, BoardClient(base_url, "b1", "bob") as bob:
        ann.join()
        bob.join()
        ann.write_note("n1", "hello")
        assert bob.pump(lambda: bob.note_ids() == {"n1"})
        assert ann.wait_saved()
        bob.send_update(bob.change(note_mover("n1", 99.0)))
        assert ann.pump(lambda: [note.x for note in list_notes(ann.document)] == [99.0])
        assert bob.wait_saved()
        assert (ann.rejections, bob.rejections) == ([], [])


def test_a_saved_edit_is_in_the_log_before_anyone_is_told(base_url: str, hub: Hub) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        ann.write_note("n1")
        assert ann.wait_saved()
        (row,) = hub.log.list_history("b1")
        assert (row.principal, row.deliverer) == ("user:ann", "user:ann")
        assert [note.id for note in list_notes(open_document(row.data))] == ["n1"]
        assert hub.log.list_owners("b1") == {ann.document.client_id: "user:ann"}


def test_boards_are_apart(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann, BoardClient(base_url, "b2", "bob") as bob:
        ann.join()
        bob.join()
        ann.write_note("n1")
        assert ann.wait_saved()
        assert not bob.pump(lambda: bool(bob.note_ids()), timeout=0.2)


def test_who_joins_later_gets_the_board_from_the_log(base_url: str, hub: Hub) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        ann.write_note("n1")
        ann.wait_saved()
    hub.stop()
    with BoardClient(base_url, "b1", "bob") as bob:
        bob.join()
        assert bob.note_ids() == {"n1"}


def test_presence_is_told_echoed_and_ended(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        with BoardClient(base_url, "b1", "bob", extras=False) as bob:
            bob.join()
            client_id = bob.document.client_id
            assert ann.pump(lambda: ann.states.get(client_id) == {"user": {"name": "bob"}})
            assert bob.pump(lambda: client_id in bob.states)  # the sender hears itself too
        assert ann.pump(lambda: ann.states.get(client_id, "") is None)


def test_nobody_speaks_for_another_and_broken_json_goes_no_further(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann, BoardClient(base_url, "b1", "eve") as eve:
        ann.join()
        eve.join()
        eve.say({"user": {"name": "Ann, she says"}}, clock=50, client_id=ann.document.client_id)
        eve.send(bytes((Kind.AWARENESS, 9, 1)) + bytes((5, 1, 5)) + b"{bad}")
        eve.say({"done": True}, clock=2)
        assert ann.pump(lambda: ann.states.get(eve.document.client_id) == {"done": True})
        assert ann.states[ann.document.client_id] == {"user": {"name": "ann"}}
        assert 5 not in ann.states


def test_cursors_carry_the_servers_id(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann, BoardClient(base_url, "b1", "bob") as bob:
        ann.join()
        bob.join()
        bob.send(bytes((Kind.CURSOR,)) + (1000).to_bytes(2, "big") + (65000).to_bytes(2, "big"))
        assert ann.pump(lambda: (1000, 65000) in ann.cursors.values())
        (cursor,) = ann.cursors
        (joined,) = [event["person"] for event in ann.events if event["type"] == "joined"][-1:]
        assert joined == {"cursor": cursor, "id": "user:bob", "name": "Bob", "colour": "sky"}


def test_a_stock_client_receives_no_message_of_ours(base_url: str) -> None:
    with (
        BoardClient(base_url, "b1", "ann") as ann,
        BoardClient(base_url, "b1", "old", extras=False) as old,
    ):
        ann.join()
        old.join()
        ann.write_note("n1")
        ann.send(bytes((Kind.CURSOR, 0, 1, 0, 2)))
        assert old.pump(lambda: old.note_ids() == {"n1"})
        old.pump(lambda: False, timeout=0.2)
        assert ann.pump(lambda: ann.saved == ann.sent and bool(ann.cursors))
        assert {message[0] for message in old.received} == {Kind.SYNC, Kind.AWARENESS}
        ours = {message[0] for message in ann.received if message[0] >= Kind.CURSOR}
        assert ours == {Kind.CURSOR, Kind.SAVED, Kind.EVENT}


def test_the_server_puts_a_note_on_a_board_once(base_url: str, hub: Hub) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        note = Note("from-server", "proxy", 1.0, 2.0, "leaf", author="user:7")
        assert hub.insert_note("b1", note, "user:7") is True
        assert hub.insert_note("b1", note, "user:7") is False
        assert ann.pump(lambda: ann.note_ids() == {"from-server"})
        (row,) = hub.log.list_history("b1")
        assert (row.principal, row.deliverer) == ("user:7", "server")
        assert hub.delete_note("b1", "from-server", "user:8") == note
        assert ann.pump(lambda: ann.note_ids() == set())


def test_a_note_can_be_put_on_a_board_that_nobody_has_open(hub: Hub) -> None:
    notes = [Note(f"n{i}", "seed", float(i), 0.0, "sky") for i in range(3)]
    assert hub.insert_notes("b9", notes, "user:1") == 3
    assert list_notes(open_document(hub.peek("b9"))) == notes
    hub.stop()
    assert list_notes(open_document(hub.peek("b9"))) == notes
    assert hub.is_running is False
    assert list_frames(open_document(hub.peek("b9"))) == []


def test_a_failed_change_leaves_nothing(hub: Hub) -> None:
    def half(document: "Doc[Any]") -> None:
        insert_note(document, Note("n1", "half", 0.0, 0.0, "sky"))
        raise LookupError("on purpose")

    with pytest.raises(LookupError, match="on purpose"):
        hub.edit("b1", half, "user:1")
    assert hub.log.list_history("b1") == []
    assert list_notes(open_document(hub.peek("b1"))) == []


def test_events_and_removal_reach_those_on_the_board(base_url: str, hub: Hub) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        assert [person.id for person in hub.list_present("b1")] == ["user:ann"]
        hub.send_event("b1", {"type": "timer", "endsAt": 5})
        timer = {"v": 1, "type": "timer", "endsAt": 5}
        assert ann.pump(lambda: timer in ann.events)
        assert hub.kick("user:ann") == 1
        assert ann.pump(lambda: ann.close_code == 4401)
    assert hub.kick("user:nobody") == 0


def test_a_text_frame_ends_the_connection(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        ann.socket.send("text")
        assert ann.pump(lambda: ann.close_code == 1003)


def test_a_message_beyond_the_cap_ends_the_connection(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        ann.send(encode_sync(Sync.UPDATE, bytes(1 << 20)))
        assert ann.pump(lambda: ann.close_code == 1009)
