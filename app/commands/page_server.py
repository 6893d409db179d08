"""Gunicorn, as Cojam runs it: one process, many threads, and little patience with dawdlers."""

import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from app.config import Settings

PAGE_THREADS = 32
# From the first byte of a request to the last of its headers.
HEADERS_WITHIN_S = 10.0
# A body has this long, and a second more for each so many bytes that it announces.
BODY_WITHIN_S = 30.0
BODY_BYTES_PER_S = 8 * 1024
# Then the answer has this long to be made and taken.
ANSWER_WITHIN_S = 300.0


class PageWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn carries no types
    """Cuts off whoever occupies a thread without saying what they want, or without listening.

    A thread reads and writes blocking: without an end to it, as many half-sent requests or
    unread answers as there are threads would keep everyone else out.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Connection: when to end which directions. Threads write it, the main loop reads it.
        self._deadlines: dict[Any, tuple[float, int]] = {}

    def handle(self, conn: Any) -> Any:
        """Serve one request, its headers within their time."""
        self._deadlines[conn] = (time.monotonic() + HEADERS_WITHIN_S, socket.SHUT_RDWR)
        try:
            return super().handle(conn)
        finally:
            self._deadlines.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer it, its body within its time. Websockets stay open as long as they like."""
        headers = dict(req.headers)
        length = headers.get("CONTENT-LENGTH", "")
        has_body = bool(length) or "TRANSFER-ENCODING" in headers
        if "UPGRADE" in headers and not has_body:
            self._deadlines.pop(conn, None)
        else:
            seconds = int(length) / BODY_BYTES_PER_S if length.isdecimal() else 0.0
            ends_at = time.monotonic() + BODY_WITHIN_S + seconds
            # Reading ends first; an answer under way is still written.
            self._deadlines[conn] = (ends_at, socket.SHUT_RD)
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Once a second: end connections that never spoke, and now those that dawdle."""
        super().murder_pending()
        now = time.monotonic()
        for conn, (deadline, ways) in list(self._deadlines.items()):
            if now <= deadline:
                continue
            if ways == socket.SHUT_RD:
                self._deadlines[conn] = (now + ANSWER_WITHIN_S, socket.SHUT_RDWR)
            else:
                self._deadlines.pop(conn, None)
            with suppress(OSError):
                conn.sock.shutdown(ways)


class PageServer(BaseApplication):  # type: ignore[misc]
    """Gunicorn with one threaded worker: boards need their sockets in one process."""

    def __init__(self, app: Flask, settings: Settings, steps: str) -> None:
        self.flask_app = app
        self.settings = settings
        self.steps = steps
        super().__init__()

    def load_config(self) -> None:
        """Take the settings over into Gunicorn's own."""
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        chosen = {
            "bind": f"{host}:{self.settings.port}",
            "worker_class": "app.commands.page_server.PageWorker",
            "workers": 1,
            "threads": PAGE_THREADS + self.settings.socket_clients_max,
            "preload_app": True,
            "graceful_timeout": 3,
            "timeout": 60,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": self._say_ready,
            "worker_tmp_dir": _memory_folder(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application that was loaded before the fork."""
        return self.flask_app

    def _say_ready(self, _server: Any) -> None:
        click.echo(f"\nCojam is ready: {self.settings.public_url}\n{self.steps}", nl=True)
        sys.stdout.flush()


def _memory_folder() -> str | None:
    """Heartbeats of the worker go to memory: a slow disk must not look like a hang."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 — a heartbeat file only
