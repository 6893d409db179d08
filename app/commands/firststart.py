"""What a first start does: tables, demo data or the link that makes an administrator."""

import subprocess
import sys

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from app.commands.demo.signins import list_demo_sign_ins
from app.config import Settings
from app.db import db
from app.domain.accounts import queries as accounts
from app.domain.accounts import service as account_service

DEMO_REFUSED = (
    "The demo's sign-ins are refused here: their password is in the README.\n"
    "  Without the demo: DEMO=0 and an INSTANCE_PATH of its own.\n"
    "  With the demo, open to all who reach this server: DEMO=1."
)


def prepare_database(settings: Settings) -> None:
    """Bring the schema up to date, and fill an empty database with the demo."""
    _check_services(settings)
    script = ScriptDirectory(str(current_app.extensions["migrate"].directory))
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != script.get_current_head():
        upgrade()
    if settings.demo and not accounts.is_anybody_there():
        click.echo("Building the demo …", err=True)
        # In a process of its own: what it loads must not stay in the server's memory.
        builder = [sys.executable, "-m", "flask", "--app", "wsgi", "demo"]
        if subprocess.run(builder, check=False, stdout=subprocess.DEVNULL).returncode:
            raise click.ClickException("The demo could not be built; DEMO=0 starts without it.")
        # What this process has read so far is older than the demo.
        db.session.rollback()


def _check_services(settings: Settings) -> None:
    """Say in one sentence which service cannot be reached, rather than fail halfway."""
    try:
        with db.engine.connect():
            pass
    except OperationalError as error:
        raise click.ClickException(
            f"The database cannot be reached ({_first_line(error.orig)}). Look at DATABASE_URL."
        ) from None
    if settings.redis_url:
        try:
            Redis.from_url(settings.redis_url).ping()
        except RedisError as error:
            raise click.ClickException(
                f"Redis cannot be reached ({_first_line(error)}). Look at REDIS_URL."
            ) from None


def _first_line(error: BaseException | None) -> str:
    return str(error).partition("\n")[0].rstrip(".")


def tell_first_steps(settings: Settings) -> str:
    """Return what to say under the address: demo sign-ins, or how to become administrator."""
    sign_ins = list_demo_sign_ins()
    if sign_ins and not settings.are_demo_sign_ins_allowed:
        return "\n".join(filter(None, (DEMO_REFUSED, _setup_link(settings))))
    if sign_ins:
        lines = [f"  {role:<13} {email:<28} {password}" for role, email, password in sign_ins]
        return "\n".join(["Demo sign-ins:", *lines])
    return _setup_link(settings)


def _setup_link(settings: Settings) -> str:
    if accounts.has_administrator():
        return ""
    token = account_service.issue_setup_token()
    return f"Make the first administrator: {settings.public_url}/setup/{token}"
