"""Report something; the moderators' queue."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, event_scope, find_actor
from app.core.policy import Action, Actor
from app.domain.moderation import queries, service
from app.domain.programmes.queries import EventView
from app.web.moderation.forms import ReportForm
from app.web.moderation.subjects import address_of, find_subject
from app.web.navigation import organiser_places
from app.workflows import moderate

bp = Blueprint("moderation", __name__)
Page = str | Response | tuple[str, int]


@bp.route("/e/<event_slug>/reports/new", methods=["GET", "POST"])
@allow(Action.REPORT_CONTENT, event_scope)
def report_content(event_slug: str) -> Page:  # noqa: ARG001 — in the address
    """Report an idea, a comment or a note (`?subject=idea:12`)."""
    event: EventView = g.event
    subject = find_subject(request.args.get("subject", ""), event, _actor())
    form = ReportForm()
    if form.succeeds(
        lambda: service.report(
            _actor(),
            event.id,
            subject.subject_type,
            subject.subject_id,
            excerpt=subject.excerpt,
            author_id=subject.author_id,
            reason=form.reason.data,
        )
    ):
        flash(_("Thank you. The moderators of the event look at it."))
        return redirect(subject.url)
    page = render_template("moderation/report.html", form=form, subject=subject)
    return page, 422 if form.errors else 200


@bp.get("/e/<event_slug>/reports")
@allow(Action.MODERATE, event_scope)
def list_reports(event_slug: str) -> str:
    """Show the reports that wait, or those that are settled (`?state=settled`)."""
    event: EventView = g.event
    is_open = request.args.get("state") != "settled"
    page = queries.list_reports(
        event.id, is_open=is_open, page=request.args.get("page", 1, type=int)
    )
    return render_template(
        "moderation/reports.html",
        page=page,
        is_open=is_open,
        rows=[(report, address_of(report, event_slug)) for report in page.reports],
        own_id=_actor().user_id,
        subnav_items=organiser_places(event),
    )


@bp.post("/e/<event_slug>/reports/<int:report_id>/hide")
@allow(Action.MODERATE, event_scope)
def hide(event_slug: str, report_id: int) -> Response:  # noqa: ARG001 — in the address
    """Take what was reported out of sight."""
    return _settle(moderate.hide_reported, report_id, _("Hidden. It can be shown again."))


@bp.post("/e/<event_slug>/reports/<int:report_id>/show")
@allow(Action.MODERATE, event_scope)
def show(event_slug: str, report_id: int) -> Response:  # noqa: ARG001 — in the address
    """Put what was hidden back in sight."""
    return _settle(moderate.show_reported, report_id, _("It can be seen again."))


@bp.post("/e/<event_slug>/reports/<int:report_id>/dismiss")
@allow(Action.MODERATE, event_scope)
def dismiss(event_slug: str, report_id: int) -> Response:  # noqa: ARG001 — in the address
    """Leave what was reported as it is."""
    return _settle(moderate.dismiss_report, report_id, _("The report is settled."))


def _settle(command: Callable[[Actor, int, int], None], report_id: int, said: str) -> Response:
    command(_actor(), g.event.id, report_id)
    flash(said, "toast")
    return redirect(url_for("moderation.list_reports", event_slug=g.event.slug))


def _actor() -> Actor:
    return find_actor(event_id=g.event.id, programme_id=g.event.programme_id)
