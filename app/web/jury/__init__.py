"""The jury: a juror's queue and sheets, and the organisers' set-up."""

from app.web.jury import assigning, judging, panel
from app.web.jury.blueprint import bp

__all__ = ["assigning", "bp", "judging", "panel"]
