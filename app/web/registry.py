"""The areas of the site, in the order in which they are registered."""

from flask import Flask

from app.web.accounts.routes import bp as accounts
from app.web.admin.routes import bp as admin
from app.web.boards import bp as boards
from app.web.files import bp as files
from app.web.funding import bp as funding
from app.web.home import bp as home
from app.web.ideas import bp as ideas
from app.web.jury import bp as jury
from app.web.moderation import bp as moderation
from app.web.organise import bp as organise
from app.web.profiles.routes import bp as profiles
from app.web.programmes import bp as programmes
from app.web.public import bp as public
from app.web.submissions import bp as submissions
from app.web.teams import bp as teams

BLUEPRINTS: tuple[object, ...] = (
    public,
    programmes,
    home,
    organise,
    moderation,
    files,
    ideas,
    teams,
    boards,
    accounts,
    profiles,
    submissions,
    jury,
    funding,
    admin,
)


def register_areas(app: Flask) -> None:
    """Register every area's blueprint."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)  # type: ignore[arg-type]
