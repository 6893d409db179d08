"""What the choice would be without each juror."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from app.core.scoring.model import Equations, Fit, Layout
from app.core.scoring.ranking import Sheets, arrange_sheets
from app.core.scoring.types import BoolArray, JurorInfluence, Ranking, Rating, Submission

Choose = Callable[[Mapping[str, float]], Collection[str]]
"""From scores by submission id to the ids chosen."""


def first_by_score(top: int) -> Choose:
    """Return the choice of the `top` best scores; equal scores by id."""
    return lambda scores: sorted(scores, key=lambda name: (-scores[name], name))[:top]


def measure_influence(
    submissions: Sequence[Submission],
    ratings: Sequence[Rating],
    ranking: Ranking,
    choose: Choose | None = None,
) -> tuple[JurorInfluence, ...]:
    """Refit without each juror and say who enters the choice and who leaves it.

    The variance ratios of the full fit are held: they belong to the jury, and one juror's sheets
    should move scores, not the model. The plain mean is simply taken again.

    Parameters
    ----------
    submissions, ratings
        What `ranking` was made of.
    ranking : Ranking
    choose : callable or None
        From scores to the ids chosen; None takes the first `ranking.top`.

    Returns
    -------
    tuple of JurorInfluence
        In the order of juror ids.
    """
    choose = choose or first_by_score(ranking.top)
    sheets = arrange_sheets(submissions, ratings)
    whole = _scores(sheets, np.ones(len(sheets.y), dtype=np.bool_), ranking.ratios)
    chosen = set(choose(whole))
    found = []
    for juror, name in enumerate(sheets.juror_ids):
        without = _scores(sheets, sheets.layout.juror != juror, ranking.ratios)
        others = set(choose(without))
        found.append(
            JurorInfluence(
                name,
                tuple(sorted(others - chosen)),
                tuple(sorted(chosen - others)),
                max((abs(without[key] - whole[key]) for key in without), default=0.0),
            )
        )
    return tuple(found)


def _scores(sheets: Sheets, kept: BoolArray, ratios: tuple[float, ...] | None) -> dict[str, float]:
    """Return the scores of the kept sheets at given ratios, or their plain means."""
    if not kept.any():
        return {}
    rows, submission = np.unique(sheets.layout.submission[kept], return_inverse=True)
    _, juror = np.unique(sheets.layout.juror[kept], return_inverse=True)
    _, track = np.unique(sheets.layout.track[rows], return_inverse=True)
    layout, y = Layout(submission, juror, track), sheets.y[kept]
    if ratios is None:
        scores = np.bincount(submission, weights=y) / np.bincount(submission)
    else:
        # A juror may take the last sheets of a track along, and the track term with them.
        held = ratios[: 3 if layout.n_tracks else 2]
        scores = Fit(Equations(layout), held, y, noise_variance=1.0).scores
    return dict(zip((sheets.ids[row] for row in rows), scores.tolist(), strict=True))
