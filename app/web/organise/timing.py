"""The phases in one table, and the agenda line by line."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, current_actor, current_event, event_scope
from app.core.policy import Action
from app.domain.programmes import queries, service
from app.domain.programmes.queries import AgendaView
from app.errors import Missing
from app.web.event_words import PHASE_LABELS, PHASE_NOTES
from app.web.navigation import organiser_places
from app.web.organise.blueprint import bp
from app.web.organise.forms import AgendaForm, PhasesForm
from app.web.schedule import agenda_days

Page = str | Response | tuple[str, int]


@bp.route("/e/<event_slug>/organise/phases", methods=["GET", "POST"])
@allow(Action.MANAGE_EVENT, event_scope)
def edit_phases(event_slug: str) -> Page:
    """Set the dates of all phases at once."""
    event = current_event()
    form = PhasesForm.of(event)
    if form.succeeds(lambda: service.set_phases(current_actor(), event.id, form.spans())):
        flash(_("The phases are set."), "toast")
        return redirect(url_for("organise.control_room", event_slug=event_slug))
    page = render_template(
        "organise/phases.html",
        form=form,
        labels=PHASE_LABELS,
        notes=PHASE_NOTES,
        subnav_items=organiser_places(event),
    )
    return page, 422 if form.errors else 200


@bp.route("/e/<event_slug>/organise/agenda", methods=["GET", "POST"])
@allow(Action.MANAGE_EVENT, event_scope)
def list_agenda(event_slug: str) -> Page:
    """Show the agenda, and add a line to it."""
    event = current_event()
    form = AgendaForm.starting_from(event)
    if form.succeeds(
        lambda: service.add_agenda_item(current_actor(), event.id, form.stated(event))
    ):
        flash(_("Added to the agenda."), "toast")
        return redirect(url_for("organise.list_agenda", event_slug=event_slug))
    items = queries.list_agenda(event.id)
    page = render_template(
        "organise/agenda.html",
        form=form,
        items=items,
        days=agenda_days(items, event),
        subnav_items=organiser_places(event),
    )
    return page, 422 if form.errors else 200


@bp.route("/e/<event_slug>/organise/agenda/<int:item_id>", methods=["GET", "POST"])
@allow(Action.MANAGE_EVENT, event_scope)
def edit_agenda_item(event_slug: str, item_id: int) -> Page:
    """Change a line of the agenda."""
    event = current_event()
    item = _find_item(event.id, item_id)
    form = AgendaForm.of(item, event)
    if form.succeeds(
        lambda: service.change_agenda_item(current_actor(), event.id, item_id, form.stated(event))
    ):
        flash(_("Saved."), "toast")
        return redirect(url_for("organise.list_agenda", event_slug=event_slug))
    page = render_template(
        "organise/agenda_item.html", form=form, item=item, subnav_items=organiser_places(event)
    )
    return page, 422 if form.errors else 200


@bp.post("/e/<event_slug>/organise/agenda/<int:item_id>/remove")
@allow(Action.MANAGE_EVENT, event_scope)
def remove_agenda_item(event_slug: str, item_id: int) -> Response:
    """Take a line off the agenda."""
    service.remove_agenda_item(current_actor(), current_event().id, item_id)
    flash(_("Taken off the agenda."), "toast")
    return redirect(url_for("organise.list_agenda", event_slug=event_slug))


def _find_item(event_id: int, item_id: int) -> AgendaView:
    for item in queries.list_agenda(event_id):
        if item.id == item_id:
            return item
    raise Missing(f"agenda item {item_id}")
