"""Whoever uses a mailed link has proved to read what arrives at the address."""

from sqlalchemy import select, update

from app import clock
from app.core.policy import Actor
from app.db import transaction
from app.domain.accounts import consents, tokens
from app.domain.accounts.models import Consent as ConsentRow
from app.domain.accounts.models import User
from app.domain.accounts.service.sessions import end_sessions
from app.domain.accounts.tokens import Purpose
from app.domain.journal import service as journal


def prove_address(holder: Actor, user_id: int) -> bool:
    """Note that the address is confirmed; return whether somebody else was put out by it.

    Until now anybody could have registered with this address, and could be waiting in the
    account for its owner to move in. So when the link is used outside the account's own
    session, all that lets a stranger in or speaks for the owner ends: the password, every
    session and outstanding link, and the consents, which the owner is then asked for.
    """
    with transaction() as session:
        # Locked, so that of two links at the same moment one proves and puts out.
        user = session.scalars(select(User).where(User.id == user_id).with_for_update()).one()
        if user.email_verified_at is not None:
            return False
        user.email_verified_at = clock.now()
        session.flush()
        # A letter that lies around for a day must not let anybody in any more.
        tokens.revoke_tokens(user_id=user_id, purpose=Purpose.CONFIRM)
        if holder.user_id == user_id:
            return False
        was_lived_in = user.password_hash is not None or bool(consents.list_consents(user_id))
        user.password_hash = None
        session.execute(
            update(ConsentRow)
            .where(ConsentRow.user_id == user_id, ConsentRow.withdrawn_at.is_(None))
            .values(withdrawn_at=clock.now())
        )
        session.flush()
        end_sessions(user_id)
        if was_lived_in:
            journal.record("reclaim_account", "user", user_id, actor_id=user_id)
        return was_lived_in
