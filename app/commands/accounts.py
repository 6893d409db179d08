"""Administrators from the command line: the first one's link, or one made at once."""

import click
from flask import current_app, url_for
from flask.cli import with_appcontext

from app.domain.accounts import service
from app.errors import CojamError


@click.command("admin-link")
@with_appcontext
def admin_link_command() -> None:
    """Print the one-time link that makes the first administrator."""
    try:
        token = service.issue_setup_token()
    except CojamError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    settings = current_app.extensions["cojam_settings"]
    with current_app.test_request_context(base_url=settings.public_url):
        click.echo(url_for("accounts.setup", token=token, _external=True))


@click.command("create-admin")
@click.option("--email", required=True, help="Address with which the administrator signs in.")
@click.option("--name", required=True, help="Name that others see.")
@click.password_option(help="Asked for when it is not given, so that no shell remembers it.")
@with_appcontext
def create_admin_command(email: str, name: str, password: str) -> None:
    """Make an administrator, also where there is one already."""
    try:
        service.create_administrator(name, email, password)
    except CojamError as refusal:
        raise click.BadParameter(str(refusal)) from refusal
    click.echo(email)
