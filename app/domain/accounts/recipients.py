"""Who gets a role that is given to an address: nobody who only typed that address first."""

from sqlalchemy import select

from app.core.people import may_receive_role
from app.db import db
from app.domain.accounts.models import Consent
from app.domain.accounts.queries import AccountView, find_by_email
from app.errors import Invalid
from app.translation import gettext as _


class UnconfirmedAddress(Invalid):
    """Anybody may have registered this address; whoever gives the role may vouch for them."""

    def __init__(self, account: AccountView) -> None:
        super().__init__(
            _("This address has not been confirmed yet: anybody could have registered it."),
            field="email",
        )
        self.account = account


def get_recipient(email: str, *, vouched_for: str = "") -> AccountView:
    """Return the account that may be given a role by its address.

    `vouched_for` is the public id of the account whose person whoever gives the role knows.
    Raises Invalid when nobody has the address, UnconfirmedAddress when it may be a stranger's.
    """
    account = find_by_email(email)
    if account is None:
        raise Invalid(
            _("Nobody has an account with this address. Ask them to register first."),
            field="email",
        )
    if not may_receive_role(
        is_confirmed=account.is_email_verified,
        is_self_registered=_is_self_registered(account),
        is_vouched_for=vouched_for == account.public_id,
    ):
        raise UnconfirmedAddress(account)
    return account


def _is_self_registered(account: AccountView) -> bool:
    """Return whether somebody came in by registering: imported accounts wait for a mailed link."""
    agreed = select(Consent.id).where(Consent.user_id == account.id).limit(1)
    return account.has_password or db.session.scalar(agreed) is not None
