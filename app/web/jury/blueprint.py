"""The blueprint of the jury area, and how its requests find their sheet."""

from dataclasses import dataclass, replace

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

from app.access import Scope, event_scope, find_actor
from app.core.policy import Actor
from app.domain.jury import sheets
from app.domain.jury.facts import sheet_facts
from app.domain.jury.views import AssignmentView
from app.errors import Missing

bp = Blueprint("jury", __name__)


def sheet_scope(event_slug: str, assignment_id: int, **_values: object) -> Scope:
    """Scope a request to the sheet in its address; keeps the assignment in `g.assignment`."""
    scope = event_scope(event_slug)
    assignment = sheets.find_assignment(assignment_id)
    if assignment is None or assignment.event_id != g.event.id:
        raise Missing(f"assignment {assignment_id}")
    g.assignment = assignment
    return replace(scope, facts=sheet_facts(current_actor(), g.event, assignment))


def current_assignment() -> AssignmentView:
    """Return the assignment that `sheet_scope` found."""
    assignment: AssignmentView = g.assignment
    return assignment


def current_actor() -> Actor:
    """Return the person at hand with the roles held in the event of the address."""
    return find_actor(event_id=g.event.id, programme_id=g.event.programme_id)


@dataclass(frozen=True)
class Place:
    """A page of the set-up, for the second navigation."""

    label: str
    url: str
    icon: str
    is_current: bool


def setup_places() -> list[Place]:
    """Return the pages of the set-up."""
    pages = (
        ("jury.setup", _("Assignment"), "list"),
        ("jury.edit_rubric", _("Rubric"), "star"),
        ("jury.edit_panel", _("Panel"), "people"),
        ("jury.edit_conflicts", _("Conflicts"), "lock"),
    )
    # A refused form is shown again at the address that it was sent to.
    shown_again = {"jury.assign": "jury.setup", "jury.replace_juror": "jury.edit_panel"}
    here = shown_again.get(request.endpoint or "", request.endpoint)
    return [
        Place(label, url_for(endpoint, event_slug=g.event.slug), icon, endpoint == here)
        for endpoint, label, icon in pages
    ]
