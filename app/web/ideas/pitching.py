"""Pitching an idea: the draft, its autosave, pictures, editing, withdrawing."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.access import allow, current_actor, event_scope
from app.core.policy import Action
from app.core.skills import list_skills
from app.domain.ideas import queries, service
from app.domain.ideas.inputs import SKILLS_MAX, SUMMARY_CHARACTERS_MAX
from app.domain.ideas.queries import DRAFT, IdeaView
from app.domain.uploads.queries import Purpose
from app.domain.uploads.service import store_upload
from app.errors import Conflict, Invalid, Missing
from app.web.ideas.blueprint import bp, current_idea, idea_scope
from app.web.ideas.forms import LEVELS, IdeaForm, form_for
from app.web.text import render_markdown

Page = str | Response | tuple[str, int]


@bp.get("/e/<event_slug>/ideas/new")
@allow(Action.PITCH_IDEA, event_scope)
def new_idea(event_slug: str) -> Response:
    """Open the draft at hand, or a new one."""
    drafts = [i for i in queries.list_own_ideas(g.event.id, current_user.id) if i.state == DRAFT]
    numbers = [draft.draft_number for draft in drafts if draft.draft_number is not None]
    number = numbers[0] if numbers else queries.next_draft_number(g.event.id, current_user.id)
    return redirect(url_for("ideas.edit_draft", event_slug=event_slug, number=number))


@bp.get("/e/<event_slug>/ideas/drafts/<int:number>")
@allow(Action.PITCH_IDEA, event_scope)
def edit_draft(event_slug: str, number: int) -> Page:
    """Show a draft in its form; a new one is stored when the first letters are saved."""
    draft = _find_draft(number)
    if draft is not None and draft.state != DRAFT:
        return redirect(url_for("ideas.show_idea", event_slug=event_slug, idea_id=draft.id))
    return _form_page(form_for(draft, str(get_locale() or "en")), idea=draft, number=number)


def _find_draft(number: int) -> IdeaView | None:
    draft = queries.find_draft(g.event.id, current_user.id, number)
    if draft is None and number != queries.next_draft_number(g.event.id, current_user.id):
        raise Missing(str(number))
    return draft


@bp.post("/e/<event_slug>/ideas/drafts/<int:number>")
@allow(Action.PITCH_IDEA, event_scope)
def save_draft(event_slug: str, number: int) -> Page:
    """Do what the pressed button says: pitch, save, preview, or add a picture."""
    draft = _find_draft(number)
    form = IdeaForm()
    act = request.form.get("act", "pitch")
    if act == "image":
        form.body.data = _with_picture(form)
    try:
        if act == "pitch":
            if not form.validate_on_submit():
                return _form_page(form, idea=draft, number=number)
            idea_id = service.pitch_draft(
                current_actor(), g.event.id, number, form.as_input(), revision=form.revision
            )
            flash(_("Your idea is on the list. Thank you!"))
            return redirect(url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id))
        saved = service.save_draft(
            current_actor(), g.event.id, number, form.as_input(), revision=form.revision
        )
        form.version.data = str(saved.revision)
    except (Conflict, Invalid) as refusal:
        return _refused(form, refusal, draft, number)
    if act == "save":
        flash(_("Your draft is kept. Only you see it."))
        return redirect(url_for("ideas.edit_draft", event_slug=event_slug, number=number))
    return _form_page(form, idea=_find_draft(number), number=number, is_preview=act == "preview")


@bp.post("/e/<event_slug>/ideas/drafts/<int:number>/autosave")
@allow(Action.PITCH_IDEA, event_scope)
def autosave(event_slug: str, number: int) -> dict[str, object]:  # noqa: ARG001 — in the address
    """Keep what has been typed so far; answers with the version to send next."""
    _find_draft(number)
    form = IdeaForm()
    saved = service.save_draft(
        current_actor(), g.event.id, number, form.as_input(), revision=form.revision
    )
    return {"version": saved.revision, "idea_id": saved.idea_id}


@bp.post("/e/<event_slug>/ideas/<int:idea_id>/discard")
@allow(Action.WITHDRAW_IDEA, idea_scope)
def discard_draft(event_slug: str, idea_id: int) -> Response:
    """Throw a draft away."""
    service.discard_draft(current_actor(), idea_id)
    flash(_("Your draft is gone."))
    return redirect(url_for("ideas.list_ideas", event_slug=event_slug))


@bp.route("/e/<event_slug>/ideas/<int:idea_id>/edit", methods=["GET", "POST"])
@allow(Action.EDIT_IDEA, idea_scope)
def edit_idea(event_slug: str, idea_id: int) -> Page:
    """Change a pitched idea."""
    idea = current_idea()
    if idea.state == DRAFT:
        return redirect(
            url_for("ideas.edit_draft", event_slug=event_slug, number=idea.draft_number)
        )
    if request.method == "GET":
        return _form_page(form_for(idea, idea.language), idea=idea)
    form = IdeaForm()
    act = request.form.get("act", "pitch")
    if act == "image":
        form.body.data = _with_picture(form)
    if act in {"image", "preview"} or not form.validate_on_submit():
        return _form_page(form, idea=idea, is_preview=act == "preview")
    try:
        service.edit_idea(current_actor(), idea_id, form.as_input(), revision=form.revision)
    except (Conflict, Invalid) as refusal:
        return _refused(form, refusal, idea)
    flash(_("Your changes are on the page."))
    return redirect(url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id))


@bp.post("/e/<event_slug>/ideas/<int:idea_id>/withdraw")
@allow(Action.WITHDRAW_IDEA, idea_scope)
def withdraw(event_slug: str, idea_id: int) -> Response:
    """Take an idea off the list."""
    service.withdraw_idea(current_actor(), idea_id)
    back = url_for("ideas.bring_back", event_slug=event_slug, idea_id=idea_id)
    flash({"text": _("The idea is off the list."), "undo_url": back}, "toast")  # type: ignore[arg-type]
    return redirect(url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id))


@bp.post("/e/<event_slug>/ideas/<int:idea_id>/bring-back")
@allow(Action.WITHDRAW_IDEA, idea_scope)
def bring_back(event_slug: str, idea_id: int) -> Response:
    """Put a withdrawn idea back on the list."""
    service.bring_back_idea(current_actor(), idea_id)
    flash(_("The idea is back on the list."))
    return redirect(url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id))


@bp.post("/e/<event_slug>/ideas/images")
@allow(Action.UPLOAD_FILE, event_scope)
def add_image(event_slug: str) -> dict[str, str]:  # noqa: ARG001 — in the address
    """Keep a picture and answer with the Markdown that shows it."""
    file = request.files.get("image")
    if file is None or not file.filename:
        raise Invalid(_("Choose a picture first."), field="image")
    return {"markdown": _store_picture(file, request.form.get("image_alt", ""))}


def _store_picture(file: FileStorage, description: str) -> str:
    upload = store_upload(
        current_actor(),
        g.event.id,
        Purpose.IDEA,
        file.filename or "",
        file.read(),
        files=current_app.extensions["cojam_files"],
        bytes_max=current_app.extensions["cojam_settings"].upload_bytes_max,
    )
    alt = "".join(c for c in description if c not in "[]\\\r\n").strip()[:200]
    return f"![{alt}](/files/{upload.public_id})"


def _with_picture(form: IdeaForm) -> str:
    """Store the chosen picture and return the body with it at the end."""
    body = form.body.data or ""
    file = form.image.data
    if not isinstance(file, FileStorage) or not file.filename:
        form.image.errors = [_("Choose a picture first.")]
        return body
    try:
        snippet = _store_picture(file, form.image_alt.data or "")
    except Invalid as refusal:
        form.image.errors = [refusal.message]
        return body
    form.image_alt.data = ""
    return f"{body.rstrip()}\n\n{snippet}\n".lstrip()


def _refused(
    form: IdeaForm, refusal: Conflict | Invalid, idea: IdeaView | None, number: int | None = None
) -> Page:
    """Show what was typed again, with the reason why it was not stored."""
    field = form[refusal.field] if refusal.field and refusal.field in form else None
    if field is not None and field.type != "FieldList":
        field.errors = [*field.errors, refusal.message]
    else:
        form.form_errors.append(refusal.message)
    if isinstance(refusal, Conflict) and idea is not None:
        form.version.data = str(idea.revision)
        form.form_errors.append(
            _("Below is your text. Save it again to keep it in place of the other.")
        )
    return _form_page(form, idea=idea, number=number)


def _form_page(
    form: IdeaForm,
    *,
    idea: IdeaView | None,
    number: int | None = None,
    is_preview: bool = False,
) -> Page:
    """Show the form of a draft (`number`) or of a pitched idea."""
    text = render_template(
        "ideas/edit.html",
        form=form,
        idea=idea,
        number=number,
        preview=render_markdown(form.body.data) if is_preview else None,
        skill_names=sorted(skill.name for skill in list_skills()),
        levels=LEVELS,
        skills_max=SKILLS_MAX,
        summary_max=SUMMARY_CHARACTERS_MAX,
    )
    return (text, 422) if form.errors else text
