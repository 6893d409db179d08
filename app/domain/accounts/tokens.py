"""Single-use links: the secret goes into a letter, only its hash is stored."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update

from app import clock
from app.db import db, transaction
from app.domain.accounts.models import AccountToken
from app.errors import Invalid
from app.translation import gettext as _


class Purpose(StrEnum):
    """What a link is for; a link for one thing never does another."""

    CONFIRM = "confirm"
    SIGN_IN = "sign_in"
    RESET = "reset"
    CHANGE_EMAIL = "change_email"
    SETUP = "setup"


LIFETIMES = {
    Purpose.CONFIRM: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.RESET: timedelta(hours=1),
    Purpose.CHANGE_EMAIL: timedelta(hours=24),
    Purpose.SETUP: timedelta(days=7),
}
# A used or expired link is remembered this long, then forgotten with what it carried.
_KEPT = timedelta(days=1)


class SpentLink(Invalid):
    """The link was used before, is too old, or never was."""


@dataclass(frozen=True)
class IssuedLink:
    """A secret, and the one address to which it may be sent."""

    purpose: Purpose
    email: str
    display_name: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class TokenView:
    """What a link stands for."""

    purpose: Purpose
    user_id: int | None
    payload: dict[str, Any] = field(repr=False)

    @property
    def owner_id(self) -> int:
        """Whose link it is; only the first administrator's is nobody's yet."""
        if self.user_id is None:
            raise SpentLink(_("This link was used before or is too old. Ask for a new one."))
        return self.user_id


def issue(
    purpose: Purpose, *, user_id: int | None = None, payload: dict[str, Any] | None = None
) -> str:
    """Make a link and return its secret; clears away links that ended long ago."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    with transaction() as session:
        session.execute(delete(AccountToken).where(AccountToken.expires_at < now - _KEPT))
        session.add(
            AccountToken(
                purpose=purpose,
                token_hash=_hash(secret),
                user_id=user_id,
                payload=payload or {},
                created_at=now,
                expires_at=now + LIFETIMES[purpose],
            )
        )
    return secret


def find_token(secret: str, purpose: Purpose) -> TokenView | None:
    """Return what a link stands for, while it can still be used."""
    row = db.session.scalar(
        select(AccountToken).where(
            AccountToken.token_hash == _hash(secret),
            AccountToken.purpose == purpose,
            AccountToken.used_at.is_(None),
            AccountToken.expires_at > clock.now(),
        )
    )
    return TokenView(purpose, row.user_id, row.payload) if row else None


def get_token(secret: str, purpose: Purpose) -> TokenView:
    """Return what a link stands for; raises SpentLink when it cannot be used any more."""
    token = find_token(secret, purpose)
    if token is None:
        raise SpentLink(_("This link was used before or is too old. Ask for a new one."))
    return token


def use_token(secret: str, purpose: Purpose) -> TokenView:
    """Use a link up; raises SpentLink. Of two uses at once, one succeeds."""
    with transaction() as session:
        token = get_token(secret, purpose)
        used = session.execute(
            update(AccountToken)
            .where(AccountToken.token_hash == _hash(secret), AccountToken.used_at.is_(None))
            # What it carried (a new address, a way to go on) has served its purpose.
            .values(used_at=clock.now(), payload={})
        )
        if used.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE always counts its rows
            raise SpentLink(_("This link was used before or is too old. Ask for a new one."))
        return token


def revoke_tokens(*, user_id: int | None = None, purpose: Purpose | None = None) -> None:
    """Make outstanding links of a person, or of a purpose, worthless."""
    query = update(AccountToken).where(AccountToken.used_at.is_(None))
    if user_id is not None:
        query = query.where(AccountToken.user_id == user_id)
    if purpose is not None:
        query = query.where(AccountToken.purpose == purpose)
    with transaction() as session:
        session.execute(query.values(used_at=clock.now(), payload={}))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
