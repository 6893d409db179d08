"""Passwords: kept as argon2id hashes, checked in the same time whether or not there is one."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.errors import Invalid
from app.translation import gettext as _

LENGTH_MIN = 10
# Longer ones would only make the hashing a burden.
LENGTH_MAX = 256

# OWASP's first choice of 2024: 19 MiB, two passes; about 70 ms on a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def check_password(password: str, *, field: str = "password") -> str:
    """Return a password that may be set; raises Invalid when it is too short or too long."""
    if len(password) < LENGTH_MIN:
        raise Invalid(
            _("Choose a password of at least %(count)s characters.", count=LENGTH_MIN),
            field=field,
        )
    if len(password) > LENGTH_MAX:
        raise Invalid(
            _("Choose a password of at most %(count)s characters.", count=LENGTH_MAX),
            field=field,
        )
    return password


def hash_password(password: str) -> str:
    """Return what may be stored; takes a while, so hash before a transaction begins."""
    return _hasher.hash(password)


def is_password_right(password_hash: str | None, password: str) -> bool:
    """Return whether a password fits; without a hash the same work is done in vain."""
    # An endless password must not keep the processor busy either.
    typed = password[: LENGTH_MAX + 1]
    try:
        _hasher.verify(password_hash or _nobodys_hash(), typed)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def is_hash_outdated(password_hash: str) -> bool:
    """Return whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")
