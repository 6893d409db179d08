"""Where one can go from here: the same places in the top bar and in the tab bar."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access import Scope, find_actor, is_allowed
from app.core.policy import Action, Role
from app.domain.programmes.queries import EventView


@dataclass(frozen=True)
class NavItem:
    """One place to go."""

    label: str
    url: str
    icon: str
    is_current: bool


def navigation_for(event: EventView | None) -> list[NavItem]:
    """Return the places of an event for the person at hand, at most five."""
    if event is None:
        return []
    scope = Scope(event.id, event.programme_id, event.facts())
    actor = find_actor(event_id=event.id, programme_id=event.programme_id)
    places: list[tuple[str, str, str, bool]] = [
        ("home.now", _("Now"), "clock", is_allowed(Action.VIEW_HOME, scope)),
        ("ideas.list_ideas", _("Ideas"), "idea", is_allowed(Action.VIEW_IDEAS, scope)),
        ("teams.list_teams", _("Teams"), "people", is_allowed(Action.VIEW_TEAMS, scope)),
        ("boards.list_boards", _("Boards"), "board", bool(actor.roles)),
        ("jury.queue", _("Jury"), "star", actor.has(Role.JUROR)),
        (
            "organise.control_room",
            _("Organise"),
            "gear",
            current_user.is_authenticated and is_allowed(Action.MANAGE_EVENT, scope),
        ),
    ]
    return [
        NavItem(label, url_for(endpoint, event_slug=event.slug), icon, _is_current(endpoint))
        for endpoint, label, icon, is_shown in places
        if is_shown
    ]


def _is_current(endpoint: str) -> bool:
    """An area is current on each of its pages."""
    here = request.endpoint or ""
    return here == endpoint or here.split(".")[0] == endpoint.split(".")[0]


def where_we_are(event: EventView | None) -> str | None:
    """Return the name that stands beside the brand."""
    return event.name if event else None
