"""The list of boards, the live board and its outline."""

from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app.access import Scope, allow, event_scope, find_actor, is_allowed
from app.core.boards.notes import COLOURS
from app.core.policy import Action, Facts
from app.domain.boards import queries, service
from app.domain.teams import queries as teams
from app.errors import Missing
from app.hub.binding import current_hub
from app.hub.outbox import deliver
from app.web.boards.blueprint import board_scope, bp, current_actor, current_board, may
from app.web.boards.forms import COLOUR_LABELS, NoteForm
from app.web.boards.reading import list_authors, read_board, sections_of
from app.web.boards.sync import sync_path
from app.web.boards.words import board_words

NOTES_A_PAGE = 100
Page = Response | str | tuple[str, int]


@bp.get("/e/<event_slug>/boards")
@allow(Action.VIEW_EVENT, event_scope)
def list_boards(**_address: str) -> Page:
    """List the event's boards that the person may open."""
    actor = current_actor()
    boards = queries.list_boards(g.event.id, actor)
    own_ids = queries.list_team_ids(actor, g.event.id)
    with_board = {board.team_id for board in boards}
    return render_template(
        "boards/list.html",
        boards=boards,
        own_ids=own_ids,
        teams_without=[
            team
            for team in map(teams.find_team, own_ids)
            if team is not None and team.id not in with_board
        ],
        may_create=is_allowed(Action.CREATE_BOARD, Scope(g.event.id, g.event.programme_id)),
    )


def _team_scope(event_slug: str, team_id: int) -> Scope:
    """Scope a request to the board that a team of this very event has, or will have.

    Roles are those in the event of the address: they say nothing about another's team.
    """
    scope = event_scope(event_slug)
    team = teams.find_team(team_id)
    if team is None or team.event_id != scope.event_id:
        raise Missing(f"team {team_id}")
    is_member = team_id in queries.list_team_ids(current_actor(), team.event_id)
    return replace(scope, facts=Facts(is_member=is_member))


@bp.post("/e/<event_slug>/teams/<int:team_id>/board")
@allow(Action.EDIT_BOARD, _team_scope)
def open_team_board(team_id: int, **_address: str) -> Page:
    """Go to a team's board, making it when nobody has yet."""
    board_id = service.ensure_team_board(current_actor(), g.event.id, team_id)
    return redirect(url_for("boards.show_board", board_id=board_id))


@bp.get("/b/<board_id>")
@allow(Action.VIEW_BOARD, board_scope)
def show_board(board_id: str) -> Page:
    """Show the live board."""
    deliver(current_hub(), board_id)
    board = current_board()
    return render_template(
        "boards/board.html",
        board=board,
        data=_board_data(board.id),
        may_manage=may(Action.MANAGE_BOARD),
    )


@bp.get("/b/<board_id>/outline")
@allow(Action.VIEW_BOARD, board_scope)
def show_outline(**_address: str) -> Page:
    """Show the board as a list that needs no script."""
    return render_outline(NoteForm())


def render_outline(form: NoteForm) -> Page:
    """Return the outline with a form for a new note, which may carry errors."""
    board = current_board()
    deliver(current_hub(), board.id)
    notes, frames = read_board(board.id)
    pages = max(1, -(-len(notes) // NOTES_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    shown = notes[(page - 1) * NOTES_A_PAGE : page * NOTES_A_PAGE]
    may_moderate = may(Action.MODERATE)
    text = render_template(
        "boards/outline.html",
        board=board,
        sections=sections_of(shown, frames, list_authors(board.event_id, shown)),
        total=len(notes),
        page=page,
        pages=pages,
        form=form,
        may_edit=may(Action.EDIT_BOARD),
        may_manage=may(Action.MANAGE_BOARD),
        may_moderate=may_moderate,
        hidden_notes=queries.list_hidden_notes(board.id) if may_moderate else [],
    )
    return (text, 422) if form.errors else text


def _board_data(board_id: str) -> dict[str, Any]:
    """Return what the board's script needs; its words too, so that they can be translated."""
    notes, _frames = read_board(board_id)
    authors = list_authors(g.event.id, notes)
    return {
        "boardId": board_id,
        "syncPath": sync_path(board_id),
        "csrfToken": generate_csrf(),
        "hideUrl": url_for("boards.hide_note", board_id=board_id, note_id="NOTE"),
        "reportUrl": url_for(
            "moderation.report_content", event_slug=g.event.slug, subject=f"note:{board_id}:NOTE"
        ),
        "you": f"user:{find_actor().user_id}",
        "yourName": current_user.display_name,
        "mayEdit": may(Action.EDIT_BOARD, ignoring_lock=True),
        "mayModerate": may(Action.MANAGE_BOARD),
        "isLocked": current_board().is_locked,
        "people": {
            principal: {"name": person.display_name, "colour": person.colour}
            for principal, person in authors.items()
        },
        "colours": [{"key": colour, "label": str(COLOUR_LABELS[colour])} for colour in COLOURS],
        "words": board_words(),
    }
