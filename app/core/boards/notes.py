"""Reading and writing sticky notes in a board's Yjs document.

Any client may write anything into a shared document, so readers take what fits the schema of
docs/board-protocol.md and leave out the rest.
"""

import math
from dataclasses import dataclass
from typing import Any

from pycrdt import Doc, Map, Text

from app.core.texts import plain_text

COLOURS = ("sun", "apricot", "rose", "lilac", "sky", "aqua", "leaf", "stone")
TEXT_MAX = 20_000
# As long as the database keeps one: a note that is shown must be one that can be hidden.
ID_MAX = 60


@dataclass(frozen=True, slots=True)
class Note:
    """One sticky note as it stands on the board; `x` and `y` in world pixels."""

    id: str
    text: str
    x: float
    y: float
    colour: str
    frame: str | None = None
    group: str | None = None
    author: str | None = None
    created_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A named area of the board; place and size in world pixels."""

    id: str
    title: str
    x: float
    y: float
    width: float
    height: float


def open_document(update: bytes | None) -> "Doc[Any]":
    """Make a document from a whole-state update.

    Parameters
    ----------
    update : bytes or None
        A document as one update; None or empty for a board nobody has written on.

    Returns
    -------
    Doc
        The document.
    """
    document: Doc[Any] = Doc()
    if update:
        document.apply_update(update)
    return document


def list_notes(document: "Doc[Any]") -> list[Note]:
    """Read all notes that fit the schema.

    Parameters
    ----------
    document : Doc
        A board's document.

    Returns
    -------
    list of Note
        With texts that every database can hold, without NUL; ordered as one reads a wall: by
        frame, then from top to bottom, then from left to right.
    """
    return sorted(
        (
            note
            for note_id, fields in _read_root(document, "notes").items()
            if (note := _read_note(note_id, fields)) is not None
        ),
        key=lambda note: (note.frame or "", note.y, note.x, note.id),
    )


def list_frames(document: "Doc[Any]") -> list[Frame]:
    """Read all frames that fit the schema.

    Parameters
    ----------
    document : Doc
        A board's document.

    Returns
    -------
    list of Frame
        From top to bottom, then from left to right.
    """
    frames = []
    for frame_id, fields in _read_root(document, "frames").items():
        if not isinstance(fields, dict):
            continue
        x, y, width, height = (_number(fields.get(name)) for name in ("x", "y", "w", "h"))
        if x is None or y is None or width is None or height is None:
            continue
        frames.append(Frame(frame_id, _text(fields.get("title")) or "", x, y, width, height))
    return sorted(frames, key=lambda frame: (frame.y, frame.x, frame.id))


def insert_note(document: "Doc[Any]", note: Note) -> bool:
    """Write a note, unless one of that id is there already.

    Parameters
    ----------
    document : Doc
        A board's document; may be within a transaction.
    note : Note
        The note; a deterministic id makes the write repeatable.

    Returns
    -------
    bool
        Whether it was written.

    Raises
    ------
    ValueError
        If the colour is unknown, the text too long or the place not a finite number.
    """
    _check(note)
    notes: Map[Any] = document.get("notes", type=Map)
    if note.id in notes:
        return False
    fields: dict[str, Any] = {
        "text": Text(note.text),
        "x": float(note.x),
        "y": float(note.y),
        "colour": note.colour,
        "frame": note.frame,
        "group": note.group,
        "author": note.author,
        "created": note.created_at_ms,
    }
    notes[note.id] = Map({name: value for name, value in fields.items() if value is not None})
    return True


def delete_note(document: "Doc[Any]", note_id: str) -> Note | None:
    """Remove a note.

    Parameters
    ----------
    document : Doc
        A board's document; may be within a transaction.
    note_id : str
        Which note.

    Returns
    -------
    Note or None
        The note as it stood, so that it can be kept or put back; None if there is none
        that fits the schema.
    """
    notes: Map[Any] = document.get("notes", type=Map)
    if note_id not in notes:
        return None
    value = notes[note_id]
    note = _read_note(note_id, value.to_py() if isinstance(value, Map) else value)
    del notes[note_id]
    return note


def _check(note: Note) -> None:
    if note.colour not in COLOURS:
        raise ValueError(f"a note cannot be {note.colour!r}")
    if len(note.text) > TEXT_MAX:
        raise ValueError(f"a note holds at most {TEXT_MAX} characters")
    if _number(note.x) is None or _number(note.y) is None:
        raise ValueError("a note needs a finite place")


def _read_root(document: "Doc[Any]", name: str) -> dict[str, Any]:
    root: Map[Any] = document.get(name, type=Map)
    return root.to_py() or {}


def _read_note(note_id: str, fields: Any) -> Note | None:
    if not isinstance(fields, dict) or _id(note_id) is None:
        return None
    text, x, y = _text(fields.get("text")), _number(fields.get("x")), _number(fields.get("y"))
    if text is None or x is None or y is None:
        return None
    colour = fields.get("colour")
    created = _number(fields.get("created"))
    return Note(
        id=note_id,
        text=text[:TEXT_MAX],
        x=x,
        y=y,
        colour=colour if colour in COLOURS else COLOURS[0],
        frame=_id(fields.get("frame")),
        group=_id(fields.get("group")),
        author=_id(fields.get("author")),
        created_at_ms=None if created is None else int(created),
    )


def _text(value: Any) -> str | None:
    return plain_text(value) if isinstance(value, str) else None


def _id(value: Any) -> str | None:
    """Return an id as it can be kept; a changed one would name something else."""
    text = _text(value)
    return text if text is not None and text == value and len(text) <= ID_MAX else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value):
        return None
    # Created times are larger than any place, yet far below what a float holds exactly.
    return float(value) if abs(value) < 2**53 else None
