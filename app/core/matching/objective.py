"""The objective J and the graded violations, computed plainly: what the search is held against.

``J = 100·[.35·mean_p u(rank) + mean_t(.30·cov + .10·breadth + .15·sector + .10·bal − .05·solo)]``
with the problem's own weights and caps (docs: matching, the objective).
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from app.core.matching.features import (
    NOWHERE,
    BoolArray,
    Features,
    FloatArray,
    IntArray,
    LevelArray,
    build_features,
    person_index,
    rank_utilities,
    team_index,
)
from app.core.matching.types import (
    Evaluation,
    Id,
    Notice,
    Problem,
    ProblemError,
    SkillSupply,
    TeamReport,
    Terms,
)


def evaluate(problem: Problem, assignment: Mapping[Id, Id]) -> Evaluation:
    """Say what an assignment is worth, team by team, and which rules it breaks.

    Parameters
    ----------
    problem : Problem
    assignment : mapping of person id to team id
        People left out count as unplaced, which is a violation.

    Returns
    -------
    Evaluation

    Raises
    ------
    ProblemError
        For a person or team that the problem does not have.
    """
    return evaluate_features(build_features(problem), team_array(problem, assignment))


def team_array(problem: Problem, assignment: Mapping[Id, Id]) -> IntArray:
    """Team index of each person, -1 for nobody's; raises `ProblemError` for unknown ids."""
    people, teams = person_index(problem), team_index(problem)
    team_of = np.full(len(people), NOWHERE, np.int64)
    for person, team in assignment.items():
        if str(person) not in people:
            raise ProblemError("", f"there is no person {person!r}")
        if str(team) not in teams:
            raise ProblemError("", f"there is no team {team!r}")
        team_of[people[str(person)]] = teams[str(team)]
    return team_of


def evaluate_features(features: Features, team_of: IntArray) -> Evaluation:
    """Evaluate team indices [N] over a problem in arrays; see `evaluate`."""
    tables = TeamTables(features, team_of)
    terms = tables.mean_terms()
    return Evaluation(
        score=weighted_score(features.problem, terms),
        terms=terms,
        teams=tuple(_team_report(features, tables, team) for team in range(features.team_count)),
        violations=tuple(_violations(features, tables)),
        warnings=tuple(_warnings(features, tables)),
    )


def weighted_score(problem: Problem, terms: Terms) -> float:
    """J of mean terms, 0–100 with the default weights."""
    w = problem.weights
    parts = w.pref * terms.pref + w.cov * terms.cov + w.breadth * terms.breadth
    return 100 * (parts + w.sec * terms.sec + w.bal * terms.bal - w.solo * terms.solo)


class TeamTables:
    """Every term of every team, as arrays over teams [M] (and `utility` over people [N])."""

    def __init__(self, features: Features, team_of: IntArray) -> None:
        self.team_of = team_of
        norms, teams = features.problem.norms, features.team_count
        placed = np.flatnonzero(team_of != NOWHERE)
        where = team_of[placed]
        self.members = _members(team_of, teams)
        self.size = np.bincount(where, minlength=teams)
        self.utility = np.zeros(features.people_count)
        self.utility[placed] = rank_utilities(features, placed, where)
        self.best: LevelArray = np.zeros((teams, len(features.skills)), np.int8)
        np.maximum.at(self.best, where, features.levels[placed])
        needed = features.need.sum(1, dtype=np.int64)
        met = np.minimum(self.best, features.need).sum(1, dtype=np.int64)
        self.cov = np.where(needed > 0, met / np.maximum(needed, 1), 1.0)
        broad = (self.best >= norms.breadth_level).sum(1)
        self.breadth = np.minimum(norms.breadth_cap, broad) / norms.breadth_cap
        self.sector_table: BoolArray = np.zeros((teams, len(features.sectors) + 1), np.bool_)
        self.sector_table[where, features.sector[placed]] = True
        distinct = self.sector_table[:, :-1].sum(1)
        self.sec = np.minimum(norms.sector_cap, distinct) / norms.sector_cap
        strength = np.bincount(where, features.strength[placed], minlength=teams)
        self.bal = 1 - np.abs(strength) / norms.balance_scale
        protected = np.bincount(where, features.protected[placed], minlength=teams)
        self.solo = (protected == 1).astype(np.float64)

    def mean_terms(self) -> Terms:
        """Means over people for `pref`, over teams for the rest."""
        means = [float(v.mean()) for v in (self.cov, self.breadth, self.sec, self.bal, self.solo)]
        return Terms(float(self.utility.mean()), *means)

    def team_terms(self, team: int) -> Terms:
        """Terms of one team; `pref` is the mean over its members."""
        members = self.members[team]
        tables: tuple[FloatArray, ...] = (self.cov, self.breadth, self.sec, self.bal, self.solo)
        pref = float(self.utility[members].mean()) if len(members) else 0.0
        return Terms(pref, *[float(values[team]) for values in tables])


