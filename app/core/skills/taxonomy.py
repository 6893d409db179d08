"""The hand-written taxonomy: rows of data, read from the areas' compact notation.

A skill takes one line, ``key = Name | alias; alias``, and lines indented under it give names in
other languages: ``de Name; alias | uk Name``. The first name in a language is the one shown. A
code may come again, ``en`` too, where a line was full.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from app.core.skills.areas import authorities, business, civil_society, culture, education, it

LANGUAGES = ("en", "de", "uk", "be", "ru", "ro", "el")
AREAS = {
    "it": it.SKILLS,
    "culture": culture.SKILLS,
    "civil_society": civil_society.SKILLS,
    "education": education.SKILLS,
    "authorities": authorities.SKILLS,
    "business": business.SKILLS,
}


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One skill as written in the taxonomy."""

    key: str
    name: str
    area: str
    aliases: tuple[str, ...]
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def labels(self) -> Iterator[str]:
        """Every way to write this skill."""
        yield from (self.key, self.name, *self.aliases)
        for names in self.names.values():
            yield from names


@cache
def list_rows() -> tuple[SkillRow, ...]:
    """Return every row, area by area.

    Returns
    -------
    tuple of SkillRow
    """
    return tuple(row for area, text in AREAS.items() for row in parse_rows(text, area))


def parse_rows(text: str, area: str) -> tuple[SkillRow, ...]:
    """Read the notation described above.

    Parameters
    ----------
    text : str
        Lines of the notation; empty ones are ignored.
    area : str
        The area given to every row.

    Returns
    -------
    tuple of SkillRow

    Raises
    ------
    ValueError
        For a line that is not in the notation, naming it.
    """
    rows: list[SkillRow] = []
    for line in filter(str.strip, text.splitlines()):
        if line.startswith(" ") and rows:
            _add_names(rows[-1].names, line)
        else:
            rows.append(_parse_head(line, area))
    return tuple(rows)


def _parse_head(line: str, area: str) -> SkillRow:
    key, equals, rest = line.partition(" = ")
    if not equals or not key.isidentifier():
        raise ValueError(f"not a line of the taxonomy: {line!r}")
    name, _, aliases = rest.partition("|")
    return SkillRow(key, name.strip(), area, _split(aliases))


def _add_names(names: dict[str, tuple[str, ...]], line: str) -> None:
    for part in line.split("|"):
        code, _, added = part.strip().partition(" ")
        if code not in LANGUAGES or not _split(added):
            raise ValueError(f"not names in a language: {part.strip()!r}")
        names[code] = (*names.get(code, ()), *_split(added))


def _split(names: str) -> tuple[str, ...]:
    return tuple(name for name in map(str.strip, names.split(";")) if name)
