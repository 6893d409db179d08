"""Ideas: reading, pitching, talking about them, and choosing five."""

from app.web.ideas import moderating, pitching, ranking, reading
from app.web.ideas.blueprint import bp

__all__ = ["bp", "moderating", "pitching", "ranking", "reading"]
