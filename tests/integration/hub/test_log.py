"""The board log on the database under test: SQLite in a file of its own, or PostgreSQL."""

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.domain.boards.log import BoardLog, ClientOwner, LoggedUpdate, StoredBoard, board_log_url


@pytest.fixture
def log(settings: Settings) -> Iterator[BoardLog]:
    log = BoardLog(board_log_url(settings.database_url, settings.instance_path))
    yield log
    log.close()


@pytest.fixture
def board_id() -> str:
    return f"b-{secrets.token_hex(4)}"


def row(board_id: str, data: bytes, principal: str = "user:1") -> LoggedUpdate:
    return LoggedUpdate(board_id, principal, "user:2", 1_700_000_000_000, data)


def test_updates_come_back_in_order_with_who_made_and_brought_them(
    log: BoardLog, board_id: str
) -> None:
    first = log.append([row(board_id, b"one"), row(board_id, b"two", "user:3")])
    last = log.append([row(board_id, b"three")])
    history = log.list_history(board_id)
    assert [(u.data, u.principal, u.deliverer) for u in history] == [
        (b"one", "user:1", "user:2"),
        (b"two", "user:3", "user:2"),
        (b"three", "user:1", "user:2"),
    ]
    assert [u.seq for u in history][1:] == [first, last]
    assert last == log.newest_seq()
    assert [u.data for u in log.list_after(first, [board_id])] == [b"three"]


def test_a_board_nobody_wrote_on_is_empty(log: BoardLog) -> None:
    assert log.get_board("none") == StoredBoard(None, 0, [], {})
    assert log.get_board("none").last_seq == 0


def test_an_owner_stays_the_owner(log: BoardLog, board_id: str) -> None:
    client_id = 2**53 - 1
    log.append([], [ClientOwner(board_id, client_id, "user:1")])
    log.append([], [ClientOwner(board_id, client_id, "user:2"), ClientOwner(board_id, 5, "user:2")])
    assert log.list_owners(board_id) == {client_id: "user:1", 5: "user:2"}


def test_a_snapshot_stands_for_what_went_before(log: BoardLog, board_id: str) -> None:
    seq = log.append([row(board_id, b"one")])
    log.save_snapshot(board_id, seq, 5, b"all of one")
    log.append([row(board_id, b"two")])
    stored = log.get_board(board_id)
    assert (stored.snapshot, stored.snapshot_seq) == (b"all of one", seq)
    assert [u.data for u in stored.updates] == [b"two"]
    log.save_snapshot(board_id, stored.last_seq, 6, b"all of two")
    stored = log.get_board(board_id)
    assert (stored.snapshot, stored.updates) == (b"all of two", [])
    assert stored.last_seq == log.list_history(board_id)[-1].seq


def test_a_deleted_board_leaves_nothing(log: BoardLog, board_id: str) -> None:
    seq = log.append([row(board_id, b"one")], [ClientOwner(board_id, 1, "user:1")])
    log.save_snapshot(board_id, seq, 5, b"one")
    log.delete_board(board_id)
    assert log.get_board(board_id) == StoredBoard(None, 0, [], {})


def test_writers_at_once_get_sequences_in_the_order_of_their_commits(
    settings: Settings, board_id: str
) -> None:
    url = board_log_url(settings.database_url, settings.instance_path)
    logs = [BoardLog(url) for _ in range(3)]
    seen: list[int] = []
    reader = BoardLog(url)

    def write(log: BoardLog) -> None:
        for _ in range(15):
            log.append([row(board_id, b"x")])

    threads = [threading.Thread(target=write, args=(log,)) for log in logs]
    for thread in threads:
        thread.start()
    while len(seen) < 45:
        seen += [u.seq for u in reader.list_after(seen[-1] if seen else 0, [board_id])]
    for thread in threads:
        thread.join()
    assert seen == [u.seq for u in reader.list_history(board_id)]
    for log in (*logs, reader):
        log.close()


@pytest.mark.sqlite_only
def test_what_is_committed_is_on_disk_in_a_file_of_its_own(tmp_path: Path) -> None:
    url = board_log_url(f"sqlite:///{tmp_path / 'cojam.sqlite'}", tmp_path)
    assert url == f"sqlite:///{tmp_path / 'boards.sqlite'}"
    log = BoardLog(url)
    with log.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    log.close()


@pytest.mark.sqlite_only
def test_with_postgresql_the_log_lies_in_the_same_database(tmp_path: Path) -> None:
    url = "postgresql+psycopg://cojam@localhost/cojam"
    assert board_log_url(url, tmp_path) == url
