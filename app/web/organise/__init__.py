"""The organiser's control room."""

from app.web.organise import control, people_pages, sharing, timing
from app.web.organise.blueprint import bp

__all__ = ["bp", "control", "people_pages", "sharing", "timing"]
