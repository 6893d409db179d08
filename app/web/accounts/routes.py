"""The whole area: importing this module puts every route on the blueprint."""

from app.web.accounts import recovery, registration, settings, sign_in
from app.web.accounts.blueprint import bp

__all__ = ["bp", "recovery", "registration", "settings", "sign_in"]
