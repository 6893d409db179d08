"""A juror's own queue and sheets."""

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow, current_actor, event_scope, is_allowed
from app.core.phases import Phase
from app.core.policy import Action
from app.domain.jury import queries, service, sheets
from app.domain.jury.views import CriterionView, RubricView, SheetView
from app.errors import Invalid, Missing
from app.web.jury.blueprint import bp, current_assignment, current_scope, sheet_scope
from app.web.jury.forms import CONFLICT_LABELS, LeaveForm, SheetForm, sheet_form
from app.web.labels import POLICY_LABELS

Page = str | Response | tuple[str, int]


@dataclass(frozen=True)
class CriterionRow:
    """A criterion as the sheet's component shows it."""

    id: int
    name: str
    question: str
    weight: str
    scale_min: int
    scale_max: int
    low_text: str
    high_text: str
    is_weighted: bool


def _row(criterion: CriterionView, rubric: RubricView) -> CriterionRow:
    return CriterionRow(
        id=criterion.id,
        name=criterion.name,
        question=criterion.question,
        weight=f"{criterion.weight:g}",
        scale_min=rubric.scale_min,
        scale_max=rubric.scale_max,
        low_text=criterion.anchors.get(str(rubric.scale_min), ""),
        high_text=criterion.anchors.get(str(rubric.scale_max), ""),
        is_weighted=criterion.is_weighted,
    )


@bp.get("/e/<event_slug>/jury")
@allow(Action.VIEW_JURY_QUEUE, event_scope)
def queue(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show what the juror has to score, and what comes next."""
    juror_id = queries.find_juror_id(g.event.id, current_user.id)
    items = sheets.list_queue(g.event.id, juror_id) if juror_id is not None else []
    rubric = queries.find_rubric(g.event.id)
    return render_template(
        "jury/queue.html",
        items=items,
        next_item=sheets.next_of(items),
        done=sum(item.state == "submitted" for item in items),
        left_out=sum(item.state in ("recused", "void") for item in items),
        rubric=rubric,
        policy=POLICY_LABELS[rubric.policy] if rubric else "",
        reasons=CONFLICT_LABELS,
        span=g.event.span_of(Phase.JUDGING),
        is_open=Phase.JUDGING in g.event.facts().open_phases,
    )


@bp.get("/e/<event_slug>/jury/<int:assignment_id>")
@allow(Action.VIEW_SHEET, sheet_scope)
def sheet(event_slug: str, assignment_id: int) -> str:  # noqa: ARG001 — both in the address
    """Show what was handed in beside the juror's own sheet."""
    return _stored_page()


@bp.post("/e/<event_slug>/jury/<int:assignment_id>")
@allow(Action.SCORE, sheet_scope)
def save_sheet(event_slug: str, assignment_id: int) -> Page:
    """Keep the sheet, or hand it in."""
    form, rubric = SheetForm(), _rubric()
    marks = form.marks(rubric)
    is_submitted = request.form.get("act") == "hand_in"
    comment, private_note = form.comment.data or "", form.private_note.data or ""

    def record(*, is_submitted: bool) -> None:
        service.record_sheet(
            current_actor(),
            assignment_id,
            marks,
            comment=comment,
            private_note=private_note,
            is_submitted=is_submitted,
            seen_version=form.seen_version(),
        )

    try:
        record(is_submitted=is_submitted)
    except service.IncompleteSheet as incomplete:
        record(is_submitted=False)
        stored = sheets.find_sheet(assignment_id)
        return _sheet_page(form, marks, stored, missing=incomplete.criterion_ids), 422
    except service.NewerSubmission as newer:
        form.form_errors.append(newer.message)
        return _sheet_page(form, marks, sheets.find_sheet(assignment_id)), 409
    except Invalid as invalid:
        with form.refusals():
            raise invalid
        return _sheet_page(form, marks, sheets.find_sheet(assignment_id)), 422
    if is_submitted:
        flash(_("Your sheet is handed in. You can change it until scoring closes."))
        return redirect(url_for("jury.queue", event_slug=event_slug))
    flash(_("Your draft is kept. Only you see it."))
    return redirect(url_for("jury.sheet", event_slug=event_slug, assignment_id=assignment_id))


@bp.post("/e/<event_slug>/jury/<int:assignment_id>/autosave")
@allow(Action.SCORE, sheet_scope)
def autosave_sheet(event_slug: str, assignment_id: int) -> dict[str, object]:  # noqa: ARG001
    """Keep what has been marked so far."""
    form = SheetForm()
    version = service.record_sheet(
        current_actor(),
        assignment_id,
        form.marks(_rubric()),
        comment=form.comment.data or "",
        private_note=form.private_note.data or "",
        seen_version=form.seen_version(),
    )
    return {"version": version}


@bp.post("/e/<event_slug>/jury/<int:assignment_id>/leave")
@allow(Action.RECUSE, sheet_scope)
def leave_out(event_slug: str, assignment_id: int) -> Page:
    """Declare a conflict, or abstain."""
    form = LeaveForm()

    def leave() -> None:
        command = service.declare_conflict if form.kind.data == "conflict" else service.abstain
        command(current_actor(), assignment_id, form.reason.data or "")

    if current_assignment().is_left_out or form.succeeds(leave):
        flash(_("The project is left out of your queue."))
        return redirect(url_for("jury.queue", event_slug=event_slug))
    return _stored_page(leaving=form), 422


def _rubric() -> RubricView:
    rubric = queries.find_rubric(g.event.id)
    if rubric is None:
        raise Missing("rubric")
    return rubric


def _stored_page(leaving: LeaveForm | None = None) -> str:
    stored = sheets.find_sheet(current_assignment().id)
    return _sheet_page(sheet_form(stored), stored.scores if stored else {}, stored, leaving=leaving)


def _sheet_page(
    form: SheetForm,
    marks: dict[int, int],
    stored: SheetView | None,
    *,
    missing: tuple[int, ...] = (),
    leaving: LeaveForm | None = None,
) -> str:
    assignment, rubric = current_assignment(), _rubric()
    snapshot = sheets.find_submission_of(assignment)
    if snapshot is None:
        raise Missing(f"snapshot of {assignment.submission_id}")
    ids = sheets.list_assignment_ids(assignment.juror_id)
    place = ids.index(assignment.id)
    return render_template(
        "jury/sheet.html",
        form=form,
        leaving=leaving or LeaveForm(formdata=None),
        assignment=assignment,
        stored=stored,
        snapshot=snapshot,
        criteria=[_row(each, rubric) for each in rubric.criteria],
        marks=marks,
        missing=missing,
        open_count=sum(each.id not in marks for each in rubric.weighted),
        number=place + 1,
        total=len(ids),
        previous_id=ids[place - 1] if place else None,
        next_id=ids[place + 1] if place + 1 < len(ids) else None,
        may_score=is_allowed(Action.SCORE, current_scope()),
        span=g.event.span_of(Phase.JUDGING),
    )
