"""E-mail addresses in one spelling."""

from email_validator import EmailNotValidError, validate_email

from app.errors import Invalid
from app.translation import gettext as _


def fold_email(text: str) -> str:
    """Return what was typed in the spelling in which addresses are kept, right or wrong."""
    return text.strip().casefold()


def parse_email(text: str, *, field: str = "email") -> str:
    """Return a well-formed address, case-folded; raises Invalid for anything else."""
    try:
        address = validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise Invalid(
            _("Write the e-mail address with an @, like name@example.org."), field=field
        ) from None
    return fold_email(address)
