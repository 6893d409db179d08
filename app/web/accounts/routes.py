"""The whole area: importing this module puts every route on the blueprint."""

from app.web.accounts import letters, recovery, registration, settings, sign_in
from app.web.accounts.blueprint import bp

__all__ = ["bp", "letters", "recovery", "registration", "settings", "sign_in"]
