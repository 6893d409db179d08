"""Teams and the matching that proposes them."""

from app.web.teams import matching, routes
from app.web.teams.blueprint import bp

__all__ = ["bp", "matching", "routes"]
