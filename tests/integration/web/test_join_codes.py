"""Nobody finds a join code by guessing, and a hall that types the right one never waits."""

import pytest
from flask import Flask

from app.core.policy import Role
from app.domain.programmes import queries
from app.extensions import limiter
from tests.factories import Factory
from tests.visitors import Visitor

WAIT = "Many wrong codes were tried in the last minute."


@pytest.fixture(autouse=True)
def _fresh_limits(app: Flask) -> None:
    with app.app_context():
        limiter.reset()


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event(slug="jam", name="Jam of towns", join_code="ABC234")


def guess(visitor: Visitor, count: int) -> list[int]:
    """Try different codes, in turns in both ways in which one is tried; return the answers."""
    token = visitor.csrf_token("/join")

    def answer(number: int) -> int:
        code = f"WRONG{number}"
        if number % 2:
            form = {"code": code, "csrf_token": token}
            return visitor.client.post("/join", data=form).status_code
        return visitor.get(f"/join/{code}").status_code

    return [answer(number) for number in range(count)]


def roles_of(make: Factory, user_id: int, event_id: int) -> frozenset[Role]:
    with make.app.app_context():
        return queries.find_roles(user_id, event_id=event_id).roles


@pytest.mark.usefixtures("event_id")
def test_a_hall_joins_while_some_misread_the_wall(make: Factory) -> None:
    assert guess(make.visitor(), 119) == ([404, 422] * 60)[:119]
    hall = make.visitor()
    assert [hall.get("/join/ABC234").status_code for _ in range(300)] == [200] * 300
    form = {"display_name": "Lena", "terms": "y"}
    for number in range(3):
        guest = make.visitor()
        way = "/register?next=/join/ABC234"
        answer = guest.submit(way, form | {"email": f"guest{number}@example.org"})
        assert answer.location == "/profile?next=/e/jam/now"


@pytest.mark.usefixtures("event_id")
def test_visitors_guess_a_hundred_and_twenty_times_a_minute_at_most(
    make: Factory, visitor: Visitor
) -> None:
    assert guess(visitor, 121) == [404, 422] * 60 + [429]
    # A new browser is no new guesser, and right and wrong codes look the same now.
    other = make.visitor()
    for code in ("ABC234", "WRONG1"):
        answer = other.get(f"/join/{code}")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 429
        assert WAIT in page
        assert f'value="{code}"' in page
        assert "Jam of towns" not in page
    typed = other.submit("/join", {"code": "abc-234"})
    assert typed.status_code == 429
    assert 'value="abc-234"' in typed.get_data(as_text=True)
    assert "Jam of towns" not in other.page("/register?next=/join/ABC234")


def test_who_is_signed_in_joins_whatever_visitors_guess(
    make: Factory, event_id: int, visitor: Visitor
) -> None:
    guess(visitor, 120)
    user_id = make.user()
    person = make.visitor(user_id)
    assert person.submit("/join/ABC234").location == "/e/jam/now"
    assert roles_of(make, user_id, event_id) == {Role.PARTICIPANT}
    # Who registers meanwhile comes to the join page with an account of their own.
    form = {"display_name": "Lena", "email": "lena@example.org", "terms": "y"}
    assert visitor.submit("/register?next=/join/ABC234", form).location == (
        "/profile?next=/join/ABC234"
    )
    assert "Jam of towns" in visitor.page("/join/ABC234")


def test_an_account_guesses_thirty_times(make: Factory, event_id: int) -> None:
    user_id = make.user()
    guesser = make.visitor(user_id)
    assert guess(guesser, 31) == [404, 422] * 15 + [429]
    token = guesser.csrf_token("/join")
    answer = guesser.client.post("/join/ABC234", data={"csrf_token": token})
    assert answer.status_code == 429
    assert roles_of(make, user_id, event_id) == frozenset()
    assert "You have tried many wrong codes." in guesser.get("/join/ABC234").get_data(as_text=True)
    # Neither another account nor a visitor waits for it.
    assert make.visitor(make.user()).get("/join/ABC234").status_code == 200
    assert make.visitor().get("/join/ABC234").status_code == 200


@pytest.mark.usefixtures("event_id")
def test_right_codes_are_not_counted(make: Factory) -> None:
    person = make.visitor(make.user())
    assert [person.get("/join/ABC234").status_code for _ in range(40)] == [200] * 40
    assert guess(person, 30) == [404, 422] * 15


def test_registering_tells_no_code_either(visitor: Visitor) -> None:
    for number in range(120):
        assert visitor.get(f"/register?next=/join/WRONG{number}").status_code == 200
    assert visitor.get("/join/WRONG").status_code == 429
