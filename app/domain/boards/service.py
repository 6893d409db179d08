"""Commands on boards; what is written on them goes through the hub, not through here.

After hiding a note or putting one back, the caller lets the hub carry it out
(`app.hub.outbox.deliver`); a crash in between is made good when the board is next opened.
"""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.core import ids
from app.core.boards.notes import Note
from app.core.policy import Action, Actor, Facts, decide
from app.db import transaction
from app.domain.accounts import queries as accounts
from app.domain.boards import queries
from app.domain.boards.facts import facts_for
from app.domain.boards.models import Board, HiddenNote
from app.domain.journal import service as journal
from app.domain.programmes import queries as programmes
from app.domain.teams import queries as teams
from app.errors import Denied, Invalid, Missing
from app.translation import gettext as _

ID_LENGTH = 12
TITLE_LENGTH_MAX = 200
BLANK = "blank"


def create_board(
    actor: Actor, event_id: int, title: str, team_id: int | None = None, template: str = BLANK
) -> str:
    """Make a board for an event, or for one of its teams, and return its id.

    Raises Denied, Missing, Invalid.
    """
    _require(actor, Action.CREATE_BOARD, Facts())
    title = _checked_title(title)
    with transaction() as session:
        if programmes.find_event_by_id(event_id) is None:
            raise Missing(f"event {event_id}")
        if team_id is not None:
            team = teams.find_team(team_id)
            if team is None or team.event_id != event_id:
                raise Missing(f"team {team_id}")
            if queries.find_team_board(team_id) is not None:
                raise Invalid(_("This team has a board already."), field="team_id")
        return _insert(session, actor, event_id, title, team_id=team_id, template=template)


def ensure_team_board(actor: Actor, event_id: int, team_id: int) -> str:
    """Return the id of the board of an event's team, making it at the first call.

    For the team itself, for staff, and for the operator when teams are published. Raises Denied,
    Missing.
    """
    with transaction() as session:
        team = teams.find_team(team_id)
        if team is None or team.event_id != event_id:
            raise Missing(f"team {team_id}")
        is_member = team_id in queries.list_team_ids(actor, event_id)
        _require(actor, Action.EDIT_BOARD, Facts(is_member=is_member))
        board = queries.find_team_board(team_id)
        if board is not None:
            return board.id
        try:
            with session.begin_nested():
                return _insert(session, actor, event_id, team.name, team_id=team_id)
        except IntegrityError:
            # Another of the team was quicker, on a database with several writers.
            board = queries.find_team_board(team_id)
            if board is None:
                raise
            return board.id


def rename(actor: Actor, board_id: str, title: str) -> None:
    """Give a board another title; raises Denied, Missing, Invalid."""
    title = _checked_title(title)
    with transaction() as session:
        board = _get_managed(session, actor, board_id)
        if board.title != title:
            _note(actor, "board.renamed", board, before=board.title, after=title)
            board.title = title


def set_locked(actor: Actor, board_id: str, is_locked: bool) -> None:
    """Lock a board, so that only its staff write on it, or open it; raises Denied, Missing.

    The caller tells the hub after the commit.
    """
    with transaction() as session:
        board = _get_managed(session, actor, board_id)
        if board.is_locked != is_locked:
            board.is_locked = is_locked
            _note(actor, "board.locked" if is_locked else "board.unlocked", board)


def hide_note(actor: Actor, board_id: str, note: Note) -> None:
    """Take a note out of sight and keep it aside; raises Denied, Missing.

    `note` is the note as it stands in the document. Hiding what is hidden changes nothing.
    """
    with transaction() as session:
        board = _get_row(session, board_id)
        _require(actor, Action.MODERATE, facts_for(actor, queries.get_board(board_id)))
        row = _find_hidden(session, board_id, note.id)
        if row is not None and row.put_back_at is None:
            return
        if row is not None:
            session.delete(row)
            session.flush()
        session.add(
            HiddenNote(
                board_id=board_id,
                note_id=note.id,
                text=note.text,
                x=note.x,
                y=note.y,
                colour=note.colour,
                frame=note.frame,
                group=note.group,
                author=note.author,
                author_id=_find_author(note.author),
                created_at_ms=note.created_at_ms,
                hidden_by=actor.user_id,
                hidden_at=clock.now(),
            )
        )
        _note(actor, "note.hidden", board, note_id=note.id)


def put_back_note(actor: Actor, board_id: str, note_id: str) -> None:
    """Order a hidden note back onto its board; raises Denied, Missing."""
    with transaction() as session:
        board = _get_row(session, board_id)
        _require(actor, Action.MODERATE, facts_for(actor, queries.get_board(board_id)))
        row = _find_hidden(session, board_id, note_id)
        if row is None:
            raise Missing(note_id)
        if row.put_back_at is None:
            row.put_back_at = clock.now()
            _note(actor, "note.put_back", board, note_id=note_id)


def settle_put_back(board_id: str, note_ids: list[str]) -> None:
    """Note that the hub has put these notes back; their rows end."""
    with transaction() as session:
        session.execute(
            delete(HiddenNote).where(
                HiddenNote.board_id == board_id,
                HiddenNote.note_id.in_(note_ids),
                HiddenNote.put_back_at.is_not(None),
            )
        )


def _insert(
    session: Session,
    actor: Actor,
    event_id: int,
    title: str,
    *,
    team_id: int | None = None,
    template: str = BLANK,
) -> str:
    board = Board(
        id=ids.encode(secrets.token_bytes(16), ID_LENGTH),
        event_id=event_id,
        team_id=team_id,
        title=title,
        template=template,
        is_locked=False,
        created_by=actor.user_id,
        created_at=clock.now(),
    )
    session.add(board)
    session.flush()
    _note(actor, "board.created", board)
    return board.id


def _checked_title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Invalid(_("Give the board a title."), field="title")
    if len(title) > TITLE_LENGTH_MAX:
        raise Invalid(_("Keep the title under 200 characters."), field="title")
    return title


def _require(actor: Actor, action: Action, facts: Facts) -> None:
    verdict = decide(actor, action, facts)
    if not verdict:
        raise Denied(reason=verdict.reason)


def _get_row(session: Session, board_id: str) -> Board:
    board = session.get(Board, board_id, with_for_update=True, populate_existing=True)
    if board is None:
        raise Missing(board_id)
    return board


def _get_managed(session: Session, actor: Actor, board_id: str) -> Board:
    board = _get_row(session, board_id)
    _require(actor, Action.MANAGE_BOARD, facts_for(actor, queries.get_board(board_id)))
    return board


def _find_author(principal: str | None) -> int | None:
    """Return the account that a note names as its author, which any client may have written."""
    user_id = queries.account_of(principal)
    return user_id if user_id is not None and accounts.list_people({user_id}) else None


def _find_hidden(session: Session, board_id: str, note_id: str) -> HiddenNote | None:
    return session.scalar(
        select(HiddenNote).where(HiddenNote.board_id == board_id, HiddenNote.note_id == note_id)
    )


def _note(actor: Actor, action: str, board: Board, **detail: object) -> None:
    journal.record(
        action, "board", board.id, actor_id=actor.user_id, event_id=board.event_id, **detail
    )
