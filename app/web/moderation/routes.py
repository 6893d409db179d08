"""Report something; the moderators' queue."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, event_scope, find_actor
from app.core.policy import Action, Actor
from app.domain.moderation import queries, service
from app.domain.moderation.queries import ReportView, SubjectType
from app.domain.programmes.queries import EventView
from app.hub.binding import current_hub
from app.hub.outbox import deliver
from app.web.moderation.forms import ReportForm
from app.web.moderation.subjects import address_of, find_note, find_subject
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
def list_reports(event_slug: str) -> str:  # noqa: ARG001 — in the address
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
        own_id=_actor().user_id,
        subnav_items=organiser_places(event),
    )


@bp.get("/e/<event_slug>/reports/<int:report_id>/subject")
@allow(Action.MODERATE, event_scope)
def show_subject(event_slug: str, report_id: int) -> Response:
    """Go to the page on which the reported thing stands."""
    return redirect(address_of(queries.get_report(g.event.id, report_id), event_slug))


@bp.post("/e/<event_slug>/reports/<int:report_id>/hide")
@allow(Action.MODERATE, event_scope)
def hide(event_slug: str, report_id: int) -> Response:
    """Take what was reported out of sight."""
    report = queries.get_report(g.event.id, report_id)
    note = None
    if report.subject_type is SubjectType.NOTE:
        note = find_note(report.board_id, report.note_id)
    moderate.hide_reported(_actor(), g.event.id, report_id, note)
    return _settled(event_slug, report, _("Hidden. It can be shown again."))


@bp.post("/e/<event_slug>/reports/<int:report_id>/show")
@allow(Action.MODERATE, event_scope)
def show(event_slug: str, report_id: int) -> Response:
    """Put what was hidden back in sight."""
    report = queries.get_report(g.event.id, report_id)
    moderate.show_reported(_actor(), g.event.id, report_id)
    return _settled(event_slug, report, _("It can be seen again."))


@bp.post("/e/<event_slug>/reports/<int:report_id>/dismiss")
@allow(Action.MODERATE, event_scope)
def dismiss(event_slug: str, report_id: int) -> Response:
    """Leave what was reported as it is."""
    report = queries.get_report(g.event.id, report_id)
    moderate.dismiss_report(_actor(), g.event.id, report_id)
    return _settled(event_slug, report, _("The report is settled."))


def _settled(event_slug: str, report: ReportView, said: str) -> Response:
    if report.subject_type is SubjectType.NOTE:
        # The document of a board lies with the hub: it carries out what was decided here.
        deliver(current_hub(), report.board_id)
    flash(said, "toast")
    return redirect(url_for("moderation.list_reports", event_slug=event_slug))


def _actor() -> Actor:
    return find_actor(event_id=g.event.id, programme_id=g.event.programme_id)
