"""Changes to notes that are made without a live connection: by a plain form, by the server."""

from collections.abc import Sequence
from typing import Any

from pycrdt import Doc, Map, Text

from app.core.boards.notes import COLOURS, TEXT_MAX, Note
from app.core.texts import plain_text

NOTE_WIDTH, NOTE_HEIGHT, GAP = 168.0, 112.0, 24.0
COLUMNS = 5


def free_place(notes: Sequence[Note]) -> tuple[float, float]:
    """Find where a note goes that was written without seeing the board.

    Parameters
    ----------
    notes : sequence of Note
        What is on the board.

    Returns
    -------
    tuple of float
        Top left corner in world pixels: the first cell, row by row, of a grid below
        everything else that no note touches; the origin on an empty board.
    """
    if not notes:
        return 0.0, 0.0
    left = min(note.x for note in notes)
    bottom = max(note.y for note in notes)
    step_x, step_y = NOTE_WIDTH + GAP, NOTE_HEIGHT + GAP
    for cell in range(COLUMNS):
        x = left + cell * step_x
        if all(abs(note.x - x) >= step_x or abs(note.y - bottom) >= step_y for note in notes):
            return x, bottom
    return left, bottom + step_y


def rewrite_note(document: "Doc[Any]", note_id: str, *, base: str, text: str, colour: str) -> bool:
    """Change a note's text and colour unless somebody else has changed the text meanwhile.

    Only the part that differs is replaced, so that people typing elsewhere in the same note
    keep their place.

    Parameters
    ----------
    document : Doc
        A board's document; may be within a transaction.
    note_id : str
        Which note.
    base : str
        The text as its editor saw it: as `list_notes` reads it, without NUL.
    text, colour : str
        What it shall be.

    Returns
    -------
    bool
        False, with nothing changed, when the note is gone or its text is not `base` any more.

    Raises
    ------
    ValueError
        If the colour is unknown or the text too long.
    """
    if colour not in COLOURS:
        raise ValueError(f"a note cannot be {colour!r}")
    if len(text) > TEXT_MAX:
        raise ValueError(f"a note holds at most {TEXT_MAX} characters")
    notes: Map[Any] = document.get("notes", type=Map)
    fields = notes.get(note_id)
    content = fields.get("text") if isinstance(fields, Map) else None
    if not isinstance(fields, Map) or not isinstance(content, Text):
        return False
    present = str(content)
    if plain_text(present) != base:
        return False
    start, end, inserted = _difference(present, text)
    # pycrdt counts in UTF-8 bytes.
    first, last = len(present[:start].encode()), len(present[:end].encode())
    if last > first:
        del content[first:last]
    if inserted:
        content.insert(first, inserted)
    if fields.get("colour") != colour:
        fields["colour"] = colour
    return True


def _difference(old: str, new: str) -> tuple[int, int, str]:
    """Return the part ``old[start:end]`` that differs, and what stands there in the new text."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < shorter - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start, len(old) - tail, new[start : len(new) - tail]
