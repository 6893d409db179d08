"""Forms that give a role to whoever has an address."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired

from app.domain.accounts.queries import AccountView
from app.domain.accounts.recipients import UnconfirmedAddress
from app.web.forms import CojamForm


class AddresseeForm(CojamForm):
    """Names a person by the address of their account; asks again when it is not confirmed.

    `unconfirmed` is the account that the second step asks about, see components/vouching.html;
    `vouched_for` is its public id once the box is ticked, so that no other account profits.
    """

    email = EmailField(
        _l("E-mail of their account"),
        validators=[DataRequired(_l("Write the e-mail address of their account."))],
    )
    vouched_for = StringField(_l("Give the role all the same"))
    unconfirmed: AccountView | None = None

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Keep the account that a refusal is about, for the second step."""
        with super().refusals():
            try:
                yield
            except UnconfirmedAddress as refusal:
                self.unconfirmed = refusal.account
                raise
