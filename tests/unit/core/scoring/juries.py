"""Small simulated juries for the tests of scoring."""

import numpy as np

from app.core.scoring import Rating, Submission
from app.core.scoring.model import Layout


def simulate(
    n_submissions: int = 24,
    n_jurors: int = 6,
    per_submission: int = 3,
    n_tracks: int = 4,
    severity: float = 0.8,
    seed: int = 0,
) -> tuple[tuple[Submission, ...], tuple[Rating, ...], np.ndarray]:
    """Return submissions, their sheets and the true severities; every pair of jurors meets."""
    rng = np.random.default_rng(seed)
    quality = rng.normal(0, 1, n_submissions)
    severities = rng.normal(0, severity, n_jurors)
    submissions = tuple(Submission(f"s{i}", f"t{i % n_tracks}") for i in range(n_submissions))
    ratings = []
    for i in range(n_submissions):
        for j in rng.choice(n_jurors, per_submission, replace=False):
            score = 5.5 + quality[i] + severities[j] + rng.normal(0, 0.6)
            ratings.append(Rating(f"s{i}", f"j{j}", float(np.clip(score, 1, 10))))
    return submissions, tuple(ratings), severities


def layout_of(ratings: tuple[Rating, ...], n_tracks: int) -> tuple[Layout, np.ndarray]:
    """Return the sheets as arrays, submission `s3` in track 3 modulo the number of tracks."""
    submission = np.array([int(rating.submission_id[1:]) for rating in ratings])
    juror = np.array([int(rating.juror_id[1:]) for rating in ratings])
    track = np.arange(submission.max() + 1) % n_tracks
    return Layout(submission, juror, track), np.array([rating.score for rating in ratings])
