"""A day and an hour, typed in the browser's own control."""

from typing import Any

from wtforms import DateTimeLocalField


class LocalMomentField(DateTimeLocalField):
    """A local time without a zone, written as browsers write it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("format", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
        super().__init__(*args, **kwargs)