def _members(team_of: IntArray, teams: int) -> list[IntArray]:
    """People of each team, in their own order."""
    order = np.argsort(team_of, kind="stable")
    bounds = np.searchsorted(team_of[order], np.arange(teams + 1))
    return [order[start:end] for start, end in pairwise(bounds)]


def _team_report(features: Features, tables: TeamTables, team: int) -> TeamReport:
    problem, members = features.problem, tables.members[team]
    people = [problem.people[i] for i in members]
    known = [set(p.languages) for p in people if p.languages]
    shared = set.intersection(*known) if known else set()
    return TeamReport(
        team=problem.teams[team].id,
        idea=problem.teams[team].idea,
        members=tuple(p.id for p in people),
        terms=tables.team_terms(team),
        supply=tuple(
            _supply(features, tables, team, int(skill))
            for skill in np.flatnonzero(features.need[team])
        ),
        shared_languages=tuple(sorted(shared)),
        sectors=tuple(
            name for i, name in enumerate(features.sectors) if tables.sector_table[team, i]
        ),
    )


def _supply(features: Features, tables: TeamTables, team: int, skill: int) -> SkillSupply:
    members, best = tables.members[team], int(tables.best[team, skill])
    suppliers = members[features.levels[members, skill] == best] if best else members[:0]
    return SkillSupply(
        skill=features.skills[skill],
        need=int(features.need[team, skill]),
        best=best,
        suppliers=tuple(features.problem.people[i].id for i in suppliers),
    )


def _violations(features: Features, tables: TeamTables) -> Iterator[Notice]:
    problem, team_of = features.problem, tables.team_of
    unplaced = np.flatnonzero(team_of == NOWHERE)
    if len(unplaced):
        yield Notice("unplaced", {}, _ids(problem, unplaced))
    for team in np.flatnonzero((tables.size < problem.min_size) | (tables.size > problem.max_size)):
        values = {"size": int(tables.size[team]), "min": problem.min_size, "max": problem.max_size}
        yield Notice("size", values, (), (problem.teams[team].id,))
    yield from _language_violations(features, tables)
    index = person_index(problem)
    for group in problem.keep_together:
        teams = {int(team_of[index[str(i)]]) for i in group}
        if len(teams) > 1:
            yield Notice("together", {}, group, _team_ids(problem, sorted(teams)))
    for a, b in features.apart:
        if team_of[a] == team_of[b] != NOWHERE:
            yield Notice("apart", {}, _ids(problem, [a, b]), _team_ids(problem, [team_of[a]]))
    for person, place in zip(problem.people, team_of, strict=True):
        pinned = person.pin_team
        if pinned is not None and str(pinned) not in map(str, _team_ids(problem, [int(place)])):
            yield Notice("pin", {}, (person.id,), (pinned,))


def _language_violations(features: Features, tables: TeamTables) -> Iterator[Notice]:
    """Teams without a common language, with those outside the one most of them speak."""
    if not features.languages:
        return
    counts = np.zeros((features.team_count, len(features.languages)), np.int64)
    placed = np.flatnonzero(tables.team_of != NOWHERE)
    np.add.at(counts, tables.team_of[placed], features.speaks[placed])
    for team in np.flatnonzero(counts.max(1) < tables.size):
        language = int(counts[team].argmax())
        members = tables.members[team]
        outside = members[~features.speaks[members, language]]
        yield Notice(
            "language",
            {"language": features.languages[language]},
            _ids(features.problem, outside),
            (features.problem.teams[team].id,),
        )


def _warnings(features: Features, tables: TeamTables) -> Iterator[Notice]:
    problem = features.problem
    yield from problem.notes
    silent = tuple(p.id for p in problem.people if not p.languages)
    if silent:
        yield Notice("unknown_languages", {}, silent)
    outside = tuple(
        p.id
        for p, utility in zip(problem.people, tables.utility, strict=True)
        if p.ranked_ideas and utility == 0
    )
    if outside:
        yield Notice("outside_choices", {}, outside)
    for team in np.flatnonzero(tables.cov < 0.5):
        values = {"coverage": round(float(tables.cov[team]), 3)}
        yield Notice("weak_team", values, (), (problem.teams[team].id,))


def _ids(problem: Problem, people: IntArray | list[int]) -> tuple[Id, ...]:
    return tuple(problem.people[int(i)].id for i in people)


def _team_ids(problem: Problem, teams: IntArray | list[int]) -> tuple[Id, ...]:
    return tuple(problem.teams[int(t)].id for t in teams if t != NOWHERE)
