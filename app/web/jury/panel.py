"""The organisers' set-up of rubric, panel and conflicts."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.access import allow, current_actor, event_scope
from app.core.policy import Action
from app.domain.jury import queries, service
from app.domain.jury.rubric import default_rubric
from app.domain.jury.views import CoverageRow, JurorView
from app.errors import Invalid, Missing
from app.jobs.mail import send_mail
from app.web.jury.blueprint import bp, setup_frame
from app.web.jury.forms import (
    CONFLICT_LABELS,
    ConflictForm,
    JurorForm,
    RubricForm,
    rubric_form,
)
from app.web.links import public_url_for

Page = str | Response | tuple[str, int]


@bp.route("/e/<event_slug>/jury/setup/rubric", methods=["GET", "POST"])
@allow(Action.MANAGE_JURY, event_scope)
def edit_rubric(event_slug: str) -> Page:
    """Show the rubric, and change it until the first score."""
    stored = queries.find_rubric(g.event.id)
    if request.method == "GET":
        return _rubric_page(rubric_form(stored.as_input() if stored else default_rubric()))
    form = RubricForm()
    if form.validate_on_submit():
        try:
            service.set_rubric(current_actor(), g.event.id, form.as_input())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("The rubric is kept. Jurors see it on their sheets."))
            return redirect(url_for("jury.edit_panel", event_slug=event_slug))
    return _rubric_page(form), 422


def _rubric_page(form: RubricForm) -> str:
    return render_template(
        "jury/rubric.html",
        form=form,
        rubric=queries.find_rubric(g.event.id),
        **setup_frame(),
    )


@bp.route("/e/<event_slug>/jury/setup/panel", methods=["GET", "POST"])
@allow(Action.MANAGE_JURY, event_scope)
def edit_panel(event_slug: str) -> Page:
    """Show the panel, and add a juror by the address of an account."""
    form = JurorForm()
    if request.method == "GET":
        return _panel_page(form)
    if form.succeeds(
        lambda: service.add_juror(
            current_actor(),
            g.event.id,
            form.email.data,
            organisation=form.organisation.data or "",
            region=form.region.data or "",
            max_load=form.max_load.data,
            vouched_for=form.vouched_for.data or "",
        )
    ):
        _invite(form.email.data)
        flash(_("The juror is on the panel, and has a letter."))
        return redirect(url_for("jury.edit_panel", event_slug=event_slug))
    return _panel_page(form), 422


@bp.post("/e/<event_slug>/jury/setup/panel/<int:juror_id>/replace")
@allow(Action.MANAGE_JURY, event_scope)
def replace_juror(event_slug: str, juror_id: int) -> Page:
    """Give a juror's unfinished sheets to another person."""
    form = JurorForm(prefix=f"replace-{juror_id}")
    done: list[service.Replaced] = []
    if form.succeeds(
        lambda: done.append(
            service.replace_juror(
                current_actor(),
                g.event.id,
                juror_id,
                form.email.data,
                organisation=form.organisation.data or "",
                vouched_for=form.vouched_for.data or "",
            )
        )
    ):
        _invite(form.email.data)
        flash(_("%(count)s open sheets have moved.", count=done[0].moved))
        if done[0].left_over:
            flash(
                _(
                    "For a conflict, these need another juror: %(titles)s. Assign again.",
                    titles=", ".join(done[0].left_over),
                ),
                "warning",
            )
        return redirect(url_for("jury.edit_panel", event_slug=event_slug))
    return _panel_page(JurorForm(formdata=None), replacing=(juror_id, form)), 422


def _invite(address: str) -> None:
    send_mail(
        address.strip(),
        "jury_invitation",
        event_name=g.event.name,
        url=public_url_for("jury.queue", event_slug=g.event.slug),
    )


def _panel_page(form: JurorForm, replacing: tuple[int, JurorForm] | None = None) -> str:
    jurors = queries.list_panel(g.event.id)
    replacements = {
        juror.id: JurorForm(formdata=None, prefix=f"replace-{juror.id}") for juror in jurors
    }
    if replacing:
        if replacing[0] not in replacements:
            raise Missing(f"juror {replacing[0]}")
        replacements[replacing[0]] = replacing[1]
    return render_template(
        "jury/panel.html",
        form=form,
        jurors=jurors,
        names={juror.id: juror.person.display_name for juror in jurors},
        replacements=replacements,
        **setup_frame(),
    )


@bp.route("/e/<event_slug>/jury/setup/conflicts", methods=["GET", "POST"])
@allow(Action.MANAGE_JURY, event_scope)
def edit_conflicts(event_slug: str) -> Page:
    """Show all conflicts, and state one."""
    jurors = [juror for juror in queries.list_panel(g.event.id) if juror.is_active]
    projects = queries.list_coverage(g.event.id)
    form = ConflictForm()
    form.juror_id.choices = [SelectChoice(juror.id, juror.person.display_name) for juror in jurors]
    form.submission_id.choices = [SelectChoice(row.submission_id, row.title) for row in projects]
    if request.method == "GET":
        return _conflicts_page(form, jurors, projects)
    if form.succeeds(
        lambda: service.add_conflict(
            current_actor(),
            g.event.id,
            form.juror_id.data,
            form.submission_id.data,
            form.reason.data or "",
        )
    ):
        flash(_("The conflict is kept. Assign again to find another juror."))
        return redirect(url_for("jury.edit_conflicts", event_slug=event_slug))
    return _conflicts_page(form, jurors, projects), 422


@bp.post("/e/<event_slug>/jury/setup/conflicts/<int:conflict_id>/remove")
@allow(Action.MANAGE_JURY, event_scope)
def remove_conflict(event_slug: str, conflict_id: int) -> Response:
    """Take back a conflict that an organiser stated."""
    service.remove_conflict(current_actor(), g.event.id, conflict_id)
    flash(_("The conflict is taken back."))
    return redirect(url_for("jury.edit_conflicts", event_slug=event_slug))


def _conflicts_page(
    form: ConflictForm,
    jurors: Sequence[JurorView],
    projects: Sequence[CoverageRow],
) -> str:
    return render_template(
        "jury/conflicts.html",
        form=form,
        conflicts=queries.list_conflicts(g.event.id),
        names={juror.id: juror.person.display_name for juror in jurors},
        titles={row.submission_id: row.title for row in projects},
        reasons=CONFLICT_LABELS,
        **setup_frame(),
    )
