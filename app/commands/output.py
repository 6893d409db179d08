"""How commands speak: atomic output files, and the exit codes 2 (bad input) and 3 (infeasible)."""

import contextlib
import os
import tempfile
from pathlib import Path

import click


class BadInput(click.ClickException):
    """The input cannot be read as what it should be; the message names the place. Exit 2."""

    exit_code = 2


class Infeasible(click.ClickException):
    """The input is well formed, but no answer can satisfy it; the message says why. Exit 3."""

    exit_code = 3


def write_atomic(path: Path, data: str | bytes) -> None:
    """Write `data` (text as UTF-8) to `path`, which then holds all of it, or what it held before.

    Raises `BadInput` when the path cannot be written to.
    """
    payload = data.encode("utf-8") if isinstance(data, str) else data
    try:
        _replace(path, payload)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror or error}") from error


def _replace(path: Path, payload: bytes) -> None:
    """Write beside the target and rename over it; nothing is left behind when that fails."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(payload)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files private; an answer is meant to be read like any other file.
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
