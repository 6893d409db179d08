"""A role that is given to an address reaches its owner, not whoever registered it first."""

import pytest

from app import clock
from app.core.people import Consent
from app.core.policy import Actor
from app.domain.accounts import service
from app.domain.accounts.recipients import UnconfirmedAddress, get_recipient
from app.errors import Invalid
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")
ADDRESS = "lena@example.org"


def register() -> service.Registration:
    made = service.register("Not Lena", ADDRESS, None, {Consent.TERMS})
    assert made.user is not None
    return made


def test_an_address_that_nobody_confirmed_gets_no_role() -> None:
    made = register()
    assert made.user is not None
    with pytest.raises(UnconfirmedAddress) as refusal:
        get_recipient(" Lena@example.org ")
    assert refusal.value.field == "email"
    assert refusal.value.account.display_name == "Not Lena"
    assert refusal.value.account.public_id == made.user.public_id
    assert get_recipient(ADDRESS, vouched_for=made.user.public_id).id == made.user.id


def test_vouching_for_one_account_helps_no_other(make: Factory) -> None:
    register()
    make.user(public_id="another")
    with pytest.raises(UnconfirmedAddress):
        get_recipient(ADDRESS, vouched_for="another")


def test_the_letter_makes_it_theirs() -> None:
    made = register()
    assert made.user is not None
    assert made.letter is not None
    service.confirm_address(made.letter.secret, Actor())
    assert get_recipient(ADDRESS).id == made.user.id


def test_an_account_with_a_password_alone_was_registered_too(make: Factory) -> None:
    make.user(email=ADDRESS, email_verified_at=None, password_hash="hash")
    with pytest.raises(UnconfirmedAddress):
        get_recipient(ADDRESS)


@pytest.mark.parametrize("is_verified", [False, True])
def test_who_was_imported_gets_the_role_at_once(is_verified: bool) -> None:
    user_id = service.create_user(ADDRESS, "Lena", is_verified=is_verified)
    assert get_recipient(ADDRESS).id == user_id


def test_who_has_confirmed_gets_it_with_a_password_of_their_own(make: Factory) -> None:
    user_id = make.user(email=ADDRESS, password_hash="hash", email_verified_at=clock.now())
    assert get_recipient(ADDRESS).id == user_id


def test_an_address_without_an_account_is_named() -> None:
    with pytest.raises(Invalid) as refusal:
        get_recipient(ADDRESS, vouched_for="anybody")
    assert refusal.value.field == "email"
