"""Passwords, mailed links and the end of every session."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app import clock
from app.core.policy import Actor
from app.db import db
from app.domain.accounts import queries, service
from app.domain.accounts.models import AccountToken, User
from app.domain.accounts.passwords import is_password_right
from app.domain.accounts.service import SpentLink
from app.errors import Denied
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def lena(make: Factory) -> int:
    password_hash = service.hash_password("correct horse battery")
    return make.user("Lena", email="lena@example.org", password_hash=password_hash)


def test_the_right_password_fits(lena: int) -> None:
    user = service.sign_in_with_password(" LENA@example.org", "correct horse battery")
    assert user is not None
    assert user.id == lena


@pytest.mark.parametrize(
    ("address", "password"),
    [
        ("lena@example.org", "correct horse batter"),
        ("lena@example.org", ""),
        ("nobody@example.org", "nobody has this password"),
        ("lena@example.org", "x" * 1_000_000),
    ],
)
@pytest.mark.usefixtures("lena")
def test_a_wrong_pair_does_not(address: str, password: str) -> None:
    assert service.sign_in_with_password(address, password) is None


def test_an_account_without_password_has_none_that_fits(make: Factory) -> None:
    make.user(email="link@example.org")
    assert service.sign_in_with_password("link@example.org", "nobody has this password") is None


def test_an_unknown_account_takes_as_long_as_a_wrong_password(lena: int) -> None:
    service.sign_in_with_password("nobody@example.org", "warm up the dummy hash")
    known = min(_seconds("lena@example.org") for _ in range(5))
    unknown = min(_seconds("nobody@example.org") for _ in range(5))
    assert 0.5 < unknown / known < 2


def _seconds(address: str) -> float:
    # Of this thread alone: what else the machine does must not blur the comparison.
    start = time.thread_time()
    assert service.sign_in_with_password(address, "wrong password") is None
    return time.thread_time() - start


def test_a_weaker_hash_is_renewed_at_sign_in(make: Factory) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("an old password")
    user_id = make.user(email="old@example.org", password_hash=weak)
    assert service.sign_in_with_password("old@example.org", "an old password") is not None
    renewed = db.session.get_one(User, user_id).password_hash
    assert renewed != weak
    assert is_password_right(renewed, "an old password")


def test_a_magic_link_works_once(lena: int) -> None:
    link = service.request_magic_link("Lena@example.org", next_path="/e/jam")
    assert link is not None
    entry = service.use_magic_link(link.secret, Actor())
    assert (entry.user.id, entry.next_path) == (lena, "/e/jam")
    with pytest.raises(SpentLink):
        service.use_magic_link(link.secret, Actor())


def test_a_magic_link_lives_fifteen_minutes(lena: int, monkeypatch: pytest.MonkeyPatch) -> None:
    link = service.request_magic_link("lena@example.org")
    assert link is not None
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=15, seconds=1))
    with pytest.raises(SpentLink):
        service.use_magic_link(link.secret, Actor())


def test_nobody_gets_no_link() -> None:
    assert service.request_magic_link("nobody@example.org") is None
    assert db.session.query(AccountToken).count() == 0


def test_a_magic_link_proves_the_address(make: Factory) -> None:
    user_id = make.user(email="new@example.org", email_verified_at=None)
    link = service.request_magic_link("new@example.org")
    assert link is not None
    service.use_magic_link(link.secret, Actor())
    assert queries.get_account(user_id).is_email_verified


@pytest.mark.usefixtures("lena")
def test_only_the_hash_of_a_secret_is_stored() -> None:
    link = service.request_magic_link("lena@example.org")
    assert link is not None
    stored = db.session.query(AccountToken).one()
    assert link.secret not in {stored.token_hash, *map(str, stored.payload.values())}
    assert link.secret not in repr(link)


def test_signing_out_everywhere_ends_sessions_and_links(lena: int) -> None:
    link = service.request_magic_link("lena@example.org")
    assert link is not None
    service.sign_out_everywhere(Actor(user_id=lena))
    assert queries.get_session_user(lena).session_epoch == 1
    with pytest.raises(SpentLink):
        service.use_magic_link(link.secret, Actor())


def test_a_visitor_has_no_sessions_to_end() -> None:
    with pytest.raises(Denied):
        service.sign_out_everywhere(Actor())


def test_links_that_ended_long_ago_are_forgotten(
    lena: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.request_magic_link("lena@example.org")
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=2))
    service.request_magic_link("lena@example.org")
    assert db.session.query(AccountToken).count() == 1


def test_of_two_uses_at_the_same_moment_one_succeeds(app: Flask, lena: int) -> None:
    link = service.request_magic_link("lena@example.org")
    assert link is not None
    secret, start = link.secret, Barrier(4)

    def use() -> str:
        with app.app_context():
            start.wait()
            try:
                return str(service.use_magic_link(secret, Actor()).user.id)
            except SpentLink:
                return "spent"

    with ThreadPoolExecutor(4) as pool:
        outcomes = [future.result() for future in [pool.submit(use) for _use in range(4)]]
    assert sorted(outcomes) == [str(lena), "spent", "spent", "spent"]
