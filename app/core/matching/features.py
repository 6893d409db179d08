"""A problem as arrays: what the objective, the seed and the search compute on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.matching.types import MAX_LEVEL, Id, Person, Problem

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
LevelArray = NDArray[np.int8]

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Features:
    """One problem in arrays; N people, M teams, S skills, I ideas, R ranks, L languages.

    Attributes
    ----------
    levels : [N, S] int8, 0–4
    sector : [N] int, -1 for none
    speaks : [N, L] bool
        Only languages that can decide anything (see `_useful_languages`); a person without
        languages speaks all of them.
    protected : [N] bool
    ranked : [N, R] int
        Index of the idea at each rank, -1 where there is none or it has no team.
    strength : [N] float
        z-score of the total skill level, population deviation; 0 when nobody differs.
    pin : [N] int, -1 for none; a pin reaches everyone kept together with the pinned person
    unit : [N] int
        Index of the keep-together unit; people on their own are units of one.
    apart : [P, 2] int, pairs who may not share a team
    idea : [M] int, -1 for none
    need : [M, S] int8
    """

    problem: Problem
    skills: tuple[str, ...]
    sectors: tuple[str, ...]
    languages: tuple[str, ...]
    levels: LevelArray
    sector: IntArray
    speaks: BoolArray
    protected: BoolArray
    ranked: IntArray
    strength: FloatArray
    pin: IntArray
    unit: IntArray
    apart: IntArray
    idea: IntArray
    need: LevelArray

    @property
    def people_count(self) -> int:
        """N."""
        return len(self.levels)

    @property
    def team_count(self) -> int:
        """M."""
        return len(self.idea)


def build_features(problem: Problem) -> Features:
    """Turn a problem into arrays.

    Parameters
    ----------
    problem : Problem
        Well formed; it may be contradictory (a person pinned through two rules takes the first).

    Returns
    -------
    Features
    """
    people, teams = problem.people, problem.teams
    index = person_index(problem)
    ideas = {str(team.idea): None for team in teams if team.idea is not None}
    idea_index = {key: i for i, key in enumerate(ideas)}
    required = {str(idea.id): idea.required for idea in problem.ideas}
    wanted = [required.get(str(team.idea), {}) for team in teams]
    skills = tuple(
        dict.fromkeys(key for owner in (*[p.skills for p in people], *wanted) for key in owner)
    )
    sectors = tuple(dict.fromkeys(p.sector for p in people if p.sector is not None))
    levels = _level_matrix([p.skills for p in people], skills)
    languages, speaks = _useful_languages([p.languages for p in people])
    unit = np.array(unit_of_each(people, problem.keep_together), np.int64)
    return Features(
        problem=problem,
        skills=skills,
        sectors=sectors,
        languages=languages,
        levels=levels,
        sector=np.array(
            [NOWHERE if p.sector is None else sectors.index(p.sector) for p in people], np.int64
        ),
        speaks=speaks,
        protected=np.array([p.protected for p in people], np.bool_),
        ranked=_ranked([p.ranked_ideas for p in people], idea_index, problem),
        strength=_z_scores(levels.sum(1, dtype=np.float64)),
        pin=_pins(problem, unit),
        unit=unit,
        apart=_pairs([[index[str(i)] for i in group] for group in problem.keep_apart]),
        idea=np.array(
            [NOWHERE if t.idea is None else idea_index[str(t.idea)] for t in teams], np.int64
        ),
        need=_level_matrix(wanted, skills),
    )


def person_index(problem: Problem) -> dict[str, int]:
    """Position of each person in the problem, by the text of their id."""
    return {str(person.id): i for i, person in enumerate(problem.people)}


def team_index(problem: Problem) -> dict[str, int]:
    """Position of each team in the problem, by the text of its id."""
    return {str(team.id): i for i, team in enumerate(problem.teams)}


def rank_utilities(features: Features, people: IntArray, teams: IntArray) -> FloatArray:
    """Give the utility in 0–1 of each of `people` [n] in the team beside it in `teams` [n]."""
    utility = np.array(features.problem.norms.rank_utility, np.float64)
    idea = features.idea[teams][:, None]
    hit = (features.ranked[people] == idea) & (idea >= 0)
    return np.asarray(hit @ utility, np.float64)


def utility_matrix(features: Features, people: IntArray, teams: IntArray) -> FloatArray:
    """Give the utility in 0–1 of each of `people` [n] in each of `teams` [m]: [n, m]."""
    result = np.zeros((len(people), len(teams)))
    idea = features.idea[teams][None]
    for rank, utility in enumerate(features.problem.norms.rank_utility):
        wish = features.ranked[people, rank][:, None]
        result += np.where((wish == idea) & (wish >= 0), utility, 0.0)
    return result


def _level_matrix(owners: Sequence[object], skills: tuple[str, ...]) -> LevelArray:
    """Levels of each owner's skills, [len(owners), S]."""
    column = {key: i for i, key in enumerate(skills)}
    matrix = np.zeros((len(owners), len(skills)), np.int8)
    for row, levels in enumerate(owners):
        for key, level in dict(levels).items():  # type: ignore[call-overload]
            matrix[row, column[key]] = min(MAX_LEVEL, level)
    return matrix


