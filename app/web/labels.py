"""Words for the codes that are stored: languages, sectors, levels, consents, funding rules."""

from flask_babel import lazy_gettext as _l

from app.core.people import Consent

# Each language in its own words, so that nobody has to know another to find theirs.
LANGUAGE_NAMES = {
    "en": "English",
    "de": "Deutsch",
    "be": "беларуская",
    "uk": "українська",
    "ru": "русский",
    "ro": "română",
    "el": "ελληνικά",
    "ar": "العربية",
    "az": "azərbaycanca",
    "bg": "български",
    "cs": "čeština",
    "es": "español",
    "et": "eesti",
    "fr": "français",
    "hu": "magyar",
    "hy": "հայերեն",
    "it": "italiano",
    "ka": "ქართული",
    "lt": "lietuvių",
    "lv": "latviešu",
    "nl": "Nederlands",
    "pl": "polski",
    "pt": "português",
    "sk": "slovenčina",
    "sr": "српски",
    "tr": "Türkçe",
}

SECTOR_LABELS = {
    "culture": _l("Culture"),
    "civil_society": _l("Civil society"),
    "it": _l("IT"),
    "education": _l("Education"),
    "business": _l("Business"),
    "authority": _l("Public authority"),
    "other": _l("Something else"),
}

AVAILABILITY_LABELS = {
    "full": _l("There all the time"),
    "part": _l("There part of the time"),
    "remote": _l("Joining from elsewhere"),
}

LEVEL_LABELS = {
    0: _l("curious"),
    1: _l("beginner"),
    2: _l("can do"),
    3: _l("experienced"),
    4: _l("can teach"),
}

CONSENT_LABELS = {
    Consent.TERMS: _l("I agree to the rules of this site and to how it keeps my data"),
    Consent.CONTACT: _l("Write to me about further events and calls"),
    Consent.RESEARCH: _l("Use my answers, without my name, for research about co-creation"),
    Consent.DIRECTORY: _l("Show my profile to others in my events"),
}

CONSENT_NOTES = {
    Consent.TERMS: _l("needed to take part"),
    Consent.CONTACT: _l("your choice; you can take it back at any time"),
    Consent.RESEARCH: _l("your choice; you can take it back at any time"),
    Consent.DIRECTORY: _l("off unless you choose it; organisers see you in any case"),
}

POLICY_LABELS = {
    "rank": _l("Best first, until the money is spent"),
    "value": _l("Most value together for the money"),
    "money": _l("Most value, weighed by what is asked for"),
    "shares": _l("Equal shares: each juror has an equal part of the money"),
}
