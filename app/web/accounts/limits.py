"""How often one account may be tried; a hall shares one network address, so that never counts."""

import hashlib

from flask import Response, g, request
from flask_login import current_user

from app.domain.accounts.addresses import fold_email


def typed_account() -> str:
    """Return the key of the account that was typed; addresses themselves are not kept."""
    typed = fold_email(request.form.get("email", ""))
    return hashlib.sha256(typed.encode("utf-8")).hexdigest()


def names_no_account() -> bool:
    """Return whether the address was left empty: that tries nobody's account."""
    return not request.form.get("email", "").strip()


def signed_in_account() -> str:
    """Return the key of the account that is signed in; visitors are refused before it counts."""
    return f"account {current_user.id}" if current_user.is_authenticated else "nobody"


def note_letter() -> None:
    """Note that this request sends a letter: those are what a limit on an address counts."""
    g.is_letter_sent = True


def has_sent_letter(_response: Response) -> bool:
    """Return whether this request sent a letter."""
    return bool(g.get("is_letter_sent", False))


def is_refused(response: Response) -> bool:
    """Return whether a try failed; only those count against an account."""
    return response.status_code >= 400
