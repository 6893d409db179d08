"""`flask backup` and `flask restore`: what goes in comes out, on either database."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, make_url, select, text

ROOT = Path(__file__).resolve().parents[3]


def run(instance: Path, *arguments: str, database: str = "") -> subprocess.CompletedProcess[str]:
    environ = {
        **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
        "INSTANCE_PATH": str(instance),
        "SECRET_KEY": "only-for-tests",
        **({"DATABASE_URL": database} if database else {}),
    }
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=180,
    )  # fmt: skip


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, without the schema's own version."""
    engine = create_engine(url)
    present = MetaData()
    present.reflect(engine)
    with engine.connect() as connection:
        rows = {
            table.name: sorted(
                (tuple(str(value) for value in row) for row in connection.execute(select(table))),
            )
            for table in present.sorted_tables
            if table.name != "alembic_version"
        }
    engine.dispose()
    return rows


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an instance with the demo and an uploaded file in it."""
    instance = tmp_path_factory.mktemp("full")
    assert run(instance, "db", "upgrade").returncode == 0
    demo = run(instance, "demo")
    assert demo.returncode == 0, demo.stderr
    assert demo.stdout.splitlines()[-1] == "open-rooms"
    data = b"a file that somebody added"
    digest = hashlib.sha256(data).hexdigest()
    (instance / "files" / digest[:2]).mkdir(parents=True)
    (instance / "files" / digest[:2] / digest).write_bytes(data)
    return instance


def tables_of(instance: Path) -> dict[str, list[tuple[object, ...]]]:
    return {
        **contents(f"sqlite:///{instance / 'cojam.sqlite'}"),
        **contents(f"sqlite:///{instance / 'boards.sqlite'}"),
    }


def test_a_round_trip_keeps_database_boards_and_files(full: Path, tmp_path: Path) -> None:
    backup = tmp_path / "cojam.zip"
    assert run(full, "backup", str(backup)).returncode == 0
    other = tmp_path / "other"
    restored = run(other, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    before, after = tables_of(full), tables_of(other)
    assert len(before["board_updates"]) > 0
    assert len(before["users"]) > 60
    assert after == before
    files = [path.relative_to(full) for path in full.glob("files/??/*")]
    assert [(other / path).read_bytes() for path in files] == [
        (full / path).read_bytes() for path in files
    ]


def test_a_backup_moves_to_postgresql(full: Path, tmp_path: Path) -> None:
    server = os.environ.get("TEST_POSTGRES_URL")
    assert server, "run the tests through make test, which starts PostgreSQL"
    name = "cojam_restore"
    engine = create_engine(make_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    backup = tmp_path / "cojam.zip"
    run(full, "backup", str(backup))
    restored = run(tmp_path / "pg", "restore", str(backup), database=url)
    assert restored.returncode == 0, restored.stderr
    counts = {table: len(rows) for table, rows in contents(url).items()}
    expected = {table: len(rows) for table, rows in tables_of(full).items()}
    expected.pop("sqlite_sequence", None)
    assert counts == expected
    again = tmp_path / "again.zip"
    run(tmp_path / "pg", "backup", str(again), database=url)
    with zipfile.ZipFile(backup) as first, zipfile.ZipFile(again) as second:
        for member in first.namelist():
            if member.endswith(".jsonl"):
                assert _lines(first, member) == _lines(second, member), member


def _lines(archive: zipfile.ZipFile, member: str) -> list[dict[str, object]]:
    rows = [json.loads(line) for line in archive.read(member).splitlines()]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def test_a_full_installation_is_not_overwritten_unasked(full: Path, tmp_path: Path) -> None:
    backup = tmp_path / "cojam.zip"
    run(full, "backup", str(backup))
    before = tables_of(full)
    refused = run(full, "restore", str(backup))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--replace" in refused.stderr
    assert run(full, "restore", str(backup), "--replace").returncode == 0
    assert tables_of(full) == before


@pytest.mark.parametrize("kind", ["text", "empty zip", "damaged"])
def test_what_is_no_backup_is_refused(full: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "bad.zip"
    if kind == "text":
        path.write_text("hello")
    elif kind == "empty zip":
        zipfile.ZipFile(path, "w").close()
    else:
        run(full, "backup", str(path))
        data = bytearray(path.read_bytes())
        data[2000:2100] = bytes(100)
        path.write_bytes(data)
    other = tmp_path / "other"
    result = run(other, "restore", str(path))
    assert (result.returncode, result.stdout) == (2, ""), result.stderr


def test_a_folder_that_is_not_there_is_named(full: Path, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "backup.zip"
    refused = run(full, "backup", str(file))
    assert refused.returncode == 2
    assert refused.stderr == f"Error: {file}: cannot be written: No such file or directory\n"


def test_nothing_is_restored_under_a_running_server(full: Path, tmp_path: Path) -> None:
    backup = tmp_path / "cojam.zip"
    assert run(full, "backup", str(backup)).returncode == 0
    other = tmp_path / "other"
    other.mkdir()
    with (other / "serve.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = run(other, "restore", str(backup))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "already running" in refused.stderr
    assert not (other / "files").exists()
    assert run(other, "restore", str(backup)).returncode == 0
