"""The organiser's control room."""

from app.web.organise import control, hall, people_pages, sharing, timing
from app.web.organise.blueprint import bp

__all__ = ["bp", "control", "hall", "people_pages", "sharing", "timing"]
