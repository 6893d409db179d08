"""One server on one instance folder, and no restore under a running one."""

import fcntl
import os
from typing import IO

import click

from app.config import Settings


def claim(settings: Settings) -> IO[str]:
    """Hold the instance folder until the file is closed; a second claim says who has it."""
    path = settings.instance_path / "serve.lock"
    lock = path.open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise click.ClickException(
            f"Cojam is already running on {path.parent} (process {lock.read().strip()}). "
            "Stop it first, or set INSTANCE_PATH to another folder."
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    os.set_inheritable(lock.fileno(), False)
    return lock
