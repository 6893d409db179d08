"""From scores to results: the shortlist, the results, and what the jury says to a team."""

from app.web.funding import publishing, results, shortlist
from app.web.funding.blueprint import bp

__all__ = ["bp", "publishing", "results", "shortlist"]
