"""Passwords, addresses and consents of an account that exists."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.core.people import REQUIRED_CONSENTS, Consent
from app.core.policy import Actor, Reason
from app.db import db, transaction
from app.domain.accounts import queries, tokens
from app.domain.accounts.addresses import parse_email
from app.domain.accounts.models import Consent as ConsentRow
from app.domain.accounts.models import User
from app.domain.accounts.passwords import check_password, hash_password, is_password_right
from app.domain.accounts.queries import SessionUser
from app.domain.accounts.service.creation import give_consents
from app.domain.accounts.service.decision import demand_own_account
from app.domain.accounts.service.proof import prove_address
from app.domain.accounts.service.sessions import end_sessions
from app.domain.accounts.service.sign_in import Entry
from app.domain.accounts.tokens import IssuedLink, Purpose
from app.domain.journal import service as journal
from app.errors import Conflict, Denied, Invalid
from app.translation import gettext as _


@dataclass(frozen=True)
class EmailChange:
    """A finished change of address; the former address hears of it too."""

    user: SessionUser
    former_email: str


def request_password_reset(email: str) -> IssuedLink | None:
    """Return a link to be mailed to the account's address; None for an unknown address."""
    with transaction():
        account = queries.find_by_email(email)
        if account is None:
            return None
        secret = tokens.issue(Purpose.RESET, user_id=account.id)
        return IssuedLink(Purpose.RESET, account.email, account.display_name, secret)


def reset_password(secret: str, password: str, holder: Actor) -> Entry:
    """Set a new password by a mailed link, ending every session; raises SpentLink, Invalid."""
    tokens.get_token(secret, Purpose.RESET)
    password_hash = hash_password(check_password(password))
    with transaction():
        user_id = tokens.use_token(secret, Purpose.RESET).owner_id
        is_reclaimed = prove_address(holder, user_id)
        _store_password(user_id, password_hash, action="reset_password")
        return Entry(queries.get_session_user(user_id), "", is_reclaimed)


def change_password(actor: Actor, present: str, password: str) -> SessionUser:
    """Set a new password, ending every session; raises Denied, Invalid.

    An account that has a password asks for it. The person comes back in with the new epoch.
    """
    user_id = demand_own_account(actor)
    _demand_password(user_id, present, field="present")
    password_hash = hash_password(check_password(password))
    with transaction():
        _store_password(user_id, password_hash, action="change_password")
        return queries.get_session_user(user_id)


def request_email_change(actor: Actor, present: str, email: str) -> IssuedLink | None:
    """Return a link to be mailed to the new address; raises Denied, Invalid.

    None when somebody else has that address: the page must not tell.
    """
    user_id = demand_own_account(actor)
    address = parse_email(email)
    _demand_password(user_id, present, field="present")
    account = queries.get_account(user_id)
    if address == account.email:
        raise Invalid(_("This is your address already."), field="email")
    with transaction():
        if queries.find_by_email(address) is not None:
            return None
        secret = tokens.issue(Purpose.CHANGE_EMAIL, user_id=user_id, payload={"email": address})
        return IssuedLink(Purpose.CHANGE_EMAIL, address, account.display_name, secret)


def confirm_email_change(actor: Actor, secret: str) -> EmailChange:
    """Move the actor's account to the address that got the link, ending every other session.

    Raises SpentLink, Conflict when somebody took the address meanwhile, and Denied outside
    the account: a stranger's account must not move into a mailbox at one press there.
    """
    user_id = demand_own_account(actor)
    with transaction() as session:
        token = tokens.use_token(secret, Purpose.CHANGE_EMAIL)
        if token.owner_id != user_id:
            raise Denied(reason=Reason.NOT_YOURS)
        user = session.get_one(User, user_id)
        if queries.find_by_email(token.payload["email"]) is not None:
            raise Conflict(_("This address belongs to another account by now."))
        former = user.email
        user.email = token.payload["email"]
        user.email_verified_at = clock.now()
        try:
            session.flush()
        except IntegrityError as taken:
            raise Conflict(_("This address belongs to another account by now.")) from taken
        end_sessions(user.id)
        journal.record("change_email", "user", user.id, actor_id=user.id)
        return EmailChange(queries.get_session_user(user.id), former)


def set_consents(actor: Actor, consents: Collection[Consent]) -> None:
    """Give the named consents and withdraw the others; raises Denied, Invalid."""
    user_id = demand_own_account(actor)
    if not REQUIRED_CONSENTS.issubset(consents):
        raise Invalid(
            _("You can take part only if you agree to the rules of this site."), field="terms"
        )
    with transaction() as session:
        withdrawn = [kind for kind in Consent if kind not in set(consents)]
        session.execute(
            update(ConsentRow)
            .where(
                ConsentRow.user_id == user_id,
                ConsentRow.kind.in_(withdrawn),
                ConsentRow.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=clock.now())
        )
        give_consents(user_id, consents)


def _demand_password(user_id: int, present: str, *, field: str) -> None:
    password_hash = db.session.get_one(User, user_id).password_hash
    if password_hash is not None and not is_password_right(password_hash, present):
        raise Invalid(_("This is not your present password."), field=field)


def _store_password(user_id: int, password_hash: str, *, action: str) -> None:
    with transaction() as session:
        session.get_one(User, user_id).password_hash = password_hash
        session.flush()
        end_sessions(user_id)
        journal.record(action, "user", user_id, actor_id=user_id)
