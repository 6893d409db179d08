"""Coming in, by password or by a mailed link."""

from dataclasses import dataclass

from sqlalchemy import select, update

from app.core.policy import Actor
from app.db import db, transaction
from app.domain.accounts import queries, tokens
from app.domain.accounts.addresses import fold_email
from app.domain.accounts.models import User
from app.domain.accounts.passwords import hash_password, is_hash_outdated, is_password_right
from app.domain.accounts.queries import SessionUser
from app.domain.accounts.service.proof import prove_address
from app.domain.accounts.tokens import IssuedLink, Purpose


@dataclass(frozen=True)
class Entry:
    """Somebody who came in by a link, and where they were going.

    `is_reclaimed` says that somebody else was put out of the account, see `prove_address`.
    """

    user: SessionUser
    next_path: str
    is_reclaimed: bool


def sign_in_with_password(email: str, password: str) -> SessionUser | None:
    """Return the person whom address and password fit.

    An unknown address, and an account without a password, take as long as a wrong password.
    """
    row = db.session.execute(
        select(User.id, User.password_hash).where(User.email == fold_email(email))
    ).one_or_none()
    password_hash: str | None = row.password_hash if row else None
    if not is_password_right(password_hash, password) or row is None or password_hash is None:
        return None
    if is_hash_outdated(password_hash):
        renewed = hash_password(password)
        with transaction() as session:
            session.execute(
                update(User)
                .where(User.id == row.id, User.password_hash == password_hash)
                .values(password_hash=renewed)
            )
    return queries.find_session_user(row.id)


def request_magic_link(email: str, *, next_path: str = "") -> IssuedLink | None:
    """Return a link to be mailed to the account's address; None for an unknown address."""
    with transaction():
        account = queries.find_by_email(email)
        if account is None:
            return None
        secret = tokens.issue(Purpose.SIGN_IN, user_id=account.id, payload={"next": next_path})
        return IssuedLink(Purpose.SIGN_IN, account.email, account.display_name, secret)


def use_magic_link(secret: str, holder: Actor) -> Entry:
    """Use a mailed link up and return who comes in; raises SpentLink."""
    with transaction():
        token = tokens.use_token(secret, Purpose.SIGN_IN)
        is_reclaimed = prove_address(holder, token.owner_id)
        user = queries.get_session_user(token.owner_id)
        return Entry(user, token.payload.get("next", ""), is_reclaimed)
