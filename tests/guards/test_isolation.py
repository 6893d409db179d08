"""Events are kept apart, and nothing changes without its own form."""

import pytest
from flask import Flask

from app.extensions import limiter
from tests.factories import Factory
from tests.guards.attacker import (
    address_of,
    dump,
    everything_of,
    make_attacker,
    make_busy,
    rules,
    send,
    things_of,
)
from tests.guards.busy_event import BusyEvent

# What is found by the event and the person, and never by a number that others know.
OWN = {"event_slug", "number"}
# These end what the others need, so they are tried after them.
ENDING = ("ban", "remove", "discard", "withdraw", "replace", "leave", "set_roles")
# What an empty form misses in these is not the thing in the address.
MISSING_IN_FORM = {"teams.change_lead", "organise.unban", "teams.leave"}


@pytest.fixture(autouse=True)
def _fresh_limits(app: Flask) -> None:
    with app.app_context():
        limiter.reset()


@pytest.fixture
def busy(make: Factory) -> BusyEvent:
    return make_busy(make)


def test_nothing_of_an_event_is_reached_through_another(make: Factory, busy: BusyEvent) -> None:
    things = things_of(make, busy)
    attacker, organiser = make_attacker(make), busy.browser("organiser")
    tried = [
        (method, rule)
        for method in ("GET", "POST")
        for rule in rules(make.app, method)
        if "event_slug" in rule.arguments and rule.arguments - OWN
    ]
    assert len(tried) > 40
    before = dump(make)
    reached = []
    for method, rule in tried:
        status = send(attacker, method, address_of(rule, {**things, "event_slug": "own"}))
        # 409: the own event has no such thing under work.
        if status not in {403, 404, 409}:
            reached.append(f"{method} {rule.rule} answered {status}")
    assert reached == []
    assert dump(make) == before
    # The same numbers exist: under their own event the organiser does not miss them.
    tried.sort(key=lambda pair: _turn(pair[1].endpoint))
    missing = [
        f"{method} {rule.rule}"
        for method, rule in tried
        if rule.endpoint not in MISSING_IN_FORM
        and send(organiser, method, address_of(rule, things)) == 404
    ]
    assert missing == []


def test_a_role_of_one_event_changes_no_other(make: Factory, busy: BusyEvent) -> None:
    """Numbers inside forms: people, teams, jurors, submissions, ideas of another event."""
    things = things_of(make, busy)
    make.user(email="accomplice@example.org")
    attacker = make_attacker(make)
    forms: tuple[tuple[str, dict[str, object]], ...] = (
        (f"/e/own/jury/setup/panel/{things['juror_id']}/replace",
         {f"replace-{things['juror_id']}-email": "accomplice@example.org"}),
        ("/e/own/jury/setup/conflicts",
         {"juror_id": things["juror_id"], "submission_id": things["submission_id"], "reason": "-"}),
        ("/e/own/matching/place", {"user_id": busy.participant_id, "team_id": things["team_id"]}),
        ("/e/own/matching/pin", {"user_id": busy.participant_id, "is_pinned": "1"}),
        ("/e/own/ranking", {"idea_id": things["idea_id"]}),
        ("/e/own/ranking/autosave", {"idea_id": things["idea_id"]}),
        (f"/e/own/reports/new?subject=idea:{things['idea_id']}", {"reason": "Rude"}),
        (f"/e/own/reports/new?subject=comment:{things['comment_id']}", {"reason": "Rude"}),
        (f"/e/own/reports/new?subject=note:{things['board']}:abc", {"reason": "Rude"}),
        (f"/p/{things['programme']}/organisers", {"email": "accomplice@example.org"}),
        (f"/b/{things['board']}/notes", {"text": "I was here", "colour": "sun"}),
        (f"/b/{things['board']}/lock", {}),
    )  # fmt: skip
    before = dump(make)
    statuses = {}
    for address, data in forms:
        token = attacker.csrf_token("/profile")
        answer = attacker.client.post(address, data={**data, "csrf_token": token})
        statuses[address] = answer.status_code
    assert {address: code for address, code in statuses.items() if code < 400} == {}
    assert dump(make) == before


def test_every_form_needs_its_token(make: Factory, busy: BusyEvent) -> None:
    things = everything_of(make, busy)
    admin = make.visitor(make.admin())
    routes = list(rules(make.app, "POST"))
    assert len(routes) > 80
    before = dump(make)
    unguarded = [
        f"{rule.rule} answered {answer.status_code}"
        for rule in routes
        for data in ({}, {"csrf_token": "made-up"})
        if (answer := admin.client.post(address_of(rule, things), data=data)).status_code != 400
    ]
    assert unguarded == []
    assert dump(make) == before


def test_nothing_changes_by_following_a_link(make: Factory, busy: BusyEvent) -> None:
    """A GET that writes could be set off by a picture on another site."""
    things = everything_of(make, busy)
    organiser = busy.browser("organiser")
    before = dump(make)
    for rule in rules(make.app, "GET"):
        if not rule.websocket:
            organiser.get(address_of(rule, things))
    assert dump(make) == before


def _turn(endpoint: str) -> int:
    return next((turn for turn, word in enumerate(ENDING, 1) if word in endpoint), 0)
