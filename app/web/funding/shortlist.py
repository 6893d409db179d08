"""The organisers' ranking: what the budget funds, trials, reasons and amounts."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, current_actor, current_event
from app.core.policy import Action
from app.domain.funding import queries, service
from app.domain.funding.outcomes import SeveralGroups, Trial, Unfundable
from app.domain.funding.queries import PREVIEW, PUBLISHED, EntryView, ShortlistView
from app.domain.jury import queries as jury
from app.errors import CojamError, Conflict, Denied, Infeasible, Invalid, Missing
from app.web.errors import explain_refusal
from app.web.funding.blueprint import bp, seen_preview, shortlist_scope
from app.web.funding.forms import (
    AmountForm,
    ReasonForm,
    ShortlistForm,
    amount_form,
    reason_form,
    shortlist_form,
    trial_form,
)
from app.web.funding.presenting import PAGE_SIZE, budget_items, ranking_page, severity_rows
from app.web.funding.table_csv import write_shortlist
from app.web.funding.wording import contradiction_sentence, remarks
from app.web.labels import POLICY_LABELS
from app.web.navigation import organiser_places

Page = str | Response | tuple[str, int]


@bp.get("/e/<event_slug>/shortlist")
@allow(Action.MANAGE_SHORTLIST, shortlist_scope)
def shortlist(event_slug: str) -> Page:  # noqa: ARG001 — in the address
    """Show the ranking, what the budget funds, and what another budget would change."""
    view = queries.find_latest(current_event().id, PREVIEW)
    return _preview_page(view) if view else _first_page(None)


@bp.post("/e/<event_slug>/shortlist/preview")
@allow(Action.MANAGE_SHORTLIST, shortlist_scope)
def preview(event_slug: str) -> Page:
    """Compute ranking and shortlist, and keep them as the preview."""
    event = current_event()
    form = shortlist_form(event.budget_cents, "rank")
    problem: CojamError | None = None
    try:
        if form.succeeds(
            lambda: service.preview_shortlist(
                current_actor(),
                event.id,
                form.budget_cents,
                form.policy.data,
                form.override.data or "",
            )
        ):
            flash(_("The preview is ready. Only organisers see it."), "toast")
            return redirect(url_for("funding.shortlist", event_slug=event_slug))
    except (Conflict, Infeasible, Denied) as refusal:
        problem = refusal
    return _first_page(form, problem), 409 if problem else 422


@bp.post("/e/<event_slug>/shortlist/<int:shortlist_id>/reasons/<int:submission_id>")
@allow(Action.MANAGE_SHORTLIST, shortlist_scope)
def write_reason(event_slug: str, shortlist_id: int, submission_id: int) -> Page:
    """Keep what everybody will read beside one place."""
    view = seen_preview(shortlist_id)
    entry = _entry_of(view, submission_id)
    form = reason_form(entry, is_sent=True)
    if form.succeeds(
        lambda: service.set_public_reason(
            current_actor(), view.id, submission_id, form.text.data or ""
        )
    ):
        flash(_("The reason is kept."), "toast")
        return _back_to(event_slug, submission_id)
    return _preview_page(view, _Shown(entry, reason=form))


@bp.post("/e/<event_slug>/shortlist/<int:shortlist_id>/amounts/<int:submission_id>")
@allow(Action.MANAGE_SHORTLIST, shortlist_scope)
def set_amount(event_slug: str, shortlist_id: int, submission_id: int) -> Page:
    """Fund one submission with less than it asks for."""
    view = seen_preview(shortlist_id)
    entry = _entry_of(view, submission_id)
    form = amount_form(entry, is_sent=True)
    if form.succeeds(
        lambda: _or_invalid(
            view,
            lambda: service.set_partial_amount(
                current_actor(), view.id, submission_id, form.amount_cents, form.reason.data or ""
            ),
        )
    ):
        flash(_("The amount is set, and the shortlist chosen anew around it."), "toast")
        return _back_to(event_slug, submission_id)
    return _preview_page(view, _Shown(entry, amount=form))


@bp.post("/e/<event_slug>/shortlist/<int:shortlist_id>/amounts/<int:submission_id>/take-back")
@allow(Action.MANAGE_SHORTLIST, shortlist_scope)
def take_back_amount(event_slug: str, shortlist_id: int, submission_id: int) -> Page:
    """Let a submission stand for what it asks for again."""
    view = seen_preview(shortlist_id)
    service.set_partial_amount(current_actor(), view.id, submission_id, None, "")
    flash(_("The amount is taken back."), "toast")
    return _back_to(event_slug, submission_id)


@bp.get("/e/<event_slug>/shortlist.csv")
@allow(Action.MANAGE_SHORTLIST, shortlist_scope)
def download(event_slug: str) -> FlaskResponse:
    """Answer with ranking and shortlist as a table."""
    event = current_event()
    view = queries.find_latest(event.id, PREVIEW) or queries.find_latest(event.id, PUBLISHED)
    if view is None:
        raise Missing(event_slug)
    return FlaskResponse(
        write_shortlist(view),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{event.slug}-shortlist.csv"'},
    )


@dataclass(frozen=True)
class _Shown:
    """A form of one place that was refused and is shown again."""

    entry: EntryView
    reason: ReasonForm | None = None
    amount: AmountForm | None = None


def _entry_of(view: ShortlistView, submission_id: int) -> EntryView:
    for entry in view.entries:
        if entry.submission_id == submission_id:
            return entry
    raise Missing(f"submission {submission_id}")


def _or_invalid(view: ShortlistView, command: Callable[[], object]) -> None:
    """Show beside the amount that it does not fit the budget."""
    try:
        command()
    except Unfundable as refusal:
        raise Invalid(_explain(refusal, view), field="amount") from refusal


def _back_to(event_slug: str, submission_id: int) -> Response:
    page = request.args.get("page", type=int)
    return redirect(
        url_for(
            "funding.shortlist", event_slug=event_slug, page=page, _anchor=f"place{submission_id}"
        )
    )


def _explain(problem: CojamError, view: ShortlistView | None) -> str:
    if isinstance(problem, Unfundable):
        titles = {str(each.submission_id): each.title for each in view.entries} if view else {}
        return contradiction_sentence(problem.reasons, titles, current_event().currency)
    if isinstance(problem, Denied):
        return problem.message or explain_refusal(problem.reason)
    return problem.message


def _first_page(form: ShortlistForm | None, problem: CojamError | None = None) -> str:
    """Show how to begin; also what a refused preview is answered with."""
    event = current_event()
    view = queries.find_latest(event.id, PREVIEW)
    rubric = jury.find_rubric(event.id)
    progress = jury.list_progress(event.id)
    is_closed = jury.is_scoring_closed(event)
    policy = rubric.policy if rubric else "rank"
    published = queries.find_latest(event.id, PUBLISHED)
    return render_template(
        "funding/begin.html",
        form=form or shortlist_form(event.budget_cents, policy),
        problem=_explain(problem, view) if problem else "",
        groups=problem.groups if isinstance(problem, SeveralGroups) else (),
        has_preview=view is not None,
        is_closed=is_closed,
        submitted=sum(row.submitted for row in progress),
        assigned=sum(row.assigned for row in progress),
        policy=POLICY_LABELS[policy],
        published=published,
        items=budget_items(published) if published else [],
        ranking=ranking_page(published, event.currency, _asked_page())
        if published and is_closed and view is None
        else None,
        subnav_items=organiser_places(event),
    )


def _asked_page() -> int:
    return request.args.get("page", 1, type=int)


def _preview_page(view: ShortlistView, shown: _Shown | None = None) -> Page:
    event = current_event()
    form = trial_form(view.budget_cents, view.policy)
    trial, problem = _try(form)
    if isinstance(problem, SeveralGroups):
        return _first_page(form, problem), 409
    place = view.entries.index(shown.entry) if shown else 0
    asked = place // PAGE_SIZE + 1 if shown else _asked_page()
    ranking = ranking_page(view, event.currency, asked)
    titles = {str(each.submission_id): each.title for each in view.entries}
    names = {str(each.id): each.pseudonym for each in jury.list_panel(event.id)}
    severities, severity_axis = severity_rows(view.report, names)
    text = render_template(
        "funding/shortlist.html",
        view=view,
        form=form,
        trial=trial,
        problem=_explain(problem, view) if problem else "",
        titles={each.submission_id: each for each in view.entries},
        items=budget_items(view),
        ranking=ranking,
        forms={each.submission_id: _forms(view, each, shown) for each in ranking.entries},
        severities=severities,
        severity_axis=severity_axis,
        remarks=remarks(view.report, titles, names),
        policies=POLICY_LABELS,
        is_by_rule=view.policy == view.report["rubric"]["policy"],
        published=queries.find_latest(event.id, PUBLISHED),
        subnav_items=organiser_places(event),
    )
    return text, 422 if form.errors or shown else 200


def _forms(
    view: ShortlistView, entry: EntryView, shown: _Shown | None
) -> tuple[ReasonForm, AmountForm]:
    decided = view.settings.partial.get(entry.submission_id)
    reason, amount = reason_form(entry), amount_form(entry, decided.reason if decided else "")
    if shown and shown.entry is entry:
        return shown.reason or reason, shown.amount or amount
    return reason, amount


def _try(form: ShortlistForm) -> tuple[Trial | None, CojamError | None]:
    """Return what another budget or rule would change, when one was asked for."""
    if "budget" not in request.args or not form.validate():
        return None, None
    try:
        with form.refusals():
            return service.try_shortlist(
                current_actor(), current_event().id, form.budget_cents, form.policy.data
            ), None
    except (Conflict, Infeasible, Denied) as problem:
        return None, problem
    return None, None
