"""People make their own accounts; the address is confirmed by a letter afterwards."""

from collections.abc import Collection
from dataclasses import dataclass

from app.core.people import REQUIRED_CONSENTS, Consent
from app.core.policy import Actor
from app.db import transaction
from app.domain.accounts import queries, tokens
from app.domain.accounts.addresses import parse_email
from app.domain.accounts.passwords import check_password, hash_password
from app.domain.accounts.queries import SessionUser
from app.domain.accounts.service.creation import create_user
from app.domain.accounts.service.decision import demand_own_account
from app.domain.accounts.service.profile import parse_name
from app.domain.accounts.service.proof import prove_address
from app.domain.accounts.service.sign_in import Entry, request_magic_link
from app.domain.accounts.tokens import IssuedLink, Purpose
from app.errors import Conflict, Invalid
from app.translation import gettext as _


@dataclass(frozen=True)
class Registration:
    """What came of a registration: who may come in, and the letter to be mailed.

    `user` is None when the address has an account already: nothing of it was touched, and the
    letter is its owner's.
    """

    user: SessionUser | None
    letter: IssuedLink | None


def register(
    display_name: str,
    email: str,
    password: str | None,
    consents: Collection[Consent],
    *,
    locale: str = "en",
    next_path: str = "",
) -> Registration:
    """Make an account whose address is still to be confirmed; raises Invalid."""
    name, address = parse_name(display_name), parse_email(email)
    if not REQUIRED_CONSENTS.issubset(consents):
        raise Invalid(
            _("You can take part only if you agree to the rules of this site."), field="terms"
        )
    password_hash = hash_password(check_password(password)) if password else None
    try:
        with transaction():
            user_id = create_user(
                address, name, password_hash=password_hash, locale=locale, consents=consents
            )
            return Registration(queries.get_session_user(user_id), _confirmation_of(user_id))
    except Conflict:
        # There is an account, if only since this moment.
        return Registration(None, request_magic_link(address, next_path=next_path))


def request_confirmation(actor: Actor) -> IssuedLink | None:
    """Return another link that confirms one's address; None when it is confirmed. Raises Denied."""
    user_id = demand_own_account(actor)
    with transaction():
        if queries.get_account(user_id).is_email_verified:
            return None
        return _confirmation_of(user_id)


def confirm_address(secret: str, holder: Actor) -> Entry:
    """Confirm the address that got the link, and return who comes in; raises SpentLink."""
    with transaction():
        user_id = tokens.use_token(secret, Purpose.CONFIRM).owner_id
        is_reclaimed = prove_address(holder, user_id)
        return Entry(queries.get_session_user(user_id), "", is_reclaimed)


def _confirmation_of(user_id: int) -> IssuedLink:
    account = queries.get_account(user_id)
    secret = tokens.issue(Purpose.CONFIRM, user_id=user_id)
    return IssuedLink(Purpose.CONFIRM, account.email, account.display_name, secret)
