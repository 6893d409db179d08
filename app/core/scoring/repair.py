"""Repairing an assignment: what the greedy pass cannot do, and the name of what nobody can do.

Only scipy itself is imported; it loads its parts when they are used, so that web workers, which
import this module's callers and never solve, stay light.
"""

from collections.abc import Collection

import numpy as np
import scipy

from app.core.scoring.types import BoolArray, FloatArray, IntArray, Note, Pair

MAX_CELLS = 60_000
"""Above this many possible pairs a random part of them is tried first."""

CANDIDATES = 16
"""Jurors per submission in that part."""

UNEVEN_COST = 1_000.0
"""Cost of one review too many or too few for an even load: far above any preference."""

MAX_SWAPS_TRIED = 300
"""Swaps tried for a group that floats free, before it is left so, with a warning."""


def solve_loads(
    free: BoolArray,
    needs: IntArray,
    costs: FloatArray,
    *,
    floors: IntArray,
    ceilings: IntArray,
    limits: IntArray,
) -> BoolArray:
    """Return the cheapest assignment with the most even loads: a transportation problem (HiGHS).

    Its matrix is totally unimodular, so the linear programme has a whole solution.

    Parameters
    ----------
    free : bool array, shape (S, J)
        Pairs that may be chosen.
    needs : int array, shape (S,)
        Reviews of each submission; `name_shortage` has found nothing wrong with them.
    costs : float array, shape (S, J)
        Small preferences, 0–2; some randomness in them makes the solution unique.
    floors, ceilings, limits : int arrays, shape (J,)
        Bounds of each juror's load: the first two are left at a price, the last never.

    Returns
    -------
    bool array, shape (S, J)
    """
    if free.size > MAX_CELLS:
        place = np.argsort(np.argsort(np.where(free, costs, np.inf), axis=1), axis=1)
        part = free & (place < CANDIDATES)
        chosen = _solve(part, needs, costs, floors=floors, ceilings=ceilings, limits=limits)
        if chosen is not None and _is_even(chosen, floors, ceilings):
            return chosen
    chosen = _solve(free, needs, costs, floors=floors, ceilings=ceilings, limits=limits)
    if chosen is None:
        raise ValueError("there is no assignment within the limits")
    return chosen


def _is_even(chosen: BoolArray, floors: IntArray, ceilings: IntArray) -> bool:
    loads = chosen.sum(axis=0)
    return bool(((floors <= loads) & (loads <= ceilings)).all())


def _solve(
    free: BoolArray,
    needs: IntArray,
    costs: FloatArray,
    *,
    floors: IntArray,
    ceilings: IntArray,
    limits: IntArray,
) -> BoolArray | None:
    """Variables: the free pairs, then the reviews above the ceiling and below the floor of each."""
    (n_rows, n_columns), (rows, columns) = free.shape, np.nonzero(free)
    pairs, jurors = np.arange(len(rows)), np.arange(n_columns)
    one = np.ones(len(rows))
    width = len(rows) + 2 * n_columns
    demand = scipy.sparse.csr_array((one, (rows, pairs)), shape=(n_rows, width))
    load = scipy.sparse.csr_array((one, (columns, pairs)), shape=(n_columns, width))
    over = scipy.sparse.csr_array(
        (np.ones(n_columns), (jurors, len(rows) + jurors)), shape=(n_columns, width)
    )
    under = scipy.sparse.csr_array(
        (np.ones(n_columns), (jurors, len(rows) + n_columns + jurors)), shape=(n_columns, width)
    )
    solution = scipy.optimize.linprog(
        np.concatenate([costs[rows, columns], np.full(2 * n_columns, UNEVEN_COST)]),
        A_ub=scipy.sparse.vstack([load - over, -load - under]),
        b_ub=np.concatenate([ceilings, -floors]),
        A_eq=demand,
        b_eq=needs,
        bounds=np.column_stack(
            [
                np.zeros(width),
                np.concatenate([one, limits - ceilings, np.full(n_columns, np.inf)]),
            ]
        ),
        # The simplex ends at a vertex, which is whole; an interior point need not be.
        method="highs-ds",
    )
    if solution.status != 0:
        return None
    chosen = np.zeros_like(free)
    chosen[rows, columns] = solution.x[: len(rows)] > 0.5
    return chosen


