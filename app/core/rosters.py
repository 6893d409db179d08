"""Tables of people: messy rows become clean ones, with a message for each doubt."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.core.people import LANGUAGES, LEVEL_DEFAULT, SECTORS
from app.core.skills import parse_skill_list

COLUMNS = ("name", "email", "skills", "languages", "sector", "place")
REQUIRED = ("name", "email")
NAME_LENGTH_MAX = 80
PLACE_LENGTH_MAX = 120
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]+")
_SEPARATORS = re.compile(r"[,;/|+&·•\n]+|\s+(?:and|und|и|і|та|și|και)\s+", re.IGNORECASE)

# How people write their languages: codes, English names, own names, German names.
LANGUAGE_NAMES = {
    "en": "english englisch английский англійська англійская engleză αγγλικά",
    "de": "german deutsch немецкий німецька нямецкая germană γερμανικά",
    "be": "belarusian belarussian belorussian belarusisch беларуская белорусский білоруська",
    "uk": "ukrainian ukrainisch українська украинский украінская ucraineană ουκρανικά ua",
    "ru": "russian russisch русский російська руская rusă ρωσικά",
    "ro": "romanian moldovan rumänisch română румынский румунська румынская ρουμανικά",
    "el": "greek griechisch ελληνικά греческий грецька грэчаская greacă gr",
    "fr": "french französisch français французский французька franceză γαλλικά",
    "it": "italian italienisch italiano итальянский італійська italiană ιταλικά",
    "pl": "polish polnisch polski польский польська польская poloneză πολωνικά",
    "es": "spanish spanisch español испанский іспанська spaniolă ισπανικά",
    "pt": "portuguese portugiesisch português португальский",
    "tr": "turkish türkisch türkçe турецкий τουρκικά",
    "lt": "lithuanian litauisch lietuvių литовский літоўская",
    "lv": "latvian lettisch latviešu латышский",
    "et": "estonian estnisch eesti эстонский",
    "cs": "czech tschechisch čeština чешский",
    "sk": "slovak slowakisch slovenčina",
    "hu": "hungarian ungarisch magyar maghiară",
    "bg": "bulgarian bulgarisch български",
    "sr": "serbian serbisch српски srpski",
    "nl": "dutch niederländisch nederlands",
    "ka": "georgian georgisch ქართული",
    "hy": "armenian armenisch հայերեն",
    "az": "azerbaijani aserbaidschanisch azərbaycan",
    "ar": "arabic arabisch العربية",
}
SECTOR_NAMES = {
    "culture": "culture kultur arts art museum theatre creative культура cultură πολιτισμός",
    "civil_society": "civil-society ngo nonprofit association verein zivilgesellschaft "
    "громадянське общественные civil κοινωνία",
    "it": "it tech technology software digital айти іт technik informatik",
    "education": "education school university bildung освіта образование educație εκπαίδευση",
    "business": "business company enterprise startup wirtschaft бизнес бізнес afaceri επιχείρηση",
    "authority": "authority authorities government municipality public administration verwaltung "
    "влада власть primărie αρχή",
    "other": "other sonstiges другое інше altul άλλο",
}


@dataclass(frozen=True)
class RosterSkill:
    """A skill of a row: key, label and level 0–4."""

    key: str
    label: str
    level: int


@dataclass(frozen=True)
class RosterRow:
    """A row of the table as it will be stored, with what was noticed.

    ``errors`` keep the row out; ``warnings`` tell what was changed or not understood.
    """

    line: int
    name: str
    email: str
    skills: tuple[RosterSkill, ...]
    languages: tuple[str, ...]
    sector: str | None
    place: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


class NotARoster(ValueError):
    """The table cannot be read as one of people; the message names the line."""


@dataclass
class _Remarks:
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_roster(text: str) -> list[RosterRow]:
    """Read a table of people.

    Parameters
    ----------
    text : str
        CSV with a header; commas, semicolons or tabs between the columns.

    Returns
    -------
    list of RosterRow
        One for each row that is not blank, in order.

    Raises
    ------
    NotARoster
        If there is no usable header, or a quotation mark is never closed.
    """
    rows = _parse(text)
    if not rows:
        raise NotARoster("the table is empty")
    header = [_fold(cell) for cell in rows[0][1]]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise NotARoster(
            f"line 1: the header lacks {' and '.join(missing)}; it should read {','.join(COLUMNS)}"
        )
    repeated = {name for name in header if name and header.count(name) > 1}
    if repeated:
        raise NotARoster(f"line 1: the header names {sorted(repeated)[0]!r} twice")
    seen: dict[str, int] = {}
    return [
        _read_row(line, cells, header, seen)
        for line, cells in rows[1:]
        if any(cell.strip() for cell in cells)
    ]


def _parse(text: str) -> list[tuple[int, list[str]]]:
    first_line = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotARoster(f"line {line}: {error}") from None
    return rows


def _fold(text: str) -> str:
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _read_row(
    line: int, cells: list[str], header: Sequence[str], seen: dict[str, int]
) -> RosterRow:
    remarks = _Remarks()
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        remarks.warnings.append(
            f"{len(cells) - len(header)} more cells than the header has columns"
        )
    values = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=False)}
    raw_skills = dict(zip(header, cells, strict=False)).get("skills", "")
    email = _read_email(values.get("email", ""), line, seen, remarks)
    return RosterRow(
        line=line,
        name=_read_name(values.get("name", ""), remarks),
        email=email,
        skills=_read_skills(raw_skills, remarks),
        languages=_read_languages(values.get("languages", ""), remarks),
        sector=_read_sector(values.get("sector", ""), remarks),
        place=values.get("place", "")[:PLACE_LENGTH_MAX],
        errors=tuple(remarks.errors),
        warnings=tuple(remarks.warnings),
    )


def _read_name(name: str, remarks: _Remarks) -> str:
    name = name.replace("\x00", "")
    if not name:
        remarks.errors.append("no name")
    if len(name) > NAME_LENGTH_MAX:
        remarks.warnings.append(f"the name is cut to {NAME_LENGTH_MAX} characters")
    return name[:NAME_LENGTH_MAX]


def _read_email(text: str, line: int, seen: dict[str, int], remarks: _Remarks) -> str:
    email = text.removeprefix("mailto:").strip("<> ").casefold()
    if not email:
        remarks.errors.append("no e-mail address")
    elif not _EMAIL.fullmatch(email) or len(email) > 254:
        remarks.errors.append(f"{text!r} is no e-mail address")
    elif email in seen:
        remarks.errors.append(f"the same address as in line {seen[email]}")
    else:
        seen[email] = line
    return email


def _read_skills(text: str, remarks: _Remarks) -> tuple[RosterSkill, ...]:
    entries = parse_skill_list(text)
    unknown = [entry.label for entry in entries if not entry.is_known]
    if unknown:
        remarks.warnings.append(f"unknown skills, kept as written: {', '.join(unknown)}")
    return tuple(
        RosterSkill(
            entry.key[:80], entry.label[:80], LEVEL_DEFAULT if entry.level is None else entry.level
        )
        for entry in entries
    )


_LANGUAGE_OF = {
    _fold(name): code for code, names in LANGUAGE_NAMES.items() for name in names.split()
}
_LANGUAGE_OF.update({code: code for code in LANGUAGES})
_SECTOR_OF = {_fold(name): code for code, names in SECTOR_NAMES.items() for name in names.split()}
_SECTOR_OF.update({_fold(code): code for code in SECTORS})


def _read_languages(text: str, remarks: _Remarks) -> tuple[str, ...]:
    codes: list[str] = []
    pieces = [piece for part in _SEPARATORS.split(text) for piece in _language_words(part)]
    for piece in pieces:
        code = _LANGUAGE_OF.get(_fold(piece))
        if code is None:
            remarks.warnings.append(f"{piece!r} is no language known here; left out")
        elif code not in codes:
            codes.append(code)
    return tuple(codes)


def _language_words(part: str) -> list[str]:
    """Split "en de uk" at its spaces, but leave "native English" to be told about whole."""
    part = re.sub(r"\(.*?\)", "", part).strip(" .")
    part = re.sub(r"^([A-Za-z]{2})[-_][A-Za-z]{2}$", r"\1", part)
    words = part.split()
    return words if all(_fold(word) in _LANGUAGE_OF for word in words) else [part] if part else []


def _read_sector(text: str, remarks: _Remarks) -> str | None:
    if not text:
        return None
    whole = _SECTOR_OF.get(_fold(text))
    if whole:
        return whole
    for word in re.split(r"[\s,/;&]+", text):
        if _fold(word) in _SECTOR_OF:
            return _SECTOR_OF[_fold(word)]
    remarks.warnings.append(f"{text!r} is no sector known here; left open")
    return None
