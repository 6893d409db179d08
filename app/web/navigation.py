"""Where one can go from here: the same places in the top bar and in the tab bar."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access import Scope, find_actor, is_allowed
from app.core.policy import Action, Role
from app.domain.funding import queries as funding
from app.domain.jury import queries as jury
from app.domain.programmes.queries import EventView


@dataclass(frozen=True)
class NavItem:
    """One place to go."""

    label: str
    url: str
    icon: str
    is_current: bool


Place = tuple[str, str, str, bool]


def navigation_for(event: EventView | None) -> list[NavItem]:
    """Return the places of an event for the person at hand; the first five fit a phone."""
    if event is None:
        return []
    scope = Scope(event.id, event.programme_id, event.facts())
    teams_scope = replace(scope, facts=replace(scope.facts, is_published=event.are_teams_published))
    actor = find_actor(event_id=event.id, programme_id=event.programme_id)
    is_organising = current_user.is_authenticated and is_allowed(Action.MANAGE_EVENT, scope)
    may_view_people = current_user.is_authenticated and is_allowed(Action.VIEW_PEOPLE, scope)
    places: list[Place] = [
        ("home.now", _("Now"), "clock", is_allowed(Action.VIEW_HOME, scope)),
        (
            "organise.control_room" if is_organising else "moderation.list_reports",
            _("Organise") if is_organising else _("Reports"),
            "gear" if is_organising else "flag",
            may_view_people,
        ),
        ("jury.queue", _("Jury"), "jury", actor.has(Role.JUROR)),
        ("funding.show_results", _("Results"), "star", _are_results_out(event)),
        ("ideas.list_ideas", _("Ideas"), "idea", is_allowed(Action.VIEW_IDEAS, scope)),
        ("teams.list_teams", _("Teams"), "people", is_allowed(Action.VIEW_TEAMS, teams_scope)),
        ("boards.list_boards", _("Boards"), "board", bool(actor.roles)),
        ("public.event", _("Event"), "calendar", is_allowed(Action.VIEW_EVENT, scope)),
    ]
    return _items(places, event, _is_current_area)


def _are_results_out(event: EventView) -> bool:
    """Return whether results are public; asked of the database only once they can be."""
    return jury.is_scoring_closed(event) and funding.is_published(event.id)


def organiser_places(event: EventView) -> list[NavItem]:
    """Return the second level of an organiser's pages, for `subnav_items`."""
    scope = Scope(event.id, event.programme_id, event.facts())
    is_organising = is_allowed(Action.MANAGE_EVENT, scope)
    is_staff = is_allowed(Action.MODERATE, scope)
    # Administrators keep the site running; who gets the money is not theirs to choose.
    may_fund = is_allowed(Action.MANAGE_SHORTLIST, scope)
    places: list[Place] = [
        ("organise.control_room", _("Control room"), "home", is_organising),
        ("organise.edit_phases", _("Phases"), "clock", is_organising),
        ("organise.list_agenda", _("Agenda"), "calendar", is_organising),
        ("organise.list_people", _("People"), "people", is_staff),
        ("organise.share", _("Join code"), "qr", is_organising),
        ("organise.hall", _("Hall screen"), "play", is_staff),
        ("teams.matching_room", _("Matching"), "link", is_organising),
        ("submissions.list_submissions", _("Submissions"), "file", is_organising),
        ("jury.setup", _("Jury"), "jury", is_organising),
        ("funding.shortlist", _("Shortlist"), "money", may_fund),
        ("moderation.list_reports", _("Reports"), "flag", is_staff),
        ("programmes.edit_event", _("Event page"), "gear", is_organising),
        ("organise.show_journal", _("Journal"), "list", is_organising),
    ]
    return _items(places, event, _is_current_page)


def _items(
    places: list[Place], event: EventView, is_current: Callable[[str], bool]
) -> list[NavItem]:
    return [
        NavItem(label, url_for(endpoint, event_slug=event.slug), icon, is_current(endpoint))
        for endpoint, label, icon, is_shown in places
        if is_shown
    ]


# Pages of other areas that belong to organising, and are found from its side navigation.
ORGANISING = frozenset(
    {
        "funding.ask_publish",
        "funding.preview",
        "funding.shortlist",
        "jury.edit_conflicts",
        "jury.edit_panel",
        "jury.edit_rubric",
        "jury.setup",
        "programmes.edit_event",
        "submissions.list_submissions",
        "teams.matching_room",
        "teams.publish",
    }
)


def _is_current_area(endpoint: str) -> bool:
    """Return whether a place in the top bar is that of the page: it counts for a whole area."""
    here = request.endpoint or ""
    area = "organise" if here in ORGANISING else here.partition(".")[0]
    if area == "moderation":
        area = "organise"
    if endpoint.startswith(("public.", "funding.")):
        return here == endpoint
    return area == endpoint.partition(".")[0]


def _is_current_page(endpoint: str) -> bool:
    return request.endpoint == endpoint


def where_we_are(event: EventView | None) -> str | None:
    """Return the name that stands beside the brand."""
    return event.name if event else None
