"""The commands of `flask`, in the order of the README."""

from flask import Flask

from app.commands.accounts import admin_link_command, create_admin_command
from app.commands.assign import assign_command
from app.commands.backup import backup_command, restore_command
from app.commands.demo import demo_command
from app.commands.match import match_command
from app.commands.packages import export_event_command, import_event_command
from app.commands.people import import_people_command
from app.commands.rank import rank_command
from app.commands.serve import serve_command, worker_command
from app.commands.shortlist import shortlist_command

COMMANDS = (
    serve_command,
    worker_command,
    admin_link_command,
    create_admin_command,
    demo_command,
    import_event_command,
    export_event_command,
    import_people_command,
    match_command,
    rank_command,
    assign_command,
    shortlist_command,
    backup_command,
    restore_command,
)


def register_commands(app: Flask) -> None:
    """Add every command to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)
