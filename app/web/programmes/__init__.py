"""Programmes and events: made, described, published, joined."""

from app.web.programmes import event_pages, joining, programme_pages
from app.web.programmes.blueprint import bp

__all__ = ["bp", "event_pages", "joining", "programme_pages"]
