"""The severity model: a mixed-effects model of sheets, fitted by REML.

``y_ij = μ + g_t(i) + q_i + b_j + e_ij``: overall level, track, quality of submission i, severity of
juror j and noise; all but μ normal and independent. With the ratios ``a = σ²/σ_q²``,
``c = σ²/σ_g²``, ``d = σ²/σ_b²``, submission incidence Z and ``X = [1 | track | juror]``, the
mixed-model equations of Henderson have a diagonal block ``D = Z'Z + aI``, so that submissions are
eliminated exactly and what remains is as small as the jury::

    M = X'X + diag(0, c·1, d·1) − C'D⁻¹C,  C = Z'X
    k = M⁻¹(X'y − C'D⁻¹Z'y),  q = D⁻¹(Z'y − Ck),  σ² = (y'y − q'Z'y − k'X'y)/(N − 1)
    −2ℓ = (N−1) ln σ² − S ln a − T ln c − J ln d + ln|D| + ln|M|

Sources: Henderson (1975), "Best linear unbiased estimation and prediction under a selection model",
Biometrics 31; Patterson & Thompson (1971) for REML; the elimination follows Bates et al. (2015).

Only scipy itself is imported; it loads its parts when they are used, so that web workers, which
import this module's callers and never fit, stay light.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy

from app.core.scoring.types import FloatArray, IntArray

LOG_RATIO_BOUNDS = (-6.0, 9.0)
LOG_RATIO_START = (0.0, 0.5, 1.5)
"""Quality, juror, track: where the search starts, and what is assumed when nothing varies."""

MIN_TRACKS = 4
"""Fewer track levels than this say nothing about a track variance; the term is left out."""

MAX_ITERATIONS = 250


@dataclass(frozen=True, slots=True)
class Layout:
    """Who judged what, as positions.

    Attributes
    ----------
    submission, juror : int array, shape (N,)
        Of each sheet; every submission in 0..S−1 and every juror in 0..J−1 appears.
    track : int array, shape (S,)
        Of each submission, 0..T−1.
    """

    submission: IntArray
    juror: IntArray
    track: IntArray

    @property
    def n_submissions(self) -> int:
        """S."""
        return len(self.track)

    @property
    def n_jurors(self) -> int:
        """J."""
        return int(self.juror.max()) + 1

    @property
    def n_tracks(self) -> int:
        """T as fitted: 0 when there are too few tracks for a term of their own."""
        levels = int(self.track.max()) + 1
        return levels if levels >= MIN_TRACKS else 0


class Equations:
    """The cross products of one layout, made once and used for every ratio and vector.

    Submissions with equally many sheets share their ``D_i``, so ``C'D⁻¹C`` is a short sum of
    fixed dense matrices and a trial of new ratios never touches the sheets again.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        n, tracks, jurors = len(layout.submission), layout.n_tracks, layout.n_jurors
        rows = np.arange(n)
        blocks = [np.zeros(n, dtype=np.int64)]
        if tracks:
            blocks.append(1 + layout.track[layout.submission])
        blocks.append(1 + tracks + layout.juror)
        self.n_fixed = 1 + tracks + jurors
        self.x: Any = scipy.sparse.csr_array(
            (np.ones(n * len(blocks)), (np.tile(rows, len(blocks)), np.concatenate(blocks))),
            shape=(n, self.n_fixed),
        )
        self.z: Any = scipy.sparse.csr_array(
            (np.ones(n), (rows, layout.submission)), shape=(n, layout.n_submissions)
        )
        self.c: Any = (self.z.T @ self.x).tocsr()
        self.sheets: FloatArray = np.bincount(
            layout.submission, minlength=layout.n_submissions
        ).astype(float)
        self._xx: FloatArray = (self.x.T @ self.x).toarray()
        self._levels: list[tuple[float, FloatArray]] = []
        for level in np.unique(self.sheets):
            part = self.c[self.sheets == level]
            self._levels.append((float(level), (part.T @ part).toarray()))

    def reduced(self, ratios: tuple[float, ...]) -> FloatArray:
        """Return M, shape (1+T+J, 1+T+J), for ratios (a, d) or (a, d, c)."""
        matrix = self._xx.copy()
        for level, product in self._levels:
            matrix -= product / (level + ratios[0])
        tracks = self.layout.n_tracks
        diagonal = np.arange(self.n_fixed)
        matrix[diagonal[1 + tracks :], diagonal[1 + tracks :]] += ratios[1]
        if tracks:
            matrix[diagonal[1 : 1 + tracks], diagonal[1 : 1 + tracks]] += ratios[2]
        return matrix


