"""What a jury's sheets are, and what is said about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Pair = tuple[str, str]
"""A submission and a juror, by id."""

Value = str | int | float | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""Plain data, so that a note can be stored, sent and translated."""

DEFAULT_SCALE = (1.0, 10.0)


class Method(StrEnum):
    """How sheets become scores; the mixed model is the default."""

    MIXED = "mixed"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Rating:
    """One sheet: what one juror gave one submission.

    Attributes
    ----------
    score : float
        The weighted score on the scale; see `weighted_score`.
    criteria : tuple of float
        The scores behind it, in the published order of the criteria; it breaks ties. May be empty.
    """

    submission_id: str
    juror_id: str
    score: float
    criteria: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """What is judged; empty text means unknown."""

    id: str
    track: str = ""
    region: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Juror:
    """Who judges; empty text means unknown.

    Attributes
    ----------
    tracks : tuple of str
        Where this juror is at home. Empty: at home everywhere, and nowhere a stranger.
    max_load : int or None
        Most sheets this juror takes, earlier ones included. None: as many as the others, ±1.
    """

    id: str
    organisation: str = ""
    region: str = ""
    tracks: tuple[str, ...] = ()
    max_load: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth saying, as a code and plain values (`explain.render_note` makes English)."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RankedSubmission:
    """One line of a ranking.

    Attributes
    ----------
    rank : int or None
        1 is best; every scored submission has its own. None: unscored, never shortlisted.
    score : float or None
        Adjusted for severity (`Method.MIXED`) or the raw mean (`Method.MEAN`), on the scale.
    raw_mean : float or None
        The plain mean of the sheets, always shown beside the score.
    reviews : int
        Sheets counted.
    lo90, hi90 : float or None
        90 % interval of the score; may reach beyond the ends of the scale.
    rank_lo, rank_hi : int or None
        90 % interval of the rank, `rank_lo` the better end; contains the rank.
    p_top : float or None
        Probability of being among the first `Ranking.top`, 0–1.
    disagreement : float or None
        Standard deviation of the sheets, severity removed where it is known; None below two.
    """

    submission_id: str
    rank: int | None
    score: float | None
    raw_mean: float | None
    reviews: int
    lo90: float | None
    hi90: float | None
    rank_lo: int | None
    rank_hi: int | None
    p_top: float | None
    disagreement: float | None


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """Estimated variances, in points of the scale squared; `track` is None without a track term."""

    submission: float
    track: float | None
    juror: float
    noise: float


@dataclass(frozen=True, slots=True)
class JurorSeverity:
    """How far a juror's scores lie from the panel's.

    Attributes
    ----------
    severity : float
        The `b` of the model, in points: what this juror adds to a score. Below 0 is strict.
    lo90, hi90 : float
        Its 90 % interval.
    reviews : int
        Sheets it rests on.
    """

    juror_id: str
    severity: float
    lo90: float
    hi90: float
    reviews: int


@dataclass(frozen=True, slots=True)
class Group:
    """Submissions and jurors that are connected by sheets, and by none to the others."""

    submission_ids: tuple[str, ...]
    juror_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlyingSheet:
    """A sheet far from what the model expects: for a person to look at, never removed by itself.

    Attributes
    ----------
    expected : float
        What the model expects this juror to give this submission.
    residual : float
        The difference in its own standard deviations.
    """

    submission_id: str
    juror_id: str
    score: float
    expected: float
    residual: float


@dataclass(frozen=True, slots=True)
class OwnGroupBias:
    """What jurors add to submissions of their own region or organisation.

    Attributes
    ----------
    attribute : str
        ``region`` or ``organisation``.
    points : float
        Estimated extra points, severity and quality held constant.
    standard_error : float
        Of `points`.
    pairs : int
        Sheets on which juror and submission share it.
    """

    attribute: str
    points: float
    standard_error: float
    pairs: int

    @property
    def is_notable(self) -> bool:
        """Whether it lies more than two standard errors from none."""
        return abs(self.points) > 2 * self.standard_error


