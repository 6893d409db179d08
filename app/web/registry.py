"""The areas of the site, in the order in which they are registered."""

from flask import Flask

from app.web.accounts.routes import bp as accounts
from app.web.admin.routes import bp as admin
from app.web.boards import bp as boards
from app.web.ideas import bp as ideas
from app.web.profiles.routes import bp as profiles

BLUEPRINTS: tuple[object, ...] = (
    ideas,
    boards,
    accounts,
    profiles,
    admin,
)


def register_areas(app: Flask) -> None:
    """Register every area's blueprint."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)  # type: ignore[arg-type]
