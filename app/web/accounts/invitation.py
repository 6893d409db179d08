"""The event to whose join page a registration leads back: its person takes part at once."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from app.core.ids import normalise_join_code
from app.domain.programmes import queries
from app.domain.programmes.queries import EventView


def find_invitation(next_path: str) -> EventView | None:
    """Return the event whose join code stands in a path of this site, if it is such a path."""
    path = urlsplit(next_path).path.removeprefix(request.script_root)
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return None
    if endpoint != "programmes.join":
        return None
    return queries.find_event_by_join_code(normalise_join_code(values["code"]))
