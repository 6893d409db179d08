"""Cojam: co-creation programmes from the first call to the funding shortlist."""

from app.factory import create_app

__all__ = ["create_app"]
