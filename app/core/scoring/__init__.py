"""Scores, rankings and assignments of a jury; start reading at `ranking` and `model`."""

from app.core.scoring.assignment import assign_reviews, choose_borderline
from app.core.scoring.explain import render_note
from app.core.scoring.groups import find_groups
from app.core.scoring.influence import measure_influence
from app.core.scoring.ranking import default_top, rank_submissions
from app.core.scoring.types import (
    DEFAULT_SCALE,
    Assignment,
    Disconnected,
    Draws,
    Group,
    Juror,
    JurorInfluence,
    JurorSeverity,
    Method,
    Note,
    OutlyingSheet,
    OwnGroupBias,
    RankedSubmission,
    Ranking,
    Rating,
    Submission,
    Tie,
    Unassignable,
    VarianceComponents,
    weighted_score,
)

__all__ = [
    "DEFAULT_SCALE",
    "Assignment",
    "Disconnected",
    "Draws",
    "Group",
    "Juror",
    "JurorInfluence",
    "JurorSeverity",
    "Method",
    "Note",
    "OutlyingSheet",
    "OwnGroupBias",
    "RankedSubmission",
    "Ranking",
    "Rating",
    "Submission",
    "Tie",
    "Unassignable",
    "VarianceComponents",
    "assign_reviews",
    "choose_borderline",
    "default_top",
    "find_groups",
    "measure_influence",
    "rank_submissions",
    "render_note",
    "weighted_score",
]
