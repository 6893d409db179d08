"""An address is confirmed by a letter; whoever registered it before its owner is put out."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app import clock
from app.core.people import Consent
from app.core.policy import Actor
from app.db import db
from app.domain.accounts import consents, queries, service
from app.domain.accounts.service import Entry, IssuedLink, Purpose, SpentLink
from app.domain.journal.models import JournalEntry
from app.errors import Denied
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")
ADDRESS, STRANGERS, NEW = "lena@example.org", "the stranger's password", "an entirely new one"


@pytest.fixture
def registered() -> tuple[int, str]:
    """Return a person who has just registered, and the secret of their letter."""
    made = service.register(
        "Lena", ADDRESS, STRANGERS, {Consent.TERMS, Consent.DIRECTORY, Consent.CONTACT}
    )
    assert made.user is not None
    assert made.letter is not None
    return made.user.id, made.letter.secret


def _ask(request: Callable[[str], IssuedLink | None]) -> str:
    link = request(ADDRESS)
    assert link is not None
    return link.secret


def _by_confirmation(letter: str, holder: Actor) -> Entry:
    return service.confirm_address(letter, holder)


def _by_magic_link(_letter: str, holder: Actor) -> Entry:
    return service.use_magic_link(_ask(service.request_magic_link), holder)


def _by_reset(_letter: str, holder: Actor) -> Entry:
    return service.reset_password(_ask(service.request_password_reset), NEW, holder)


WAYS = pytest.mark.parametrize("enter", [_by_confirmation, _by_magic_link, _by_reset])
Way = Callable[[str, Actor], Entry]


@WAYS
@pytest.mark.parametrize("is_another", [False, True])
def test_a_letter_puts_out_who_registered_before(
    make: Factory, registered: tuple[int, str], enter: Way, is_another: bool
) -> None:
    user_id, letter = registered
    holder = Actor(user_id=make.user()) if is_another else Actor()
    waiting = service.request_email_change(Actor(user_id=user_id), STRANGERS, "evil@example.org")
    entry = enter(letter, holder)
    assert (entry.user.id, entry.is_reclaimed) == (user_id, True)
    assert entry.user.session_epoch >= 1
    assert queries.get_account(user_id).is_email_verified
    assert service.sign_in_with_password(ADDRESS, STRANGERS) is None
    assert consents.list_consents(user_id) == {}
    assert waiting is not None
    with pytest.raises(SpentLink):
        service.confirm_email_change(Actor(user_id=user_id), waiting.secret)
    noted = db.session.query(JournalEntry.action).order_by(JournalEntry.id)
    assert noted.first() == ("reclaim_account",)


@pytest.mark.parametrize("enter", [_by_confirmation, _by_magic_link])
def test_in_ones_own_session_everything_stays(registered: tuple[int, str], enter: Way) -> None:
    user_id, letter = registered
    entry = enter(letter, Actor(user_id=user_id))
    assert (entry.user.id, entry.user.session_epoch, entry.is_reclaimed) == (user_id, 0, False)
    assert queries.get_account(user_id).is_email_verified
    assert service.sign_in_with_password(ADDRESS, STRANGERS) == entry.user
    assert set(consents.list_consents(user_id)) == {
        Consent.TERMS, Consent.DIRECTORY, Consent.CONTACT,
    }  # fmt: skip


def test_it_happens_once(registered: tuple[int, str]) -> None:
    user_id, letter = registered
    service.confirm_address(letter, Actor(user_id=user_id))
    entry = service.use_magic_link(_ask(service.request_magic_link), Actor())
    assert (entry.user.session_epoch, entry.is_reclaimed) == (0, False)
    assert service.sign_in_with_password(ADDRESS, STRANGERS) is not None


def test_a_reset_sets_the_owners_password(registered: tuple[int, str]) -> None:
    entry = _by_reset(registered[1], Actor())
    assert service.sign_in_with_password(ADDRESS, NEW) == entry.user


def test_an_imported_account_has_nobody_to_put_out() -> None:
    user_id = service.create_user(ADDRESS, "Lena")
    entry = _by_magic_link("", Actor())
    assert (entry.user.id, entry.is_reclaimed) == (user_id, False)
    assert queries.get_account(user_id).is_email_verified


def test_a_confirmation_works_once_and_only_for_its_purpose(registered: tuple[int, str]) -> None:
    _user_id, letter = registered
    with pytest.raises(SpentLink):
        service.use_magic_link(letter, Actor())
    with pytest.raises(SpentLink):
        service.reset_password(letter, NEW, Actor())
    service.confirm_address(letter, Actor())
    with pytest.raises(SpentLink):
        service.confirm_address(letter, Actor())


def test_a_confirmation_ends_after_its_time(
    registered: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    user_id, letter = registered
    later = clock.now() + timedelta(hours=24, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(SpentLink):
        service.confirm_address(letter, Actor(user_id=user_id))
    assert not queries.get_account(user_id).is_email_verified


def test_another_letter_is_sent_until_one_was_used(registered: tuple[int, str]) -> None:
    user_id, letter = registered
    owner = Actor(user_id=user_id)
    again = service.request_confirmation(owner)
    assert again is not None
    assert (again.purpose, again.email) == (Purpose.CONFIRM, ADDRESS)
    service.confirm_address(again.secret, owner)
    assert service.request_confirmation(owner) is None
    # The first letter would let in whoever finds it: it ended with the second.
    with pytest.raises(SpentLink):
        service.confirm_address(letter, Actor())
    with pytest.raises(Denied):
        service.request_confirmation(Actor())
