"""Whoever loses the right to a board loses the live board too, at once."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.core.policy import Actor, Role
from app.domain.accounts import service
from app.domain.accounts.queries import get_account
from app.domain.boards.service import ensure_team_board
from app.domain.programmes.queries import find_event_by_id
from app.hub import Principal
from app.hub.binding import current_hub
from app.hub.loop import REMOVED
from tests.factories import Factory

PASSWORD = "correct horse battery"
# A websocket's farewell begins with its code.
CLOSED_AS_REMOVED = REMOVED.to_bytes(2, "big")


class Place:
    """A person with a live board, and what others may do about it."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.wire: socket.socket | None = None
        with make.app.app_context():
            password_hash = service.hash_password(PASSWORD)
        self.event_id = make.event(slug="jam", are_teams_published=True)
        self.user_id = make.member(self.event_id, password_hash=password_hash)
        self.team_id = make.team(self.event_id, make.member(self.event_id), self.user_id)
        self.organiser = make.visitor(make.member(self.event_id, Role.ORGANISER))
        self.browser = make.visitor(self.user_id)
        with make.app.app_context():
            self.public_id = get_account(self.user_id).public_id
            event = find_event_by_id(self.event_id)
            assert event is not None
            organiser = Actor(user_id=self.user_id, roles=frozenset({Role.ORGANISER}))
            self.board_id = ensure_team_board(organiser, self.event_id, self.team_id)

    def present(self) -> list[str]:
        with self.make.app.app_context():
            return [principal.id for principal in current_hub().list_present(self.board_id)]

    def wait_until(self, expected: list[str]) -> list[str]:
        ends_at = time.monotonic() + 5
        while self.present() != expected and time.monotonic() < ends_at:
            time.sleep(0.02)
        return self.present()

    def hears_that_it_ends(self, within_s: float) -> bool:
        """Return whether the person's browser is told that they were removed."""
        assert self.wire is not None
        self.wire.settimeout(within_s)
        received = b""
        try:
            while CLOSED_AS_REMOVED not in received:
                chunk = self.wire.recv(65536)
                received += chunk
                if not chunk:
                    break
        except TimeoutError:
            pass
        return CLOSED_AS_REMOVED in received


@pytest.fixture
def place(app: Flask, make: Factory) -> Iterator[Place]:
    here, there = socket.socketpair()
    found = Place(make)
    principal = Principal(
        id=f"user:{found.user_id}", name="Ana", colour="sun", may_edit=True, may_moderate=False
    )
    with app.app_context():
        current_hub().attach(here, found.board_id, principal)
    assert found.wait_until([principal.id]) == [principal.id]
    found.wire = there
    yield found
    there.close()
    found.wait_until([])


def _shut_out(place: Place) -> None:
    url = f"/e/jam/organise/people/{place.public_id}"
    place.organiser.submit(f"{url}/ban", {"reason": "Rude"}, page=url)


def _shut_out_of_the_site(place: Place) -> None:
    url = f"/admin/people/{place.public_id}"
    admin = place.make.visitor(place.make.admin())
    admin.submit(f"{url}/ban", {"reason": "Rude"}, page=url)


def _take_roles(place: Place) -> None:
    url = f"/e/jam/organise/people/{place.public_id}"
    place.organiser.submit(f"{url}/roles", {}, page=url)


def _take_out_of_the_team(place: Place) -> None:
    data = {"user_id": place.user_id, "team_id": ""}
    place.organiser.submit("/e/jam/matching/place", data, page="/e/jam/matching")


def _leave_team(place: Place) -> None:
    place.browser.submit(f"/e/jam/teams/{place.team_id}/leave", {"confirmed": "1"})


def _leave_event(place: Place) -> None:
    place.browser.submit("/e/jam/leave", {"confirmed": "1"}, page="/profile")


def _sign_out_everywhere(place: Place) -> None:
    place.browser.submit("/account/sign-out-everywhere", page="/account")


def _change_password(place: Place) -> None:
    data = {"present": PASSWORD, "password": "an entirely new one"}
    place.browser.submit("/account/password", data)


@pytest.mark.parametrize(
    "act",
    [
        _shut_out, _shut_out_of_the_site, _take_roles, _take_out_of_the_team, _leave_team,
        _leave_event, _sign_out_everywhere, _change_password,
    ],
)  # fmt: skip
def test_the_live_board_ends(place: Place, act: Callable[[Place], None]) -> None:
    act(place)
    assert place.hears_that_it_ends(5)


def test_what_others_do_leaves_it_open(place: Place) -> None:
    other = place.make.visitor(place.make.member(place.event_id))
    other.submit("/account/sign-out-everywhere", page="/account")
    assert not place.hears_that_it_ends(0.3)
