"""How often one account may be tried; a hall shares one network address, so that never counts."""

import hashlib

from flask import Response, request

from app.domain.accounts.addresses import fold_email


def typed_account() -> str:
    """Return the key of the account that was typed; addresses themselves are not kept."""
    typed = fold_email(request.form.get("email", ""))
    return hashlib.sha256(typed.encode("utf-8")).hexdigest()


def names_no_account() -> bool:
    """Return whether the address was left empty: that tries nobody's account."""
    return not request.form.get("email", "").strip()


def is_refused(response: Response) -> bool:
    """Return whether a try failed; only those count against an account."""
    return response.status_code >= 400
