"""The commands of `flask`, in the order of the README."""

from flask import Flask

from app.commands.accounts import admin_link_command, create_admin_command
from app.commands.packages import export_event_command, import_event_command
from app.commands.people import import_people_command

COMMANDS = (
    admin_link_command,
    create_admin_command,
    import_event_command,
    export_event_command,
    import_people_command,
)


def register_commands(app: Flask) -> None:
    """Add every command to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)
