"""Forms of the area; passwords are never sent back to the page."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, Form, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.core.people import Consent
from app.domain.accounts.addresses import parse_email
from app.domain.accounts.passwords import LENGTH_MIN, check_password
from app.errors import Invalid
from app.web.forms import CojamForm
from app.web.labels import CONSENT_LABELS, CONSENT_NOTES


def _well_formed(_form: Form, field: Field) -> None:
    """Ask the domain early, so that all that is wrong with a form is said at once."""
    try:
        parse_email(field.data or "")
    except Invalid as refusal:
        raise ValidationError(refusal.message) from refusal


def _long_enough(_form: Form, field: Field) -> None:
    """Ask the domain early; an empty field is for other validators to judge."""
    try:
        if field.data:
            check_password(field.data)
    except Invalid as refusal:
        raise ValidationError(refusal.message) from refusal


_EMAIL = (DataRequired(_l("Write your e-mail address.")), _well_formed)


class PersonFields(CojamForm):
    """A name, an address, a password or none."""

    display_name = StringField(
        _l("Name others see"),
        description=_l("A pseudonym is fine, in any script."),
        validators=[DataRequired(_l("Write the name that others should see."))],
    )
    email = EmailField(
        _l("E-mail"),
        description=_l("Never shown to others."),
        validators=_EMAIL,
    )
    password = PasswordField(
        _l("Password"),
        description=_l(
            "At least %(count)s characters. Leave it empty and we mail you a link each time.",
            count=LENGTH_MIN,
        ),
        validators=[_long_enough],
    )


class ConsentFields(CojamForm):
    """Each consent on its own; none is ticked beforehand."""

    terms = BooleanField(
        CONSENT_LABELS[Consent.TERMS],
        description=CONSENT_NOTES[Consent.TERMS],
        validators=[
            DataRequired(_l("You can take part only if you agree to the rules of this site."))
        ],
    )
    contact = BooleanField(
        CONSENT_LABELS[Consent.CONTACT], description=CONSENT_NOTES[Consent.CONTACT]
    )
    research = BooleanField(
        CONSENT_LABELS[Consent.RESEARCH], description=CONSENT_NOTES[Consent.RESEARCH]
    )
    directory = BooleanField(
        CONSENT_LABELS[Consent.DIRECTORY], description=CONSENT_NOTES[Consent.DIRECTORY]
    )

    def given(self) -> set[Consent]:
        """Return the consents that were ticked."""
        return {kind for kind in Consent if self[kind.value].data}


class RegisterForm(PersonFields, ConsentFields):
    """Who somebody is, then what they agree to: faults are told in this order."""

    # Ticked beforehand: without a password and before the letter there is no other way back in.
    is_kept = BooleanField(
        _l("Keep me signed in on this device"),
        description=_l("for 30 days; not on a computer that you share"),
        default=True,
    )


class SignInForm(CojamForm):
    """A password, or a mailed link when it is left empty."""

    email = EmailField(_l("E-mail"), validators=_EMAIL)
    password = PasswordField(
        _l("Password"),
        description=_l("None, or not at hand? Leave it empty and we mail you a link."),
    )
    is_kept = BooleanField(
        _l("Keep me signed in on this device"),
        description=_l("for 30 days; not on a computer that you share"),
    )


class EnterForm(CojamForm):
    """The button behind a mailed link: scanners of mail open links, but press no buttons."""

    is_kept = BooleanField(
        _l("Keep me signed in on this device"),
        description=_l("for 30 days; not on a computer that you share"),
    )


class RequestResetForm(CojamForm):
    """The address of an account whose password is lost."""

    email = EmailField(_l("E-mail"), validators=_EMAIL)


class NewPasswordForm(CojamForm):
    """A new password, typed once: it can be shown by the browser, and reset by mail."""

    password = PasswordField(
        _l("New password"),
        description=_l("At least %(count)s characters.", count=LENGTH_MIN),
        validators=[DataRequired(_l("Write the new password.")), _long_enough],
    )


class ChangePasswordForm(NewPasswordForm):
    """The present password, if there is one, and the new one."""

    present = PasswordField(_l("Present password"))


class ChangeEmailForm(CojamForm):
    """The new address, and the present password if there is one."""

    email = EmailField(
        _l("New e-mail address"),
        validators=[DataRequired(_l("Write the new address.")), _well_formed],
    )
    present = PasswordField(_l("Present password"))


class SetupForm(CojamForm):
    """The first administrator."""

    display_name = StringField(
        _l("Name others see"),
        validators=[DataRequired(_l("Write the name that others should see.")), Length(max=80)],
    )
    email = EmailField(_l("E-mail"), validators=_EMAIL)
    password = PasswordField(
        _l("Password"),
        description=_l("At least %(count)s characters.", count=LENGTH_MIN),
        validators=[DataRequired(_l("Choose a password.")), _long_enough],
    )
