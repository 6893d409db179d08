"""Join with a code or from the event's page, and leave again."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Scope, allow, event_scope, find_actor
from app.core.ids import normalise_join_code
from app.core.policy import Action, Actor
from app.domain.programmes import service
from app.domain.programmes.queries import EventView
from app.errors import Missing
from app.extensions import limiter
from app.hub.binding import close_sockets
from app.web.join_codes import TooManyWrongCodes, find_event_of
from app.web.programmes.blueprint import bp
from app.web.programmes.forms import CodeForm
from app.web.schedule import when
from app.workflows import leave

Page = str | Response | tuple[str, int]


def typed_code() -> str:
    """Return what a limit counts: the code, never the address that a whole hall shares."""
    view_args = request.view_args or {}
    return normalise_join_code(view_args.get("code") or request.form.get("code", ""))[:20]


@bp.route("/join", methods=["GET", "POST"])
@allow(Action.VIEW_SITE)
@limiter.limit("600 per minute", key_func=typed_code, methods=["POST"])
def enter_code() -> Page:
    """Ask for a join code."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _code_page(form, 422 if form.errors else 200)
    try:
        event = find_event_of(form.code.data)
    except TooManyWrongCodes as refusal:
        return _code_page(form, 429, refusal.message)
    if event is None:
        return _code_page(form, 422, _no_such_code())
    return redirect(url_for("programmes.join", code=event.join_code))


def _no_such_code() -> str:
    return _("No event has this code. Compare it with the one on the wall.")


def _code_page(form: CodeForm, status: int, fault: str = "") -> Page:
    if fault:
        form.code.errors = [fault]
    return render_template("programmes/enter_code.html", form=form), status


def code_scope(code: str) -> Scope:
    """Scope a request to the event of a join code."""
    event = find_event_of(code)
    if event is None:
        raise Missing(code)
    g.event = event
    return Scope(event.id, event.programme_id, event.facts())


@bp.get("/join/<code>")
@allow(Action.VIEW_SITE)
@limiter.limit("600 per minute", key_func=typed_code)
def join(code: str) -> Page:
    """Show the event of a code, and the one button that joins it."""
    form = CodeForm(formdata=None, data={"code": code[:20]})
    try:
        event = find_event_of(code)
    except TooManyWrongCodes as refusal:
        return _code_page(form, 429, refusal.message)
    if event is None:
        return _code_page(form, 404, _no_such_code())
    actor = find_actor(event_id=event.id, programme_id=event.programme_id)
    if actor.roles and not actor.is_banned:
        return redirect(url_for("home.now", event_slug=event.slug))
    return render_template(
        "programmes/join.html", joined=event, when=when(event), code=event.join_code
    )


@bp.post("/join/<code>")
@allow(Action.JOIN_EVENT, code_scope)
@limiter.limit("600 per minute", key_func=typed_code)
def join_with_code(code: str) -> Response:
    """Join the event of a code."""
    return _join(code)


@bp.post("/e/<event_slug>/join")
@allow(Action.JOIN_EVENT, event_scope)
def join_event(event_slug: str) -> Response:  # noqa: ARG001 — in the address
    """Join a published event from its page."""
    return _join(None)


@bp.post("/e/<event_slug>/leave")
@allow(Action.LEAVE_EVENT, event_scope)
def leave_event(event_slug: str) -> Response:  # noqa: ARG001 — in the address
    """Give up every role in an event."""
    event: EventView = g.event
    actor = _actor()
    leave.leave_event(actor, event.id)
    close_sockets(actor.user_id or 0)
    flash(_("You have left “%(event)s”.", event=event.name), "toast")
    return redirect(url_for("home.events"))


def _join(code: str | None) -> Response:
    event: EventView = g.event
    if service.join_event(_actor(), event.id, code):
        flash(_("Welcome! You take part in “%(event)s”.", event=event.name), "toast")
    return redirect(url_for("home.now", event_slug=event.slug))


def _actor() -> Actor:
    return find_actor(event_id=g.event.id, programme_id=g.event.programme_id)
