"""Make, change and publish programmes, and name who organises them."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, find_actor, programme_scope
from app.core.policy import Action, Actor, Role
from app.domain.accounts.recipients import get_recipient
from app.domain.programmes import people, service
from app.domain.programmes.queries import ProgrammeView, find_programme_by_id
from app.errors import Missing
from app.web.addressee import AddresseeForm
from app.web.programmes.blueprint import bp
from app.web.programmes.forms import ProgrammeForm

Page = str | Response | tuple[str, int]


@bp.route("/programmes/new", methods=["GET", "POST"])
@allow(Action.CREATE_PROGRAMME)
def new_programme() -> Page:
    """Make a programme."""
    form = ProgrammeForm()
    made: list[int] = []

    def create() -> None:
        made.append(
            service.create_programme(
                find_actor(), form.name.data, form.summary.data, form.description.data
            )
        )

    if form.succeeds(create):
        programme = find_programme_by_id(made[0])
        if programme is None:
            raise Missing(str(made[0]))
        flash(_("The programme is made. Only organisers see it until you publish it."))
        return redirect(url_for("public.programme", programme_slug=programme.slug))
    return render_template("programmes/new_programme.html", form=form), 422 if form.errors else 200


@bp.route("/p/<programme_slug>/edit", methods=["GET", "POST"])
@allow(Action.MANAGE_PROGRAMME, programme_scope)
def edit_programme(programme_slug: str) -> Page:
    """Change what a programme says of itself."""
    programme: ProgrammeView = g.programme
    form = ProgrammeForm(obj=programme)
    if form.succeeds(
        lambda: service.update_programme(
            _actor(), programme.id, form.name.data, form.summary.data, form.description.data
        )
    ):
        flash(_("Saved."), "toast")
        return redirect(url_for("public.programme", programme_slug=programme_slug))
    return _editing(programme, form, AddresseeForm(formdata=None))


@bp.post("/p/<programme_slug>/publish")
@allow(Action.MANAGE_PROGRAMME, programme_scope)
def publish_programme(programme_slug: str) -> Response:
    """Show a programme to everybody, or take it back (`is_published` is 0)."""
    is_published = request.form.get("is_published") != "0"
    service.publish_programme(_actor(), g.programme.id, is_published)
    flash(
        _("Everybody can see the programme now.")
        if is_published
        else _("Only organisers see the programme now."),
        "toast",
    )
    return redirect(url_for("public.programme", programme_slug=programme_slug))


@bp.post("/p/<programme_slug>/organisers")
@allow(Action.MANAGE_PROGRAMME, programme_scope)
def add_organiser(programme_slug: str) -> Page:
    """Make somebody with an account an organiser of the programme."""
    programme: ProgrammeView = g.programme
    form = AddresseeForm()

    def grant() -> None:
        account = get_recipient(form.email.data, vouched_for=form.vouched_for.data or "")
        service.grant_programme_role(_actor(), programme.id, account.id, Role.ORGANISER)

    if form.succeeds(grant):
        flash(_("They organise the programme now, with all its events."), "toast")
        return redirect(url_for("programmes.edit_programme", programme_slug=programme_slug))
    return _editing(programme, ProgrammeForm(formdata=None, obj=programme), form)


@bp.post("/p/<programme_slug>/organisers/<public_id>/withdraw")
@allow(Action.MANAGE_PROGRAMME, programme_scope)
def withdraw_organiser(programme_slug: str, public_id: str) -> Response:
    """Take the role of organiser of the programme from somebody."""
    programme: ProgrammeView = g.programme
    organisers = people.list_programme_organisers(programme.id)
    chosen = next((person for person in organisers if person.public_id == public_id), None)
    if chosen is None:
        raise Missing(public_id)
    service.withdraw_programme_role(_actor(), programme.id, chosen.id, Role.ORGANISER)
    flash(_("%(name)s organises the programme no more.", name=chosen.display_name), "toast")
    return redirect(url_for("programmes.edit_programme", programme_slug=programme_slug))


def _editing(programme: ProgrammeView, form: ProgrammeForm, person_form: AddresseeForm) -> Page:
    page = render_template(
        "programmes/edit_programme.html",
        programme=programme,
        form=form,
        person_form=person_form,
        organisers=people.list_programme_organisers(programme.id),
    )
    return page, 422 if form.errors or person_form.errors else 200


def _actor() -> Actor:
    return find_actor(programme_id=g.programme.id)
