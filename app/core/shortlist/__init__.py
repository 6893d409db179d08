"""The funding shortlist under a budget; start reading at `choice`."""

from app.core.shortlist.choice import choose_shortlist
from app.core.shortlist.explain import render_contradiction, render_reason
from app.core.shortlist.types import (
    Ballot,
    Candidate,
    Decision,
    Impossible,
    Pin,
    PinAction,
    Policy,
    Quota,
    Reason,
    Shortlist,
)

__all__ = [
    "Ballot",
    "Candidate",
    "Decision",
    "Impossible",
    "Pin",
    "PinAction",
    "Policy",
    "Quota",
    "Reason",
    "Shortlist",
    "choose_shortlist",
    "render_contradiction",
    "render_reason",
]
