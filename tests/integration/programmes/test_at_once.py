"""Two organisers at the same moment: one is first, the other hears of it, nobody sees a fault."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from app.core.policy import Actor, Role
from app.db import db
from app.domain.programmes import service as programmes
from app.domain.teams import service as teams
from app.errors import CojamError
from app.workflows.publish_teams import publish_teams
from tests.factories import Factory

TIMES = 6


def _at_once(app: Flask, command: Callable[[], object]) -> list[object]:
    def run(_number: int) -> object:
        with app.app_context():
            try:
                return command()
            except CojamError as refusal:
                return type(refusal).__name__
            finally:
                db.session.remove()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(run, range(TIMES)))


def _organiser(make: Factory) -> tuple[int, Actor]:
    event_id = make.event()
    organiser = make.member(event_id, Role.ORGANISER)
    return event_id, Actor(organiser, frozenset({Role.ORGANISER}))


def test_one_join_code_after_the_other(app: Flask, make: Factory) -> None:
    event_id, actor = _organiser(make)
    codes = _at_once(app, lambda: programmes.renew_join_code(actor, event_id))
    assert len(set(codes)) == TIMES
    assert "Conflict" not in codes


def test_one_matching_run_is_asked_for(app: Flask, make: Factory) -> None:
    event_id, actor = _organiser(make)
    answers = _at_once(app, lambda: teams.request_run(actor, event_id))
    assert answers.count("Conflict") == TIMES - 1


def test_teams_are_published_once(app: Flask, make: Factory) -> None:
    event_id, actor = _organiser(make)
    people = [make.member(event_id) for _ in range(4)]
    with app.app_context():
        team_id = teams.create_team(actor, event_id, "Night readers")
        for user_id in people:
            teams.place_member(actor, event_id, user_id, team_id)
        db.session.remove()
    answers = _at_once(app, lambda: publish_teams(actor, event_id))
    assert sorted(map(str, answers)) == sorted(["Conflict"] * (TIMES - 1) + [str([team_id])])
