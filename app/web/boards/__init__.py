"""Jam boards: the list, the live board, its outline, and the socket between them."""

from app.web.boards import notes, pages, settings, sync
from app.web.boards.blueprint import bp

__all__ = ["bp", "notes", "pages", "settings", "sync"]
