"""A team writes its submission and hands it in."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_actor, is_allowed
from app.core.policy import Action
from app.domain.accounts import queries as accounts
from app.domain.submissions import queries, service
from app.domain.submissions.inputs import InvalidDraft
from app.domain.submissions.views import DraftView
from app.errors import Invalid
from app.web.submissions.blueprint import bp, current_scope, current_team, submission_scope
from app.web.submissions.forms import ExtensionForm, SubmissionForm, filled_in, form_for

Page = str | Response | tuple[str, int]


@bp.get("/e/<event_slug>/teams/<int:team_id>/submission")
@allow(Action.VIEW_SUBMISSION, submission_scope)
def show(event_slug: str, team_id: int) -> Page:  # noqa: ARG001 — in the address
    """Show the form while it is open to the person, and what was handed in otherwise."""
    draft = queries.find_draft(team_id)
    if is_allowed(Action.EDIT_SUBMISSION, current_scope()):
        return _form_page(form_for(draft), draft)
    return _reading_page(draft)


@bp.post("/e/<event_slug>/teams/<int:team_id>/submission")
@allow(Action.EDIT_SUBMISSION, submission_scope)
def save(event_slug: str, team_id: int) -> Page:
    """Do what the pressed button says: save, hand in, add or remove a file."""
    form = SubmissionForm()
    act = request.form.get("act", "save")
    try:
        revision = service.save_draft(current_actor(), team_id, form.as_input(), form.revision)
        form.version.data = str(revision)
        _act(act, form, team_id, revision)
    except service.StaleDraft as stale:
        form.version.data = str(stale.theirs.revision)
        return _form_page(form, stale.theirs, theirs=stale.theirs), 409
    except service.Incomplete as incomplete:
        form.show_missing(incomplete.missing)
        return _form_page(form, queries.find_draft(team_id)), 422
    except InvalidDraft as invalid:
        form.show_faults(invalid.faults)
        return _form_page(form, queries.find_draft(team_id)), 422
    except Invalid as invalid:
        form.show_faults([("file_label" if invalid.field == "label" else "file", invalid.message)])
        return _form_page(form, queries.find_draft(team_id)), 422
    return redirect(url_for("submissions.show", event_slug=event_slug, team_id=team_id))


def _act(act: str, form: SubmissionForm, team_id: int, revision: int) -> None:
    verb, _dash, file_id = act.partition("-")
    if verb == "hand_in":
        snapshot = service.hand_in(current_actor(), team_id, revision)
        flash(_("Handed in. The jury sees version %(version)s.", version=snapshot.version))
    elif verb == "attach":
        _attach(form, team_id)
        flash(_("The file is added."))
    elif verb == "remove" and file_id.isdecimal() and len(file_id) < 10:
        service.remove_file(current_actor(), team_id, int(file_id))
        flash(_("The file is removed from the draft."))
    else:
        flash(_("Your draft is kept. Your team and the organisers see it."))


def _attach(form: SubmissionForm, team_id: int) -> None:
    chosen = form.file.data
    if not isinstance(chosen, FileStorage) or not chosen.filename:
        raise Invalid(_("Choose a file first."), field="file")
    settings = current_app.extensions["cojam_settings"]
    service.attach_file(
        current_actor(),
        team_id,
        chosen.filename,
        chosen.read(),
        label=form.file_label.data or "",
        files=current_app.extensions["cojam_files"],
        bytes_max=settings.upload_bytes_max,
    )


@bp.post("/e/<event_slug>/teams/<int:team_id>/submission/autosave")
@allow(Action.EDIT_SUBMISSION, submission_scope)
def autosave(event_slug: str, team_id: int) -> tuple[dict[str, object], int]:  # noqa: ARG001 — in the address
    """Keep what has been typed so far; answers with the version to send next."""
    form = SubmissionForm()
    try:
        revision = service.save_draft(current_actor(), team_id, form.as_input(), form.revision)
    except service.StaleDraft as stale:
        theirs = stale.theirs
        return {
            "error": stale.message,
            "current_version": theirs.revision,
            "theirs": _as_typed(theirs),
        }, 409
    except InvalidDraft as invalid:
        return {"error": invalid.message, "faults": dict(invalid.faults)}, 422
    return {"version": revision}, 200


def _as_typed(draft: DraftView) -> dict[str, object]:
    """Return a draft as its fields would hold it."""
    return {
        "title": draft.title,
        "summary": draft.summary,
        "track": draft.track,
        "region": draft.region,
        "video_url": draft.video_url,
        "ask": filled_in(draft.ask_cents),
        "lines": [[line.label, filled_in(line.amount_cents)] for line in draft.lines],
        **(draft.canvas or {}),
    }


def _form_page(form: SubmissionForm, draft: DraftView, *, theirs: DraftView | None = None) -> str:
    form.add_empty_lines()
    typed = _as_typed(theirs) if theirs else {}
    differing = {
        name: str(typed[name])
        for name in typed
        if name != "lines" and typed[name] != (form[name].data or "").replace("\r\n", "\n").strip()
    }
    writers = accounts.list_people({draft.updated_by}) if draft.updated_by else {}
    return render_template(
        "submissions/edit.html",
        form=form,
        draft=draft,
        checks=draft.checks(is_money_at_stake=g.event.budget_cents > 0),
        lines_sum_cents=sum(line.amount_cents for line in draft.lines),
        snapshot=queries.find_snapshot(draft.id) if draft.id else None,
        deadline_at=queries.deadline_of(g.event, queries.find_extension(draft.team_id)),
        now_at=clock.now(),
        theirs=theirs,
        differing=differing,
        writer=writers.get(draft.updated_by) if draft.updated_by else None,
        team=current_team(),
        bytes_max=current_app.extensions["cojam_settings"].upload_bytes_max,
    )


def _reading_page(draft: DraftView, form: ExtensionForm | None = None) -> str:
    return render_template(
        "submissions/read.html",
        draft=draft,
        snapshot=queries.find_snapshot(draft.id) if draft.id else None,
        checks=draft.checks(is_money_at_stake=g.event.budget_cents > 0),
        deadline_at=queries.deadline_of(g.event, queries.find_extension(draft.team_id)),
        now_at=clock.now(),
        team=current_team(),
        form=(form or ExtensionForm())
        if is_allowed(Action.EXTEND_DEADLINE, current_scope())
        else None,
    )


@bp.post("/e/<event_slug>/teams/<int:team_id>/submission/deadline")
@allow(Action.EXTEND_DEADLINE, submission_scope)
def extend_deadline(event_slug: str, team_id: int) -> Page:
    """Give one team more time."""
    form = ExtensionForm()
    if form.succeeds(
        lambda: service.extend_deadline(
            current_actor(), team_id, form.moment(g.event.timezone), form.reason.data or ""
        )
    ):
        flash(_("The deadline of “%(team)s” is extended.", team=current_team().name))
        return redirect(url_for("submissions.show", event_slug=event_slug, team_id=team_id))
    return _reading_page(queries.find_draft(team_id), form), 422
