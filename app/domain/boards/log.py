"""The boards' append-only log: every accepted edit in order, snapshots, and authorship.

It stands beside the application's tables rather than among them, because the hub commits many times
a second and must never wait for a page's write lock: its own SQLite file when the application uses
SQLite, the same database when that is PostgreSQL.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import make_url

from app import db  # noqa: F401 - begins and configures the connections of every SQLite engine

# Any number will do, as long as nothing else in the database takes the same advisory lock.
_APPEND_LOCK = 0x636F6A616D
# Understood by app.db, which begins SQLite's transactions for every engine of the process.
_WRITING = {"cojam_write": True}

metadata = MetaData()
_sequence = BigInteger().with_variant(Integer, "sqlite")

board_updates = Table(
    "board_updates",
    metadata,
    Column("seq", _sequence, primary_key=True, autoincrement=True),
    Column("board_id", String(64), nullable=False),
    Column("principal", String(80), nullable=False),
    Column("deliverer", String(80), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_board_updates_board", "board_id", "seq"),
    sqlite_autoincrement=True,
)
board_snapshots = Table(
    "board_snapshots",
    metadata,
    Column("board_id", String(64), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
board_client_owners = Table(
    "board_client_owners",
    metadata,
    Column("board_id", String(64), primary_key=True),
    Column("client_id", BigInteger, primary_key=True),
    Column("principal", String(80), nullable=False),
)
TABLE_NAMES = frozenset(metadata.tables)

_UPDATE_COLUMNS = ("board_id", "principal", "deliverer", "at_ms", "data")
_OWNER_COLUMNS = ("board_id", "client_id", "principal")


@dataclass(frozen=True, slots=True)
class LoggedUpdate:
    """One accepted edit: `principal` owns the new content, `deliverer` sent it."""

    board_id: str
    principal: str
    deliverer: str
    at_ms: int
    data: bytes
    seq: int = 0


@dataclass(frozen=True, slots=True)
class ClientOwner:
    """A Yjs client id of a board and the principal whose it is for good."""

    board_id: str
    client_id: int
    principal: str


@dataclass(frozen=True, slots=True)
class StoredBoard:
    """What a board is rebuilt from: a snapshot, the updates after it, and the owners."""

    snapshot: bytes | None
    snapshot_seq: int
    updates: Sequence[LoggedUpdate] = field(default_factory=tuple)
    owners: dict[int, str] = field(default_factory=dict)

    @property
    def last_seq(self) -> int:
        """Sequence of the newest update in it."""
        return self.updates[-1].seq if self.updates else self.snapshot_seq


def board_log_url(database_url: str, instance_path: Path) -> str:
    """Return where the log lives for an application database."""
    if make_url(database_url).get_backend_name() == "sqlite":
        return f"sqlite:///{instance_path / 'boards.sqlite'}"
    return database_url


class BoardLog:
    """Reads and appends; usable from any thread, and after a fork."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._engine: Engine | None = None
        self._pid = 0
        self._opening = threading.Lock()

    @property
    def engine(self) -> Engine:
        """The engine of this process; a forked child must not use its parent's connections."""
        engine = self._engine
        if engine is not None and self._pid == os.getpid():
            return engine
        with self._opening:
            engine = self._engine
            if engine is None or self._pid != os.getpid():
                engine = self._open()
            return engine

    def _open(self) -> Engine:
        if self._engine is not None:
            self._engine.dispose(close=False)
        engine = create_engine(self.url)
        if self.is_sqlite:
            event.listen(engine, "connect", _be_durable)
        self._create_tables(engine)
        self._engine, self._pid = engine, os.getpid()
        return engine

    def _create_tables(self, engine: Engine) -> None:
        """Make what is missing; two processes that start at once take turns."""
        with self._begin(engine) as connection:
            metadata.create_all(connection)

    def close(self) -> None:
        """Release the connections."""
        if self._engine is not None:
            self._engine.dispose(close=self._pid == os.getpid())
            self._engine = None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._begin(self.engine) as connection:
            yield connection

    @contextmanager
    def _begin(self, engine: Engine) -> Iterator[Connection]:
        with engine.connect().execution_options(**_WRITING) as connection, connection.begin():
            self._take_turn(connection)
            yield connection

    def _take_turn(self, connection: Connection) -> None:
        # Sequences are handed out before the commit; one writer at a time makes their order
        # the order of commits, so that a reader who remembers the last one misses none.
        if not self.is_sqlite:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_APPEND_LOCK})"))

    def append(self, updates: Sequence[LoggedUpdate], owners: Sequence[ClientOwner] = ()) -> int:
        """Write a tick's updates and new owners in one transaction; return the newest sequence."""
        with self._writing() as connection:
            if owners:
                self._insert_owners(connection, owners)
            if updates:
                connection.execute(insert(board_updates), _rows(updates, _UPDATE_COLUMNS))
            return int(connection.execute(_NEWEST).scalar_one())

    def _insert_owners(self, connection: Connection, owners: Sequence[ClientOwner]) -> None:
        make = sqlite_insert if self.is_sqlite else postgresql_insert
        statement = make(board_client_owners).on_conflict_do_nothing()
        connection.execute(statement, _rows(owners, _OWNER_COLUMNS))

    def newest_seq(self) -> int:
        """Return the newest sequence of any board, 0 when the log is empty."""
        with self.engine.connect() as connection:
            return int(connection.execute(_NEWEST).scalar_one())

    def list_after(self, seq: int, board_ids: Sequence[str]) -> list[LoggedUpdate]:
        """Return the updates of some boards beyond a sequence, in order."""
        statement = (
            select(board_updates)
            .where(board_updates.c.seq > seq, board_updates.c.board_id.in_(board_ids))
            .order_by(board_updates.c.seq)
        )
        with self.engine.connect() as connection:
            return [_logged(row) for row in connection.execute(statement).mappings()]

    def list_history(self, board_id: str) -> list[LoggedUpdate]:
        """Return every update of a board, in order, for replay."""
        return self.list_after(0, [board_id])

    def list_owners(self, board_id: str) -> dict[int, str]:
        """Return the principal of each client id of a board."""
        statement = select(board_client_owners.c.client_id, board_client_owners.c.principal).where(
            board_client_owners.c.board_id == board_id
        )
        with self.engine.connect() as connection:
            return {row.client_id: row.principal for row in connection.execute(statement)}

    def get_board(self, board_id: str) -> StoredBoard:
        """Return what a board is rebuilt from; empty for a board nobody has written on."""
        statement = select(board_snapshots.c.seq, board_snapshots.c.data).where(
            board_snapshots.c.board_id == board_id
        )
        with self.engine.connect() as connection:
            row = connection.execute(statement).first()
        seq, snapshot = (row.seq, bytes(row.data)) if row else (0, None)
        # A snapshot that replaces this one meanwhile only repeats updates, which is harmless.
        updates = self.list_after(seq, [board_id])
        return StoredBoard(snapshot, seq, updates, self.list_owners(board_id))

    def save_snapshot(self, board_id: str, seq: int, at_ms: int, data: bytes) -> None:
        """Keep a compacted state that holds every update of the board up to `seq`."""
        with self._writing() as connection:
            connection.execute(
                delete(board_snapshots).where(board_snapshots.c.board_id == board_id)
            )
            connection.execute(
                insert(board_snapshots).values(board_id=board_id, seq=seq, at_ms=at_ms, data=data)
            )

    def delete_board(self, board_id: str) -> None:
        """Forget everything about a board."""
        with self._writing() as connection:
            for table in metadata.sorted_tables:
                connection.execute(delete(table).where(table.c.board_id == board_id))


_NEWEST = select(func.coalesce(func.max(board_updates.c.seq), 0))


def _rows(items: Sequence[object], columns: Sequence[str]) -> list[dict[str, Any]]:
    return [{column: getattr(item, column) for column in columns} for item in items]


def _logged(row: Any) -> LoggedUpdate:
    return LoggedUpdate(
        seq=row["seq"],
        board_id=row["board_id"],
        principal=row["principal"],
        deliverer=row["deliverer"],
        at_ms=row["at_ms"],
        data=bytes(row["data"]),
    )


def _be_durable(connection: Any, _record: object) -> None:
    # app.db settles for NORMAL, which may lose the last commits in a power cut; here they
    # have been shown as saved. This listener runs after that one.
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
