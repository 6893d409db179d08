"""From the plain data of a problem file to a well-formed `Problem`, or an error that says where."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TypeVar

from app.core.matching.features import unit_of_each
from app.core.matching.slots import count_slots, make_slots
from app.core.matching.types import (
    MAX_LEVEL,
    Id,
    Idea,
    Norms,
    Notice,
    Person,
    Problem,
    ProblemError,
    Team,
    Weights,
)
from app.core.skills import find_skill, resolve_skill

T = TypeVar("T")
D = TypeVar("D")

_RULES = ("keep_together", "keep_apart")
_PROBLEM_FIELDS = frozenset(
    ["min_size", "max_size", "skills", "teams", "ideas", "people", *_RULES, "weights", "norm"]
)
_PERSON_FIELDS = frozenset(
    ["id", "skills", "sector", "languages", "protected", "ranked_ideas", "pin_team", "name"]
)


def parse_problem(data: object) -> Problem:
    """Read the headless contract's ``problem.json``, already decoded.

    Parameters
    ----------
    data : object
        Decoded JSON. `teams` or `ideas` may be missing: slots (t1, t2 …) are then made from the
        sizes and the votes.

    Returns
    -------
    Problem
        Every reference in it leads somewhere; skills are named by their taxonomy key.

    Raises
    ------
    ProblemError
        With the JSON path of the first thing that is wrong.
    """
    root = _mapping(data, "")
    _require(root, "people", "")
    columns = _SkillColumns(_optional(root, "skills", "", _list, []))
    min_size = _optional(root, "min_size", "", _positive, 4)
    max_size = _optional(root, "max_size", "", _positive, 6)
    if min_size > max_size:
        raise ProblemError("min_size", f"{min_size} is more than max_size, {max_size}")
    norms = _norms(_optional(root, "norm", "", _mapping, {}))
    people = _people(root["people"], columns)
    ideas = _ideas(root.get("ideas"), columns)
    teams = _teams(root.get("teams"), ideas)
    known_people = {str(person.id): person.id for person in people}
    together = _groups(root, "keep_together", known_people)
    notes = [*_unknown_fields(root, people_data=root["people"])]
    if teams is None:
        sizes = Counter(unit_of_each(people, together)).values()
        count = count_slots(list(sizes), min_size, max_size)
        teams = make_slots(count, people, ideas, norms)
    return Problem(
        people=_with_pins(people, teams),
        teams=teams,
        ideas=ideas or (),
        min_size=min_size,
        max_size=max_size,
        keep_together=together,
        keep_apart=_groups(root, "keep_apart", known_people),
        weights=_weights(_optional(root, "weights", "", _mapping, {})),
        norms=norms,
        skill_labels=dict(columns.labels),
        notes=(*notes, *_wish_notes(people, teams, len(norms.rank_utility))),
    )


class _SkillColumns:
    """Which key a written skill has: the problem's own spelling first, then the taxonomy's."""

    def __init__(self, declared: Sequence[object]) -> None:
        self.labels: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        for position, label in enumerate(declared):
            self.key(_text(label, f"skills[{position}]"), f"skills[{position}]")

    def key(self, label: str, path: str) -> str:
        """Return the key of a label; what the taxonomy calls one skill is one skill here."""
        if label not in self._keys:
            skill = resolve_skill(_text(label, path))
            if skill is None:
                raise ProblemError(path, "a skill needs a name")
            self._keys[label] = skill.key
            named = find_skill(label)
            self.labels.setdefault(skill.key, named.name if named else label)
        return self._keys[label]


def _people(data: object, columns: _SkillColumns) -> tuple[Person, ...]:
    rows = _list(data, "people")
    if not rows:
        raise ProblemError("people", "at least one person is needed")
    spellings: dict[str, str] = {}
    people = tuple(_person(row, f"people[{i}]", columns, spellings) for i, row in enumerate(rows))
    _refuse_repeats([person.id for person in people], "people[{}].id", "person")
    return people


def _person(data: object, path: str, columns: _SkillColumns, spellings: dict[str, str]) -> Person:
    row = _mapping(data, path)
    wishes = _optional(row, "ranked_ideas", path, _list, [])
    languages = _optional(row, "languages", path, _list, [])
    return Person(
        id=_id(_require(row, "id", path), f"{path}.id"),
        skills=_levels(_optional(row, "skills", path, _mapping, {}), f"{path}.skills", columns),
        sector=_optional(row, "sector", path, _text, "").strip() or None,
        languages=_languages(languages, f"{path}.languages", spellings),
        protected=_optional(row, "protected", path, _flag, False),
        ranked_ideas=tuple(_id(idea, f"{path}.ranked_ideas[{i}]") for i, idea in enumerate(wishes)),
        pin_team=_optional(row, "pin_team", path, _id, None),
    )


def _languages(names: Sequence[object], path: str, spellings: dict[str, str]) -> tuple[str, ...]:
    """Distinct languages, each as it was first written; case and blanks make no difference."""
    written = [_text(name, f"{path}[{i}]").strip() for i, name in enumerate(names)]
    return tuple(dict.fromkeys(spellings.setdefault(w.casefold(), w) for w in written if w))


def _levels(data: Mapping[str, object], path: str, columns: _SkillColumns) -> dict[str, int]:
    """Levels by skill key; two spellings of one skill count once, at the higher level."""
    levels: dict[str, int] = {}
    for label, value in data.items():
        level = _whole(value, f"{path}.{label}")
        if not 0 <= level <= MAX_LEVEL:
            raise ProblemError(f"{path}.{label}", f"a level is 0 to {MAX_LEVEL}, not {level}")
        key = columns.key(label, f"{path}.{label}")
        levels[key] = max(level, levels.get(key, 0))
    return levels


def _ideas(data: object, columns: _SkillColumns) -> tuple[Idea, ...] | None:
    if data is None:
        return None
    ideas = []
    for position, item in enumerate(_list(data, "ideas")):
        path = f"ideas[{position}]"
        row = _mapping(item, path)
        required = _optional(row, "required", path, _mapping, {})
        idea = _id(_require(row, "idea", path), f"{path}.idea")
        ideas.append(Idea(idea, _levels(required, f"{path}.required", columns)))
    _refuse_repeats([idea.id for idea in ideas], "ideas[{}].idea", "idea")
    return tuple(ideas)


def _teams(data: object, ideas: tuple[Idea, ...] | None) -> tuple[Team, ...] | None:
    if data is None:
        return None
    known = None if ideas is None else {str(idea.id) for idea in ideas}
    teams = []
    for position, item in enumerate(_list(data, "teams")):
        path = f"teams[{position}]"
        row = _mapping(item, path)
        idea = _optional(row, "idea", path, _id, None)
        if idea is not None and known is not None and str(idea) not in known:
            raise ProblemError(f"{path}.idea", f"there is no idea {idea!r}")
        teams.append(Team(_id(_require(row, "team", path), f"{path}.team"), idea))
    if not teams:
        raise ProblemError("teams", "at least one team is needed; leave it out to have them made")
    _refuse_repeats([team.id for team in teams], "teams[{}].team", "team")
    return tuple(teams)


def _with_pins(people: tuple[Person, ...], teams: tuple[Team, ...]) -> tuple[Person, ...]:
    """Refuse a pin to a team that does not exist."""
    known = {str(team.id) for team in teams}
    for position, person in enumerate(people):
        if person.pin_team is not None and str(person.pin_team) not in known:
            raise ProblemError(
                f"people[{position}].pin_team", f"there is no team {person.pin_team!r}"
            )
    return people


def _groups(
    root: Mapping[str, object], name: str, people: Mapping[str, Id]
) -> tuple[tuple[Id, ...], ...]:
    groups = []
    for position, item in enumerate(_optional(root, name, "", _list, [])):
        members: dict[Id, None] = {}
        for place, value in enumerate(_list(item, f"{name}[{position}]")):
            path = f"{name}[{position}][{place}]"
            member = people.get(str(_id(value, path)))
            if member is None:
                raise ProblemError(path, f"there is no person {value!r}")
            if member in members and name == "keep_apart":
                raise ProblemError(path, f"{value!r} cannot be kept apart from themselves")
            members[member] = None
        if len(members) < 2 and name == "keep_apart":
            raise ProblemError(f"{name}[{position}]", "at least two people are needed")
        if len(members) > 1:
            groups.append(tuple(members))
    return tuple(groups)


def _weights(data: Mapping[str, object]) -> Weights:
    names = {item.name for item in fields(Weights)}
    for name in data:
        if name not in names:
            raise ProblemError(f"weights.{name}", f"not a weight; weights are {_and(names)}")
    return Weights(**{name: _share(value, f"weights.{name}") for name, value in data.items()})


def _norms(data: Mapping[str, object]) -> Norms:
    default = Norms()
    for name in data:
        if name not in {item.name for item in fields(Norms)}:
            raise ProblemError(f"norm.{name}", "not a norm")
    scale = _optional(data, "balance_scale", "norm", _share, default.balance_scale)
    if scale == 0:
        raise ProblemError("norm.balance_scale", "must be more than 0")
    utilities = _optional(data, "rank_utility", "norm", _list, list(default.rank_utility))
    if not utilities:
        raise ProblemError("norm.rank_utility", "at least one number is needed")
    return Norms(
        breadth_cap=_optional(data, "breadth_cap", "norm", _positive, default.breadth_cap),
        breadth_level=_optional(data, "breadth_level", "norm", _positive, default.breadth_level),
        balance_scale=scale,
        sector_cap=_optional(data, "sector_cap", "norm", _positive, default.sector_cap),
        rank_utility=tuple(
            _share(value, f"norm.rank_utility[{i}]") for i, value in enumerate(utilities)
        ),
    )


def _unknown_fields(root: Mapping[str, object], people_data: object) -> Iterator[Notice]:
    """Say which fields nobody reads: a misspelt rule must not vanish in silence."""
    for name in root:
        if name not in _PROBLEM_FIELDS:
            yield Notice("unknown_field", {"path": name})
    seen: set[str] = set()
    for position, row in enumerate(_list(people_data, "people")):
        for name in _mapping(row, f"people[{position}]"):
            if name not in _PERSON_FIELDS and name not in seen:
                seen.add(name)
                yield Notice("unknown_field", {"path": f"people[{position}].{name}"})


def _wish_notes(
    people: tuple[Person, ...], teams: tuple[Team, ...], ranks: int
) -> Iterator[Notice]:
    """Say which wishes count for nothing, and why."""
    known = {str(team.idea) for team in teams}
    lost = [p.id for p in people if any(str(w) not in known for w in p.ranked_ideas)]
    if lost:
        yield Notice("wish_without_team", {}, tuple(lost))
    late = [p.id for p in people if len(p.ranked_ideas) > ranks]
    if late:
        yield Notice("too_many_wishes", {"counted": ranks}, tuple(late))
    twice = [p.id for p in people if len(set(map(str, p.ranked_ideas))) < len(p.ranked_ideas)]
    if twice:
        yield Notice("repeated_wish", {}, tuple(twice))


def _refuse_repeats(ids: Sequence[Id], path: str, noun: str) -> None:
    seen: set[str] = set()
    for position, value in enumerate(ids):
        if str(value) in seen:
            raise ProblemError(path.format(position), f"{noun} {value!r} is there twice")
        seen.add(str(value))


def _require(row: Mapping[str, object], name: str, path: str) -> object:
    if row.get(name) is None:
        raise ProblemError(_join(path, name), "is missing")
    return row[name]


def _optional(
    row: Mapping[str, object],
    name: str,
    path: str,
    read: Callable[[object, str], T],
    default: D,
) -> T | D:
    """Read a field that may be missing or null."""
    value = row.get(name)
    return default if value is None else read(value, _join(path, name))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _mapping(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ProblemError(path, f"must be an object, not {_kind(value)}")
    return value


def _list(value: object, path: str) -> list[object]:
    if not isinstance(value, list):
        raise ProblemError(path, f"must be a list, not {_kind(value)}")
    return value


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise ProblemError(path, f"must be text, not {_kind(value)}")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ProblemError(ascii(path)[1:-1], "holds half a character, which no file can hold")
    return value


def _flag(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise ProblemError(path, f"must be true or false, not {_kind(value)}")
    return value


def _id(value: object, path: str) -> Id:
    """Read a name of something: text with something in it, or a whole number."""
    if isinstance(value, str):
        if not value.strip():
            raise ProblemError(path, "must not be empty")
        return _text(value, path)
    if isinstance(value, list | dict | bool):
        raise ProblemError(path, f"must be a number or text, not {_kind(value)}")
    return _whole(value, path)


def _whole(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise ProblemError(path, f"must be a whole number, not {_kind(value)}")
    return int(value)


def _positive(value: object, path: str) -> int:
    number = _whole(value, path)
    if number < 1:
        raise ProblemError(path, f"must be at least 1, not {number}")
    return number


def _share(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProblemError(path, f"must be a number, not {_kind(value)}")
    if not math.isfinite(value) or value < 0:
        raise ProblemError(path, f"must be 0 or more, not {value}")
    return float(value)


def _kind(value: object) -> str:
    """Name a JSON value the way its author would."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return (
        "text" if isinstance(value, str) else "a list" if isinstance(value, list) else "an object"
    )


def _and(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