def _z_scores(totals: FloatArray) -> FloatArray:
    """Standardise with the population mean and deviation; zeros when nobody differs."""
    deviation = totals.std() if len(totals) else 0.0
    if deviation < 1e-12:
        return np.zeros(len(totals))
    return np.asarray((totals - totals.mean()) / deviation, np.float64)


def _ranked(
    wishes: Sequence[tuple[Id, ...]], idea_index: dict[str, int], problem: Problem
) -> IntArray:
    """Idea index per person and rank; a repeated wish counts once, at its best rank."""
    ranks = len(problem.norms.rank_utility)
    ranked = np.full((len(wishes), ranks), NOWHERE, np.int64)
    for row, wish in enumerate(wishes):
        seen: set[int] = set()
        for rank, idea in enumerate(wish[:ranks]):
            position = idea_index.get(str(idea), NOWHERE)
            if position not in seen:
                ranked[row, rank] = position
                seen.add(position)
    return ranked


def _useful_languages(spoken: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], BoolArray]:
    """Languages that can decide something, most spoken first, and who speaks them.

    A language whose speakers all speak another one as well decides nothing: every team that
    shares it shares the other. Dropping those leaves the question of a common language, and the
    number of members outside the best one, exactly as they were.
    """
    names = tuple(dict.fromkeys(name for languages in spoken for name in languages))
    column = {name: i for i, name in enumerate(names)}
    speaks = np.zeros((len(spoken), len(names)), np.bool_)
    for row, languages in enumerate(spoken):
        speaks[row, [column[name] for name in languages]] = True
    known = speaks.any(1)
    order = np.argsort(-speaks.sum(0), kind="stable")
    kept: list[int] = []
    for candidate in order:
        if not any((~speaks[:, candidate] | speaks[:, other]).all() for other in kept):
            kept.append(int(candidate))
    useful = speaks[:, kept]
    useful[~known] = True
    return tuple(names[i] for i in kept), useful


def unit_of_each(people: Sequence[Person], keep_together: Sequence[tuple[Id, ...]]) -> list[int]:
    """Give each person the number of their unit: groups that share a person are one unit."""
    index = {str(person.id): i for i, person in enumerate(people)}
    parent = list(range(len(people)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for group in keep_together:
        for member in group[1:]:
            first, second = sorted((root(index[str(group[0])]), root(index[str(member)])))
            parent[second] = first
    roots = [root(i) for i in range(len(people))]
    number = {r: i for i, r in enumerate(dict.fromkeys(roots))}
    return [number[r] for r in roots]


def _pins(problem: Problem, unit: IntArray) -> IntArray:
    """Team that each person must be in, by their own pin or that of someone in their unit."""
    teams = team_index(problem)
    own = [NOWHERE if p.pin_team is None else teams[str(p.pin_team)] for p in problem.people]
    by_unit: dict[int, int] = {}
    for person, team in enumerate(own):
        if team != NOWHERE:
            by_unit.setdefault(int(unit[person]), team)
    return np.array([by_unit.get(int(u), NOWHERE) for u in unit], np.int64)


def _pairs(groups: Sequence[Sequence[int]]) -> IntArray:
    """Every pair within each group, once, as [P, 2] with the lower index first."""
    pairs = {
        (min(a, b), max(a, b))
        for group in groups
        for i, a in enumerate(group)
        for b in group[i + 1 :]
        if a != b
    }
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)
