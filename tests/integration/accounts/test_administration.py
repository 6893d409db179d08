"""Administrators: who they are, whom they shut out, and what the journal says."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.core.policy import Actor
from app.db import db
from app.domain.accounts import listing, queries, service
from app.domain.journal.models import JournalEntry
from app.errors import Conflict, Denied, Invalid, Missing
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def admin(make: Factory) -> Actor:
    return Actor(user_id=make.admin(), is_admin=True)


def _journal() -> list[tuple[str, str, int | None, dict[str, object]]]:
    rows = db.session.query(JournalEntry).order_by(JournalEntry.id)
    return [(row.action, row.subject_id, row.actor_id, row.detail) for row in rows]


def test_a_ban_is_logged_and_ends_every_session(make: Factory, admin: Actor) -> None:
    user_id = make.user()
    service.ban_person(admin, user_id, " insults ")
    account = queries.get_account(user_id)
    assert (account.is_banned, account.ban_reason) == (True, "insults")
    assert queries.get_session_user(user_id).session_epoch == 1
    service.unban_person(admin, user_id)
    assert (queries.get_account(user_id).is_banned, queries.get_account(user_id).ban_reason) == (
        False, "",
    )  # fmt: skip
    assert _journal() == [
        ("ban_person", str(user_id), admin.user_id, {"reason": "insults"}),
        ("unban_person", str(user_id), admin.user_id, {}),
    ]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_a_ban_needs_a_reason(make: Factory, admin: Actor, reason: str) -> None:
    user_id = make.user()
    with pytest.raises(Invalid) as refusal:
        service.ban_person(admin, user_id, reason)
    assert refusal.value.field == "reason"
    assert not queries.get_account(user_id).is_banned


def test_an_administrator_is_not_shut_out(make: Factory, admin: Actor) -> None:
    other = make.admin()
    with pytest.raises(Conflict):
        service.ban_person(admin, other, "coup")
    assert not queries.get_account(other).is_banned


def test_rights_are_granted_and_withdrawn(make: Factory, admin: Actor) -> None:
    user_id = make.user()
    service.grant_admin(admin, user_id)
    assert queries.count_administrators() == 2
    service.withdraw_admin(admin, admin.user_id or 0)
    assert queries.get_account(user_id).is_admin
    assert [entry[0] for entry in _journal()] == ["grant_admin", "withdraw_admin"]


def test_the_last_administrator_stays(admin: Actor) -> None:
    with pytest.raises(Conflict):
        service.withdraw_admin(admin, admin.user_id or 0)
    assert queries.count_administrators() == 1


def test_a_banned_person_is_not_made_an_administrator(make: Factory, admin: Actor) -> None:
    user_id = make.user(is_banned=True)
    with pytest.raises(Conflict):
        service.grant_admin(admin, user_id)


@pytest.mark.parametrize("actor", [Actor(), Actor(user_id=1)])
def test_nobody_else_administers(make: Factory, actor: Actor) -> None:
    user_id = make.user()
    for act in (
        lambda: service.ban_person(actor, user_id, "because"),
        lambda: service.unban_person(actor, user_id),
        lambda: service.grant_admin(actor, user_id),
        lambda: service.withdraw_admin(actor, user_id),
    ):
        with pytest.raises(Denied):
            act()
    assert _journal() == []


def test_somebody_who_is_not_there_is_missing(admin: Actor) -> None:
    with pytest.raises(Missing):
        service.ban_person(admin, 10**9, "because")


def test_people_are_found_by_part_of_a_name_in_any_script(make: Factory) -> None:
    make.user("Олена ШЕВЧЕНКО", email="o@example.org")
    make.user("100% Anna_", email="anna@example.org")
    make.user("Bob", email="bob@example.org")
    assert _names("шевч") == ["Олена ШЕВЧЕНКО"]
    assert _names("ANNA@") == ["100% Anna_"]
    assert _names("%") == ["100% Anna_"]
    assert _names("nobody") == []
    assert _names("") == ["100% Anna_", "Bob", "Олена ШЕВЧЕНКО"]


def _names(text: str) -> list[str]:
    return [account.display_name for account in listing.list_accounts(text=text).accounts]


def test_people_are_paged(make: Factory) -> None:
    for number in range(27):
        make.user(f"Person {number:02}")
    second = listing.list_accounts(page=2)
    assert (second.total, second.page, second.pages) == (27, 2, 2)
    assert [account.display_name for account in second.accounts] == ["Person 25", "Person 26"]
    assert listing.list_accounts(page=99).page == 2
    assert listing.list_accounts(page=-5).page == 1


def test_two_administrators_do_not_withdraw_each_other(app: Flask, make: Factory) -> None:
    first, second = make.admin(), make.admin()
    start = Barrier(2)

    def withdraw(by: int, other: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                service.withdraw_admin(Actor(user_id=by, is_admin=True), other)
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(withdraw, first, second), pool.submit(withdraw, second, first)]
        outcomes = [future.result() for future in both]
    assert sorted(outcomes) == [False, True]
    db.session.rollback()
    assert queries.count_administrators() == 1
