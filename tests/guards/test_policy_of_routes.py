"""Every route and every socket event states what the policy is asked before it runs."""

from flask import Flask

from app.core.policy import Action
from app.extensions import socketio
from app.live.guard import EVENTS
from app.web.navigation import ORGANISING

# Served by Flask itself: built files without any data of people.
STATIC = {"static"}
# Socket.IO's own handshake and farewell: they check that somebody is signed in.
LIFECYCLE = {"connect", "disconnect"}


def test_every_route_states_its_action(_application: Flask) -> None:
    silent = [
        f"{rule.endpoint} {rule.rule}"
        for rule in _application.url_map.iter_rules()
        if rule.endpoint not in STATIC
        and not isinstance(
            getattr(_application.view_functions[rule.endpoint], "policy_action", None), Action
        )
    ]
    assert silent == []


def test_every_socket_event_states_its_action(_application: Flask) -> None:
    registered = {name for name, _handler, _namespace in socketio.handlers}
    assert registered - LIFECYCLE == set(EVENTS)


def test_the_guard_sees_a_route_that_says_nothing() -> None:
    def view() -> str:
        return ""

    assert not isinstance(getattr(view, "policy_action", None), Action)


def test_the_pages_that_belong_to_organising_exist(_application: Flask) -> None:
    assert sorted(ORGANISING - set(_application.view_functions)) == []
