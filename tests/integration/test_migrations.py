"""The migrations make the schema of the models, and keep data from every earlier revision."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    Table,
    create_engine,
    func,
    insert,
    make_url,
    select,
    text,
)

from app.db import Base
from app.domain import tables
from app.domain.boards.log import TABLE_NAMES

ROOT = Path(__file__).resolve().parents[2]
MOMENT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
REVISIONS = [
    script.revision for script in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()
]


@pytest.fixture
def url(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address of an empty database of the kind that is being tested."""
    if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'migrated.sqlite'}"
        return
    server = make_url(os.environ["TEST_POSTGRES_URL"])
    name = f"cojam_migrations_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    yield server.set(database=name).render_as_string(hide_password=False)


def upgrade(url: str, instance: Path, revision: str = "head") -> None:
    environ = {
        **os.environ,
        "DATABASE_URL": url,
        "INSTANCE_PATH": str(instance),
        "SECRET_KEY": "only-for-tests",
    }
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade", revision],
        cwd=ROOT, env=environ, check=True, capture_output=True, text=True,
    )  # fmt: skip


def test_the_migrations_make_what_the_models_say(url: str, tmp_path: Path) -> None:
    upgrade(url, tmp_path)
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _parents: (
                    not (kind == "table" and name in TABLE_NAMES)
                ),
            },
        )
        differences = compare_metadata(context, tables.Base.metadata)
    engine.dispose()
    assert differences == []


@pytest.mark.parametrize("revision", REVISIONS)
def test_rows_of_an_earlier_revision_survive(url: str, tmp_path: Path, revision: str) -> None:
    upgrade(url, tmp_path, revision)
    engine = create_engine(url)
    before = fill_every_table(engine)
    upgrade(url, tmp_path)
    assert min(before.values()) == 1
    assert count_rows(engine, before) == before
    engine.dispose()


def fill_every_table(engine: Engine) -> dict[str, int]:
    """Put one row into every table, following its foreign keys; return the rows by table."""
    present = MetaData()
    present.reflect(engine)
    counts: dict[str, int] = {}
    with engine.begin() as connection:
        for table in present.sorted_tables:
            if table.name == "alembic_version":
                continue
            connection.execute(insert(table).values(**row_for(table)))
            counts[table.name] = 1
    return counts


def row_for(table: Table) -> dict[str, Any]:
    """Return a row that satisfies every constraint of the models."""
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column
            values[column.name] = (
                "x"
                if isinstance(target.type, type(column.type))
                and not (isinstance(column.type, Integer))
                else 1
            )
        elif column.primary_key and isinstance(column.type, Integer):
            values[column.name] = 1
        else:
            values[column.name] = sample(column.type)
    if table.name == "memberships":
        values["programme_id"] = None
    if table.name == "jurors":
        values["replaced_by"] = None
    return values


def sample(kind: Any) -> Any:
    """Return some value of a column's type."""
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, DateTime):
        return MOMENT if kind.timezone else MOMENT.replace(tzinfo=None)
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, Float):
        return 1.0
    if isinstance(kind, JSON):
        return {}
    return "x"


def count_rows(engine: Engine, names: dict[str, int]) -> dict[str, int]:
    present = MetaData()
    present.reflect(engine)
    with engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(present.tables[name])) or 0
            for name in names
        }


def test_every_table_of_the_models_is_migrated() -> None:
    assert set(TABLE_NAMES).isdisjoint(Base.metadata.tables)
