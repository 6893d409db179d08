"""Forming teams: archetypes, seed, search, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.core.matching.archetypes import find_archetypes
from app.core.matching.explain import explain
from app.core.matching.features import NOWHERE, Features, IntArray, build_features, team_index
from app.core.matching.objective import TeamTables, evaluate_features, weighted_score
from app.core.matching.search import Schedule, Search
from app.core.matching.seeding import seed_teams
from app.core.matching.space import build_space
from app.core.matching.state import State
from app.core.matching.types import (
    Cancelled,
    Id,
    IsCancelled,
    OnProgress,
    Problem,
    Result,
)

EFFORTS: Mapping[str, float] = {"fast": 1.0, "normal": 5.0, "thorough": 20.0}
"""How much longer than `fast` each effort searches."""

_PROGRESS_STEPS = 200
_FEW_BATCH = 512
_STAY = 0.12
"""J, in hundredths of a team, that a re-run must gain for each person it moves."""


@dataclass(frozen=True, slots=True)
class _Budget:
    """Chains, and proposals per person for `fast`, of problems up to a size."""

    up_to_people: float
    chains: int
    per_person: int


_BUDGETS = (
    _Budget(40, 16, 40_000),
    _Budget(120, 8, 40_000),
    _Budget(2_000, 1, 6_000),
    _Budget(float("inf"), 1, 3_000),
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Chains and schedule for a size of problem and an effort."""

    chains: int
    schedule: Schedule
    seed: int


def form_teams(
    problem: Problem,
    *,
    seed: int = 0,
    effort: str = "normal",
    warm: Mapping[Id, Id] | None = None,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Result:
    """Form teams; the same problem, seed, effort and warm start give the same teams.

    Parameters
    ----------
    problem : Problem
        Ask `check_problem` first: a contradictory one comes back with violations.
    seed : int
        Any whole number.
    effort : {"fast", "normal", "thorough"}
        Iterations: about 2 s at 300 people for `fast`, 5 and 20 times that for the others.
    warm : mapping of person id to team id, optional
        Teams to start from and to leave mostly as they are; unknown ids are ignored, people who
        are not in it are placed.
    on_progress : callable, optional
        Told the fraction done, 0–1, at most a few hundred times.
    is_cancelled : callable, optional
        Asked as often.

    Returns
    -------
    Result

    Raises
    ------
    Cancelled
        When `is_cancelled` answered yes.
    ValueError
        For an unknown effort.
    """
    if effort not in EFFORTS:
        raise ValueError(f"effort is one of {', '.join(EFFORTS)}, not {effort!r}")
    features = build_features(problem)
    labels, archetypes = find_archetypes(features, seed)
    start = _warm_start(problem, warm or {})
    plan = _plan(features, effort, abs(seed), start if warm is not None else None)
    watch = _Watch(plan.schedule.batches, on_progress, is_cancelled)
    team_of = _search(features, labels, start, plan, watch)
    watch.finish()
    evaluation = evaluate_features(features, team_of)
    return Result(
        assignment={
            person.id: problem.teams[team].id
            for person, team in zip(problem.people, team_of, strict=True)
            if team != NOWHERE
        },
        evaluation=evaluation,
        explanations=explain(problem, evaluation, archetypes, labels),
        archetypes=archetypes,
        seed=seed,
        effort=effort,
        iterations=plan.schedule.batches * plan.schedule.batch_size,
    )


def _search(
    features: Features, labels: IntArray, start: IntArray, plan: _Plan, watch: "_Watch"
) -> IntArray:
    """Seed every chain, search, and return the best chain's teams [N]."""
    single = build_space(features, 1)
    seeds = np.random.SeedSequence(plan.seed).spawn(plan.chains + 1)
    starts = [
        seed_teams(single, labels, start, np.random.default_rng(child)) for child in seeds[1:]
    ]
    if any((teams == NOWHERE).any() for teams in starts):
        return starts[0]
    space = single if plan.chains == 1 else build_space(features, plan.chains)
    state = State(space, np.array(starts))
    Search(space, state, plan.schedule, int(seeds[0].generate_state(1)[0])).run(watch.tick)
    return _best_chain(features, state.teams_within_chain())


def _best_chain(features: Features, chains: IntArray) -> IntArray:
    """Choose the chain with fewest violations, then with the highest J."""

    def worth(teams: IntArray) -> tuple[int, float]:
        if len(chains) == 1:
            return 0, 0.0
        violations = len(evaluate_features(features, teams).violations)
        terms = TeamTables(features, teams).mean_terms()
        return -violations, weighted_score(features.problem, terms)

    return max(chains, key=worth)


def _plan(features: Features, effort: str, seed: int, home: IntArray | None) -> _Plan:
    """Budget in proposals, so that a seed decides everything; sized for two cores."""
    people, teams = features.people_count, features.team_count
    chains, per_person = next(
        (row.chains, row.per_person) for row in _BUDGETS if people <= row.up_to_people
    )
    batch_size = _FEW_BATCH if teams < 10 else min(4096, max(192, 4 * teams))
    batch_size = max(batch_size, 48 * chains)
    proposals = per_person * people * EFFORTS[effort]
    heat = float(np.clip(0.1 * np.sqrt(proposals / people / 700), 0.1, 0.6))
    batches = max(1, round(proposals / batch_size))
    if home is None:
        return _Plan(chains, Schedule(batches, batch_size, heat), seed)
    padded = np.append(home, NOWHERE)
    stay = _STAY * 100.0 / teams
    return _Plan(1, Schedule(batches, batch_size, 0.0, stay, padded), seed)


def _warm_start(problem: Problem, warm: Mapping[Id, Id]) -> IntArray:
    """Team index of each person in an earlier answer, -1 for newcomers."""
    teams = team_index(problem)
    before = {str(person): teams.get(str(team), NOWHERE) for person, team in warm.items()}
    return np.array([before.get(str(p.id), NOWHERE) for p in problem.people], np.int64)


class _Watch:
    """Tells progress and asks for cancellation, a few hundred times in a run."""

    def __init__(
        self, batches: int, on_progress: OnProgress | None, is_cancelled: IsCancelled | None
    ) -> None:
        self._batches = batches
        self._every = max(1, batches // _PROGRESS_STEPS)
        self._on_progress, self._is_cancelled = on_progress, is_cancelled

    def tick(self, batch: int) -> None:
        if batch % self._every:
            return
        if self._is_cancelled is not None and self._is_cancelled():
            raise Cancelled
        if self._on_progress is not None:
            self._on_progress(batch / self._batches)

    def finish(self) -> None:
        if self._on_progress is not None:
            self._on_progress(1.0)
