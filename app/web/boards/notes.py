"""Notes by plain forms, from the outline; and taking notes out of sight."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from pycrdt import Doc
from werkzeug.wrappers import Response
from wtforms import Field

from app import clock
from app.access import allow
from app.core import ids
from app.core.boards.notes import Note, insert_note, list_notes
from app.core.boards.rewriting import free_place, rewrite_note
from app.core.policy import Action
from app.domain.boards import service
from app.hub.binding import current_hub
from app.hub.outbox import deliver
from app.web.boards.blueprint import board_scope, bp, current_actor, current_board, may
from app.web.boards.forms import COLOUR_LABELS, NoteForm
from app.web.boards.pages import render_outline
from app.web.boards.reading import find_note

Page = Response | str | tuple[str, int]


def _principal() -> str:
    return f"user:{current_user.id}"


def _typed(field: Field) -> str:
    """Return a field's text with plain line ends: forms send another kind than boards hold."""
    return (field.data or "").replace("\r\n", "\n")


def _to_outline(board_id: str) -> Page:
    return redirect(url_for("boards.show_outline", board_id=board_id))


@bp.post("/b/<board_id>/notes")
@allow(Action.EDIT_BOARD, board_scope)
def add_note(board_id: str) -> Page:
    """Put a note on the board, where there is room."""
    form = NoteForm()
    if not form.validate_on_submit():
        return render_outline(form)
    note_id = ids.encode(secrets.token_bytes(16), service.ID_LENGTH)
    author, now_ms = _principal(), int(clock.now().timestamp() * 1000)

    def write(document: "Doc[Any]") -> None:
        x, y = free_place(list_notes(document))
        text = _typed(form.text).strip()
        note = Note(note_id, text, x, y, form.colour.data, None, None, author, now_ms)
        insert_note(document, note)

    current_hub().edit(board_id, write, author)
    flash(_("Your note is on the board."))
    return redirect(url_for("boards.show_outline", board_id=board_id, _anchor=f"note-{note_id}"))


@bp.route("/b/<board_id>/notes/<note_id>", methods=["GET", "POST"])
@allow(Action.EDIT_BOARD, board_scope)
def edit_note(board_id: str, note_id: str) -> Page:
    """Change what a note says."""
    note = find_note(board_id, note_id)
    form = NoteForm(text=note.text, colour=note.colour, base=note.text)
    is_changed_elsewhere = False
    if form.validate_on_submit():
        text, base = _typed(form.text), _typed(form.base)

        def write(document: "Doc[Any]") -> bool:
            colour = form.colour.data
            return rewrite_note(document, note_id, base=base, text=text, colour=colour)

        if current_hub().edit(board_id, write, _principal()):
            anchor = f"note-{note_id}"
            return redirect(url_for("boards.show_outline", board_id=board_id, _anchor=anchor))
        is_changed_elsewhere = True
        note = find_note(board_id, note_id)
        form.base.data = note.text
        form.text.errors = [_("Somebody changed this note meanwhile. Your text is kept below.")]
    page = render_template(
        "boards/note.html",
        board=current_board(),
        note=note,
        form=form,
        is_changed_elsewhere=is_changed_elsewhere,
        may_moderate=may(Action.MODERATE),
    )
    return page, 422 if form.errors else 200


@bp.post("/b/<board_id>/notes/<note_id>/delete")
@allow(Action.EDIT_BOARD, board_scope)
def delete_note(board_id: str, note_id: str) -> Page:
    """Take a note off the board."""
    current_hub().delete_note(board_id, note_id, _principal())
    flash(_("The note is deleted."))
    return _to_outline(board_id)


@bp.post("/b/<board_id>/notes/<note_id>/hide")
@allow(Action.MODERATE, board_scope)
def hide_note(board_id: str, note_id: str) -> Page:
    """Take a note out of sight; it is kept and can be put back."""
    service.hide_note(current_actor(), board_id, find_note(board_id, note_id))
    deliver(current_hub(), board_id)
    if request.accept_mimetypes.best == "application/json":
        return "", 204
    flash(_("The note is hidden. You find it at the end of this page."))
    return _to_outline(board_id)


@bp.post("/b/<board_id>/notes/<note_id>/put-back")
@allow(Action.MODERATE, board_scope)
def put_back_note(board_id: str, note_id: str) -> Page:
    """Put a hidden note back on the board."""
    service.put_back_note(current_actor(), board_id, note_id)
    deliver(current_hub(), board_id)
    flash(_("The note is back on the board."))
    return _to_outline(board_id)


@bp.app_template_filter("colour_label")
def colour_label(colour: str) -> str:
    """Return a note colour in words."""
    return str(COLOUR_LABELS[colour])
