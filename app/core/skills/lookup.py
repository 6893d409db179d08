"""From a label that somebody wrote to the skill it means."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from app.core.skills.taxonomy import SkillRow, list_rows

_SEPARATORS = re.compile(r"[\s_\-‐-―/.,:;&·•'’`\"()\[\]]+")
_VERSION = re.compile(r"^(?P<name>.*\D)\s*v?\d+(\s\d+)*$")
_NOT_A_WORD = re.compile(r"[^\w+#]+")
_LETTERS_OF_THEIR_OWN = "йїў"


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill people can have and ideas can need.

    Attributes
    ----------
    key : str
        Stable, snake_case for known skills.
    name : str
        English name, or for an unknown skill the label as first written.
    area : str
        Where it belongs (``it``, ``culture`` …); ``other`` for unknown skills.
    names : mapping of language code to the name in that language, where there is one
    is_known : bool
        Whether it is in the taxonomy.
    """

    key: str
    name: str
    area: str
    names: Mapping[str, str]
    is_known: bool = True


def normalise(text: str) -> str:
    """Fold a label so that spellings of one name become equal.

    Compatibility forms, case, accents, dashes, dots and spaces are folded away; ``+`` and ``#``
    stay, for C++ and C# are not C. Cyrillic letters that merely look accented (й, ї, ў) stay,
    ё becomes е.

    Parameters
    ----------
    text : str
        Any label, in any script.

    Returns
    -------
    str
        Folded words separated by single spaces; may be empty.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = []
    for letter in unicodedata.normalize("NFC", folded):
        if letter in _LETTERS_OF_THEIR_OWN:
            letters.append(letter)
        else:
            parts = unicodedata.normalize("NFD", letter)
            letters.extend(part for part in parts if not unicodedata.combining(part))
    return _SEPARATORS.sub(" ", "".join(letters)).strip()


def find_skill(label: str) -> Skill | None:
    """Return the known skill that a label means, or None.

    A trailing version number is ignored (Python 3 is Python) unless the whole is a name itself.

    Parameters
    ----------
    label : str
        A key, a name or an alias, in any of the platform's languages.

    Returns
    -------
    Skill or None
    """
    wanted = normalise(label)
    found = _index().get(wanted)
    if found is None and (version := _VERSION.match(wanted)):
        found = _index().get(version["name"].strip())
    return found


def resolve_skill(label: str) -> Skill | None:
    """Return the skill a label means; an unknown one as a skill of its own.

    Parameters
    ----------
    label : str
        Any label.

    Returns
    -------
    Skill or None
        None only when nothing is left of the label after folding.
    """
    known = find_skill(label)
    if known is not None:
        return known
    key = _NOT_A_WORD.sub("_", normalise(label)).strip("_")
    return Skill(key, " ".join(label.split()), "other", {}, is_known=False) if key else None


def resolve_skills(labels: Iterable[str]) -> tuple[Skill, ...]:
    """Return the distinct skills that labels mean, in order of first mention.

    Parameters
    ----------
    labels : iterable of str
        Known and unknown labels; empty ones are dropped.

    Returns
    -------
    tuple of Skill
    """
    found = (resolve_skill(label) for label in labels)
    return tuple({skill.key: skill for skill in found if skill is not None}.values())


@cache
def list_skills() -> tuple[Skill, ...]:
    """Return the taxonomy, area by area.

    Returns
    -------
    tuple of Skill
    """
    return tuple(_skill(row) for row in list_rows())


def _skill(row: SkillRow) -> Skill:
    """Turn a row of the taxonomy into a skill; the first name in a language is its name there."""
    names = {**{code: aliases[0] for code, aliases in row.names.items()}, "en": row.name}
    return Skill(row.key, row.name, row.area, names)


@cache
def _index() -> dict[str, Skill]:
    """Map every folded key, name and alias to its skill.

    Raises
    ------
    ValueError
        When two skills claim one label: the taxonomy would then be decided by its order.
    """
    index: dict[str, Skill] = {}
    for row, skill in zip(list_rows(), list_skills(), strict=True):
        for label in row.labels():
            owner = index.setdefault(normalise(label), skill)
            if owner.key != skill.key:
                raise ValueError(f"{label!r} means both {owner.key} and {skill.key}")
    return index
