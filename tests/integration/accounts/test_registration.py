"""From a form to an account: nothing exists before the address is proven."""

from datetime import timedelta

import pytest

from app import clock
from app.core.people import Consent
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


def test_an_account_begins_when_the_link_is_used() -> None:
    link = service.register("Лена Б.", " Lena@Example.org ", None, {*TERMS, Consent.RESEARCH})
    assert (link.purpose, link.email) == (Purpose.REGISTER, "lena@example.org")
    assert queries.find_by_email("lena@example.org") is None
    entry = service.confirm_registration(link.secret)
    account = queries.get_account(entry.user.id)
    assert account.display_name == "Лена Б."
    assert account.is_email_verified
    assert not account.has_password
    assert {kind: view.version for kind, view in consents.list_consents(account.id).items()} == {
        Consent.TERMS: "1",
        Consent.RESEARCH: "1",
    }


def test_a_link_works_once_and_only_for_its_purpose() -> None:
    link = service.register("Lena", "lena@example.org", None, TERMS)
    with pytest.raises(SpentLink):
        service.use_magic_link(link.secret)
    service.confirm_registration(link.secret)
    with pytest.raises(SpentLink):
        service.confirm_registration(link.secret)


def test_a_link_ends_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    link = service.register("Lena", "lena@example.org", None, TERMS)
    later = clock.now() + timedelta(hours=24, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(SpentLink):
        service.confirm_registration(link.secret)
    assert queries.find_by_email("lena@example.org") is None


def test_where_one_was_going_survives_another_device() -> None:
    link = service.register("Lena", "l@example.org", None, TERMS, next_path="/join/ABC")
    assert service.confirm_registration(link.secret).next_path == "/join/ABC"


def test_a_known_address_gets_a_link_to_sign_in_and_stays_as_it_is(make: Factory) -> None:
    owner = make.user("Owner", email="owner@example.org")
    link = service.register("Thief", "OWNER@example.org", "another password", TERMS)
    assert (link.purpose, link.display_name) == (Purpose.SIGN_IN, "Owner")
    assert service.use_magic_link(link.secret).user.id == owner
    account = queries.get_account(owner)
    assert (account.display_name, account.has_password) == ("Owner", False)


def test_an_imported_account_is_taken_over_by_its_person() -> None:
    user_id = service.create_user("ira@example.org", "I. Petrova", skills=[SkillInput("Python", 3)])
    link = service.register("Ира", "ira@example.org", "a long password", TERMS)
    assert link.purpose is Purpose.REGISTER
    assert queries.get_account(user_id).display_name == "I. Petrova"
    assert service.confirm_registration(link.secret).user.id == user_id
    account = queries.get_account(user_id)
    assert (account.display_name, account.is_email_verified, account.has_password) == (
        "Ира", True, True,
    )  # fmt: skip
    assert [skill.level for skill in queries.get_profile(user_id).skills] == [3]


def test_the_second_of_two_registrations_changes_nothing() -> None:
    first = service.register("First", "a@example.org", "the first password", TERMS)
    second = service.register("Second", "a@example.org", "the second password", TERMS)
    user = service.confirm_registration(first.secret).user
    assert service.confirm_registration(second.secret).user == user
    assert service.sign_in_with_password("a@example.org", "the second password") is None
    assert service.sign_in_with_password("a@example.org", "the first password") == user


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
