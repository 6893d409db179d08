"""What the hub refuses, how it says so, and what it does not confirm."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from pycrdt import Doc
from websockets.exceptions import ConnectionClosed

from app.core.boards.admission import Reason
from app.core.boards.notes import list_notes, open_document
from app.hub import Hub, intake
from app.hub.ledger import Entry, Ledger
from tests.integration.hub.board_client import BoardClient, note_mover, note_writer

pytestmark = pytest.mark.sqlite_only


def logged_note_ids(hub: Hub) -> set[str]:
    """Return the notes that a server would know after a crash at this moment."""
    document = open_document(None)
    for row in hub.log.list_history("b1"):
        document.apply_update(row.data)
    return {note.id for note in list_notes(document)}


def test_a_viewer_is_refused_and_healed(base_url: str, hub: Hub) -> None:
    with (
        BoardClient(base_url, "b1", "ann") as ann,
        BoardClient(base_url, "b1", "eve", role="view") as eve,
    ):
        ann.join().write_note("n1")
        assert ann.wait_saved()
        eve.join()
        assert eve.note_ids() == {"n1"}
        eve.write_note("forbidden")
        assert eve.pump(lambda: eve.rejections == [Reason.READ_ONLY])
        assert eve.note_ids() == {"n1"}
        ann.write_note("n2")
        assert eve.pump(lambda: eve.note_ids() == {"n1", "n2"})
        assert logged_note_ids(hub) == {"n1", "n2"}


def test_a_viewer_may_answer_step_1_on_a_board_with_deletions(base_url: str, hub: Hub) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join().write_note("n1")
        assert ann.wait_saved()
        hub.delete_note("b1", "n1", "user:ann")
        ann.pump(lambda: ann.note_ids() == set())
        document = ann.document
    with BoardClient(base_url, "b1", "eve", role="view", document=document) as eve:
        eve.join()
        assert eve.wait_saved()
        assert eve.rejections == []


def test_a_lock_holds_for_all_but_moderators_and_can_be_lifted(base_url: str, hub: Hub) -> None:
    with (
        BoardClient(base_url, "b1", "ann") as ann,
        BoardClient(base_url, "b1", "mod", moderate="1") as mod,
    ):
        ann.join()
        mod.join()
        hub.set_locked("b1", True)
        assert ann.pump(lambda: ann.events[-1] == {"v": 1, "type": "locked", "isLocked": True})
        ann.write_note("n1")
        assert ann.pump(lambda: ann.rejections == [Reason.LOCKED])
        mod.write_note("n2")
        assert ann.pump(lambda: ann.note_ids() == {"n2"})
        hub.set_locked("b1", False)
        ann.write_note("n3")
        assert ann.wait_saved()
        assert logged_note_ids(hub) == {"n2", "n3"}


def test_a_lock_outlives_the_room_and_the_hint_of_an_older_page(hub: Hub, base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        hub.set_locked("b1", True)
        ann.pump(lambda: ann.events[-1]["type"] == "locked")
    with BoardClient(base_url, "b1", "bob") as bob:
        bob.join()
        welcome = bob.events[0]
        assert (welcome["type"], welcome["isLocked"]) == ("welcome", True)


def test_a_stock_viewer_is_told_by_the_close_code(base_url: str) -> None:
    with BoardClient(base_url, "b1", "old", extras=False, role="view") as old:
        old.join()
        old.write_note("n1")
        assert old.pump(lambda: old.close_code == 4403)


def test_garbage_is_refused_and_the_board_goes_on(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        ann.send_update(b"\x01\xff\xff\xff\xff\x0f\x01\x00")
        assert ann.pump(lambda: ann.rejections == [Reason.MALFORMED])
        ann.write_note("n1")
        assert ann.wait_saved()


def test_a_broken_message_ends_the_connection_alone(base_url: str) -> None:
    with BoardClient(base_url, "b1", "ann") as ann, BoardClient(base_url, "b1", "eve") as eve:
        ann.join()
        eve.join()
        eve.send(b"\x00\x00\x05\xff\xff\xff\xff\x0f")
        assert eve.pump(lambda: eve.close_code == 4400)
        ann.write_note("n1")
        assert ann.wait_saved()


def test_new_content_under_an_absent_persons_id_is_refused(base_url: str, hub: Hub) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join().write_note("n1")
        assert ann.wait_saved()
        forged = ann.change(note_writer("forged"))
    with BoardClient(base_url, "b1", "eve") as eve:
        eve.join()
        assert eve.pump(lambda: hub.list_present("b1")[0].id == "user:eve")
        eve.send_update(forged)
        assert eve.pump(lambda: eve.rejections == [Reason.FORGED])
    assert logged_note_ids(hub) == {"n1"}


def test_a_copy_of_a_present_persons_edit_waits_for_the_original(base_url: str, hub: Hub) -> None:
    with BoardClient(base_url, "b1", "ann") as ann, BoardClient(base_url, "b1", "bob") as bob:
        ann.join()
        bob.join()
        update = ann.change(note_writer("n1"))
        bob.send_update(update)
        assert not bob.pump(lambda: bob.saved == bob.sent, timeout=0.2)
        assert hub.log.list_history("b1") == []
        ann.send_update(update)
        assert bob.wait_saved()
        assert bob.rejections == []
        (row,) = hub.log.list_history("b1")
        assert (row.principal, row.deliverer) == ("user:ann", "user:ann")


def test_a_forgery_of_a_present_person_does_not_swallow_the_real_edit(
    base_url: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "HOLD_S", 0.3)
    with BoardClient(base_url, "b1", "ann") as ann, BoardClient(base_url, "b1", "eve") as eve:
        ann.join()
        eve.join()
        forger: Doc[Any] = Doc(client_id=ann.document.client_id)
        note_writer("forged")(forger)
        eve.send_update(forger.get_update())
        eve.pump(lambda: False, timeout=0.1)
        ann.write_note("real")
        assert ann.wait_saved()
        assert logged_note_ids(hub) == {"real"}
        eve.pump(lambda: "real" in eve.note_ids())
        assert eve.note_ids() == {"real"}


class CountingLedger(Ledger):
    """The naive server: whatever was received before a commit counts as saved by it."""

    def settle(self, committed: Mapping[int, int]) -> bool:
        for entry in self._open:
            entry.is_applied = True
        return super().settle(_Everything())

    @staticmethod
    def _is_covered(entry: Entry, committed: Mapping[int, int]) -> bool:
        return True


class _Everything(dict[int, int]):
    pass


def walk_into_the_gap(base_url: str, hub: Hub) -> tuple[bool, set[str]]:
    """Send an edit before the step 2 it builds upon; return whether it was called saved
    at a moment when something else of this connection was committed, and what was on disk.
    """
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.answers_step_1 = False
        first = ann.change(note_writer("n1"))  # made offline
        ann.send_step_1()
        ann.say({})
        ann.pump(lambda: ann.is_synced)
        ann.send_update(ann.change(note_writer("n2")))  # overtakes the step 2
        hub.insert_note("b1", list_notes(open_document(first))[0], "user:other")
        ann.send_update(b"\x00\x00")  # an empty edit, to have a commit of this connection
        ann.pump(lambda: ann.saved >= 2, timeout=0.4)
        is_called_saved = ann.saved >= 2
        return is_called_saved, logged_note_ids(hub)


def test_an_edit_that_waits_for_its_past_is_not_called_saved(base_url: str, hub: Hub) -> None:
    is_called_saved, on_disk = walk_into_the_gap(base_url, hub)
    assert on_disk == {"n1"}
    assert is_called_saved is False


def test_control_a_server_that_counts_messages_falls_into_the_gap(
    base_url: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.hub.connection.Ledger", CountingLedger)
    is_called_saved, on_disk = walk_into_the_gap(base_url, hub)
    assert on_disk == {"n1"}
    assert is_called_saved is True


def test_the_gap_closes_once_the_past_arrives(base_url: str, hub: Hub) -> None:
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.answers_step_1 = False
        first = ann.change(note_writer("n1"))
        ann.send_step_1()
        ann.say({})
        ann.pump(lambda: ann.is_synced)
        ann.send_update(ann.change(note_writer("n2")))
        ann.send_update(ann.change(note_mover("n2", 7.0)))
        ann.send_update(first)
        assert ann.wait_saved()
        assert ann.saved == 3
        assert logged_note_ids(hub) == {"n1", "n2"}


def test_an_edit_whose_past_never_comes_is_refused(
    base_url: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "HOLD_S", 0.1)
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.answers_step_1 = False
        ann.change(note_writer("lost"))
        ann.send_step_1()
        ann.say({})
        ann.send_update(ann.change(note_writer("n2")))
        assert ann.pump(lambda: ann.rejections == [Reason.INCOMPLETE])
        assert logged_note_ids(hub) == set()
        ann.write_note("n3")
        assert ann.wait_saved()
        assert logged_note_ids(hub) == {"n3"}


def test_too_many_edits_a_second_are_refused(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.hub.connection.EDIT_BYTES_BURST", 2_000)
    monkeypatch.setattr("app.hub.connection.EDIT_BYTES_PER_S", 10)
    with BoardClient(base_url, "b1", "ann") as ann:
        ann.join()
        ann.write_note("n1", "x" * 4_000)
        assert ann.pump(lambda: ann.rejections == [Reason.TOO_FAST])


def test_a_flood_of_messages_ends_the_connection(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.hub.connection.MESSAGES_BURST", 50)
    with BoardClient(base_url, "b1", "eve") as eve:
        eve.join()
        # The server may hang up while the flood is still being sent.
        with suppress(ConnectionClosed):
            for _ in range(200):
                eve.send(bytes((100, 0, 1, 0, 1)))
        assert eve.pump(lambda: eve.close_code == 1008)
