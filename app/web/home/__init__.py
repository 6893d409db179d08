"""Everybody's own page: now, next, your team, the deadline."""

from app.web.home.routes import bp

__all__ = ["bp"]
