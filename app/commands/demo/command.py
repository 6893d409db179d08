"""The command itself."""

import click
from flask.cli import with_appcontext

from app.commands.demo.build import DEMO_SLUG, build_demo
from app.commands.output import BadInput
from app.domain.programmes import queries as programmes


@click.command("demo")
@with_appcontext
def demo_command() -> None:
    """Build the demo event with people, ideas, teams, boards, submissions and a shortlist."""
    if programmes.find_event(DEMO_SLUG) is not None:
        raise BadInput(f"the demo is there already: event {DEMO_SLUG!r}")
    slug = build_demo(report=lambda line: click.echo(line, err=True))
    click.echo(slug)