class Fit:
    """The equations solved at given ratios; every vector of sheet values can be put through them.

    Parameters
    ----------
    equations : Equations
    ratios : tuple of float
        ``(a, d)``, or ``(a, d, c)`` with a track term.
    y : float array, shape (N,)
        Scores of the sheets.
    noise_variance : float or None
        σ² where it cannot be estimated; None estimates it.
    """

    def __init__(
        self,
        equations: Equations,
        ratios: tuple[float, ...],
        y: FloatArray,
        noise_variance: float | None = None,
    ) -> None:
        self.equations = equations
        self.ratios = ratios
        self._d = equations.sheets + ratios[0]
        self._factor: Any = scipy.linalg.cho_factor(
            equations.reduced(ratios), lower=True, check_finite=False
        )
        # Centred, or y'y loses digits when the scores are far from zero and close together.
        self._offset = float(y.mean())
        self._y = y - self._offset
        self._k, self._q = self._solve(self._y)
        self.noise_variance = (
            self._estimate_noise() if noise_variance is None else float(noise_variance)
        )

    def _solve(self, vector: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return (k, q) for a vector of sheet values, shape (N,)."""
        equations = self.equations
        by_submission = equations.z.T @ vector
        right = equations.x.T @ vector - equations.c.T @ (by_submission / self._d)
        k = scipy.linalg.cho_solve(self._factor, right, check_finite=False)
        return k, (by_submission - equations.c @ k) / self._d

    def _estimate_noise(self) -> float:
        explained = self._q @ (self.equations.z.T @ self._y)
        explained += self._k @ (self.equations.x.T @ self._y)
        return float(self._y @ self._y - explained) / (len(self._y) - 1)

    @property
    def mean(self) -> float:
        """μ, in points of the scale."""
        return self._offset + float(self._k[0])

    @property
    def severities(self) -> FloatArray:
        """The b of each juror, shape (J,)."""
        return self._k[1 + self.equations.layout.n_tracks :]

    @property
    def scores(self) -> FloatArray:
        """Adjusted scores μ + g + q, shape (S,)."""
        layout = self.equations.layout
        tracks = self._k[1 : 1 + layout.n_tracks]
        return self.mean + self._q + (tracks[layout.track] if layout.n_tracks else 0.0)

    @property
    def minus_two_log_likelihood(self) -> float:
        """The REML criterion at these ratios, up to a constant."""
        layout = self.equations.layout
        sizes = (layout.n_submissions, layout.n_jurors, layout.n_tracks)
        prior = sum(size * np.log(r) for size, r in zip(sizes, self.ratios, strict=False))
        determinants = np.log(self._d).sum() + 2 * np.log(np.diag(self._factor[0])).sum()
        return float((len(self._y) - 1) * np.log(self.noise_variance) - prior + determinants)

    def residuals(self, vector: FloatArray | None = None) -> FloatArray:
        """Return what the model leaves of the scores, or of any other values of the sheets.

        Parameters
        ----------
        vector : float array, shape (N,), or None
            None: the scores themselves.

        Returns
        -------
        float array, shape (N,)
        """
        if vector is None:
            vector, k, q = self._y, self._k, self._q
        else:
            k, q = self._solve(vector)
        equations = self.equations
        left: FloatArray = vector - equations.x @ k - equations.z @ q
        return left

    def _quadratic(self, rows: Any) -> FloatArray:
        """Return diag(rows · M⁻¹ · rows') for sparse rows, without an inverse."""
        half = scipy.linalg.solve_triangular(
            self._factor[0], rows.T.toarray(), lower=True, check_finite=False, overwrite_b=True
        )
        quadratic: FloatArray = np.einsum("ij,ij->j", half, half)
        return quadratic

    def _scaled_c(self) -> Any:

        return scipy.sparse.diags_array(1 / self._d) @ self.equations.c

    def score_variances(self) -> FloatArray:
        """Return Var(g + q), shape (S,): ``σ²(1/D_i + v'M⁻¹v)`` with ``v = e_track − C_i/D_i``."""
        layout = self.equations.layout
        rows = -self._scaled_c()
        if layout.n_tracks:
            count = np.arange(layout.n_submissions)
            rows = rows + scipy.sparse.csr_array(
                (np.ones(len(count)), (count, 1 + layout.track)), shape=rows.shape
            )
        return self.noise_variance * (1 / self._d + self._quadratic(rows))

    def severity_variances(self) -> FloatArray:
        """Return Var(b̂ − b), shape (J,)."""
        jurors = self.equations.layout.n_jurors
        unit = np.eye(self.equations.n_fixed)[:, -jurors:]
        inverse = scipy.linalg.cho_solve(self._factor, unit, check_finite=False)
        variances: FloatArray = self.noise_variance * np.diag(inverse[-jurors:])
        return variances

    def residual_variances(self) -> FloatArray:
        """Return Var(ê), shape (N,): ``σ²(1 − leverage)``, the leverage ``1/D_i + u'M⁻¹u``."""
        submission = self.equations.layout.submission
        rows = self.equations.x - self._scaled_c()[submission]
        leverage = 1 / self._d[submission] + self._quadratic(rows)
        return self.noise_variance * np.clip(1 - leverage, 0, None)

    def draw_scores(self, count: int, seed: int) -> FloatArray:
        """Return draws of the scores, shape (count, S): first k, then each q given k.

        Parameters
        ----------
        count : int
            Above 0.
        seed : int
            The same seed gives the same draws.
        """
        layout, equations = self.equations.layout, self.equations
        rng = np.random.default_rng(seed)
        noise = np.sqrt(self.noise_variance)
        spread = scipy.linalg.solve_triangular(
            self._factor[0], rng.standard_normal((equations.n_fixed, count)), lower=True, trans="T"
        )
        k = self._k[:, None] + noise * spread
        centre = (equations.z.T @ self._y)[:, None] - equations.c @ k
        scores: FloatArray = centre / self._d[:, None]
        scores += noise / np.sqrt(self._d)[:, None] * rng.standard_normal(scores.shape)
        if layout.n_tracks:
            scores += k[1 + layout.track]
        # μ̂ and not its draw: the interval of a score is about g + q, the level is common to all.
        scores += self.mean
        return scores.T


def fit_reml(layout: Layout, y: FloatArray, noise_variance_if_constant: float) -> tuple[Fit, bool]:
    """Fit the model.

    Parameters
    ----------
    layout : Layout
    y : float array, shape (N,)
    noise_variance_if_constant : float
        σ² to assume when the scores do not vary at all, or there are fewer than three.

    Returns
    -------
    Fit
    bool
        Whether the variances had to be assumed.
    """
    equations = Equations(layout)
    start = np.array(LOG_RATIO_START[: 3 if layout.n_tracks else 2])
    if len(y) < 3 or np.ptp(y) < 1e-9:
        ratios = tuple(float(ratio) for ratio in np.exp(start))
        return Fit(equations, ratios, y, noise_variance_if_constant), True

    def ratios_at(point: FloatArray) -> tuple[float, ...]:
        return tuple(float(ratio) for ratio in np.exp(np.clip(point, *LOG_RATIO_BOUNDS)))

    found = scipy.optimize.minimize(
        lambda point: Fit(equations, ratios_at(point), y).minus_two_log_likelihood,
        start,
        method="Nelder-Mead",
        # The default simplex is 0.00025 wide at a start of zero and crawls.
        options={
            "initial_simplex": np.vstack([start, start + np.eye(len(start))]),
            "xatol": 0.02,
            "fatol": 0.005,
            "maxiter": MAX_ITERATIONS,
        },
    )
    return Fit(equations, ratios_at(found.x), y), False