def name_shortage(
    free: BoolArray,
    needs: IntArray,
    room: IntArray,
    names: tuple[list[str], list[str]],
    clashes: Collection[Pair],
) -> tuple[Note, ...]:
    """Return why the reviews cannot all be given, or nothing when they can.

    A submission with too few free jurors is named by itself. Otherwise the minimum cut names the
    submissions that together need more than the jurors free for them can give (Hall's condition).

    Parameters
    ----------
    free : bool array, shape (S, J)
    needs : int array, shape (S,)
    room : int array, shape (J,)
        Reviews each juror can still take.
    names : (list of str, list of str)
        Ids of submissions and jurors.
    clashes : collection of (submission id, juror id)
        Conflicts, to be named.

    Returns
    -------
    tuple of Note
    """
    counts = free.sum(axis=1)
    if (short := np.flatnonzero(counts < needs)).size:
        return tuple(
            Note(
                "too_few_jurors",
                {
                    "submission": names[0][row],
                    "needed": int(needs[row]),
                    "free": int(counts[row]),
                    "conflicts": tuple(j for j in names[1] if (names[0][row], j) in clashes),
                },
            )
            for row in short
        )
    rows, columns = _minimum_cut(free, needs, room)
    if not rows.size:
        return ()
    submissions = tuple(names[0][row] for row in rows)
    outside = set(names[1]) - {names[1][column] for column in columns}
    return (
        Note(
            "too_little_room",
            {
                "submissions": submissions,
                "needed": int(needs[rows].sum()),
                "jurors": tuple(names[1][column] for column in columns),
                # Outside the cut, at most one review of each free pair counts towards the need.
                "room": int(room[columns].sum() + free[rows].sum() - free[rows][:, columns].sum()),
                "conflicts": tuple(
                    f"{s}–{j}"
                    for s in submissions
                    for j in names[1]
                    if j in outside and (s, j) in clashes
                ),
            },
        ),
    )


def _minimum_cut(free: BoolArray, needs: IntArray, room: IntArray) -> tuple[IntArray, IntArray]:
    """Return submissions and jurors on the side of the source; empty when all needs can be met."""
    n_rows, n_columns = free.shape
    source, sink = n_rows + n_columns, n_rows + n_columns + 1
    rows, columns = np.nonzero(free)
    capacity = scipy.sparse.csr_array(
        (
            np.concatenate([needs, np.ones_like(rows), room]).astype(np.int32),
            (
                np.concatenate([np.full(n_rows, source), rows, n_rows + np.arange(n_columns)]),
                np.concatenate([np.arange(n_rows), n_rows + columns, np.full(n_columns, sink)]),
            ),
        ),
        shape=(sink + 1, sink + 1),
    )
    flow = scipy.sparse.csgraph.maximum_flow(capacity, source, sink)
    if flow.flow_value == needs.sum():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    residual = scipy.sparse.csr_array(capacity - flow.flow)
    residual.eliminate_zeros()
    reached = scipy.sparse.csgraph.breadth_first_order(residual, source, return_predecessors=False)
    reached = np.sort(reached[reached < source]).astype(np.int64)
    return reached[reached < n_rows], reached[reached >= n_rows] - n_rows


def connect(chosen: BoolArray, done: BoolArray, free: BoolArray, rng: np.random.Generator) -> None:
    """Swap chosen jurors between groups of the review graph until it hangs together, in place.

    Loads stay as they are. Where no swap helps (one review each, say) the groups remain.

    Parameters
    ----------
    chosen, done, free : bool arrays, shape (S, J)
        New reviews, earlier reviews, and what may be chosen.
    rng : numpy Generator
    """
    labels = _label(chosen | done)
    while labels.max(initial=0) > 0:
        sizes = np.bincount(labels[labels >= 0])
        main = int(sizes.argmax())
        others = [group for group in np.argsort(sizes, kind="stable") if group != main]
        if not any(
            _swap(chosen, done, free, labels=labels, groups=(main, int(group)), rng=rng)
            for group in others
        ):
            return
        labels = _label(chosen | done)


def _swap(
    chosen: BoolArray,
    done: BoolArray,
    free: BoolArray,
    *,
    labels: IntArray,
    groups: tuple[int, int],
    rng: np.random.Generator,
) -> bool:
    """Make one swap between two groups that leaves fewer groups than before; say whether."""
    count = int(labels.max()) + 1
    mine, theirs = (np.argwhere(chosen & (labels == group)[:, None]) for group in groups)
    if not len(mine) or not len(theirs):
        return False
    for _ in range(MAX_SWAPS_TRIED):
        (s, a), (t, b) = mine[rng.integers(len(mine))], theirs[rng.integers(len(theirs))]
        if free[s, b] and free[t, a]:
            chosen[[s, t], [a, b]], chosen[[s, t], [b, a]] = False, True
            if int(_label(chosen | done).max()) + 1 < count:
                return True
            chosen[[s, t], [a, b]], chosen[[s, t], [b, a]] = True, False
    return False


def _label(linked: BoolArray) -> IntArray:
    """Return the component of each submission, −1 without reviews."""
    n_rows = len(linked)
    rows, columns = np.nonzero(linked)
    graph = scipy.sparse.coo_array(
        (np.ones(len(rows)), (rows, n_rows + columns)), shape=(sum(linked.shape),) * 2
    )
    _, labels = scipy.sparse.csgraph.connected_components(graph, directed=False)
    reviewed = linked.any(axis=1)
    submissions = np.full(n_rows, -1, dtype=np.int64)
    _, submissions[reviewed] = np.unique(labels[:n_rows][reviewed], return_inverse=True)
    return submissions
