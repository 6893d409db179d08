"""The commands of `flask`, in the order of the README; each is loaded when it is called."""

import importlib
from collections.abc import Sequence
from typing import Any

import click
from flask import Flask

# name, where it stands, one line of help
COMMANDS = (
    ("serve", "app.commands.serve:serve_command", "Serve pages, boards and background work."),
    ("worker", "app.commands.serve:worker_command", "Do background work until stopped."),
    ("admin-link", "app.commands.accounts:admin_link_command",
     "Print the link that makes the first administrator."),
    ("create-admin", "app.commands.accounts:create_admin_command", "Make an administrator."),
    ("demo", "app.commands.demo.command:demo_command", "Build the demo event."),
    ("import-event", "app.commands.packages:import_event_command",
     "Import an event from a data package."),
    ("export-event", "app.commands.packages:export_event_command",
     "Write an event as a data package."),
    ("import-people", "app.commands.people:import_people_command",
     "Add the people of a table to an event."),
    ("match", "app.commands.match:match_command", "Form teams."),
    ("rank", "app.commands.rank:rank_command", "Rank submissions from jurors' scores."),
    ("assign", "app.commands.assign:assign_command", "Give submissions to jurors."),
    ("shortlist", "app.commands.shortlist:shortlist_command", "Choose what a budget funds."),
    ("backup", "app.commands.backup:backup_command", "Write everything to one file."),
    ("restore", "app.commands.backup:restore_command", "Read a backup back."),
)  # fmt: skip


class LazyCommand(click.Command):
    """Stands for a command until it is called.

    The web server registers every command too, and must not load what only they need: the
    solvers alone cost a second and a hundred megabytes.
    """

    def __init__(self, name: str, target: str, help_line: str) -> None:
        super().__init__(name, help=help_line)
        self.target = target

    def load(self) -> click.Command:
        """Return the command itself."""
        module, _, attribute = self.target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Hand the call over to the command itself."""
        return self.load().make_context(info_name, args, parent, **extra)


def register_commands(app: Flask, commands: Sequence[tuple[str, str, str]] = COMMANDS) -> None:
    """Add every command to `flask`."""
    for name, target, help_line in commands:
        app.cli.add_command(LazyCommand(name, target, help_line))
