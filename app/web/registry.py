"""The areas of the site, in the order in which they are registered."""

from flask import Flask

BLUEPRINTS: tuple[object, ...] = ()


def register_areas(app: Flask) -> None:
    """Register every area's blueprint."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)  # type: ignore[arg-type]
