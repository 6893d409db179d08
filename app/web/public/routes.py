"""The start page, a programme, an event, and the site's own texts."""

from flask import Blueprint, g, render_template

from app import clock
from app.access import Scope, allow, event_scope, find_actor, is_allowed, programme_scope
from app.core.policy import Action
from app.domain.funding import queries as funding
from app.domain.programmes import people, queries
from app.domain.programmes.queries import EventView, ProgrammeView
from app.errors import Missing
from app.web.event_words import KIND_LABELS
from app.web.schedule import agenda_days, phase_rows, when, when_short

bp = Blueprint("public", __name__)


@bp.get("/")
@allow(Action.VIEW_SITE)
def landing() -> str:
    """Show what Cojam is, what is coming up, and the way in."""
    events = queries.list_upcoming_events(clock.now())
    return render_template(
        "public/landing.html",
        programmes=queries.list_published_programmes(limit=12),
        coming=[(event, when_short(event), KIND_LABELS[event.kind]) for event in events],
    )


def _visible_programme(programme_slug: str) -> Scope:
    """Scope to a programme that is published; others exist for its organisers alone."""
    scope = programme_scope(programme_slug)
    if not scope.facts.is_published and not is_allowed(Action.MANAGE_PROGRAMME, scope):
        raise Missing(programme_slug)
    return scope


@bp.get("/p/<programme_slug>")
@allow(Action.VIEW_SITE, _visible_programme)
def programme(programme_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show a programme and its events."""
    found: ProgrammeView = g.programme
    may_manage = is_allowed(Action.MANAGE_PROGRAMME, Scope(programme_id=found.id))
    events = queries.list_events(found.id, published_only=not may_manage)
    now = clock.now()
    listed = [(event, when_short(event), KIND_LABELS[event.kind]) for event in events]
    return render_template(
        "public/programme.html",
        programme=found,
        coming=[row for row in listed if row[0].ends_at > now],
        past=[row for row in reversed(listed) if row[0].ends_at <= now],
        may_manage=may_manage,
    )


def _visible_event(event_slug: str) -> Scope:
    """Scope to an event that is published; others exist for its insiders alone."""
    scope = event_scope(event_slug)
    if not scope.facts.is_published and not is_allowed(Action.VIEW_EVENT, scope):
        raise Missing(event_slug)
    return scope


@bp.get("/e/<event_slug>")
@allow(Action.VIEW_EVENT, _visible_event)
def event(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show what an event is, when, where, and how to join."""
    found: EventView = g.event
    scope = Scope(found.id, found.programme_id, found.facts())
    actor = find_actor(event_id=found.id, programme_id=found.programme_id)
    return render_template(
        "public/event.html",
        programme=queries.find_programme_by_id(found.programme_id),
        phases=phase_rows(found),
        days=agenda_days(queries.list_agenda(found.id), found),
        when=when(found),
        kind=KIND_LABELS[found.kind],
        member_count=people.count_members(found.id),
        is_member=bool(actor.roles),
        may_join=not actor.is_visitor and is_allowed(Action.JOIN_EVENT, scope),
        may_manage=is_allowed(Action.MANAGE_EVENT, scope),
        is_over=found.standing().is_over,
        are_results_out=funding.is_published(found.id),
    )


@bp.get("/privacy")
@allow(Action.VIEW_SITE)
def privacy() -> str:
    """Show what happens to people's data."""
    return render_template("public/privacy.html")


@bp.get("/accessibility")
@allow(Action.VIEW_SITE)
def accessibility() -> str:
    """Show how the site can be used, and where it falls short."""
    return render_template("public/accessibility.html")


@bp.get("/help")
@allow(Action.VIEW_SITE)
def help_page() -> str:
    """Show short answers to common questions."""
    return render_template("public/help.html")
