"""`flask import-people`: a table of people into an event."""

from collections import Counter
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.commands.output import BadInput
from app.core.encodings import UndecidedEncoding, decode_table
from app.core.policy import OPERATOR
from app.core.rosters import NotARoster, read_roster
from app.domain.programmes import queries as programmes
from app.workflows.import_people import RowOutcome, import_people

TABLE_BYTES_MAX = 16 * 1024 * 1024


@click.command("import-people")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--event", "slug", required=True, help="Slug of the event that they join.")
@click.option("--dry-run", is_flag=True, help="Report on each row, store nothing.")
@click.option("--encoding", help="Encoding of the table (found by itself otherwise).")
@with_appcontext
def import_people_command(file: Path, slug: str, dry_run: bool, encoding: str | None) -> None:
    """Add the people of the CSV table FILE to an event.

    Its header is name,email,skills,languages,sector,place in any order.
    """
    event = programmes.find_event(slug)
    if event is None:
        raise BadInput(f"there is no event {slug!r}")
    try:
        data = file.read_bytes()
        if len(data) > TABLE_BYTES_MAX:
            raise BadInput(f"{file}: larger than {TABLE_BYTES_MAX // 1024**2} MB")
        text, used = decode_table(data, encoding)
        rows = read_roster(text)
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from None
    except (UndecidedEncoding, NotARoster) as reason:
        raise BadInput(f"{file}: {reason}") from None
    click.echo(f"encoding: {used}", err=True)
    outcomes = import_people(OPERATOR, event.id, rows, is_dry_run=dry_run)
    for outcome in outcomes:
        click.echo(_line(outcome), err=True)
    counts = Counter(outcome.state for outcome in outcomes)
    click.echo(
        f"{counts['added']} added, {counts['joined']} joined, {counts['refused']} refused"
        + (" (dry run: nothing was stored)" if dry_run else "")
    )


def _line(outcome: RowOutcome) -> str:
    row = outcome.row
    remarks = "; ".join((*outcome.errors, *row.warnings))
    name = f" {row.name}" if row.name else ""
    return f"line {row.line}:{name} {outcome.state}" + (f" ({remarks})" if remarks else "")