@dataclass(frozen=True, slots=True)
class Tie:
    """Submissions of equal score, in the order given to them, and what decided.

    Attributes
    ----------
    decided_by : str
        The last rule that was needed: ``p_top``, ``criteria`` or ``draw``.
    """

    submission_ids: tuple[str, ...]
    decided_by: str


@dataclass(frozen=True, slots=True)
class Draws:
    """Score draws from the posterior.

    Attributes
    ----------
    submission_ids : tuple of str
        Scored submissions, one per column.
    scores : array, shape (draws, len(submission_ids))
        On the scale; equally likely worlds, from which every probability is counted.
    """

    submission_ids: tuple[str, ...]
    scores: FloatArray = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Submissions in order, the unscored last, and everything that explains the order.

    Attributes
    ----------
    top : int
        The m of `RankedSubmission.p_top`.
    mean : float
        Overall level, in points of the scale.
    variances : VarianceComponents or None
        None for `Method.MEAN`.
    ratios : tuple of float or None
        Noise variance over that of quality, juror and (when fitted) track: what `influence` holds.
    groups : tuple of Group
        Largest first; more than one means that only an override made this joint ranking.
    """

    method: Method
    top: int
    rows: tuple[RankedSubmission, ...]
    mean: float
    variances: VarianceComponents | None
    ratios: tuple[float, ...] | None
    severities: tuple[JurorSeverity, ...]
    groups: tuple[Group, ...]
    outlying: tuple[OutlyingSheet, ...]
    biases: tuple[OwnGroupBias, ...]
    ties: tuple[Tie, ...]
    warnings: tuple[Note, ...]
    draws: Draws


@dataclass(frozen=True, slots=True)
class Disconnected:
    """No joint ranking: the groups share no juror, so severity and quality cannot be told apart.

    Attributes
    ----------
    groups : tuple of Group
        Largest first; every other one floats free of it.
    """

    groups: tuple[Group, ...]

    @property
    def note(self) -> Note:
        """The same as a note."""
        return groups_note(self.groups)


def groups_note(groups: tuple[Group, ...]) -> Note:
    """Return the note that names the groups which float free of the largest.

    Parameters
    ----------
    groups : tuple of Group
        Two or more, largest first.
    """
    return Note(
        "several_groups",
        {
            "groups": len(groups),
            "largest": len(groups[0].submission_ids),
            "floating": tuple(group.submission_ids for group in groups[1:]),
            "floating_jurors": tuple(group.juror_ids for group in groups[1:]),
        },
    )


@dataclass(frozen=True, slots=True)
class JurorInfluence:
    """What the first `top` (or any other choice) would be without one juror.

    Attributes
    ----------
    entered, left : tuple of str
        Submissions that come in and go out when this juror's sheets are left aside.
    largest_shift : float
        Largest change of any score, in points.
    """

    juror_id: str
    entered: tuple[str, ...]
    left: tuple[str, ...]
    largest_shift: float


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reviews what.

    Attributes
    ----------
    pairs : tuple of (submission id, juror id)
        New reviews, in the order of submissions and then of jurors as given.
    loads : mapping of juror id to int
        Reviews of each juror, earlier ones included.
    groups : tuple of Group
        Of all reviews, earlier ones included; one is what you want.
    method : str
        ``greedy``, or ``lp`` when the greedy pass could not keep every rule.
    warnings : tuple of Note
    """

    pairs: tuple[tuple[str, str], ...]
    loads: Mapping[str, int]
    groups: tuple[Group, ...]
    method: str
    warnings: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Unassignable:
    """No assignment keeps the rules; the notes name the submissions and conflicts at fault."""

    notes: tuple[Note, ...]


def weighted_score(scores: tuple[float, ...], weights: tuple[float, ...]) -> float:
    """Return the score of a sheet: Σ w x / Σ w.

    Parameters
    ----------
    scores, weights : tuple of float
        In the same order; weights above 0.

    Raises
    ------
    ValueError
        When a criterion is missing, or the weights are not all above 0.
    """
    if len(scores) != len(weights) or not weights:
        raise ValueError("every weighted criterion needs a score")
    if min(weights) <= 0:
        raise ValueError("weights must be above 0")
    total = sum(weight * score for weight, score in zip(weights, scores, strict=True))
    return total / sum(weights)
