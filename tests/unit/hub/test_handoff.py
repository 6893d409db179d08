"""Which pages may open a socket in a person's name."""

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from app.hub import is_same_origin
from app.hub.handoff import accept

PUBLIC_URL = "https://jam.example"


def request_with(**headers: str) -> Request:
    return Request(EnvironBuilder("/sync/b1", headers=headers).get_environ())


@pytest.mark.parametrize(
    ("origin", "public_url", "expected"),
    [
        ("https://jam.example", PUBLIC_URL, True),
        ("https://JAM.example", PUBLIC_URL, True),
        ("https://jam.example:443", PUBLIC_URL, True),
        ("https://jam.example", "https://jam.example/", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("http://jam.example", PUBLIC_URL, False),
        ("https://jam.example:8443", PUBLIC_URL, False),
        ("https://jam.example.evil.example", PUBLIC_URL, False),
        ("https://evil.example/https://jam.example", PUBLIC_URL, False),
        ("null", PUBLIC_URL, False),
        ("https://[broken", PUBLIC_URL, False),
        ("null", "nonsense", False),
    ],
)
def test_origins(origin: str, public_url: str, expected: bool) -> None:
    assert is_same_origin(request_with(Origin=origin), public_url) is expected


def test_without_an_origin_there_is_no_page() -> None:
    assert is_same_origin(request_with(), PUBLIC_URL) is False


def test_a_server_that_hides_its_socket_is_told_so() -> None:
    sock, response = accept(request_with(Upgrade="websocket", Connection="Upgrade"))
    assert (sock, response.status_code) == (None, 501)
