"""What can be reported, found by the noun it belongs to."""

from dataclasses import dataclass

from flask import url_for

from app.access import Scope, require
from app.core.boards.notes import Note, list_notes, open_document
from app.core.policy import Action, Actor
from app.domain.boards import queries as boards
from app.domain.boards.facts import facts_for
from app.domain.ideas import listing
from app.domain.ideas import queries as ideas
from app.domain.moderation.queries import ReportView, SubjectType
from app.domain.programmes.queries import EventView
from app.errors import Missing
from app.hub.binding import current_hub


@dataclass(frozen=True)
class Subject:
    """A thing to report: whose it is, what it says, and where to go back to."""

    subject_type: SubjectType
    subject_id: str
    excerpt: str
    author_id: int | None
    url: str


def find_subject(text: str, event: EventView, actor: Actor) -> Subject:
    """Return the thing that an address names, like `idea:12`; raises Missing, Denied."""
    kind, _colon, subject_id = text.partition(":")
    is_number = subject_id.isdecimal() and len(subject_id) < 10
    if kind == SubjectType.IDEA and is_number:
        return _idea(int(subject_id), event, actor)
    if kind == SubjectType.COMMENT and is_number:
        return _comment(int(subject_id), event, actor)
    if kind == SubjectType.NOTE:
        board_id, _colon, note_id = subject_id.partition(":")
        return _note(board_id, note_id, event, actor)
    raise Missing(text)


def _idea(idea_id: int, event: EventView, actor: Actor) -> Subject:
    idea = ideas.get_idea(event.id, idea_id, visible_to=actor)
    facts = idea.facts(event.facts(), actor.user_id)
    require(Action.VIEW_IDEA, Scope(event.id, event.programme_id, facts))
    return Subject(
        SubjectType.IDEA,
        str(idea_id),
        idea.title,
        idea.owner_id,
        _idea_url(event.slug, idea_id),
    )


def _comment(comment_id: int, event: EventView, actor: Actor) -> Subject:
    comment = listing.find_comment(comment_id)
    if comment is None or comment.event_id != event.id or comment.is_hidden:
        raise Missing(f"comment {comment_id}")
    above = _idea(comment.idea_id, event, actor)
    return Subject(SubjectType.COMMENT, str(comment_id), comment.body, comment.author_id, above.url)


def _note(board_id: str, note_id: str, event: EventView, actor: Actor) -> Subject:
    board = boards.find_board(board_id)
    if board is None or board.event_id != event.id:
        raise Missing(f"board {board_id}")
    facts = facts_for(actor, board)
    require(Action.VIEW_BOARD, Scope(event.id, event.programme_id, facts))
    note = find_note(board_id, note_id)
    if note is None:
        raise Missing(f"note {note_id}")
    return Subject(
        SubjectType.NOTE,
        f"{board_id}:{note_id}",
        note.text,
        boards.account_of(note.author),
        _board_url(board_id),
    )


def find_note(board_id: str, note_id: str) -> Note | None:
    """Return a note as it stands on its board now."""
    notes = list_notes(open_document(current_hub().peek(board_id)))
    return next((note for note in notes if note.id == note_id), None)


def address_of(report: ReportView, event_slug: str) -> str:
    """Return where a reported thing can be read; raises Missing when it is gone."""
    if report.subject_type is SubjectType.IDEA:
        return _idea_url(event_slug, int(report.subject_id))
    if report.subject_type is SubjectType.NOTE:
        return _board_url(report.board_id)
    comment = listing.find_comment(int(report.subject_id))
    if comment is None:
        raise Missing(f"comment {report.subject_id}")
    return f"{_idea_url(event_slug, comment.idea_id)}#comment-{comment.id}"


def _idea_url(event_slug: str, idea_id: int) -> str:
    return url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id)


def _board_url(board_id: str) -> str:
    return url_for("boards.show_outline", board_id=board_id)
