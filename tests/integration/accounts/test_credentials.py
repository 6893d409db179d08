"""New passwords, new addresses, consents given and taken back."""

import pytest

from app.core.people import Consent
from app.core.policy import Actor
from app.db import db
from app.domain.accounts import consents, queries, service
from app.domain.accounts.models import Consent as ConsentRow
from app.domain.accounts.service import SpentLink
from app.errors import Conflict, Denied, Invalid
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")
OLD, NEW = "correct horse battery", "an entirely new one"


@pytest.fixture
def lena(make: Factory) -> int:
    return make.user("Lena", email="lena@example.org", password_hash=service.hash_password(OLD))


def test_a_reset_sets_the_password_and_ends_every_session(lena: int) -> None:
    sign_in = service.request_magic_link("lena@example.org")
    link = service.request_password_reset("lena@example.org")
    assert link is not None
    assert sign_in is not None
    user = service.reset_password(link.secret, NEW, Actor()).user
    assert (user.id, user.session_epoch) == (lena, 1)
    assert service.sign_in_with_password("lena@example.org", OLD) is None
    assert service.sign_in_with_password("lena@example.org", NEW) == user
    with pytest.raises(SpentLink):
        service.use_magic_link(sign_in.secret, Actor())
    with pytest.raises(SpentLink):
        service.reset_password(link.secret, OLD, Actor())


@pytest.mark.usefixtures("lena")
def test_a_bad_new_password_leaves_the_link_alive() -> None:
    link = service.request_password_reset("lena@example.org")
    assert link is not None
    with pytest.raises(Invalid) as refusal:
        service.reset_password(link.secret, "short", Actor())
    assert refusal.value.field == "password"
    assert service.sign_in_with_password("lena@example.org", OLD) is not None
    service.reset_password(link.secret, NEW, Actor())


def test_an_unknown_address_gets_no_reset() -> None:
    assert service.request_password_reset("nobody@example.org") is None


def test_changing_the_password_asks_for_the_present_one(lena: int) -> None:
    with pytest.raises(Invalid) as refusal:
        service.change_password(Actor(user_id=lena), "wrong", NEW)
    assert refusal.value.field == "present"
    assert queries.get_session_user(lena).session_epoch == 0
    user = service.change_password(Actor(user_id=lena), OLD, NEW)
    assert user.session_epoch == 1
    assert service.sign_in_with_password("lena@example.org", NEW) == user


def test_a_first_password_asks_for_none(make: Factory) -> None:
    user_id = make.user(email="link@example.org")
    service.change_password(Actor(user_id=user_id), "", NEW)
    assert queries.get_account(user_id).has_password


def test_an_address_changes_when_the_new_one_answers(lena: int) -> None:
    actor = Actor(user_id=lena)
    link = service.request_email_change(actor, OLD, "New@example.org")
    assert link is not None
    assert link.email == "new@example.org"
    assert queries.get_account(lena).email == "lena@example.org"
    change = service.confirm_email_change(actor, link.secret)
    assert (change.former_email, change.user.email) == ("lena@example.org", "new@example.org")
    assert change.user.session_epoch == 1


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_an_address_is_not_moved_outside_the_account(
    lena: int, make: Factory, is_signed_in: bool
) -> None:
    link = service.request_email_change(Actor(user_id=lena), OLD, "new@example.org")
    assert link is not None
    stranger = Actor(user_id=make.user()) if is_signed_in else Actor()
    with pytest.raises(Denied):
        service.confirm_email_change(stranger, link.secret)
    assert queries.get_account(lena).email == "lena@example.org"
    assert service.confirm_email_change(Actor(user_id=lena), link.secret).user.id == lena


@pytest.mark.parametrize(
    ("present", "address", "field"),
    [
        ("wrong", "new@example.org", "present"),
        (OLD, "no address", "email"),
        (OLD, "lena@example.org", "email"),
    ],
)
def test_a_bad_change_of_address_names_its_field(
    lena: int, present: str, address: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        service.request_email_change(Actor(user_id=lena), present, address)
    assert refusal.value.field == field


def test_the_address_of_another_is_not_taken(lena: int, make: Factory) -> None:
    actor = Actor(user_id=lena)
    free = service.request_email_change(actor, OLD, "other@example.org")
    assert free is not None
    make.user(email="other@example.org")
    assert service.request_email_change(actor, OLD, "other@example.org") is None
    with pytest.raises(Conflict):
        service.confirm_email_change(actor, free.secret)
    assert queries.get_account(lena).email == "lena@example.org"


def test_consents_are_given_and_taken_back_each_on_its_own(lena: int) -> None:
    actor = Actor(user_id=lena)
    service.set_consents(actor, {Consent.TERMS, Consent.DIRECTORY})
    service.set_consents(actor, {Consent.TERMS, Consent.CONTACT})
    assert set(consents.list_consents(lena)) == {Consent.TERMS, Consent.CONTACT}
    assert consents.list_consenting({lena}, Consent.CONTACT) == {lena}
    assert consents.list_consenting({lena}, Consent.DIRECTORY) == set()
    # The terms were given once; the directory's consent is withdrawn and still on record.
    rows = db.session.query(ConsentRow).order_by(ConsentRow.id)
    assert [(row.kind, row.withdrawn_at is None) for row in rows] == [
        ("directory", False), ("terms", True), ("contact", True),
    ]  # fmt: skip


def test_an_older_version_is_asked_for_again(lena: int) -> None:
    actor = Actor(user_id=lena)
    service.set_consents(actor, {Consent.TERMS})
    db.session.query(ConsentRow).update({"version": "0"})
    db.session.commit()
    assert not consents.has_consented(lena, Consent.TERMS)
    service.set_consents(actor, {Consent.TERMS})
    assert consents.list_consents(lena)[Consent.TERMS].version == "1"


def test_the_rules_cannot_be_taken_back_while_taking_part(lena: int) -> None:
    with pytest.raises(Invalid) as refusal:
        service.set_consents(Actor(user_id=lena), {Consent.CONTACT})
    assert refusal.value.field == "terms"
    assert consents.list_consents(lena) == {}
