"""From sheets to a ranking with intervals, probabilities and the reasons behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from app.core.scoring.diagnostics import find_biases, find_outlying
from app.core.scoring.groups import find_groups
from app.core.scoring.model import Fit, Layout, fit_reml
from app.core.scoring.types import (
    DEFAULT_SCALE,
    Disconnected,
    Draws,
    FloatArray,
    Group,
    IntArray,
    Juror,
    JurorSeverity,
    Method,
    Note,
    RankedSubmission,
    Ranking,
    Rating,
    Submission,
    Tie,
    VarianceComponents,
    groups_note,
)

Z_90 = 1.6448536269514722
N_DRAWS = 1000

# Scores closer than this are equal: rounding in the last digits must not decide about money.
SCORE_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Sheets:
    """Ratings as arrays, all in the order of ids: the order of the input decides nothing.

    Attributes
    ----------
    ids, juror_ids : tuple of str
        What the positions of `layout` stand for.
    ratings : tuple of Rating
        The sheets behind the arrays, one for one.
    y : float array, shape (N,)
        Scores.
    """

    ids: tuple[str, ...]
    juror_ids: tuple[str, ...]
    ratings: tuple[Rating, ...]
    layout: Layout
    y: FloatArray


@dataclass(frozen=True, slots=True)
class _Estimate:
    """What either method says about the scored submissions; arrays over them."""

    scores: FloatArray
    half_widths: FloatArray
    draws: FloatArray
    mean: float
    is_assumed: bool
    fit: Fit | None


def default_top(n_submissions: int) -> int:
    """Return the m of P(top m) when nobody chose one: a tenth, at least five."""
    return max(5, n_submissions // 10)


def arrange_sheets(submissions: Sequence[Submission], ratings: Sequence[Rating]) -> Sheets:
    """Return the ratings as arrays.

    Parameters
    ----------
    submissions : sequence of Submission
        Those without a rating are left out.
    ratings : sequence of Rating
        At least one.

    Raises
    ------
    ValueError
        On no ratings at all, a submission that is not listed or listed twice, a pair rated twice,
        or a score that is no finite number.
    """
    known = {submission.id for submission in submissions}
    if len(known) != len(submissions):
        raise ValueError("a submission is listed twice")
    if not ratings:
        raise ValueError("there are no ratings")
    pairs = {(rating.submission_id, rating.juror_id) for rating in ratings}
    if len(pairs) != len(ratings):
        raise ValueError("a juror has rated a submission twice")
    rated = {rating.submission_id for rating in ratings}
    if not rated <= known:
        raise ValueError(f"unknown submissions: {sorted(rated - known)}")
    ratings = sorted(ratings, key=lambda rating: (rating.submission_id, rating.juror_id))
    y = np.array([rating.score for rating in ratings])
    if not np.isfinite(y).all():
        raise ValueError("a score is not a finite number")
    scored = sorted((s for s in submissions if s.id in rated), key=lambda s: s.id)
    row = {submission.id: index for index, submission in enumerate(scored)}
    column = {name: i for i, name in enumerate(sorted({rating.juror_id for rating in ratings}))}
    tracks = {name: i for i, name in enumerate(sorted({s.track for s in scored}))}
    layout = Layout(
        submission=np.array([row[rating.submission_id] for rating in ratings]),
        juror=np.array([column[rating.juror_id] for rating in ratings]),
        track=np.array([tracks[submission.track] for submission in scored]),
    )
    return Sheets(tuple(row), tuple(column), tuple(ratings), layout, y)


def rank_submissions(
    submissions: Sequence[Submission],
    ratings: Sequence[Rating],
    jurors: Sequence[Juror] = (),
    *,
    method: Method = Method.MIXED,
    top: int | None = None,
    scale: tuple[float, float] = DEFAULT_SCALE,
    override: bool = False,
    seed: int = 0,
    n_draws: int = N_DRAWS,
) -> Ranking | Disconnected:
    """Rank submissions by their sheets.

    Order: score, P(top m), the criteria in their published order, then a seeded draw. The mixed
    model is described in `model`; the plain mean carries the standard error of the pooled spread
    of sheets within submissions, severity included, with Student's t for its degrees of freedom.

    Parameters
    ----------
    submissions : sequence of Submission
        All of them; those without a rating come last, without a rank.
    ratings : sequence of Rating
        At most one per juror and submission.
    jurors : sequence of Juror, optional
        Regions and organisations for the own-group biases.
    method : Method
    top : int or None
        The m of P(top m), at least 1; None takes `default_top`.
    scale : (float, float)
        Ends of the scale, for what cannot be estimated.
    override : bool
        Rank jointly although the jury falls into groups; a warning stays in the ranking.
    seed : int
    n_draws : int

    Returns
    -------
    Ranking, or Disconnected when the jury falls into groups and nobody overrode it.

    Raises
    ------
    ValueError
        See `arrange_sheets`; also when `top` is below 1.
    """
    sheets = arrange_sheets(submissions, ratings)
    m = default_top(len(submissions)) if top is None else top
    if m < 1:
        raise ValueError("top must be at least 1")
    groups = find_groups((rating.submission_id, rating.juror_id) for rating in ratings)
    if len(groups) > 1 and not override:
        return Disconnected(groups)
    estimate_by = _estimate_mixed if method is Method.MIXED else _estimate_mean
    estimate = estimate_by(sheets, scale, seed, n_draws)
    places = _Places(sheets, estimate, _criteria_means(sheets), m, seed)
    fit = estimate.fit
    return Ranking(
        method=method,
        top=m,
        rows=places.rows() + _unscored(submissions, sheets),
        mean=estimate.mean,
        variances=_variances(fit) if fit else None,
        ratios=fit.ratios if fit else None,
        severities=_severities(sheets, fit) if fit else (),
        groups=groups,
        outlying=find_outlying(fit, sheets.ratings) if fit else (),
        biases=find_biases(fit, submissions, jurors, sheets.ratings) if fit else (),
        ties=places.ties,
        warnings=_warnings(submissions, sheets, estimate, groups, places.ties),
        draws=Draws(sheets.ids, estimate.draws),
    )


def _assumed_deviation(scale: tuple[float, float]) -> float:
    """Return the noise to assume where it cannot be estimated: six deviations fill the scale."""
    return (scale[1] - scale[0]) / 6


def _estimate_mixed(
    sheets: Sheets, scale: tuple[float, float], seed: int, n_draws: int
) -> _Estimate:
    fit, is_assumed = fit_reml(sheets.layout, sheets.y, _assumed_deviation(scale) ** 2)
    half_widths = Z_90 * np.sqrt(fit.score_variances())
    draws = fit.draw_scores(n_draws, seed)
    return _Estimate(fit.scores, half_widths, draws, fit.mean, is_assumed, fit)


def _estimate_mean(
    sheets: Sheets, scale: tuple[float, float], seed: int, n_draws: int
) -> _Estimate:
    where, y = sheets.layout.submission, sheets.y
    counts = np.bincount(where).astype(float)
    means = np.bincount(where, weights=y) / counts
    within, total = float(((y - means[where]) ** 2).sum()), float(((y - y.mean()) ** 2).sum())
    is_assumed = False
    if within > 1e-9:
        freedom: float = len(y) - len(means)
        deviation = np.sqrt(within / freedom)
    elif total > 1e-9:
        # No two sheets differ on one submission: the spread of all sheets bounds their noise.
        freedom = len(y) - 1
        deviation = np.sqrt(total / freedom)
    else:
        freedom, deviation, is_assumed = np.inf, _assumed_deviation(scale), True
    half_widths = float(scipy.special.stdtrit(freedom, 0.95)) * deviation / np.sqrt(counts)
    rng = np.random.default_rng(seed)
    draws = means + half_widths / Z_90 * rng.standard_normal((n_draws, len(means)))
    return _Estimate(means, half_widths, draws, float(y.mean()), is_assumed, None)


def _variances(fit: Fit) -> VarianceComponents:
    noise = fit.noise_variance
    track = noise / fit.ratios[2] if len(fit.ratios) > 2 else None
    return VarianceComponents(noise / fit.ratios[0], track, noise / fit.ratios[1], noise)


def _severities(sheets: Sheets, fit: Fit) -> tuple[JurorSeverity, ...]:
    half_widths = Z_90 * np.sqrt(fit.severity_variances())
    counts = np.bincount(sheets.layout.juror)
    return tuple(
        JurorSeverity(name, float(b), float(b - half), float(b + half), int(count))
        for name, b, half, count in zip(
            sheets.juror_ids, fit.severities, half_widths, counts, strict=True
        )
    )


def _criteria_means(sheets: Sheets) -> FloatArray:
    """Return the mean of each criterion, shape (S, criteria); criteria may be none."""
    width = min(len(rating.criteria) for rating in sheets.ratings)
    means = np.zeros((len(sheets.ids), width))
    np.add.at(
        means,
        sheets.layout.submission,
        np.array([rating.criteria[:width] for rating in sheets.ratings]).reshape(
            len(sheets.y), width
        ),
    )
    return means / np.bincount(sheets.layout.submission)[:, None]


def draw_ranks(draws: FloatArray) -> IntArray:
    """Return the rank of each submission in each draw, 1 the best, shape as `draws`."""
    order = np.argsort(-draws, axis=1)
    ranks = np.empty(draws.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(1, draws.shape[1] + 1)[None, :], axis=1)
    return ranks


class _Places:
    """The order of the scored submissions, with what the draws say about it."""

    def __init__(
        self, sheets: Sheets, estimate: _Estimate, criteria: FloatArray, top: int, seed: int
    ) -> None:
        self._sheets, self._estimate = sheets, estimate
        ranks = draw_ranks(estimate.draws)
        self._rounded = np.round(estimate.scores, SCORE_DIGITS)
        self._p_top = self._pooled((ranks <= top).mean(axis=0))
        self._lo = np.quantile(ranks, 0.05, axis=0, method="lower")
        self._hi = np.quantile(ranks, 0.95, axis=0, method="higher")
        lots = np.random.default_rng([seed, 1]).permutation(len(sheets.ids))
        # The last key of lexsort counts first; criteria in their published order.
        self._keys = [self._rounded, np.round(self._p_top, SCORE_DIGITS)]
        self._keys += [np.round(column, SCORE_DIGITS) for column in criteria.T]
        self._order = np.lexsort([lots, *(-key for key in reversed(self._keys))])

    def _pooled(self, p_top: FloatArray) -> FloatArray:
        """Average over submissions of equal score and spread: Monte Carlo noise breaks no tie."""
        same = np.stack([self._rounded, np.round(self._estimate.half_widths, SCORE_DIGITS)], axis=1)
        _, kind = np.unique(same, axis=0, return_inverse=True)
        kind = kind.ravel()
        pooled: FloatArray = (np.bincount(kind, weights=p_top) / np.bincount(kind))[kind]
        return pooled

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Runs of equal score, and the last rule that their order needed."""
        runs = np.split(self._order, np.flatnonzero(np.diff(self._rounded[self._order])) + 1)
        return tuple(
            Tie(tuple(self._sheets.ids[i] for i in run), self._deciding_rule(run))
            for run in runs
            if len(run) > 1
        )

    def _deciding_rule(self, run: IntArray) -> str:
        for depth, rule in ((2, "p_top"), (len(self._keys), "criteria")):
            seen = {tuple(key[i] for key in self._keys[1:depth]) for i in run}
            if len(seen) == len(run):
                return rule
        return "draw"

    def rows(self) -> tuple[RankedSubmission, ...]:
        """Return the scored submissions, best first."""
        y, where = self._sheets.y, self._sheets.layout.submission
        counts = np.bincount(where)
        raw = np.bincount(where, weights=y) / counts
        scores, half = self._estimate.scores, self._estimate.half_widths
        spread = _disagreement(self._sheets, self._estimate.fit)
        return tuple(
            RankedSubmission(
                submission_id=self._sheets.ids[i],
                rank=rank,
                score=float(scores[i]),
                raw_mean=float(raw[i]),
                reviews=int(counts[i]),
                lo90=float(scores[i] - half[i]),
                hi90=float(scores[i] + half[i]),
                rank_lo=min(int(self._lo[i]), rank),
                rank_hi=max(int(self._hi[i]), rank),
                p_top=float(self._p_top[i]),
                disagreement=float(spread[i]) if counts[i] > 1 else None,
            )
            for rank, i in enumerate(self._order, start=1)
        )


