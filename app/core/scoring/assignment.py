"""Who reviews what: no conflicts, even loads, pairs spread so that the jury hangs together.

A greedy pass gives each submission, in a seeded order, its least loaded free jurors; among equals
those who have shared the fewest submissions with the ones already picked, then one juror from
outside the track. Where the pass cannot keep every rule, `repair` solves a transportation problem.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.scoring.groups import find_groups
from app.core.scoring.repair import connect, name_shortage, solve_loads
from app.core.scoring.types import (
    Assignment,
    BoolArray,
    FloatArray,
    Group,
    IntArray,
    Juror,
    Note,
    Pair,
    Submission,
    Unassignable,
    groups_note,
)


@dataclass(frozen=True, slots=True)
class _Task:
    """The problem as arrays: S submissions, J jurors.

    Attributes
    ----------
    free : bool array, shape (S, J)
        Whether this juror may be given this submission.
    done : bool array, shape (S, J)
        Earlier reviews.
    needs : int array, shape (S,)
        Reviews to add.
    base : int array, shape (J,)
        Reviews that each juror has already.
    limits : int array, shape (J,)
        Most reviews each can have, from max_load and from what is free for them.
    level : int
        The fullest load when the work is spread as evenly as the limits allow.
    away : float array, shape (S, J)
        1 where the juror's tracks are known and do not hold the submission's, 0 at home, ½ unknown.
    together : int array, shape (J, J)
        Submissions that two jurors already share.
    """

    free: BoolArray
    done: BoolArray
    needs: IntArray
    base: IntArray
    limits: IntArray
    level: int
    away: FloatArray
    together: IntArray

    @property
    def ceilings(self) -> IntArray:
        """Highest load of each juror when loads are even."""
        return np.minimum(self.limits, np.maximum(self.level, self.base))

    @property
    def floors(self) -> IntArray:
        """Lowest load of each juror when loads are even."""
        return np.minimum(self.limits, np.maximum(self.level - 1, self.base))


def assign_reviews(
    submissions: Sequence[Submission],
    jurors: Sequence[Juror],
    per_submission: int | Mapping[str, int],
    conflicts: Collection[Pair] = (),
    *,
    existing: Sequence[Pair] = (),
    seed: int = 0,
) -> Assignment | Unassignable:
    """Assign reviewers to submissions.

    Hard: conflicts, equal organisations, `Juror.max_load`, and loads within ±1 of each other. A
    juror with a `max_load` below that, or free for fewer submissions, has as many as possible.

    Parameters
    ----------
    submissions, jurors : sequences
        Each id once.
    per_submission : int or mapping of submission id to int
        Reviews to add, at least 0; a submission missing from the mapping gets none.
    conflicts : collection of (submission id, juror id)
        Declared and detected; equal organisations are found here.
    existing : sequence of (submission id, juror id)
        Earlier reviews (a second stage): they count as load, and are not given again.
    seed : int
        The same seed gives the same assignment.

    Returns
    -------
    Assignment, or Unassignable with the submissions and conflicts that make it so.

    Raises
    ------
    ValueError
        On ids that are listed twice or unknown, and on a negative number of reviews.
    """
    task = _read(submissions, jurors, per_submission, conflicts, existing)
    names = [submission.id for submission in submissions], [juror.id for juror in jurors]
    clashes = _clashes(submissions, jurors, conflicts)
    if notes := name_shortage(task.free, task.needs, task.limits - task.base, names, clashes):
        return Unassignable(notes)
    rng = np.random.default_rng(seed)
    chosen, method = _pick_greedily(task, rng), "greedy"
    if chosen is None:
        chosen, method = _solve(task, rng), "lp"
    connect(chosen, task.done, task.free, rng)
    pairs = tuple((names[0][row], names[1][column]) for row, column in np.argwhere(chosen))
    loads = task.base + chosen.sum(axis=0)
    groups = find_groups((*existing, *pairs))
    return Assignment(
        pairs=pairs,
        loads=dict(zip(names[1], loads.tolist(), strict=True)),
        groups=groups,
        method=method,
        warnings=_warnings(task, loads, jurors, groups),
    )


def choose_borderline(p_top: Mapping[str, float], share: float = 1 / 3) -> tuple[str, ...]:
    """Return the submissions whose place in the shortlist is least certain, for extra reviews.

    Parameters
    ----------
    p_top : mapping of submission id to probability of making the cut
    share : float
        Part of the submissions to name, 0–1, rounded to the nearest whole number.

    Returns
    -------
    tuple of str
        Largest p(1−p) first; equals in the order given.
    """
    order = sorted(p_top, key=lambda name: -p_top[name] * (1 - p_top[name]))
    return tuple(order[: round(len(order) * share)])


def _clashes(
    submissions: Sequence[Submission], jurors: Sequence[Juror], conflicts: Collection[Pair]
) -> set[Pair]:
    """Return declared conflicts and those of equal organisations."""
    members: dict[str, list[str]] = {}
    for juror in jurors:
        if juror.organisation:
            members.setdefault(juror.organisation, []).append(juror.id)
    same = {(s.id, name) for s in submissions for name in members.get(s.organisation, ())}
    return same | set(conflicts)


def _read(
    submissions: Sequence[Submission],
    jurors: Sequence[Juror],
    per_submission: int | Mapping[str, int],
    conflicts: Collection[Pair],
    existing: Sequence[Pair],
) -> _Task:
    rows = {submission.id: index for index, submission in enumerate(submissions)}
    columns = {juror.id: index for index, juror in enumerate(jurors)}
    if len(rows) != len(submissions) or len(columns) != len(jurors):
        raise ValueError("an id is listed twice")
    if any(s not in rows or j not in columns for s, j in (*conflicts, *existing)):
        raise ValueError("a conflict or an earlier review names an unknown id")
    if isinstance(per_submission, int):
        needs = np.full(len(rows), per_submission)
    else:
        needs = np.array([per_submission.get(name, 0) for name in rows], dtype=np.int64)
    if needs.min(initial=0) < 0:
        raise ValueError("the number of reviews must not be negative")
    free = np.ones((len(rows), len(columns)), dtype=np.bool_)
    done = np.zeros_like(free)
    for s, j in existing:
        done[rows[s], columns[j]] = True
    for s, j in _clashes(submissions, jurors, conflicts):
        free[rows[s], columns[j]] = False
    free &= ~done
    base = done.sum(axis=0)
    caps = [np.iinfo(np.int64).max if j.max_load is None else j.max_load for j in jurors]
    # Without a need there is no room: such a submission must not look like work to be had.
    reachable = (free & (needs > 0)[:, None]).sum(axis=0)
    limits = np.maximum(base, np.minimum(np.array(caps, dtype=np.int64), base + reachable))
    return _Task(
        free=free,
        done=done,
        needs=needs,
        base=base,
        limits=limits,
        level=_level(int(needs.sum()), base, limits),
        away=_away(submissions, jurors),
        together=(done.T.astype(np.int64) @ done.astype(np.int64)),
    )


def _level(total: int, base: IntArray, limits: IntArray) -> int:
    """Return the lowest common ceiling under which `total` more reviews find room, if any does."""
    low, high = 0, int(limits.max(initial=0))
    while low < high:
        middle = (low + high) // 2
        room = np.clip(np.minimum(limits, middle) - base, 0, None).sum()
        low, high = (low, middle) if room >= total else (middle + 1, high)
    return low


def _away(submissions: Sequence[Submission], jurors: Sequence[Juror]) -> FloatArray:
    away = np.full((len(submissions), len(jurors)), 0.5)
    for column, juror in enumerate(jurors):
        if juror.tracks:
            away[:, column] = [float(s.track not in juror.tracks) for s in submissions]
    return away


def _pick_greedily(task: _Task, rng: np.random.Generator) -> BoolArray | None:
    """Return the choice, shape (S, J), or None when the greedy pass breaks a rule."""
    loads, together = task.base.copy(), task.together.copy()
    ceilings = task.ceilings
    chosen = np.zeros_like(task.free)
    for row in rng.permutation(len(task.needs)):
        picked: list[int] = []
        for turn in range(task.needs[row]):
            open_to = task.free[row] & (loads < ceilings)
            open_to[picked] = False
            if not open_to.any():
                return None
            is_last = turn == task.needs[row] - 1
            track = 1 - task.away[row] if is_last else task.away[row]
            shared = together[picked].sum(axis=0) if picked else np.zeros_like(loads)
            candidates = np.flatnonzero(open_to)
            order = np.lexsort(
                [rng.random(len(candidates)), *(k[candidates] for k in (track, shared, loads))]
            )
            picked.append(int(candidates[order[0]]))
        chosen[row, picked] = True
        loads[picked] += 1
        for juror in picked:
            together[juror, picked] += 1
    return chosen if (loads >= task.floors).all() else None


def _solve(task: _Task, rng: np.random.Generator) -> BoolArray:
    """Return the most even choice; which of them is decided by tracks and the seed."""
    costs = rng.random(task.free.shape) + task.away
    return solve_loads(
        task.free,
        task.needs,
        costs,
        floors=task.floors - task.base,
        ceilings=task.ceilings - task.base,
        limits=task.limits - task.base,
    )


def _warnings(
    task: _Task, loads: IntArray, jurors: Sequence[Juror], groups: tuple[Group, ...]
) -> tuple[Note, ...]:
    """Return what an organiser should know: groups that float free, and loads that are not even."""
    notes = [groups_note(groups)] if len(groups) > 1 else []
    even = range(max(task.level - 1, 0), task.level + 1)
    uneven = tuple(
        juror.id
        for juror, load, base in zip(jurors, loads.tolist(), task.base.tolist(), strict=True)
        if juror.max_load is None and load not in even and base <= task.level
    )
    if uneven:
        notes.append(Note("uneven_loads", {"jurors": uneven, "level": task.level}))
    return tuple(notes)
