"""Registering as visitors do it: in at once, the letter later."""

import re
import time

import pytest
from flask import Flask

from app.core.people import Consent
from app.core.policy import Role
from app.db import db
from app.domain.accounts import consents, queries, service
from app.domain.accounts.models import AccountToken
from app.domain.programmes import queries as programmes
from app.extensions import limiter
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.visitors import Visitor

PASSWORD = "correct horse battery"
FORM = {"display_name": "Лена Б.", "email": "lena@example.org", "password": "", "terms": "y"}


@pytest.fixture(autouse=True)
def _fresh_limits(app: Flask) -> None:
    with app.app_context():
        limiter.reset()


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    return Mailbox(app.extensions["cojam_settings"])


def _is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def test_from_the_code_on_the_wall_to_the_event_in_two_pages(
    app: Flask, make: Factory, visitor: Visitor, mailbox: Mailbox
) -> None:
    event_id = make.event(slug="jam", name="Jam of towns", join_code="ABC234")
    invitation = visitor.page("/join/ABC234")
    assert 'href="/register?next=/join/ABC234"' in invitation
    assert "Jam of towns" in visitor.page("/register?next=/join/ABC234")
    answer = visitor.submit("/register?next=/join/ABC234", FORM)
    # Signed in and taking part; skills may be given now or skipped.
    assert answer.location == "/profile?next=/e/jam/now"
    page = visitor.page(answer.location)
    assert "Welcome! You take part in “Jam of towns”." in page
    assert "Save and go on" in page
    assert '<a href="/e/jam/now">Skip this for now</a>' in page
    assert visitor.get("/e/jam/now").status_code == 200
    with app.app_context():
        account = queries.find_by_email("lena@example.org")
        assert account is not None
        assert not account.is_email_verified
        assert set(consents.list_consents(account.id)) == {Consent.TERMS}
        held = programmes.find_roles(account.id, event_id=event_id, programme_id=None)
        assert held.roles == {Role.PARTICIPANT}
    assert mailbox.subjects() == [("lena@example.org", "Confirm your address at Cojam")]


def test_skills_are_saved_on_the_way(visitor: Visitor) -> None:
    answer = visitor.submit("/register?next=/accessibility", FORM)
    assert answer.location == "/profile?next=/accessibility"
    data = {
        "display_name": "Лена Б.", "skills-0-name": "Python", "skills-0-level": "3",
        "languages": "uk", "availability": "full", "sector": "", "timezone": "", "locale": "en",
    }  # fmt: skip
    assert visitor.submit(answer.location, data).location == "/accessibility"
    assert 'value="Python"' in visitor.page("/profile")


@pytest.mark.parametrize("way", ["", "?next=https://evil.example", "?next=//evil.example"])
def test_without_a_way_on_it_is_the_home_page(visitor: Visitor, way: str) -> None:
    assert visitor.submit(f"/register{way}", FORM).location == "/profile?next=/now"


@pytest.mark.parametrize("way", ["/join/NOSUCH", "/join", "/e/jam/join", "/nowhere?a=b"])
def test_only_a_join_code_that_is_one_lets_join(visitor: Visitor, way: str) -> None:
    assert visitor.submit(f"/register?next={way}", FORM).status_code == 302
    assert "/e/" not in visitor.get("/now").get_data(as_text=True).split("<main")[1]


def test_who_is_signed_in_registers_nobody(app: Flask, make: Factory) -> None:
    visitor = make.visitor(make.user())
    token = visitor.csrf_token("/account")
    answer = visitor.client.post("/register", data={**FORM, "csrf_token": token})
    assert answer.location == "/now"
    with app.app_context():
        assert queries.find_by_email("lena@example.org") is None


@pytest.mark.parametrize(("ticked", "is_kept"), [({"is_kept": "y"}, True), ({}, False)])
def test_the_session_is_kept_where_that_is_ticked(
    visitor: Visitor, ticked: dict[str, str], is_kept: bool
) -> None:
    assert re.search(r'name="is_kept"[^>]* checked', visitor.page("/register"))
    visitor.submit("/register", {**FORM, **ticked})
    with visitor.client.session_transaction() as session:
        assert session.permanent is is_kept


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"display_name": " "}, "Write the name that others should see."),
        ({"email": "lena.example.org"}, "Write the e-mail address with an @"),
        ({"email": ""}, "Write your e-mail address."),
        ({"password": "short"}, "Choose a password of at least 10 characters."),
        ({"terms": ""}, "You can take part only if you agree to the rules of this site."),
    ],
)
def test_bad_registrations_are_explained_and_kept(
    app: Flask, visitor: Visitor, mailbox: Mailbox, change: dict[str, str], message: str
) -> None:
    sent = {**FORM, **change}
    answer = visitor.submit("/register", {key: value for key, value in sent.items() if value})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in page
    assert 'class="err"' in page
    for kept in (sent["display_name"].strip(), sent["email"]):
        assert f'value="{kept}"' in page or not kept
    assert "short" not in re.findall(r'value="([^"]*)"', page)
    assert mailbox.letters() == []
    with app.app_context():
        assert not queries.is_anybody_there()
        assert db.session.query(AccountToken).count() == 0


