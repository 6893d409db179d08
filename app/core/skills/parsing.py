"""Skill lists as people type them: many separators, and levels in several forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.skills.lookup import find_skill, resolve_skill

_HARD = re.compile(r"[,;|\n\r\t•‣▪●]+|\s[·*–—]\s")
_SOFT = re.compile(r"\s*/\s*|\s+(?:and|und|та|і|и|și|si|και|&)\s+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*–—·•]\s+|\d+[.)]\s+)")
_LEVEL = re.compile(
    r"^(?P<name>.*?\S)\s*(?:\(\s*(?P<paren>[0-4])(?:\s*/\s*4)?\s*\)|[:=]\s*(?P<colon>[0-4])"
    r"|\s[-–—]\s*(?P<dash>[0-4])|\s*(?P<stars>[★*]{1,4})☆*)$"
)


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """One entry of a typed list: the skill it means, and a level where one was given."""

    key: str
    label: str
    level: int | None
    is_known: bool


def parse_skill_list(text: str) -> tuple[SkillEntry, ...]:
    """Read a typed list of skills.

    Entries are parted by commas, semicolons, bars, line breaks, bullets, slashes and the word
    "and" (in seven languages) – but a name that contains a slash or an "and" stays whole (CI/CD,
    research and development). A level 0–4 may follow as ``(3)``, ``(3/4)``, ``:3``, ``=3``, a dash
    and 3, or stars; a bare number after a name is a version, not a level.

    Parameters
    ----------
    text : str
        Anything; commas inside brackets do not part entries.

    Returns
    -------
    tuple of SkillEntry
        One per distinct skill in order of first mention, with the highest level given for it.
    """
    entries: dict[str, SkillEntry] = {}
    for chunk in _chunks(text):
        for name, level in _names(*_split_level(chunk)):
            skill = resolve_skill(name)
            if skill is None:
                continue
            before = entries.get(skill.key)
            levels = [
                value for value in (level, before.level if before else None) if value is not None
            ]
            label = before.label if before else skill.name
            best = max(levels, default=None)
            entries[skill.key] = SkillEntry(skill.key, label, best, skill.is_known)
    return tuple(entries.values())


def _chunks(text: str) -> Iterator[str]:
    """Part a text at the separators that never belong to a name, outside brackets."""
    depth, start = 0, 0
    for match in re.finditer(rf"[()]|{_HARD.pattern}", text):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth = max(0, depth - 1)
        elif depth == 0 or "\n" in match[0]:
            yield text[start : match.start()]
            start, depth = match.end(), 0
    yield text[start:]


def _split_level(chunk: str) -> tuple[str, int | None]:
    """Part a name from the level written after it."""
    chunk = _BULLET.sub("", chunk).strip(" \t.")
    match = _LEVEL.match(chunk)
    if match is None:
        return chunk, None
    digit = match["paren"] or match["colon"] or match["dash"]
    return match["name"], int(digit) if digit else len(match["stars"])


def _names(name: str, level: int | None) -> Iterator[tuple[str, int | None]]:
    """Part a chunk at slashes and "and", unless that would cut a name in two."""
    if not name or find_skill(name) is not None:
        yield name, level
        return
    for cut in _SOFT.finditer(name):
        left, right = name[: cut.start()], name[cut.end() :]
        is_word = "/" not in cut[0]
        # "Research and outreach" is one unknown name; "Python and sailing" is two.
        if is_word and find_skill(left) is None and not _has_known(right):
            continue
        yield from ((part, level) for part, _ in _names(left, level))
        yield from _names(right, level)
        return
    yield name, level


def _has_known(name: str) -> bool:
    """Whether a known skill is in the text, whole or at its beginning."""
    return any(find_skill(part) is not None for part in (name, *_SOFT.split(name)))
