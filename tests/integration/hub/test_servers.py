"""The hub in real server processes: handed-over sockets, a killed server, a foreign page."""

import random
import threading
from collections.abc import Callable

import pytest
from pycrdt import Doc
from websockets.exceptions import InvalidStatus

from app.core.boards.notes import list_notes, open_document
from app.domain.boards.log import BoardLog
from app.hub import Hub
from tests.integration.hub.board_client import BoardClient, note_mover
from tests.integration.hub.conftest import ServerProcess

pytestmark = pytest.mark.sqlite_only

Serve = Callable[..., ServerProcess]
KILLS = 5


@pytest.mark.parametrize("kind", ["gunicorn", "werkzeug"])
def test_sockets_are_handed_over_and_pages_still_answer(serve: Serve, kind: str) -> None:
    server = serve(kind)
    with (
        BoardClient(server.base_url, "b1", "ann") as ann,
        BoardClient(server.base_url, "b1", "bob") as bob,
    ):
        # More sockets than the four threads that gunicorn has: none of them is occupied.
        others = [BoardClient(server.base_url, "b1", f"user{i}") for i in range(8)]
        for other in others:
            other.__enter__()
        ann.join()
        bob.join()
        ann.write_note("n1")
        assert bob.pump(lambda: bob.note_ids() == {"n1"})
        assert ann.wait_saved()
        assert server.get_page().isdigit()
        assert all(other.pump(lambda o=other: o.note_ids() == {"n1"}) for other in others)
        for other in others:
            other.__exit__(None, None, None)


def test_gunicorn_ends_gently_with_sockets_open(serve: Serve) -> None:
    server = serve("gunicorn")
    with BoardClient(server.base_url, "b1", "ann") as ann:
        ann.join().write_note("n1")
        assert ann.wait_saved()
        assert server.stop_gently() == 0
        assert ann.pump(lambda: ann.close_code is not None)
        assert ann.close_code == 1001


def test_a_foreign_page_gets_no_socket(serve: Serve) -> None:
    server = serve("gunicorn", PUBLIC_URL="https://jam.example")
    for origin in ("https://evil.example", "http://jam.example", None):
        with (
            pytest.raises(InvalidStatus) as refusal,
            BoardClient(server.base_url, "b1", "ann", origin=origin),
        ):
            pass
        assert refusal.value.response.status_code == 403
    with BoardClient(server.base_url, "b1", "ann", origin="https://jam.example:443") as ann:
        ann.join()


def test_a_killed_server_loses_nothing_that_was_called_saved(serve: Serve, log_url: str) -> None:
    server = serve("gunicorn")
    documents: dict[str, Doc] = {user: Doc() for user in ("ann", "bob", "cat")}
    saved: set[str] = set()
    for round_number in range(KILLS):
        if round_number:
            server.start()
        delay_s = random.Random(round_number).uniform(0.15, 0.5)
        killer = threading.Timer(delay_s, server.kill)
        writers = [
            threading.Thread(
                target=_write_until_killed,
                args=(server.base_url, user, document, round_number, saved),
            )
            for user, document in documents.items()
        ]
        killer.start()
        for writer in writers:
            writer.start()
        for thread in (*writers, killer):
            thread.join()
        on_disk = {note.id for note in list_notes(open_document(Hub(BoardLog(log_url)).peek("b1")))}
        assert saved - on_disk == set()
    assert len(saved) > KILLS
    server.start()
    _assert_all_agree(server, documents)


def _write_until_killed(
    base_url: str, user: str, document: Doc, round_number: int, saved: set[str]
) -> None:
    """Write note after note; record each that the server has called saved."""
    number = 0
    try:
        with BoardClient(base_url, "b1", user, document=document) as client:
            client.join()
            while client.close_code is None:
                number += 1
                note_id = f"{user}-{round_number}-{number}"
                client.write_note(note_id)
                if client.wait_saved() and client.close_code is None:
                    saved.add(note_id)
    except (OSError, EOFError):
        return  # killed while connecting
    except Exception as error:
        if "closed" not in type(error).__name__.lower() and "Invalid" not in type(error).__name__:
            raise


def _assert_all_agree(server: ServerProcess, documents: dict[str, Doc]) -> None:
    """What a page still held goes back to the server; in the end all hold the same."""
    for _ in range(2):
        for user, document in documents.items():
            with BoardClient(server.base_url, "b1", user, document=document) as client:
                client.join()
                assert client.wait_saved()
                assert client.rejections == []
    with BoardClient(server.base_url, "b1", "new") as fresh:
        fresh.join()
        expected = list_notes(fresh.document)
        for document in documents.values():
            assert list_notes(document) == expected


def test_offline_edits_come_back_after_a_restart(serve: Serve) -> None:
    server = serve("werkzeug")
    with BoardClient(server.base_url, "b1", "ann") as ann:
        ann.join().write_note("n1")
        assert ann.wait_saved()
        server.kill()
        ann.change(note_mover("n1", 500.0))
        document = ann.document
    server.start()
    with BoardClient(server.base_url, "b1", "ann", document=document) as ann:
        ann.join()
        assert ann.wait_saved()
    with BoardClient(server.base_url, "b1", "bob") as bob:
        bob.join()
        assert [note.x for note in list_notes(bob.document)] == [500.0]
