"""`flask backup` and `flask restore`: database, boards and uploads in one file.

The file is a ZIP with one JSON Lines member a table, so that a backup of SQLite can be
restored into PostgreSQL and the other way round.
"""

import base64
import json
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click
from alembic.runtime.migration import MigrationContext
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import (
    Boolean,
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    select,
    text,
)

from app import clock
from app.commands.instance_lock import claim
from app.commands.output import BadInput
from app.config import Settings
from app.db import Base, db
from app.domain.boards import log as board_log
from app.domain.boards.log import BoardLog, board_log_url

FORMAT = 1
_ROWS_AT_ONCE = 500
_FILE_NAME = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{64}")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def backup_command(file: Path) -> None:
    """Write everything that Cojam holds to FILE."""
    settings: Settings = current_app.extensions["cojam_settings"]
    try:
        handle, temporary = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    except OSError as error:
        raise BadInput(f"{file}: cannot be written: {error.strerror}") from None
    try:
        with (
            os.fdopen(handle, "wb") as raw,
            zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            _write_archive(archive, settings)
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    click.echo(str(file))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of what is there now.")
@with_appcontext
def restore_command(file: Path, replace: bool) -> None:
    """Read FILE back into an empty installation."""
    settings: Settings = current_app.extensions["cojam_settings"]
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile) as error:
        raise BadInput(f"{file}: no backup of Cojam ({error})") from None
    # A running server would write its own boards over the restored ones.
    with archive, claim(settings):
        manifest = _read_manifest(archive, file)
        _prepare_schema(manifest["revision"], file)
        # Files are named by their content: without the rows, after a crash, they harm nobody.
        count = _restore_files(archive)
        _restore_tables(archive, settings, may_replace=replace)
        upgrade()
    rows = sum(manifest["rows"].values())
    click.echo(f"{rows} rows and {count} files restored")


def _write_archive(archive: zipfile.ZipFile, settings: Settings) -> None:
    rows: dict[str, int] = {}
    with _reading(db.engine) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        for table in Base.metadata.sorted_tables:
            rows[table.name] = _dump(archive, connection, f"database/{table.name}", table)
    log = _board_log(settings)
    with _reading(log.engine) as connection:
        for table in board_log.metadata.sorted_tables:
            rows[table.name] = _dump(archive, connection, f"boards/{table.name}", table)
    # Files are named by their content and never change, so copying them last misses none.
    folder = settings.instance_path / "files"
    for path in sorted(folder.glob("??/*")):
        name = f"files/{path.parent.name}/{path.name}"
        if _FILE_NAME.fullmatch(name):
            archive.write(path, name, zipfile.ZIP_STORED)
    manifest = {
        "format": FORMAT,
        "revision": revision,
        "made_at": clock.now().isoformat(),
        "rows": rows,
    }
    archive.writestr("manifest.json", json.dumps(manifest, indent=2))


def _board_log(settings: Settings) -> BoardLog:
    return BoardLog(board_log_url(settings.database_url, settings.instance_path))


def _reading(engine: Engine) -> Any:
    """Return one connection that sees one moment of the database throughout."""
    if engine.dialect.name == "sqlite":
        return engine.begin()
    return engine.execution_options(isolation_level="REPEATABLE READ").begin()


def _dump(archive: zipfile.ZipFile, connection: Connection, name: str, table: Table) -> int:
    count = 0
    with archive.open(f"{name}.jsonl", "w", force_zip64=True) as member:
        query = select(table).order_by(*table.primary_key.columns)
        for row in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query):
            values = {key: _to_json(value) for key, value in row._mapping.items()}
            member.write(json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace"))
            member.write(b"\n")
            count += 1
    return count


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _read_manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        broken = archive.testzip()
    except (KeyError, ValueError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise BadInput(f"{file}: no backup of Cojam, or damaged ({error})") from None
    if broken:
        raise BadInput(f"{file}: {broken} is damaged")
    if manifest.get("format") != FORMAT or "rows" not in manifest or "revision" not in manifest:
        raise BadInput(f"{file}: a backup of another format ({manifest.get('format')!r})")
    return manifest


def _prepare_schema(revision: str | None, file: Path) -> None:
    """Bring an empty database to the revision of the backup, so that its columns fit."""
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is None and revision is not None:
        upgrade(revision=revision)
    elif current != revision:
        raise BadInput(
            f"{file}: made at database revision {revision}, but this database stands at {current}; "
            "restore into an empty database"
        )


def _restore_tables(archive: zipfile.ZipFile, settings: Settings, *, may_replace: bool) -> None:
    log = _board_log(settings)
    with _writing(db.engine) as connection, _writing(log.engine) as boards:
        present = MetaData()
        present.reflect(connection, only=lambda name, _: name in Base.metadata.tables)
        if not may_replace and _holds_anything(connection, present):
            raise BadInput("this installation is not empty; use --replace to overwrite it")
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in reversed(present.sorted_tables):
            connection.execute(table.delete())
        for table in present.sorted_tables:
            _load(archive, connection, f"database/{table.name}.jsonl", table)
        for table in board_log.metadata.sorted_tables:
            boards.execute(table.delete())
            _load(archive, boards, f"boards/{table.name}.jsonl", table)
    db.session.remove()


def _writing(engine: Engine) -> Any:
    return engine.execution_options(cojam_write=True).begin()


def _holds_anything(connection: Connection, present: MetaData) -> bool:
    return any(
        connection.scalar(select(func.count()).select_from(table))
        for table in present.sorted_tables
    )


def _load(archive: zipfile.ZipFile, connection: Connection, name: str, table: Table) -> None:
    try:
        member = archive.open(name)
    except KeyError:
        return
    with member:
        for rows in _batches(member, table):
            connection.execute(insert(table), rows)
    _advance_sequence(connection, table)


def _batches(member: IO[bytes], table: Table) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for line in member:
        values = json.loads(line)
        batch.append({key: _from_json(table, key, value) for key, value in values.items()})
        if len(batch) == _ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _from_json(table: Table, key: str, value: Any) -> Any:
    if value is None:
        return None
    kind = table.columns[key].type
    known = Base.metadata.tables.get(table.name)
    if known is not None and key in known.columns:
        kind = known.columns[key].type
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, Boolean):
        return bool(value)
    impl = getattr(kind, "impl", kind)
    if isinstance(impl, DateTime):
        moment = datetime.fromisoformat(value)
        # A reflected column of SQLite takes moments without a zone.
        is_plain = not hasattr(table.columns[key].type, "process_bind_param")
        return moment.replace(tzinfo=None) if is_plain and not _has_zone(table, key) else moment
    return value


def _has_zone(table: Table, key: str) -> bool:
    return bool(getattr(table.columns[key].type, "timezone", False))


def _advance_sequence(connection: Connection, table: Table) -> None:
    """PostgreSQL counts ids by itself: go on after the highest that was restored."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        name = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": column.name},
        )
        if name:
            highest = connection.scalar(select(func.max(column)))
            if highest is not None:
                connection.execute(
                    text("SELECT setval(:name, :value)"), {"name": name, "value": highest}
                )


def _restore_files(archive: zipfile.ZipFile) -> int:
    names = [name for name in archive.namelist() if _FILE_NAME.fullmatch(name)]
    store = current_app.extensions["cojam_files"]
    for name in names:
        store.put(archive.read(name))
    return len(names)
