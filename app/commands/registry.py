"""The commands of `flask`, in the order of the README."""

from flask import Flask


def register_commands(app: Flask) -> None:
    """Add every command to `flask`."""
