"""People and programmes of the whole installation."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Scope, allow, find_actor
from app.core.policy import Action
from app.domain.accounts import listing, queries, service
from app.domain.accounts.queries import AccountView
from app.domain.programmes import queries as programmes
from app.errors import Conflict, Missing
from app.hub.binding import close_sockets
from app.web.admin.forms import BanForm
from app.web.navigation import NavItem

bp = Blueprint("admin", __name__, url_prefix="/admin")
Page = Response | str | tuple[str, int]


def _subnav() -> list[NavItem]:
    """Return the places of the administration."""
    here = request.endpoint
    return [
        NavItem(
            _("People"),
            url_for("admin.list_people"),
            "people",
            here in {"admin.list_people", "admin.person", "admin.ban"},
        ),
        NavItem(
            _("Programmes"),
            url_for("admin.list_programmes"),
            "calendar",
            here == "admin.list_programmes",
        ),
    ]


def _page(template: str, **values: Any) -> str:
    return render_template(template, subnav_items=_subnav(), **values)


def account_scope(public_id: str) -> Scope:
    """Scope a request to an account; keeps it in `g.account`."""
    account = queries.find_account(public_id)
    if account is None and current_user.is_authenticated and current_user.is_admin:
        raise Missing(public_id)
    g.account = account
    return Scope()


@bp.get("")
@allow(Action.ADMINISTER)
def index() -> Page:
    """Begin with the people."""
    return redirect(url_for("admin.list_people"))


@bp.get("/people")
@allow(Action.ADMINISTER)
def list_people() -> Page:
    """List and search everybody who has an account."""
    text = request.args.get("q", "").strip()[:100]
    people = listing.list_accounts(text=text, page=request.args.get("page", 1, type=int))
    return _page(
        "admin/people.html",
        people=people,
        text=text,
        url=url_for("admin.list_people", q=text or None),
    )


@bp.get("/people/<public_id>")
@allow(Action.ADMINISTER, account_scope)
def person(public_id: str) -> Page:  # noqa: ARG001 — read by the scope
    """Show one account and what can be done with it."""
    return _show_person(g.account, BanForm())


def _show_person(account: AccountView, form: BanForm) -> str:
    return _page(
        "admin/person.html",
        account=account,
        form=form,
        is_own=account.id == current_user.id,
        is_last_admin=account.is_admin and queries.count_administrators() == 1,
        events=programmes.list_events_of(account.id),
    )


@bp.post("/people/<public_id>/ban")
@allow(Action.ADMINISTER, account_scope)
def ban(public_id: str) -> Page:
    """Shut a person out of the whole site, with a reason."""
    form = BanForm()
    if form.validate_on_submit():
        with form.refusals():
            try:
                service.ban_person(find_actor(), g.account.id, form.reason.data or "")
                close_sockets(g.account.id)
                flash(_("%(name)s is shut out.", name=g.account.display_name))
            except Conflict as refusal:
                flash(refusal.message, "error")
            return redirect(url_for("admin.person", public_id=public_id))
    return _show_person(g.account, form), 422


@bp.post("/people/<public_id>/unban")
@allow(Action.ADMINISTER, account_scope)
def unban(public_id: str) -> Page:
    """Let a person in again."""
    service.unban_person(find_actor(), g.account.id)
    flash(_("%(name)s may come in again.", name=g.account.display_name))
    return redirect(url_for("admin.person", public_id=public_id))


@bp.post("/people/<public_id>/admin")
@allow(Action.ADMINISTER, account_scope)
def grant_admin(public_id: str) -> Page:
    """Make a person an administrator."""
    try:
        service.grant_admin(find_actor(), g.account.id)
        flash(_("%(name)s is an administrator now.", name=g.account.display_name))
    except Conflict as refusal:
        flash(refusal.message, "error")
    return redirect(url_for("admin.person", public_id=public_id))


@bp.post("/people/<public_id>/admin/withdraw")
@allow(Action.ADMINISTER, account_scope)
def withdraw_admin(public_id: str) -> Page:
    """Take an administrator's rights away; the last one's stay."""
    try:
        service.withdraw_admin(find_actor(), g.account.id)
        flash(_("%(name)s is no administrator any more.", name=g.account.display_name))
    except Conflict as refusal:
        flash(refusal.message, "error")
    if g.account.id == current_user.id and not queries.get_account(g.account.id).is_admin:
        return redirect(url_for("accounts.settings"))
    return redirect(url_for("admin.person", public_id=public_id))


@bp.get("/programmes")
@allow(Action.ADMINISTER)
def list_programmes() -> Page:
    """List every programme, published or not."""
    return _page("admin/programmes.html", programmes=programmes.list_programmes())