def test_a_known_address_is_told_and_its_account_stays(
    app: Flask, make: Factory, visitor: Visitor, mailbox: Mailbox
) -> None:
    with app.app_context():
        password_hash = service.hash_password(PASSWORD)
    owner = make.user("Lena", email="lena@example.org", password_hash=password_hash)
    answer = visitor.submit(
        "/register?next=/join/ABC234", {**FORM, "password": "a thief's password", "directory": "y"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There is an account with this address already." in page
    assert 'href="/sign-in?next=/join/ABC234"' in page
    assert not _is_signed_in(visitor)
    assert mailbox.subjects() == [("lena@example.org", "You have an account at Cojam already")]
    with app.app_context():
        account = queries.get_account(owner)
        assert (account.display_name, consents.list_consents(owner)) == ("Lena", {})
        assert service.sign_in_with_password("lena@example.org", PASSWORD) is not None
    # The letter's link lets the owner in, and on to where the registration was going.
    assert make.visitor().submit(mailbox.link(), {}).location.startswith("/account/consents")


def test_a_hall_registers_from_one_address(make: Factory, mailbox: Mailbox) -> None:
    make.event(slug="jam", join_code="ABC234")
    start = time.monotonic()
    statuses = set()
    for number in range(300):
        visitor = make.visitor()
        visitor.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
        assert visitor.get("/join/ABC234").status_code == 200
        form = {**FORM, "email": f"hall{number}@example.org"}
        statuses.add(visitor.submit("/register?next=/join/ABC234", form).location)
    assert statuses == {"/profile?next=/e/jam/now"}
    assert time.monotonic() - start < 60
    assert len(mailbox.letters()) == 300


def test_one_address_is_not_flooded_with_letters(make: Factory, mailbox: Mailbox) -> None:
    answers = [make.visitor().submit("/register", FORM).status_code for _time in range(7)]
    assert answers == [302] + [422] * 4 + [429] * 2
    assert len(mailbox.letters()) == 5


# confirming the address


def test_the_account_asks_to_confirm_the_address(visitor: Visitor, mailbox: Mailbox) -> None:
    visitor.submit("/register", {**FORM, "password": PASSWORD, "is_kept": "y"})
    assert "Confirm your address" in visitor.page("/account")
    assert visitor.submit("/account/confirmation", page="/account").location == "/check-mail"
    assert "confirm the address" in visitor.page("/check-mail")
    assert [subject for _to, subject in mailbox.subjects()] == ["Confirm your address at Cojam"] * 2
    link = mailbox.link()
    for _time in range(3):
        assert "is_kept" not in visitor.page(link)
    assert visitor.submit(link, {}).location == "/now"
    assert "Your address is confirmed." in visitor.page("/account")
    assert "Send the letter again" not in visitor.page("/account")
    with visitor.client.session_transaction() as session:
        assert session.permanent is True
    spent = visitor.get(link)
    assert spent.status_code == 410
    assert "does not work any more" in spent.get_data(as_text=True)
    assert visitor.submit("/account/confirmation", page="/account").location == "/account"
    assert len(mailbox.letters()) == 2


def test_letters_of_confirmation_are_limited_by_account(
    make: Factory, visitor: Visitor, mailbox: Mailbox
) -> None:
    visitor.submit("/register", FORM)
    ask = ("/account/confirmation",)
    answers = [visitor.submit(*ask, page="/account").status_code for _time in range(6)]
    assert answers == [302] * 5 + [429]
    other = make.visitor(make.user(email_verified_at=None))
    assert other.submit(*ask, page="/account").status_code == 302
    assert len(mailbox.letters()) == 7


@pytest.mark.parametrize("way", ["confirmation", "magic link", "reset"])
def test_who_registered_a_foreign_address_is_put_out_by_its_owner(
    make: Factory, mailbox: Mailbox, way: str
) -> None:
    stranger, owner = make.visitor(), make.visitor()
    stranger.submit("/register", {**FORM, "password": PASSWORD})
    if way == "magic link":
        owner.submit("/sign-in", {"email": "lena@example.org"})
    elif way == "reset":
        owner.submit("/reset-password", {"email": "lena@example.org"})
    link = mailbox.link()
    assert "every other device is signed out" in owner.page(link).lower()
    answer = owner.submit(link, {"password": "the owner's own one"})
    # Nobody's consents but one's own: the owner is asked first.
    assert answer.location == "/account/consents"
    assert "it may not all be yours" in owner.page(answer.location)
    assert _is_signed_in(owner)
    assert not _is_signed_in(stranger)
    again = stranger.submit("/sign-in", {"email": "lena@example.org", "password": PASSWORD})
    assert again.status_code == 422


def test_a_letter_opened_in_its_own_session_changes_no_password(
    make: Factory, visitor: Visitor, mailbox: Mailbox
) -> None:
    visitor.submit("/register", {**FORM, "password": PASSWORD})
    assert "every other device" not in visitor.page(mailbox.link())
    visitor.submit(mailbox.link(), {})
    data = {"email": "lena@example.org", "password": PASSWORD}
    assert make.visitor().submit("/sign-in", data).status_code == 302
    assert _is_signed_in(visitor)
