"""Coming in, by password or by a mailed link, and leaving everywhere at once."""

from sqlalchemy import select, update

from app import clock
from app.core.policy import Actor
from app.db import db, transaction
from app.domain.accounts import queries, tokens
from app.domain.accounts.addresses import fold_email
from app.domain.accounts.models import User
from app.domain.accounts.passwords import hash_password, is_hash_outdated, is_password_right
from app.domain.accounts.queries import SessionUser
from app.domain.accounts.service.creation import Entry
from app.domain.accounts.service.decision import demand_own_account
from app.domain.accounts.tokens import IssuedLink, Purpose


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


def use_magic_link(secret: str) -> Entry:
    """Use a mailed link up and return who comes in; raises SpentLink."""
    with transaction() as session:
        token = tokens.use_token(secret, Purpose.SIGN_IN)
        user = session.get_one(User, token.user_id)
        # The link went to the address, so whoever opened it reads what arrives there.
        user.email_verified_at = user.email_verified_at or clock.now()
        session.flush()
        return Entry(queries.get_session_user(user.id), token.payload.get("next", ""))


def sign_out_everywhere(actor: Actor) -> None:
    """End every session of the actor and make outstanding links worthless; raises Denied."""
    user_id = demand_own_account(actor)
    with transaction():
        end_sessions(user_id)


def end_sessions(user_id: int) -> None:
    """End every session of a person, and revoke the links that would begin another."""
    with transaction() as session:
        session.execute(
            update(User).where(User.id == user_id).values(session_epoch=User.session_epoch + 1)
        )
        tokens.revoke_tokens(user_id=user_id)
