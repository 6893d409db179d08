"""What a profile may say, and what a person may consent to: codes, without their labels."""

from enum import StrEnum

PLATFORM_LANGUAGES = ("en", "de", "be", "uk", "ru", "ro", "el")
# ISO 639-1, the platform's own first, then what people around it speak.
LANGUAGES = (
    *PLATFORM_LANGUAGES,
    "ar", "az", "bg", "cs", "es", "et", "fr", "hu", "hy", "it", "ka", "lt", "lv", "nl", "pl",
    "pt", "sk", "sr", "tr",
)  # fmt: skip

# Languages in which the pages themselves exist.
SITE_LOCALES = ("en",)

SECTORS = ("culture", "civil_society", "it", "education", "business", "authority", "other")
AVAILABILITY = ("full", "part", "remote")

LEVEL_MIN = 0
LEVEL_MAX = 4
# What is assumed of a skill that somebody names without a level.
LEVEL_DEFAULT = 2


class Consent(StrEnum):
    """What a person may agree to, each apart from the others."""

    TERMS = "terms"
    CONTACT = "contact"
    RESEARCH = "research"
    DIRECTORY = "directory"


# A new text gets a new version; people who agreed to an older one are asked again.
CONSENT_VERSIONS: dict[Consent, str] = {
    Consent.TERMS: "1",
    Consent.CONTACT: "1",
    Consent.RESEARCH: "1",
    Consent.DIRECTORY: "1",
}
REQUIRED_CONSENTS = frozenset({Consent.TERMS})


def clamp_level(level: int | None) -> int:
    """Return a level within the scale.

    Parameters
    ----------
    level : int or None
        Any number; None when none was named.

    Returns
    -------
    int
        0 (curious) to 4 (can teach).
    """
    if level is None:
        return LEVEL_DEFAULT
    return min(max(level, LEVEL_MIN), LEVEL_MAX)


def may_receive_role(*, is_confirmed: bool, is_self_registered: bool, is_vouched_for: bool) -> bool:
    """Tell whether an account may be given a role by its address.

    Parameters
    ----------
    is_confirmed : bool
        Whether its person has used a link that was mailed to the address.
    is_self_registered : bool
        Whether somebody made the account by registering, and is in it. An imported account
        opens to a mailed link alone.
    is_vouched_for : bool
        Whether the giver of the role says that they know whose account it is.

    Returns
    -------
    bool
        False where anybody could have registered the address before its owner.
    """
    return is_confirmed or not is_self_registered or is_vouched_for
