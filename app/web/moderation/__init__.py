"""Report what breaks the rules, and settle reports."""

from app.web.moderation.routes import bp

__all__ = ["bp"]
