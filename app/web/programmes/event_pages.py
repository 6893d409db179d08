"""Make, change and publish events."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, event_scope, find_actor, programme_scope
from app.core.policy import Action, Actor
from app.domain.programmes import queries, service
from app.domain.programmes.queries import EventView
from app.errors import Missing
from app.web.navigation import organiser_places
from app.web.programmes.blueprint import bp
from app.web.programmes.forms import PROPOSED_ZONES, EventForm

Page = str | Response | tuple[str, int]


@bp.route("/p/<programme_slug>/events/new", methods=["GET", "POST"])
@allow(Action.MANAGE_PROGRAMME, programme_scope)
def new_event(programme_slug: str) -> Page:
    """Make an event with proposed phases."""
    form = EventForm()
    made: list[int] = []
    actor = find_actor(programme_id=g.programme.id)
    if form.succeeds(
        lambda: made.append(service.create_event(actor, g.programme.id, form.stated()))
    ):
        event = queries.find_event_by_id(made[0])
        if event is None:
            raise Missing(programme_slug)
        flash(_("The event is made, with phases proposed from its dates. Look through them."))
        return redirect(url_for("organise.edit_phases", event_slug=event.slug))
    page = render_template(
        "programmes/new_event.html", form=form, programme=g.programme, zones=PROPOSED_ZONES
    )
    return page, 422 if form.errors else 200


@bp.route("/e/<event_slug>/edit", methods=["GET", "POST"])
@allow(Action.MANAGE_EVENT, event_scope)
def edit_event(event_slug: str) -> Page:
    """Change what an event says of itself."""
    event: EventView = g.event
    form = EventForm.of(event)
    if form.succeeds(lambda: service.update_event(_actor(), event.id, form.stated())):
        flash(_("Saved."), "toast")
        return redirect(url_for("public.event", event_slug=event_slug))
    page = render_template(
        "programmes/edit_event.html",
        form=form,
        zones=PROPOSED_ZONES,
        subnav_items=organiser_places(event),
    )
    return page, 422 if form.errors else 200


@bp.post("/e/<event_slug>/publish")
@allow(Action.MANAGE_EVENT, event_scope)
def publish_event(event_slug: str) -> Response:
    """Show an event to everybody, or take it back (`is_published` is 0)."""
    is_published = request.form.get("is_published") != "0"
    service.publish_event(_actor(), g.event.id, is_published)
    flash(
        _("Everybody can see and join the event now.")
        if is_published
        else _("Only its own people see the event now."),
        "toast",
    )
    return redirect(url_for("organise.control_room", event_slug=event_slug))


def _actor() -> Actor:
    return find_actor(event_id=g.event.id, programme_id=g.event.programme_id)
