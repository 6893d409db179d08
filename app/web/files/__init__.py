"""Files that people added, given to those who may see them."""

from app.web.files.routes import bp

__all__ = ["bp"]
