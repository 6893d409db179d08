"""`flask serve` and `flask worker`: everything that runs, under one roof."""

import ctypes
import os
import resource
import signal
import socket
import sys
import time
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.commands.background import work
from app.commands.firststart import prepare_database, tell_first_steps
from app.commands.instance_lock import claim
from app.commands.page_server import PageServer
from app.config import Settings
from app.db import db

RESTART_PAUSE_S = 1.0
GRACE_S = 10
FILE_HANDLES = 16_384
_PR_SET_PDEATHSIG = 1


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Do the background work (mail, matching runs) until stopped."""
    work(current_app._get_current_object())  # type: ignore[attr-defined]


@click.command("serve")
@with_appcontext
def serve_command() -> None:
    """Bring the database up to date, then serve pages, boards and background work."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: Settings = app.extensions["cojam_settings"]
    lock = claim(settings)
    _check_port(settings)
    prepare_database(settings)
    steps = tell_first_steps(settings)
    db.session.remove()
    # Children must not share a connection with their parent.
    db.engine.dispose()
    _allow_many_sockets()
    status = Household(app, settings, steps).run()
    lock.close()
    sys.exit(status)


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"{settings.host}:{settings.port} cannot be used ({error.strerror}). "
                "Set PORT to another number."
            ) from None


def _allow_many_sockets() -> None:
    """Each open board costs a file handle, and the usual limit of 1,024 is a small hall."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILE_HANDLES if hard == resource.RLIM_INFINITY else min(FILE_HANDLES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Household:
    """A parent that keeps two children alive: the web server and the worker.

    They are forked from one loaded application, so that the second costs no second start.
    """

    def __init__(self, app: Flask, settings: Settings, steps: str) -> None:
        self.app = app
        self.settings = settings
        self.steps = steps
        self.children: dict[int, str] = {}
        self.is_stopping = False

    def run(self) -> int:
        """Supervise until a signal ends it; return the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for name in ("web", "worker"):
            self._start(name)
        while self.children:
            try:
                pid, status = os.wait()
            except InterruptedError:
                continue
            name = self.children.pop(pid, "")
            if not self.is_stopping:
                code = os.waitstatus_to_exitcode(status)
                click.echo(f"The {name} process ended with {code}; starting it again.", err=True)
                time.sleep(RESTART_PAUSE_S)
                if not self.is_stopping:
                    self._start(name)
        return 0

    def _start(self, name: str) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self.children[pid] = name
            return
        _die_with(parent)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        # A terminal sends Ctrl-C to the whole group; children hear it from the parent alone.
        os.setpgid(0, 0)
        status = 1
        try:
            if name == "web":
                PageServer(self.app, self.settings, self.steps).run()
            else:
                work(self.app)
            status = 0
        except SystemExit as end:
            status = int(end.code or 0) if isinstance(end.code, int | None) else 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self.is_stopping:
            return
        self.is_stopping = True
        for pid in list(self.children):
            _signal(pid, signal.SIGTERM)
        signal.signal(signal.SIGALRM, self._kill)
        signal.alarm(GRACE_S)

    def _kill(self, _number: int, _frame: FrameType | None) -> None:
        for pid in list(self.children):
            _signal(pid, signal.SIGKILL)


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _die_with(parent: int) -> None:
    """Have the kernel end this process when its parent is killed.

    Orphans would keep the port and the instance folder, and the next start could not begin.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