def _disagreement(sheets: Sheets, fit: Fit | None) -> FloatArray:
    """Return the deviation of the sheets of each submission, less the severity of their jurors."""
    where = sheets.layout.submission
    y = sheets.y - fit.severities[sheets.layout.juror] if fit else sheets.y
    counts = np.bincount(where)
    centred = y - (np.bincount(where, weights=y) / counts)[where]
    spread: FloatArray = np.sqrt(np.bincount(where, weights=centred**2) / np.maximum(counts - 1, 1))
    return spread


def _unscored(submissions: Sequence[Submission], sheets: Sheets) -> tuple[RankedSubmission, ...]:
    scored = set(sheets.ids)
    return tuple(
        RankedSubmission(submission.id, None, None, None, 0, None, None, None, None, None, None)
        for submission in submissions
        if submission.id not in scored
    )


def _warnings(
    submissions: Sequence[Submission],
    sheets: Sheets,
    estimate: _Estimate,
    groups: tuple[Group, ...],
    ties: tuple[Tie, ...],
) -> tuple[Note, ...]:
    unscored = len(submissions) - len(sheets.ids)
    loads = np.bincount(sheets.layout.juror)
    lonely = tuple(name for name, n in zip(sheets.juror_ids, loads, strict=True) if n == 1)
    lots = sum(tie.decided_by == "draw" for tie in ties)
    checks: list[tuple[bool, Callable[[], Note]]] = [
        (len(groups) > 1, lambda: groups_note(groups)),
        (estimate.is_assumed, lambda: Note("variance_assumed", {"sheets": len(sheets.y)})),
        (len(loads) == 1, lambda: Note("one_juror", {"juror": sheets.juror_ids[0]})),
        (
            len(sheets.y) == len(sheets.ids),
            lambda: Note("single_reviews", {"submissions": len(sheets.ids)}),
        ),
        (bool(lonely), lambda: Note("juror_with_one_sheet", {"jurors": lonely})),
        (unscored > 0, lambda: Note("unscored", {"submissions": unscored})),
        (lots > 0, lambda: Note("ties_drawn", {"ties": lots})),
    ]
    return tuple(make() for applies, make in checks if applies)
