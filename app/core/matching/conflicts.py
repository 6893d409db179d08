"""Contradictions that no search could solve, each as its smallest set of people and rules."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from app.core.matching.features import NOWHERE, Features, build_features, person_index
from app.core.matching.packing import pack_units
from app.core.matching.types import Id, Notice, Person, Problem


def check_problem(problem: Problem) -> tuple[Notice, ...]:
    """Find rules that contradict each other, before any solving.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    tuple of Notice
        Empty when no contradiction was found, which proves nothing; each notice names people
        and teams of whom none can be left out without the contradiction going away.
        Codes: ``sizes``, ``group_too_large``, ``together_apart``, ``pins_disagree``,
        ``pinned_apart``, ``too_many_pinned``, ``too_many_apart``, ``group_language``,
        ``pinned_language``, ``language_minority``, ``groups_do_not_fit``.
    """
    features = build_features(problem)
    found = [
        *_sizes(problem),
        *_groups_too_large(problem),
        *_together_apart(problem),
        *_pins_disagree(problem),
        *_pinned_apart(problem, features),
        *_too_many_pinned(problem, features),
        *_too_many_apart(problem),
        *_without_language(problem, features),
        *_minorities(problem, features),
    ]
    return tuple(found or _packing(problem, features))


def _sizes(problem: Problem) -> Iterator[Notice]:
    people, teams = len(problem.people), len(problem.teams)
    if not problem.min_size * teams <= people <= problem.max_size * teams:
        values = {"people": people, "teams": teams, **_bounds(problem)}
        yield Notice("sizes", values)


def _bounds(problem: Problem) -> dict[str, int]:
    return {"min": problem.min_size, "max": problem.max_size}


class _Ties:
    """Who is to be kept together with whom, and by which rules."""

    def __init__(self, problem: Problem) -> None:
        self.groups: dict[Id, list[tuple[Id, ...]]] = {}
        for group in problem.keep_together:
            for member in group:
                self.groups.setdefault(member, []).append(group)

    def walk(self, start: Id) -> Iterator[tuple[Id, Id | None]]:
        """Go through everyone tied to a person, nearest first, each with who led to them."""
        yield start, None
        seen, queue = {start}, deque([start])
        entered: set[tuple[Id, ...]] = set()
        while queue:
            node = queue.popleft()
            for group in self.groups.get(node, ()):
                if group in entered:
                    continue
                entered.add(group)
                for other in group:
                    if other not in seen:
                        seen.add(other)
                        queue.append(other)
                        yield other, node

    def path(self, start: Id, is_end: Callable[[Id], bool]) -> tuple[Id, ...] | None:
        """Shortest chain of people from one to another, both included."""
        before: dict[Id, Id | None] = {}
        for node, previous in self.walk(start):
            before[node] = previous
            if is_end(node):
                path: list[Id] = []
                step: Id | None = node
                while step is not None:
                    path.append(step)
                    step = before[step]
                return tuple(reversed(path))
        return None

    def around(self, start: Id, count: int) -> tuple[Id, ...]:
        """Return the first `count` people reached from one, a connected set."""
        return tuple(node for node, _ in islice(self.walk(start), count))


def _groups_too_large(problem: Problem) -> Iterator[Notice]:
    ties, done = _Ties(problem), set[Id]()
    for person in ties.groups:
        if person in done:
            continue
        group = ties.around(person, len(problem.people))
        done.update(group)
        if len(group) > problem.max_size:
            smallest = ties.around(person, problem.max_size + 1)
            values = {"size": len(group), "max": problem.max_size}
            yield Notice("group_too_large", values, smallest)


def _together_apart(problem: Problem) -> Iterator[Notice]:
    ties = _Ties(problem)
    for group in problem.keep_apart:
        for i, a in enumerate(group):
            for b in group[i + 1 :]:
                path = ties.path(a, lambda node, b=b: node == b)  # type: ignore[misc]
                if path is not None:
                    yield Notice("together_apart", {"apart": [a, b]}, path)


def _pins_disagree(problem: Problem) -> Iterator[Notice]:
    ties = _Ties(problem)
    pins = {p.id: p.pin_team for p in problem.people if p.pin_team is not None}
    said: set[frozenset[Id]] = set()
    for person, team in pins.items():
        path = ties.path(person, lambda node, t=team: str(pins.get(node, t)) != str(t))  # type: ignore[misc]
        if path is not None and frozenset((path[0], path[-1])) not in said:
            said.add(frozenset((path[0], path[-1])))
            yield Notice("pins_disagree", {}, path, (team, pins[path[-1]]))


def _pinned_apart(problem: Problem, features: Features) -> Iterator[Notice]:
    for a, b in features.apart:
        team = features.pin[a]
        same_unit = features.unit[a] == features.unit[b]
        if team != NOWHERE and team == features.pin[b] and not same_unit:
            people = _with_pin_holders(problem, (int(a), int(b)))
            apart = [problem.people[a].id, problem.people[b].id]
            yield Notice("pinned_apart", {"apart": [*apart]}, people, (problem.teams[team].id,))


def _with_pin_holders(problem: Problem, members: Sequence[int]) -> tuple[Id, ...]:
    """People, each followed by the chain to whoever holds the pin that binds them."""
    ties = _Ties(problem)
    pinned = {p.id for p in problem.people if p.pin_team is not None}
    people: dict[Id, None] = {}
    for member in members:
        path = ties.path(problem.people[member].id, pinned.__contains__)
        people.update(dict.fromkeys(path or (problem.people[member].id,)))
    return tuple(people)


def _too_many_pinned(problem: Problem, features: Features) -> Iterator[Notice]:
    for team in range(features.team_count):
        members = np.flatnonzero(features.pin == team)
        if len(members) > problem.max_size:
            holders = _with_pin_holders(problem, members[: problem.max_size + 1].tolist())
            values = {"pinned": len(members), "max": problem.max_size}
            yield Notice("too_many_pinned", values, holders, (problem.teams[team].id,))


def _too_many_apart(problem: Problem) -> Iterator[Notice]:
    """Find people all apart from each other, larger than the number of teams."""
    teams = len(problem.teams)
    apart: dict[Id, set[Id]] = {}
    for group in problem.keep_apart:
        for member in group:
            apart.setdefault(member, set()).update(other for other in group if other != member)
    for person, rivals in apart.items():
        clique = [person]
        for other in sorted(rivals, key=lambda o: (-len(apart[o]), str(o))):
            if len(clique) <= teams and all(other in apart[member] for member in clique):
                clique.append(other)
        if len(clique) > teams:
            yield Notice("too_many_apart", {"teams": teams}, tuple(clique))
            return


def _without_language(problem: Problem, features: Features) -> Iterator[Notice]:
    """Find groups, and people pinned to one team, who share no language."""
    for unit in np.flatnonzero(np.bincount(features.unit) > 1):
        members = [problem.people[i] for i in np.flatnonzero(features.unit == unit)]
        if _share_nothing(members):
            people = _smallest_without_language(members)
            path = _Ties(problem).path(people[0].id, people[-1:][0].id.__eq__)
            ids = dict.fromkeys([*(path or ()), *(p.id for p in people)])
            yield Notice("group_language", _languages(people), tuple(ids))
    for team in sorted(set(features.pin[features.pin != NOWHERE].tolist())):
        members = [problem.people[i] for i in np.flatnonzero(features.pin == team)]
        units = set(features.unit[features.pin == team].tolist())
        if len(units) > 1 and _share_nothing(members):
            people = _smallest_without_language(members)
            index = person_index(problem)
            holders = _with_pin_holders(problem, [index[str(p.id)] for p in people])
            yield Notice("pinned_language", _languages(people), holders, (problem.teams[team].id,))


def _share_nothing(people: Sequence[Person]) -> bool:
    known = [set(p.languages) for p in people if p.languages]
    return bool(known) and not set.intersection(*known)


def _smallest_without_language(people: Sequence[Person]) -> list[Person]:
    """Leave out everyone without whom there is still no common language."""
    needed = [p for p in people if p.languages]
    for person in list(needed):
        rest = [p for p in needed if p is not person]
        if _share_nothing(rest):
            needed = rest
    return needed


def _languages(people: Sequence[Person]) -> dict[str, list[str]]:  # values of a Notice
    return {"languages": [name for p in people for name in p.languages]}


def _minorities(problem: Problem, features: Features) -> Iterator[Notice]:
    """People for whom too few speak any of their languages to make a team."""
    if not features.languages or len(problem.people) < problem.min_size:
        return
    units = int(features.unit.max()) + 1
    speaks = np.ones((units, len(features.languages)), np.bool_)
    np.logical_and.at(speaks, features.unit, features.speaks)
    weight = np.bincount(features.unit, minlength=units)
    pin = np.full(units, NOWHERE, np.int64)
    pin[features.unit] = features.pin
    said: set[tuple[bool, ...]] = set()
    for unit in range(units):
        free = (pin == NOWHERE) | (pin == pin[unit]) if pin[unit] != NOWHERE else pin >= NOWHERE
        company = (speaks & free[:, None] & speaks[unit]).T @ weight
        if not speaks[unit].any() or company.max() >= problem.min_size:
            continue
        # Everyone who could sit with them is part of the cause; so many are not enough.
        cause = np.flatnonzero((speaks & speaks[unit]).any(1)[features.unit] & free[features.unit])
        pattern = tuple(speaks[unit].tolist())
        if pattern in said:
            continue
        said.add(pattern)
        known = [features.languages[i] for i in np.flatnonzero(speaks[unit])]
        teams = () if pin[unit] == NOWHERE else (problem.teams[pin[unit]].id,)
        yield Notice(
            "language_minority",
            {"languages": [*known], "speakers": int(company.max()), "min": problem.min_size},
            tuple(problem.people[i].id for i in cause),
            teams,
        )


def _packing(problem: Problem, features: Features) -> Iterator[Notice]:
    units = int(features.unit.max()) + 1
    weight, pin = np.bincount(features.unit), np.full(units, NOWHERE, np.int64)
    pin[features.unit] = features.pin
    loads = np.zeros(features.team_count, np.int64)
    np.add.at(loads, pin[pin != NOWHERE], weight[pin != NOWHERE])
    free = weight[pin == NOWHERE].tolist()
    packing, is_certain = pack_units(free, loads.tolist(), problem.min_size, problem.max_size)
    if packing is None and is_certain:
        grouped = (weight > 1)[features.unit]
        people = tuple(p.id for p, is_in in zip(problem.people, grouped, strict=True) if is_in)
        values = {"teams": features.team_count, **_bounds(problem)}
        yield Notice("groups_do_not_fit", values, people)
