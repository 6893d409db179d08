"""Team matching: who works with whom, what that is worth, and why."""

from app.core.matching.conflicts import check_problem
from app.core.matching.english import render_explanation, render_notice
from app.core.matching.explain import explain
from app.core.matching.formation import EFFORTS, form_teams
from app.core.matching.objective import evaluate
from app.core.matching.parsing import parse_problem
from app.core.matching.types import (
    Archetype,
    Cancelled,
    Evaluation,
    Explanation,
    Idea,
    Norms,
    Notice,
    Person,
    Problem,
    ProblemError,
    Result,
    SkillSupply,
    Team,
    TeamReport,
    Terms,
    Weights,
)

__all__ = [
    "EFFORTS",
    "Archetype",
    "Cancelled",
    "Evaluation",
    "Explanation",
    "Idea",
    "Norms",
    "Notice",
    "Person",
    "Problem",
    "ProblemError",
    "Result",
    "SkillSupply",
    "Team",
    "TeamReport",
    "Terms",
    "Weights",
    "check_problem",
    "evaluate",
    "explain",
    "form_teams",
    "parse_problem",
    "render_explanation",
    "render_notice",
]
