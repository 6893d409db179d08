"""What the choice would be without each juror."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from app.core.scoring.model import Equations, Fit
from app.core.scoring.ranking import Sheets, arrange_sheets
from app.core.scoring.types import JurorInfluence, Ranking, Rating, Submission

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
        In the order in which jurors first appear in `ratings`.
    """
    choose = choose or first_by_score(ranking.top)
    whole = _scores(arrange_sheets(submissions, ratings), ranking.ratios)
    chosen = set(choose(whole))
    found = []
    for juror in dict.fromkeys(rating.juror_id for rating in ratings):
        rest = [rating for rating in ratings if rating.juror_id != juror]
        without = _scores(arrange_sheets(submissions, rest), ranking.ratios) if rest else {}
        others = set(choose(without)) if rest else set()
        found.append(
            JurorInfluence(
                juror,
                tuple(sorted(others - chosen)),
                tuple(sorted(chosen - others)),
                max((abs(without[name] - whole[name]) for name in without), default=0.0),
            )
        )
    return tuple(found)


def _scores(sheets: Sheets, ratios: tuple[float, ...] | None) -> dict[str, float]:
    """Return the scores of the sheets at given ratios, or their plain means."""
    layout = sheets.layout
    if ratios is None:
        counts = np.bincount(layout.submission)
        scores = np.bincount(layout.submission, weights=sheets.y) / counts
    else:
        # A juror may take the last sheets of a track along, and the track term with them.
        kept = ratios[: 3 if layout.n_tracks else 2]
        scores = Fit(Equations(layout), kept, sheets.y, noise_variance=1.0).scores
    return dict(zip(sheets.ids, scores.tolist(), strict=True))
