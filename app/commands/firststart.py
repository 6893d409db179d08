"""What a first start does: tables, demo data or the link that makes an administrator."""

import subprocess
import sys

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade

from app.commands.demo.signins import list_demo_sign_ins
from app.config import Settings
from app.db import db
from app.domain.accounts import queries as accounts
from app.domain.accounts import service as account_service


def prepare_database(settings: Settings) -> None:
    """Bring the schema up to date, and fill an empty database with the demo."""
    script = ScriptDirectory(str(current_app.extensions["migrate"].directory))
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != script.get_current_head():
        upgrade()
    if settings.demo and not accounts.is_anybody_there():
        click.echo("Building the demo …", err=True)
        # In a process of its own: what it loads must not stay in the server's memory.
        subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "demo"], check=True)
        # What this process has read so far is older than the demo.
        db.session.rollback()


def tell_first_steps(settings: Settings) -> str:
    """Return what to say under the address: demo sign-ins, or how to become administrator."""
    if settings.are_demo_sign_ins_allowed:
        sign_ins = list_demo_sign_ins()
        if sign_ins:
            lines = [f"  {role:<13} {email:<28} {password}" for role, email, password in sign_ins]
            return "\n".join(["Demo sign-ins:", *lines])
    if not accounts.has_administrator():
        token = account_service.issue_setup_token()
        return f"Make the first administrator: {settings.public_url}/setup/{token}"
    return ""
