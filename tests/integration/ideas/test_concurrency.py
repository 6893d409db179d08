"""Several people, or several windows of one person, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.db import db
from app.domain.ideas import queries, responses, service
from app.domain.ideas.service import IdeaInput
from tests.factories import Factory
from tests.integration.ideas.conftest import Jam, make_jam

PEOPLE = 6


@pytest.fixture
def at_once(app: Flask) -> Callable[[list[Callable[[], object]]], list[object]]:
    """Return what runs commands in threads of their own, each with its own session."""

    def run(command: Callable[[], object]) -> object:
        with app.app_context():
            try:
                return command()
            finally:
                db.session.remove()

    def run_all(commands: list[Callable[[], object]]) -> list[object]:
        with ThreadPoolExecutor(len(commands)) as pool:
            return list(pool.map(run, commands))

    return run_all


@pytest.fixture
def quiet_jam(make: Factory) -> Jam:
    """Return an event; no session of the test holds the database."""
    return make_jam(make)


def test_a_draft_saved_twice_at_once_is_one_draft(
    app: Flask, quiet_jam: Jam, at_once: Callable[[list[Callable[[], object]]], list[object]]
) -> None:
    given = IdeaInput("Night library", "A reading room.")
    jam = quiet_jam
    saves = at_once([lambda: service.save_draft(jam.owner, jam.event_id, 1, given)] * PEOPLE)
    assert len(set(map(str, saves))) == 1
    with app.app_context():
        assert len(queries.list_own_ideas(jam.event_id, jam.owner.user_id or 0)) == 1


def test_support_and_comments_of_many_at_once_are_all_counted_once(
    app: Flask, make: Factory, quiet_jam: Jam,
    at_once: Callable[[list[Callable[[], object]]], list[object]],
) -> None:  # fmt: skip
    jam = quiet_jam
    with app.app_context():
        idea_id = service.create_idea(jam.owner, jam.event_id, IdeaInput("Night", "A room."))
    supporters = [jam.owner, jam.reader, jam.staff]
    at_once(
        [lambda who=who: responses.support_idea(who, idea_id) for who in supporters * 2]
        + [
            lambda n=n: responses.comment_on_idea(jam.reader, idea_id, f"Yes, {n} of us!")
            for n in range(PEOPLE)
        ]
    )
    with app.app_context():
        idea = queries.find_idea(idea_id)
        assert idea is not None
        assert (idea.support_count, idea.comment_count) == (3, PEOPLE)
    at_once([lambda: responses.unsupport_idea(jam.reader, idea_id)] * PEOPLE)
    with app.app_context():
        idea = queries.find_idea(idea_id)
        assert idea is not None
        assert idea.support_count == 2


def test_a_ranking_saved_in_two_windows_at_once_is_one_of_the_two(
    app: Flask, quiet_jam: Jam, at_once: Callable[[list[Callable[[], object]]], list[object]]
) -> None:
    jam = quiet_jam
    with app.app_context():
        a, b, c = (
            service.create_idea(jam.owner, jam.event_id, IdeaInput(title, "Short."))
            for title in "abc"
        )
    orders = [[a, b, c], [c, b, a]]
    at_once([lambda o=o: responses.rank_ideas(jam.reader, jam.event_id, o) for o in orders * 2])
    with app.app_context():
        stored = queries.list_rankings(jam.event_id)[jam.reader.user_id or 0]
    assert stored in orders


def test_a_comment_button_pressed_twice_makes_one_comment(
    app: Flask, quiet_jam: Jam, at_once: Callable[[list[Callable[[], object]]], list[object]]
) -> None:
    jam = quiet_jam
    with app.app_context():
        idea_id = service.create_idea(jam.owner, jam.event_id, IdeaInput("Night", "A room."))
    said = at_once([lambda: responses.comment_on_idea(jam.reader, idea_id, "Count me in")] * PEOPLE)
    assert len(set(map(str, said))) == 1
    with app.app_context():
        responses.comment_on_idea(jam.reader, idea_id, "And my friend")
        assert queries.find_idea(idea_id).comment_count == 2  # type: ignore[union-attr]
