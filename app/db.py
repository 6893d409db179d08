"""The database: one session per request or job, one transaction per command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Session

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, naive in SQLite, timestamptz in PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: they have lost their zone and cannot be compared."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must carry its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 — SQLAlchemy's signature
    ) -> datetime | None:
        """Give every stored moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime}


db = SQLAlchemy(metadata=Base.metadata)

_DEPTH = "cojam_transaction_depth"
_AFTER_COMMIT = "cojam_after_commit"


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        # Autocommit mode of the driver: SQLAlchemy's own BEGIN decides, see _begin.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-16000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        # A writer takes its lock at the start and waits its turn; a reader that turned
        # into a writer later would fail at once instead, whatever the timeout.
        is_write = connection.get_execution_options().get("cojam_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """Run a command: all of it is stored, or nothing is.

    Re-entrant: an inner block joins the outer one, so that a workflow stays atomic. What
    `after_commit` registered runs once the outermost block has committed. On entry the
    outermost block ends the read that preceded it, so that facts are read anew under the
    write lock.
    """
    session = db.session()
    depth = session.info.get(_DEPTH, 0)
    if depth:
        session.info[_DEPTH] = depth + 1
        try:
            yield session
            session.flush()
        finally:
            session.info[_DEPTH] = depth
        return
    session.commit()
    session.info[_DEPTH] = 1
    session.info[_AFTER_COMMIT] = []
    try:
        session.connection(execution_options={"cojam_write": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        session.info[_AFTER_COMMIT] = []
        raise
    finally:
        session.info[_DEPTH] = 0
    for action in session.info.pop(_AFTER_COMMIT, []):
        action()


def after_commit(action: Callable[[], object]) -> None:
    """Run `action` once the running transaction is stored; at once when there is none."""
    session = db.session()
    if session.info.get(_DEPTH, 0):
        session.info[_AFTER_COMMIT].append(action)
    else:
        action()
