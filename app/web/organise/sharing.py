"""The join code: on the screen, as a QR code, as a card to print."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, current_actor, current_event, event_scope
from app.core.policy import Action
from app.domain.programmes import service
from app.web.links import public_url_for
from app.web.navigation import organiser_places
from app.web.organise.blueprint import bp
from app.web.organise.codes import write_code
from app.web.schedule import when


@bp.get("/e/<event_slug>/organise/join-code")
@allow(Action.MANAGE_EVENT, event_scope)
def share(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show the join code and its link."""
    event = current_event()
    return render_template(
        "organise/share.html",
        link=public_url_for("programmes.join", code=event.join_code),
        subnav_items=organiser_places(event),
    )


@bp.get("/e/<event_slug>/organise/join-card")
@allow(Action.MANAGE_EVENT, event_scope)
def join_card(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show a card with the code, to print and put on tables and doors."""
    event = current_event()
    return render_template(
        "organise/join_card.html",
        link=public_url_for("programmes.join", code=event.join_code),
        address=public_url_for("programmes.enter_code"),
        when=when(event),
    )


@bp.post("/e/<event_slug>/organise/join-code/renew")
@allow(Action.MANAGE_EVENT, event_scope)
def renew_code(event_slug: str) -> Response:
    """Replace the join code."""
    service.renew_join_code(current_actor(), current_event().id)
    flash(_("There is a new code. The old one opens nothing any more."))
    return redirect(url_for("organise.share", event_slug=event_slug))


@bp.get("/e/<event_slug>/qr.svg")
@allow(Action.VIEW_PEOPLE, event_scope)
def qr_code(event_slug: str) -> FlaskResponse:  # noqa: ARG001 — in the address
    """Give the join link as a QR code."""
    link = public_url_for("programmes.join", code=current_event().join_code)
    return FlaskResponse(write_code(link), mimetype="image/svg+xml")
