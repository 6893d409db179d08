"""Fixtures for all tests: a real application on a real database, emptied between tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from app import create_app
from app.config import Settings, read_settings
from app.db import Base, db
from app.extensions import limiter
from tests.factories import Factory
from tests.visitors import Visitor

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


# Without a database of the application's, or with one of their own kind: not run twice.
INDEPENDENT = (
    "commands/test_match.py",
    "commands/test_rank.py",
    "commands/test_assign.py",
    "commands/test_shortlist.py",
    "commands/test_backup.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what says the same on every database."""
    for item in items:
        path = item.path.as_posix()
        if any(f"tests/integration/{name}" in path for name in INDEPENDENT):
            item.add_marker(pytest.mark.sqlite_only)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data that stands beside the checkout of a developer."""
    if not SHARED.exists():
        pytest.skip("the folder ../shared with real data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return settings of their own for this test process."""
    instance = tmp_path_factory.mktemp("instance")
    environ = {
        "INSTANCE_PATH": str(instance),
        "SECRET_KEY": "only-for-tests",
        "PUBLIC_URL": "http://localhost",
        "DATABASE_URL": _test_database_url(instance),
    }
    return read_settings(environ)


def _test_database_url(instance: Path) -> str:
    if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite":
        return f"sqlite:///{instance / 'test.sqlite'}"
    server = make_url(os.environ["TEST_POSTGRES_URL"])
    name = f"cojam_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def _application(settings: Settings) -> Iterator[Flask]:
    application = create_app(settings, is_test=True)
    with application.app_context():
        db.create_all()
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(_application: Flask) -> Flask:
    """Return the application with an empty database."""
    with _application.app_context():
        with db.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("PRAGMA defer_foreign_keys=ON"))
                for table in reversed(Base.metadata.sorted_tables):
                    connection.execute(table.delete())
            else:
                names = ", ".join(f'"{t.name}"' for t in Base.metadata.sorted_tables)
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        db.session.remove()
        # What one test tried too often must not refuse the next.
        limiter.reset()
    return _application


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """Run the test inside an application context, for services and queries."""
    with app.app_context():
        yield


@pytest.fixture
def make(app: Flask) -> Factory:
    """Return the factory of people, events and what they hold."""
    return Factory(app)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Return somebody who has not signed in."""
    return Visitor(app)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """With the real data present, a skipped test is a failed one."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and SHARED.exists() and not hasattr(config, "workerinput"):
        message = f"{len(skipped)} skipped: nothing may be skipped here"
        terminalreporter.write_line(message, red=True)
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED
