"""`flask import-event` and `flask export-event`: data packages in and out."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from flask.cli import with_appcontext

from app.commands.output import BadInput, write_atomic
from app.core.packages import NotAPackage, Package, read_package
from app.core.policy import OPERATOR
from app.domain.programmes import queries as programmes
from app.errors import Invalid, Missing
from app.workflows.import_event import export_event, import_event

PACKAGE_BYTES_MAX = 64 * 1024 * 1024


@click.command("import-event")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--programme", help="Slug of the programme to import into (a new one otherwise).")
@click.option("--event", "event_name", help="Which event of a package that holds several.")
@click.option(
    "--timezone",
    default="Europe/Zurich",
    show_default=True,
    help="In which the package's times are meant.",
)
@click.option("--draft", is_flag=True, help="Do not publish the event.")
@with_appcontext
def import_event_command(
    file: Path, programme: str | None, event_name: str | None, timezone: str, draft: bool
) -> None:
    """Import an event with all of its projects from a data package FILE."""
    zone = _zone(timezone)
    package = _read(file, zone, event_name)
    try:
        slug = import_event(
            OPERATOR, package, zone, programme_slug=programme, is_published=not draft
        )
    except Missing:
        raise BadInput(f"there is no programme {programme!r}") from None
    except Invalid as refusal:
        raise BadInput(f"{file}: {refusal.message}") from None
    for line in package.report.lines():
        click.echo(line, err=True)
    click.echo(slug)


@click.command("export-event")
@click.argument("slug")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write.")
@with_appcontext
def export_event_command(slug: str, out: Path) -> None:
    """Write the event SLUG with its ideas as a data package."""
    event = programmes.find_event(slug)
    if event is None:
        raise BadInput(f"there is no event {slug!r}")
    package = export_event(event)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    # Half characters of an imported text are no UTF-8; as an escape they are JSON all the same.
    write_atomic(out, text.encode("utf-8", "backslashreplace"))
    click.echo(str(out))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadInput(f"there is no time zone {name!r}") from None


def _read(file: Path, zone: ZoneInfo, event_name: str | None) -> Package:
    try:
        if file.stat().st_size > PACKAGE_BYTES_MAX:
            raise BadInput(f"{file}: larger than {PACKAGE_BYTES_MAX // 1024**2} MB")
        content = json.loads(file.read_bytes().decode("utf-8-sig"))
        return read_package(content, zone, event_name=event_name)
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{file}: not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise BadInput(
            f"{file}: line {error.lineno}, column {error.colno}: no JSON ({error.msg})"
        ) from None
    except RecursionError:
        raise BadInput(f"{file}: nested too deeply") from None
    except NotAPackage as reason:
        raise BadInput(f"{file}: no data package of an event: {reason}") from None
