"""Submissions: a team's page, and the organisers' list."""

from app.web.submissions import overview, writing
from app.web.submissions.blueprint import bp

__all__ = ["bp", "overview", "writing"]
