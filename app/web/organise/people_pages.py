"""Who takes part, with which roles; shutting out and letting back in; a list to take away."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Scope, allow, current_actor, current_event, event_scope, is_allowed
from app.core.policy import Action, Role
from app.domain.accounts.recipients import get_recipient
from app.domain.programmes import people, service
from app.domain.programmes.people import MemberView
from app.errors import Missing
from app.hub.binding import close_sockets
from app.web.event_words import ROLE_LABELS
from app.web.navigation import organiser_places
from app.web.organise.blueprint import bp
from app.web.organise.forms import BanForm, InviteForm
from app.web.organise.people_csv import write_people

Page = str | Response | tuple[str, int]


@bp.get("/e/<event_slug>/organise/people")
@allow(Action.VIEW_PEOPLE, event_scope)
def list_people(event_slug: str) -> Page:  # noqa: ARG001 — in the address
    """Show who takes part, searched by name and by role."""
    return _people_page(InviteForm(formdata=None))


@bp.post("/e/<event_slug>/organise/people")
@allow(Action.MANAGE_EVENT, event_scope)
def invite(event_slug: str) -> Page:
    """Give a role to somebody by the address of their account."""
    event = current_event()
    form = InviteForm()

    def grant() -> None:
        account = get_recipient(form.email.data, vouched_for=form.vouched_for.data or "")
        service.grant_role(current_actor(), event.id, account.id, Role(form.role.data))

    if form.succeeds(grant):
        flash(_("The role is given."), "toast")
        return redirect(url_for("organise.list_people", event_slug=event_slug))
    return _people_page(form)


def _people_page(form: InviteForm) -> Page:
    event = current_event()
    text, role = request.args.get("q", "")[:100], _wanted_role()
    page = people.list_members(
        event.id,
        event.programme_id,
        search=text,
        role=role,
        page=request.args.get("page", 1, type=int),
    )
    shown = render_template(
        "organise/people.html",
        page=page,
        text=text,
        role=role.value if role else "",
        form=form,
        counts=page.counts,
        labels=ROLE_LABELS,
        may_manage=_may_manage(),
        subnav_items=organiser_places(event),
        address=url_for(
            "organise.list_people",
            event_slug=event.slug,
            q=text or None,
            role=role.value if role else None,
        ),
    )
    return shown, 422 if form.errors else 200


def _wanted_role() -> Role | None:
    typed = request.args.get("role", "")
    return Role(typed) if typed in set(Role) else None


def _may_manage() -> bool:
    event = current_event()
    return is_allowed(Action.MANAGE_EVENT, Scope(event.id, event.programme_id, event.facts()))


@bp.get("/e/<event_slug>/organise/people/<public_id>")
@allow(Action.VIEW_PEOPLE, event_scope)
def show_person(event_slug: str, public_id: str) -> Page:  # noqa: ARG001 — in the address
    """Show one person's roles, and what can be done."""
    return _person_page(public_id, BanForm(formdata=None))


def _person_page(public_id: str, form: BanForm) -> Page:
    event = current_event()
    shown = render_template(
        "organise/person.html",
        member=_find(public_id),
        form=form,
        labels=ROLE_LABELS,
        may_manage=_may_manage(),
        subnav_items=organiser_places(event),
    )
    return shown, 422 if form.errors else 200


def _find(public_id: str) -> MemberView:
    event = current_event()
    member = people.find_member(event.id, event.programme_id, public_id)
    if member is None:
        raise Missing(public_id)
    return member


@bp.post("/e/<event_slug>/organise/people/<public_id>/roles")
@allow(Action.MANAGE_EVENT, event_scope)
def set_roles(event_slug: str, public_id: str) -> Response:
    """Give and take roles, so that the ticked ones are held."""
    event, member = current_event(), _find(public_id)
    wanted = {Role(value) for value in request.form.getlist("role") if value in set(Role)}
    service.set_roles(current_actor(), event.id, member.person.id, wanted)
    close_sockets(member.person.id)
    flash(_("%(name)s: roles saved.", name=member.person.display_name), "toast")
    return redirect(url_for("organise.list_people", event_slug=event_slug))


@bp.post("/e/<event_slug>/organise/people/<public_id>/ban")
@allow(Action.MODERATE, event_scope)
def ban(event_slug: str, public_id: str) -> Page:
    """Shut somebody out of the event."""
    event, member = current_event(), _find(public_id)
    form = BanForm()
    if form.succeeds(
        lambda: service.ban(current_actor(), event.id, member.person.id, form.reason.data)
    ):
        close_sockets(member.person.id)
        flash(_("%(name)s is shut out.", name=member.person.display_name), "toast")
        return redirect(url_for("organise.list_people", event_slug=event_slug))
    return _person_page(public_id, form)


@bp.post("/e/<event_slug>/organise/people/<public_id>/unban")
@allow(Action.MODERATE, event_scope)
def unban(event_slug: str, public_id: str) -> Response:
    """Let somebody back in."""
    event, member = current_event(), _find(public_id)
    service.unban(current_actor(), event.id, member.person.id)
    flash(_("%(name)s may come back.", name=member.person.display_name), "toast")
    return redirect(url_for("organise.list_people", event_slug=event_slug))


@bp.get("/e/<event_slug>/organise/people.csv")
@allow(Action.MANAGE_EVENT, event_scope)
def export_people(event_slug: str) -> FlaskResponse:
    """Give the list of people as a table."""
    event = current_event()
    members = people.list_all_members(event.id, event.programme_id)
    return FlaskResponse(
        write_people([member for member in members if member.ban_reason is None]),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{event_slug}-people.csv"'},
    )
