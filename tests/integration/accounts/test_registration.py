"""From a form to an account whose address is still to be confirmed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.core.people import Consent
from app.core.policy import Actor
from app.domain.accounts import consents, queries, service
from app.domain.accounts.service import (
    ProfileInput,
    Purpose,
    SkillInput,
    SpentLink,
)
from app.errors import Conflict, Denied, Invalid
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")
TERMS = {Consent.TERMS}


def test_an_account_begins_at_once_and_its_address_is_to_be_confirmed() -> None:
    made = service.register("Лена Б.", " Lena@Example.org ", None, {*TERMS, Consent.RESEARCH})
    assert made.user is not None
    assert made.letter is not None
    assert (made.letter.purpose, made.letter.email) == (Purpose.CONFIRM, "lena@example.org")
    account = queries.get_account(made.user.id)
    assert (account.display_name, account.email) == ("Лена Б.", "lena@example.org")
    assert (account.is_email_verified, account.has_password) == (False, False)
    assert {kind: view.version for kind, view in consents.list_consents(account.id).items()} == {
        Consent.TERMS: "1",
        Consent.RESEARCH: "1",
    }


def test_a_known_address_gets_a_letter_and_stays_as_it_is(make: Factory) -> None:
    owner = make.user("Owner", email="owner@example.org")
    made = service.register("Thief", "OWNER@example.org", "another password", TERMS)
    assert made.user is None
    assert made.letter is not None
    assert (made.letter.purpose, made.letter.display_name) == (Purpose.SIGN_IN, "Owner")
    assert service.use_magic_link(made.letter.secret, Actor()).user.id == owner
    account = queries.get_account(owner)
    assert (account.display_name, account.has_password) == ("Owner", False)
    assert consents.list_consents(owner) == {}


def test_an_imported_account_is_known_too() -> None:
    user_id = service.create_user("ira@example.org", "I. Petrova", skills=[SkillInput("Python", 3)])
    made = service.register("Ира", "ira@example.org", "a long password", TERMS, next_path="/join/A")
    assert made.user is None
    assert made.letter is not None
    entry = service.use_magic_link(made.letter.secret, Actor())
    assert (entry.user.id, entry.next_path, entry.is_reclaimed) == (user_id, "/join/A", False)
    account = queries.get_account(user_id)
    assert (account.display_name, account.is_email_verified, account.has_password) == (
        "I. Petrova", True, False,
    )  # fmt: skip


def test_of_two_registrations_at_the_same_moment_one_makes_the_account(app: Flask) -> None:
    start = Barrier(3)

    def register(number: int) -> bool:
        with app.app_context():
            start.wait()
            name = f"Person {number}"
            return service.register(name, "a@example.org", None, TERMS).user is not None

    with ThreadPoolExecutor(3) as pool:
        outcomes = [future.result() for future in [pool.submit(register, n) for n in range(3)]]
    assert sorted(outcomes) == [False, False, True]


@pytest.mark.parametrize(
    ("name", "address", "password", "consents", "field"),
    [
        ("", "a@example.org", None, TERMS, "display_name"),
        ("\u200b \u202e", "a@example.org", None, TERMS, "display_name"),
        ("x" * 81, "a@example.org", None, TERMS, "display_name"),
        ("Lena", "a.example.org", None, TERMS, "email"),
        ("Lena", "a@localhost", None, TERMS, "email"),
        ("Lena", "a@example.org\nBcc: b@example.org", None, TERMS, "email"),
        ("Lena", "a@example.org", "short", TERMS, "password"),
        ("Lena", "a@example.org", "x" * 257, TERMS, "password"),
        ("Lena", "a@example.org", None, {Consent.CONTACT}, "terms"),
    ],
)
def test_bad_input_names_its_field(
    name: str, address: str, password: str | None, consents: set[Consent], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        service.register(name, address, password, consents)
    assert refusal.value.field == field
    assert not queries.is_anybody_there()


def test_create_user_keeps_profile_and_skills() -> None:
    user_id = service.create_user(
        "a@example.org",
        "Anna",
        is_verified=True,
        profile=ProfileInput(languages=("uk", "en"), sector="culture", place="Lviv"),
        skills=[SkillInput("Basket weaving", 4), SkillInput("basket  WEAVING", 1)],
        wants_to_learn=["Sound walks"],
    )
    profile = queries.get_profile(user_id)
    assert (profile.languages, profile.sector, profile.place) == (("en", "uk"), "culture", "Lviv")
    assert [(s.name, s.level) for s in profile.has_skills] == [("Basket weaving", 4)]
    assert [s.name for s in profile.wants_to_learn] == ["Sound walks"]
    with pytest.raises(Conflict):
        service.create_user("A@example.org", "Another")


def test_nothing_is_half_written_when_a_profile_is_refused() -> None:
    with pytest.raises(Invalid):
        service.create_user("a@example.org", "Anna", profile=ProfileInput(sector="nonsense"))
    assert queries.find_by_email("a@example.org") is None


def test_the_first_administrator_is_made_once() -> None:
    superseded = service.issue_setup_token()
    secret = service.issue_setup_token()
    with pytest.raises(SpentLink):
        service.create_first_administrator(superseded, "A", "a@example.org", "a long password")
    user = service.create_first_administrator(secret, "A", "a@example.org", "a long password")
    assert user.is_admin
    assert service.sign_in_with_password("a@example.org", "a long password") == user
    with pytest.raises(Denied):
        service.issue_setup_token()
    with pytest.raises(Denied):
        service.create_first_administrator(secret, "B", "b@example.org", "a long password")


def test_a_refused_administrator_does_not_use_the_link_up() -> None:
    secret = service.issue_setup_token()
    with pytest.raises(Invalid):
        service.create_first_administrator(secret, "A", "a@example.org", "short")
    assert service.create_first_administrator(secret, "A", "a@example.org", "long enough").is_admin
