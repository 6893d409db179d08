"""Sockets occupy threads: the door counts them, and strangers get none."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.live.seats import Seats
from tests.factories import Factory


class Hall:
    """Seats before a socket application that keeps its thread until it is told to end."""

    def __init__(self, app: Flask, make: Factory, count: int) -> None:
        self.entered = threading.Semaphore(0)
        self.end = threading.Event()
        self.seats = Seats(app, self._socket, self._page, count)
        visitor = make.visitor(make.user())
        self.cookie = "; ".join(
            f"{cookie.key}={cookie.value}" for cookie in visitor.client._cookies.values()
        )

    def _socket(self, _environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.entered.release()
        self.end.wait(10)
        start("200 OK", [])
        return [b""]

    def _page(self, _environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("204 No Content", [])
        return [b""]

    def ask(self, path: str = "/socket.io/", cookie: str | None = None) -> int:
        headers = {"Cookie": self.cookie if cookie is None else cookie}
        environ = EnvironBuilder(path, headers=headers).get_environ()
        return int(run_wsgi_app(self.seats, environ)[1].split()[0])

    def sit_down(self) -> threading.Thread:
        thread = threading.Thread(target=self.ask)
        thread.start()
        assert self.entered.acquire(timeout=10)
        return thread


def test_seats_are_counted_and_given_back(app: Flask, make: Factory) -> None:
    hall = Hall(app, make, 2)
    sitting = [hall.sit_down(), hall.sit_down()]
    assert (hall.ask(), hall.ask("/anything")) == (503, 204)
    hall.end.set()
    for thread in sitting:
        thread.join(10)
    assert hall.ask() == 200


@pytest.mark.parametrize("cookie", ["", "cojam=forged"])
def test_strangers_get_no_seat(app: Flask, make: Factory, cookie: str) -> None:
    hall = Hall(app, make, 1)
    assert hall.ask(cookie=cookie) == 403
    hall.sit_down()
    hall.end.set()


def test_an_installation_may_have_no_seats(app: Flask, make: Factory) -> None:
    assert Hall(app, make, 0).ask() == 503
