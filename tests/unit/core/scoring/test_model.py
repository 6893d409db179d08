"""The fit against an independent dense solution of the same model."""

import numpy as np
import pytest

from app.core.scoring.model import Equations, Fit, Layout, fit_reml
from tests.unit.core.scoring.juries import layout_of, simulate


class Dense:
    """Generalised least squares with the full covariance of the sheets, by plain inverses."""

    def __init__(self, layout: Layout, y: np.ndarray, ratios: tuple[float, ...]) -> None:
        n = len(y)
        z = np.eye(layout.n_submissions)[layout.submission]
        b = np.eye(layout.n_jurors)[layout.juror]
        g = np.eye(max(layout.n_tracks, 1))[layout.track % max(layout.n_tracks, 1)]
        if not layout.n_tracks:
            g = np.zeros((layout.n_submissions, 0))
        per_track = 1 / ratios[2] if layout.n_tracks else 0.0
        own = np.eye(layout.n_submissions) / ratios[0] + per_track * g @ g.T
        covariance = np.eye(n) + z @ own @ z.T + b @ b.T / ratios[1]
        inverse = np.linalg.inv(covariance)
        one = np.ones(n)
        information = one @ inverse @ one
        self.projection = inverse - np.outer(inverse @ one, one @ inverse) / information
        self.mean = float(one @ inverse @ y / information)
        self.noise = float(y @ self.projection @ y) / (n - 1)
        self.scores = self.mean + own @ z.T @ self.projection @ y
        self.severities = b.T @ self.projection @ y / ratios[1]
        spread = own - own @ z.T @ self.projection @ z @ own
        self.score_variances = self.noise * np.diag(spread)
        severity_spread = np.eye(layout.n_jurors) / ratios[1]
        severity_spread -= b.T @ self.projection @ b / ratios[1] ** 2
        self.severity_variances = self.noise * np.diag(severity_spread)
        self.residuals = self.projection @ y
        self.residual_variances = self.noise * np.diag(self.projection)
        self.criterion = (
            (n - 1) * np.log(self.noise) + np.linalg.slogdet(covariance)[1] + np.log(information)
        )


@pytest.fixture(params=[1, 4], ids=["no track term", "track term"])
def sheets(request: pytest.FixtureRequest) -> tuple[Layout, np.ndarray]:
    _, ratings, _ = simulate(n_tracks=request.param)
    return layout_of(ratings, request.param)


def ratios_for(layout: Layout, ratios: tuple[float, ...]) -> tuple[float, ...]:
    return ratios if layout.n_tracks else ratios[:2]


def test_the_solution_is_the_dense_one(sheets: tuple[Layout, np.ndarray]) -> None:
    layout, y = sheets
    ratios = ratios_for(layout, (0.7, 1.9, 5.0))
    fit, dense = Fit(Equations(layout), ratios, y), Dense(layout, y, ratios)
    assert fit.mean == pytest.approx(dense.mean)
    assert fit.noise_variance == pytest.approx(dense.noise)
    assert fit.scores == pytest.approx(dense.scores)
    assert fit.severities == pytest.approx(dense.severities)
    assert fit.score_variances() == pytest.approx(dense.score_variances)
    assert fit.severity_variances() == pytest.approx(dense.severity_variances)
    assert fit.residuals() == pytest.approx(dense.residuals)
    assert fit.residual_variances() == pytest.approx(dense.residual_variances)


def test_the_criterion_differs_from_the_dense_one_by_a_constant(
    sheets: tuple[Layout, np.ndarray],
) -> None:
    layout, y = sheets
    points = [ratios_for(layout, r) for r in ((0.7, 1.9, 5.0), (2.0, 0.4, 1.0), (9.0, 50.0, 0.1))]
    equations = Equations(layout)
    ours = [Fit(equations, r, y).minus_two_log_likelihood for r in points]
    theirs = [Dense(layout, y, r).criterion for r in points]
    assert np.diff(ours) == pytest.approx(np.diff(theirs))


def test_reml_is_a_minimum_of_the_dense_criterion(sheets: tuple[Layout, np.ndarray]) -> None:
    layout, y = sheets
    fit, is_assumed = fit_reml(layout, y, 1.0)
    best = Dense(layout, y, fit.ratios).criterion
    for position in range(len(fit.ratios)):
        for factor in (0.5, 2.0):
            ratios = list(fit.ratios)
            ratios[position] *= factor
            assert Dense(layout, y, tuple(ratios)).criterion > best - 0.01
    assert not is_assumed


def test_residuals_of_another_vector_leave_the_scores_alone() -> None:
    _, ratings, _ = simulate()
    layout, y = layout_of(ratings, 4)
    fit = Fit(Equations(layout), (0.7, 1.9, 5.0), y)
    indicator = (layout.juror == layout.submission % layout.n_jurors).astype(float)
    dense = Dense(layout, y, (0.7, 1.9, 5.0))
    assert fit.residuals(indicator) == pytest.approx(dense.projection @ indicator)
    assert fit.residuals() == pytest.approx(dense.projection @ y)


def test_draws_have_the_mean_and_spread_of_the_posterior() -> None:
    _, ratings, _ = simulate()
    layout, y = layout_of(ratings, 4)
    fit = Fit(Equations(layout), (0.7, 1.9, 5.0), y)
    draws = fit.draw_scores(20_000, seed=3)
    assert draws.shape == (20_000, 24)
    assert draws.mean(axis=0) == pytest.approx(fit.scores, abs=0.02)
    assert draws.std(axis=0) == pytest.approx(np.sqrt(fit.score_variances()), rel=0.03)


def test_the_same_seed_gives_the_same_draws_and_another_gives_others() -> None:
    _, ratings, _ = simulate()
    layout, y = layout_of(ratings, 4)
    fit = Fit(Equations(layout), (0.7, 1.9, 5.0), y)
    assert (fit.draw_scores(5, 1) == fit.draw_scores(5, 1)).all()
    assert (fit.draw_scores(5, 1) != fit.draw_scores(5, 2)).all()


def test_a_shift_of_every_score_shifts_the_scores_and_nothing_else() -> None:
    _, ratings, _ = simulate()
    layout, y = layout_of(ratings, 4)
    low = Fit(Equations(layout), (0.7, 1.9, 5.0), y)
    high = Fit(Equations(layout), (0.7, 1.9, 5.0), y + 1e6)
    assert high.scores - 1e6 == pytest.approx(low.scores, abs=1e-6)
    assert high.noise_variance == pytest.approx(low.noise_variance, rel=1e-6)


@pytest.mark.parametrize("scores", [[7.0], [7.0, 3.0], [5.0] * 12], ids=["one", "two", "equal"])
def test_variances_are_assumed_where_scores_cannot_tell(scores: list[float]) -> None:
    n = len(scores)
    layout = Layout(np.arange(n), np.arange(n) % min(n, 3), np.zeros(n, dtype=np.int64))
    fit, is_assumed = fit_reml(layout, np.array(scores), 2.25)
    assert is_assumed
    assert fit.noise_variance == 2.25
    assert fit.ratios == pytest.approx((1.0, np.exp(0.5)))


def test_fewer_than_four_tracks_have_no_term_of_their_own() -> None:
    _, ratings, _ = simulate()
    assert [layout_of(ratings, n)[0].n_tracks for n in (1, 3, 4, 8)] == [0, 0, 4, 8]
