"""Seats for Socket.IO: each open socket occupies a thread, so they are counted at the door.

Socket.IO's own handlers come too late: a client that opens the transport and never asks to
connect, or is refused, keeps its thread all the same.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from flask_login import current_user

from app.db import db

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Seats:
    """Lets signed-in people through to Socket.IO while there are seats; pages pass by."""

    def __init__(self, app: Flask, socket_wsgi: Wsgi, page_wsgi: Wsgi, count: int) -> None:
        self._app = app
        self._socket_wsgi = socket_wsgi
        self._page_wsgi = page_wsgi
        self._free = threading.BoundedSemaphore(count) if count else None

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request; for a websocket this returns when the socket closes."""
        if not str(environ.get("PATH_INFO", "")).startswith("/socket.io"):
            return self._page_wsgi(environ, start_response)
        if not self._is_somebody(environ):
            return _refuse(start_response, "403 Forbidden")
        if self._free is None or not self._free.acquire(blocking=False):
            # The page goes on asking every few seconds instead.
            return _refuse(start_response, "503 Service Unavailable")
        try:
            return self._socket_wsgi(environ, start_response)
        finally:
            self._free.release()

    def _is_somebody(self, environ: dict[str, Any]) -> bool:
        with self._app.request_context(environ):
            try:
                return bool(current_user.is_authenticated)
            finally:
                db.session.remove()


def _refuse(start_response: Callable[..., Any], status: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]
