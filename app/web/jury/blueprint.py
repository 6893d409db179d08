"""The blueprint of the jury area, and how its requests find their sheet."""

from dataclasses import replace

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

from app.access import Scope, current_actor, event_scope
from app.domain.jury import sheets
from app.domain.jury.facts import sheet_facts
from app.domain.jury.views import AssignmentView
from app.errors import Missing
from app.web.navigation import NavItem, organiser_places

bp = Blueprint("jury", __name__)


def sheet_scope(event_slug: str, assignment_id: int, **_values: object) -> Scope:
    """Scope a request to the sheet in its address; keeps both in `g`."""
    scope = event_scope(event_slug)
    assignment = sheets.find_assignment(assignment_id)
    if assignment is None or assignment.event_id != g.event.id:
        raise Missing(f"assignment {assignment_id}")
    g.assignment = assignment
    g.sheet_scope = replace(scope, facts=sheet_facts(current_actor(), g.event, assignment))
    return current_scope()


def current_scope() -> Scope:
    """Return what `sheet_scope` found, for buttons and links."""
    scope: Scope = g.sheet_scope
    return scope


def current_assignment() -> AssignmentView:
    """Return the assignment that `sheet_scope` found."""
    assignment: AssignmentView = g.assignment
    return assignment


def setup_frame() -> dict[str, list[NavItem]]:
    """Return what every page of the set-up shows around itself: places, and tabs of the set-up."""
    setup_url = url_for("jury.setup", event_slug=g.event.slug)
    tabs = (
        ("jury.setup", _("Assignment"), "list"),
        ("jury.edit_rubric", _("Rubric"), "star"),
        ("jury.edit_panel", _("Panel"), "people"),
        ("jury.edit_conflicts", _("Conflicts"), "lock"),
    )
    # A refused form is shown again at the address that it was sent to.
    shown_again = {"jury.assign": "jury.setup", "jury.replace_juror": "jury.edit_panel"}
    here = shown_again.get(request.endpoint or "", request.endpoint)
    return {
        "subnav_items": [
            replace(place, is_current=place.url == setup_url) for place in organiser_places(g.event)
        ],
        "tabs": [
            NavItem(label, url_for(endpoint, event_slug=g.event.slug), icon, endpoint == here)
            for endpoint, label, icon in tabs
        ],
    }
