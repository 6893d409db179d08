"""The event to whose join page a registration leads back: its person takes part at once."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from app.domain.programmes.queries import EventView
from app.web.join_codes import TooManyWrongCodes, find_event_of


def find_invitation(next_path: str) -> EventView | None:
    """Return the event whose join code stands in a path of this site, if it is such a path.

    While codes are not looked up, the way leads over the join page instead.
    """
    path = urlsplit(next_path).path.removeprefix(request.script_root)
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return None
    if endpoint != "programmes.join":
        return None
    try:
        return find_event_of(values["code"])
    except TooManyWrongCodes:
        return None
