"""`flask import-event` and `flask export-event` on real packages and on bad ones."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.db import db
from app.domain.ideas.models import Idea
from app.domain.programmes.models import Event


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])


def write(folder: Path, content: Any) -> Path:
    path = folder / "event.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


SMALL = {
    "name": "small",
    "resources": [
        {"name": "events", "data": [{"id": 1, "name": "Small jam", "summary": "", "starts_at":
                                     "2024-05-01T09:00", "ends_at": "2024-05-02T17:00"}]},
        {"name": "projects", "data": [{"id": 1, "name": "Twin", "longtext": "x" * 20_000},
                                      {"id": 2, "name": "Twin", "longtext": "\ud800 \x00"}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023])
def test_a_real_event_comes_back_as_it_went_in(
    app: Flask, shared: Path, tmp_path: Path, year: int
) -> None:
    file = shared / "data" / "events" / f"glamhack-{year}.datapackage.json"
    original = json.loads(file.read_text(encoding="utf-8"))
    first = run(app, "import-event", file)
    assert (first.exit_code, first.stdout.splitlines()) == (0, [f"glamhack-{year}"])
    out = tmp_path / "out.json"
    assert run(app, "export-event", f"glamhack-{year}", "--out", out).exit_code == 0
    exported = json.loads(out.read_text(encoding="utf-8"))
    assert exported["resources"] == original["resources"]
    again = run(app, "import-event", out)
    assert again.stdout.splitlines() == [f"glamhack-{year}-2"]
    run(app, "export-event", f"glamhack-{year}-2", "--out", out)
    assert json.loads(out.read_text(encoding="utf-8"))["resources"] == original["resources"]


def test_twins_stay_two_and_long_texts_whole(app: Flask, tmp_path: Path) -> None:
    result = run(app, "import-event", write(tmp_path, SMALL))
    assert result.exit_code == 0, result.output
    with app.app_context():
        ideas = db.session.query(Idea).order_by(Idea.id).all()
        assert [idea.title for idea in ideas] == ["Twin", "Twin"]
        assert len(ideas[0].body) == 20_000
        assert ideas[1].body == "\ufffd "


def test_a_change_made_here_is_exported(app: Flask, tmp_path: Path) -> None:
    run(app, "import-event", write(tmp_path, SMALL))
    with app.app_context():
        db.session.query(Idea).filter_by(title="Twin").first().title = "Changed"
        db.session.commit()
    run(app, "export-event", "small-jam", "--out", tmp_path / "out.json")
    rows = json.loads((tmp_path / "out.json").read_text())["resources"][1]["data"]
    assert sorted(row["name"] for row in rows) == ["Changed", "Twin"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "line 1, column 2: no JSON"),
        (b"\xff\xfe\xff", "not UTF-8 text"),
        (b"[]", "a data package is a JSON object"),
        (b'{"resources": [{"name": "x", "data": []}]}', "no resource named 'events'"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_package_is_refused(
    app: Flask, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    result = run(app, "import-event", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    with app.app_context():
        assert db.session.query(Event).count() == 0


def test_unknown_files_slugs_programmes_and_zones_exit_2(app: Flask, tmp_path: Path) -> None:
    package = write(tmp_path, SMALL)
    for arguments in (
        ("import-event", tmp_path / "none.json"),
        ("import-event", package, "--programme", "none"),
        ("import-event", package, "--timezone", "Moon/Sea"),
        ("export-event", "none", "--out", tmp_path / "x.json"),
    ):
        assert run(app, *arguments).exit_code == 2
    assert not (tmp_path / "x.json").exists()


def test_an_import_that_fails_half_way_leaves_nothing(app: Flask, tmp_path: Path) -> None:
    broken = json.loads(json.dumps(SMALL))
    broken["resources"][0]["data"][0]["name"] = "   "
    assert run(app, "import-event", write(tmp_path, broken)).exit_code == 2
    with app.app_context():
        assert db.session.query(Event).count() == 0
