"""A board's document as pages show it: notes with the names of those who wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.boards.notes import Frame, Note, list_frames, list_notes, open_document
from app.domain.accounts.queries import PersonView, list_people
from app.domain.boards.queries import account_of
from app.domain.programmes.people import list_member_ids
from app.errors import Missing
from app.hub.binding import current_hub


@dataclass(frozen=True)
class OutlineNote:
    """A note in the outline."""

    note: Note
    author: PersonView | None


@dataclass(frozen=True)
class OutlineSection:
    """The notes of one frame, or those that lie outside every frame (`frame` is None)."""

    frame: Frame | None
    notes: tuple[OutlineNote, ...]


def read_board(board_id: str) -> tuple[list[Note], list[Frame]]:
    """Return what is on a board now."""
    document = open_document(current_hub().peek(board_id))
    return list_notes(document), list_frames(document)


def find_note(board_id: str, note_id: str) -> Note:
    """Return a note as it stands on the board; raises Missing."""
    notes, _frames = read_board(board_id)
    for note in notes:
        if note.id == note_id:
            return note
    raise Missing(note_id)


def list_authors(event_id: int, notes: Iterable[Note]) -> dict[str, PersonView]:
    """Return who wrote the notes, by principal.

    A note's author is the word of whoever wrote it, so only people of the event are named.
    """
    accounts = {note.author: account_of(note.author) for note in notes if note.author}
    wanted = {account for account in accounts.values() if account is not None}
    people = list_people(wanted & set(list_member_ids(event_id))) if wanted else {}
    return {
        principal: people[account]
        for principal, account in accounts.items()
        if account is not None and account in people
    }


def sections_of(
    notes: list[Note], frames: list[Frame], authors: dict[str, PersonView]
) -> list[OutlineSection]:
    """Return notes under their frames, in the order in which one reads a wall."""
    known = {frame.id for frame in frames}
    places: list[Frame | None] = [*frames, None]
    sections = []
    for place in places:
        here = tuple(
            OutlineNote(note, authors.get(note.author or ""))
            for note in notes
            if (note.frame if note.frame in known else None) == (place.id if place else None)
        )
        if here:
            sections.append(OutlineSection(place, here))
    return sections
