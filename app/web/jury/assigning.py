"""The organisers' overview: who judges what, how far the jury is, and reminders."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, current_actor, event_scope
from app.core.phases import Phase
from app.core.policy import Action
from app.domain.jury import queries, service
from app.errors import Conflict
from app.jobs.mail import send_mail
from app.web.jury.blueprint import bp, setup_frame
from app.web.jury.forms import AssignForm
from app.web.links import public_url_for

Page = str | Response | tuple[str, int]
PAGE_SIZE = 25


@bp.get("/e/<event_slug>/jury/setup")
@allow(Action.MANAGE_JURY, event_scope)
def setup(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show what the jury still needs, and how far it is."""
    return _setup_page(None)


@bp.post("/e/<event_slug>/jury/setup/assign")
@allow(Action.MANAGE_JURY, event_scope)
def assign(event_slug: str) -> Page:
    """Give every project its jurors."""
    form = AssignForm()
    done: list[service.Assigned] = []
    try:
        if form.succeeds(
            lambda: done.append(
                service.assign_jury(current_actor(), g.event.id, form.per_submission.data)
            )
        ):
            flash(
                _(
                    "Sheets given out: %(given)s. Begun before, and left as they are: %(kept)s.",
                    given=done[0].given,
                    kept=done[0].kept,
                )
            )
            if done[0].groups > 1:
                flash(
                    _(
                        "The jury falls into %(count)s groups without a common juror, so their "
                        "scores cannot be compared. Give each project one more sheet.",
                        count=done[0].groups,
                    ),
                    "warning",
                )
            return redirect(url_for("jury.setup", event_slug=event_slug))
    except service.Unassignable as no_way:
        return _setup_page(form, refusal=no_way), 409
    except Conflict as conflict:
        form.form_errors.append(conflict.message)
        return _setup_page(form), 409
    return _setup_page(form), 422


@bp.post("/e/<event_slug>/jury/setup/remind")
@allow(Action.MANAGE_JURY, event_scope)
def remind(event_slug: str) -> Response:
    """Write to every juror who still has sheets to hand in."""
    letters = service.list_reminders(current_actor(), g.event.id)
    span = g.event.span_of(Phase.JUDGING)
    for letter in letters:
        send_mail(
            letter.address,
            "jury_reminder",
            name=letter.display_name,
            open=letter.open,
            event_name=g.event.name,
            closes_at=span.ends_at if span else None,
            url=public_url_for("jury.queue", event_slug=event_slug),
        )
    flash(_("%(count)s jurors have a letter.", count=len(letters)))
    return redirect(url_for("jury.setup", event_slug=event_slug))


def _setup_page(form: AssignForm | None, refusal: service.Unassignable | None = None) -> str:
    rubric = queries.find_rubric(g.event.id)
    progress = queries.list_progress(g.event.id)
    coverage = queries.list_coverage(g.event.id)
    active = sum(row.juror.is_active for row in progress)
    per_submission = rubric.reviews_per_submission if rubric else 3
    pages = max(1, -(-len(progress) // PAGE_SIZE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "jury/setup.html",
        form=form or AssignForm(formdata=None, data={"per_submission": per_submission}),
        refusal=refusal,
        rubric=rubric,
        progress=progress[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        page=page,
        pages=pages,
        active=active,
        projects=len(coverage),
        thin=[row for row in coverage if row.assigned < per_submission],
        assigned=sum(row.assigned for row in coverage),
        submitted=sum(row.submitted for row in coverage),
        expected=-(-len(coverage) * per_submission // active) if active else 0,
        per_submission=per_submission,
        span=g.event.span_of(Phase.JUDGING),
        late=sum(row.juror.is_active and row.open > 0 for row in progress),
        **setup_frame(),
    )
