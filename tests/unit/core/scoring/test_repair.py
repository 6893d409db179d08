"""The transportation problem by itself: large problems, and limits that cannot be kept."""

import numpy as np
import pytest

from app.core.scoring import repair


def solve(free: np.ndarray, needs: int, **bounds: list[int]) -> np.ndarray:
    costs = np.random.default_rng(0).random(free.shape)
    arrays = {name: np.array(values) for name, values in bounds.items()}
    return repair.solve_loads(free, np.full(len(free), needs), costs, **arrays)


def test_a_large_problem_is_tried_in_part_first() -> None:
    n, m = 320, 200
    assert n * m > repair.MAX_CELLS
    free = np.ones((n, m), dtype=np.bool_)
    chosen = solve(free, 2, floors=[3] * m, ceilings=[4] * m, limits=[4] * m)
    assert (chosen.sum(axis=1) == 2).all()
    assert set(chosen.sum(axis=0).tolist()) == {3, 4}


def test_and_in_whole_when_the_part_does_not_do() -> None:
    # Juror 0 must take everything, and is too dear to be among the cheapest of any submission.
    n, m = 320, 200
    free = np.ones((n, m), dtype=np.bool_)
    costs = np.random.default_rng(0).random((n, m))
    costs[:, 0] = 2.0
    others = [0, *[n] * (m - 1)]
    chosen = repair.solve_loads(
        free,
        np.ones(n, dtype=np.int64),
        costs,
        floors=np.array([n, *[0] * (m - 1)]),
        ceilings=np.array([n, *others[1:]]),
        limits=np.full(m, n),
    )
    assert chosen[:, 0].all()


def test_limits_that_cannot_be_kept_are_refused() -> None:
    free = np.ones((3, 2), dtype=np.bool_)
    with pytest.raises(ValueError, match="no assignment within the limits"):
        solve(free, 1, floors=[0, 0], ceilings=[1, 1], limits=[1, 1])
