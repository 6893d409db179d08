"""Pages that everybody may read."""

from app.web.public.routes import bp

__all__ = ["bp"]
