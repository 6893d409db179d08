"""Read boards and what moderators took off them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.boards.notes import Note
from app.core.policy import Action, Actor, Facts, decide
from app.db import db
from app.domain.boards.models import Board, HiddenNote
from app.domain.teams import queries as teams
from app.errors import Missing


@dataclass(frozen=True)
class BoardView:
    """A board, without what is written on it."""

    id: str
    event_id: int
    team_id: int | None
    title: str
    template: str
    is_locked: bool
    created_at: datetime

    @property
    def is_event_board(self) -> bool:
        """Whether it belongs to everyone in the event."""
        return self.team_id is None

    def facts(self, *, is_member: bool) -> Facts:
        """Return what the policy may know of the board."""
        return Facts(
            is_member=is_member, is_locked=self.is_locked, is_event_board=self.is_event_board
        )


@dataclass(frozen=True)
class HiddenNoteView:
    """A note that a moderator took off a board."""

    note: Note
    hidden_by: int | None
    hidden_at: datetime


@dataclass(frozen=True)
class Outbox:
    """What the hub still has to do on a board, because the document lies in another store."""

    to_remove: tuple[str, ...]
    to_put_back: tuple[Note, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.to_remove or self.to_put_back)


_BOARD_COLUMNS = (
    Board.id,
    Board.event_id,
    Board.team_id,
    Board.title,
    Board.template,
    Board.is_locked,
    Board.created_at,
)


def find_board(board_id: str) -> BoardView | None:
    """Return a board by its id."""
    row = db.session.execute(select(*_BOARD_COLUMNS).where(Board.id == board_id)).one_or_none()
    return BoardView(*row) if row else None


def get_board(board_id: str) -> BoardView:
    """Return a board that is there; raises Missing."""
    board = find_board(board_id)
    if board is None:
        raise Missing(board_id)
    return board


def find_team_board(team_id: int) -> BoardView | None:
    """Return the board of a team, if it has one yet."""
    row = db.session.execute(select(*_BOARD_COLUMNS).where(Board.team_id == team_id)).one_or_none()
    return BoardView(*row) if row else None


def list_boards(event_id: int, visible_to: Actor) -> list[BoardView]:
    """Return an event's boards that a person may open, the event's own first, in two queries."""
    rows = db.session.execute(
        select(*_BOARD_COLUMNS)
        .where(Board.event_id == event_id)
        .order_by(Board.team_id.is_not(None), Board.title, Board.id)
    ).all()
    own = list_team_ids(visible_to, event_id)
    boards = [BoardView(*row) for row in rows]
    return [
        board
        for board in boards
        if decide(visible_to, Action.VIEW_BOARD, board.facts(is_member=board.team_id in own))
    ]


def list_team_ids(actor: Actor, event_id: int) -> list[int]:
    """Return the published teams of an event to which a person belongs."""
    return [] if actor.user_id is None else teams.list_team_ids_of(actor.user_id, event_id)


def account_of(principal: str | None) -> int | None:
    """Return the account behind a principal's id ("user:12"), if it names one."""
    kind, _colon, number = (principal or "").partition(":")
    is_account = kind == "user" and number.isascii() and number.isdecimal() and len(number) < 10
    return int(number) if is_account else None


def list_hidden_notes(board_id: str) -> list[HiddenNoteView]:
    """Return what is off a board now, the newest first."""
    rows = db.session.scalars(
        select(HiddenNote)
        .where(HiddenNote.board_id == board_id, HiddenNote.put_back_at.is_(None))
        .order_by(HiddenNote.id.desc())
    )
    return [HiddenNoteView(_note_of(row), row.hidden_by, row.hidden_at) for row in rows]


def list_outbox(board_id: str) -> Outbox:
    """Return which notes the hub must take off a board, and which it must put back."""
    rows = db.session.scalars(
        select(HiddenNote).where(HiddenNote.board_id == board_id).order_by(HiddenNote.id)
    ).all()
    return Outbox(
        to_remove=tuple(row.note_id for row in rows if row.put_back_at is None),
        to_put_back=tuple(_note_of(row) for row in rows if row.put_back_at is not None),
    )


def _note_of(row: HiddenNote) -> Note:
    return Note(
        id=row.note_id,
        text=row.text,
        x=row.x,
        y=row.y,
        colour=row.colour,
        frame=row.frame,
        group=row.group,
        author=row.author,
        created_at_ms=row.created_at_ms,
    )
