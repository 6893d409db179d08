"""The area's blueprint, to which each module beside this one adds its routes."""

from flask import Blueprint, g

from app.access import find_actor
from app.core.policy import Actor
from app.domain.programmes.queries import EventView

bp = Blueprint("organise", __name__)


def this_event() -> EventView:
    """Return the event in the address."""
    event: EventView = g.event
    return event


def this_actor() -> Actor:
    """Return the person at hand with the roles held in the event."""
    return find_actor(event_id=this_event().id, programme_id=this_event().programme_id)
