"""What a person should look at: sheets far from expectation, and favours to one's own group."""

from collections.abc import Sequence

import numpy as np

from app.core.scoring.model import Fit
from app.core.scoring.types import Juror, OutlyingSheet, OwnGroupBias, Rating, Submission

OUTLYING_BEYOND = 2.5
"""Standardised residuals beyond this are shown to a person."""


def find_outlying(fit: Fit, ratings: Sequence[Rating]) -> tuple[OutlyingSheet, ...]:
    """Return the sheets whose standardised residual lies beyond `OUTLYING_BEYOND`.

    Parameters
    ----------
    fit : Fit
    ratings : sequence of Rating
        The sheets it was fitted to, in the same order.

    Returns
    -------
    tuple of OutlyingSheet
        Farthest first.
    """
    residuals = fit.residuals()
    deviations = np.sqrt(fit.residual_variances())
    ratios = np.divide(residuals, deviations, out=np.zeros_like(residuals), where=deviations > 0)
    beyond = np.flatnonzero(np.abs(ratios) > OUTLYING_BEYOND).tolist()
    beyond.sort(key=lambda i: -abs(ratios[i]))
    return tuple(
        OutlyingSheet(
            ratings[i].submission_id,
            ratings[i].juror_id,
            ratings[i].score,
            float(ratings[i].score - residuals[i]),
            float(ratios[i]),
        )
        for i in beyond
    )


def find_biases(
    fit: Fit,
    submissions: Sequence[Submission],
    jurors: Sequence[Juror],
    ratings: Sequence[Rating],
) -> tuple[OwnGroupBias, ...]:
    """Return what jurors add to submissions of their own region and organisation.

    The indicator w of own-group sheets is a fixed effect added to the model at the fitted variance
    ratios: with R the residual maker, ``δ̂ = w'Ry / w'Rw`` and ``SE = σ/√(w'Rw)``.

    Parameters
    ----------
    fit : Fit
    submissions, jurors : sequences
        Jurors may be missing; unknown regions and organisations match nothing.
    ratings : sequence of Rating
        The sheets it was fitted to, in the same order.

    Returns
    -------
    tuple of OwnGroupBias
        One for each attribute of which the sheets can tell anything.
    """
    homes = {juror.id: juror for juror in jurors}
    owners = {submission.id: submission for submission in submissions}
    found = []
    for attribute in ("region", "organisation"):
        own = np.array(
            [
                float(
                    rating.juror_id in homes
                    and (value := getattr(homes[rating.juror_id], attribute)) != ""
                    and value == getattr(owners[rating.submission_id], attribute)
                )
                for rating in ratings
            ]
        )
        left = fit.residuals(own)
        information = float(own @ left)
        # All sheets, or no sheet, of the own group: nothing to compare with.
        if 0 < own.sum() < len(own) and information > 1e-9:
            points = float(own @ fit.residuals()) / information
            error = float(np.sqrt(fit.noise_variance / information))
            found.append(OwnGroupBias(attribute, points, error, int(own.sum())))
    return tuple(found)
