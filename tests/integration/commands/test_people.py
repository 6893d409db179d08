"""`flask import-people` on messy tables."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.db import db
from app.domain.accounts.models import User, UserSkill
from app.domain.programmes.models import Membership
from tests.factories import Factory

HEADER = "name,email,skills,languages,sector,place\n"


def run(app: Flask, path: Path, *more: str) -> Result:
    arguments = ["import-people", str(path), "--event", "jam", *more]
    return app.test_cli_runner().invoke(args=arguments)


@pytest.fixture
def table(tmp_path: Path, make: Factory) -> Path:
    make.event(slug="jam")
    return tmp_path / "people.csv"


def count_rows(app: Flask) -> tuple[int, int]:
    with app.app_context():
        return db.session.query(User).count(), db.session.query(Membership).count()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_people_are_added_in_each_encoding(app: Flask, table: Path, encoding: str) -> None:
    text = HEADER + 'Олена Коваленко,a@example.org,"python 3; JS / Glockenspiel",en;uk,NGO,Київ\n'
    table.write_bytes(text.encode(encoding))
    result = run(app, table)
    assert result.exit_code == 0, result.output
    assert result.stdout == "1 added, 0 joined, 0 refused\n"
    with app.app_context():
        user = db.session.query(User).one()
        assert (user.display_name, user.place, user.languages, user.sector) == (
            "Олена Коваленко", "Київ", ["en", "uk"], "civil_society",
        )  # fmt: skip
        assert db.session.query(UserSkill).count() == 3


def test_a_dry_run_reports_and_stores_nothing(app: Flask, table: Path) -> None:
    table.write_text(HEADER + "A,a@example.org,,,,\nB,bad,,,,\n", encoding="utf-8")
    result = run(app, table, "--dry-run")
    assert result.stdout == "1 added, 0 joined, 1 refused (dry run: nothing was stored)\n"
    assert "line 3: B refused ('bad' is no e-mail address)" in result.stderr
    assert count_rows(app) == (0, 0)


def test_a_second_import_joins_and_does_not_double(app: Flask, table: Path) -> None:
    table.write_text(HEADER + "A,a@example.org,,,,\n", encoding="utf-8")
    run(app, table)
    assert run(app, table).stdout == "0 added, 1 joined, 0 refused\n"
    assert count_rows(app) == (1, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the table is empty"),
        (b"name\n", "the header lacks email"),
        ("name,email\nΕλένη Παππά,a@example.org\n".encode("cp1253"), "neither clearly"),
        (b"name,email\n\x00", "no text table"),
    ],
)
def test_tables_that_cannot_be_read_exit_2(
    app: Flask, table: Path, content: bytes, words: str
) -> None:
    table.write_bytes(content)
    result = run(app, table)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_an_unknown_event_or_file_exits_2(app: Flask, table: Path) -> None:
    assert run(app, table.with_name("none.csv")).exit_code == 2
    table.write_text(HEADER)
    arguments = ["import-people", str(table), "--event", "none"]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 2
