"""Notes and frames out of a document, and into it."""

import math
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text

from app.core.boards.notes import (
    COLOURS,
    TEXT_MAX,
    Frame,
    Note,
    delete_note,
    insert_note,
    list_frames,
    list_notes,
    open_document,
)

NOTE = Note("n1", "a thought", 1.0, 2.0, "sky", "f1", "g1", "user:1", 1_700_000_000_000)


def test_a_note_is_read_as_it_was_written_also_through_an_update() -> None:
    document: Doc[Any] = Doc()
    assert insert_note(document, NOTE) is True
    assert list_notes(document) == [NOTE]
    assert list_notes(open_document(document.get_update())) == [NOTE]


def test_the_text_is_shared_text_that_two_people_can_edit() -> None:
    document: Doc[Any] = Doc()
    insert_note(document, NOTE)
    text = document.get("notes", type=Map)["n1"]["text"]
    assert isinstance(text, Text)
    text.insert(1, " second")
    assert list_notes(document)[0].text == "a second thought"


def test_writing_an_id_twice_changes_nothing() -> None:
    document: Doc[Any] = Doc()
    insert_note(document, NOTE)
    state = document.get_update()
    assert insert_note(document, Note("n1", "another", 0.0, 0.0, "sun")) is False
    assert document.get_update() == state


def test_notes_are_read_by_frame_then_down_then_across() -> None:
    document: Doc[Any] = Doc()
    for note_id, x, y, frame in [
        ("a", 9, 0, "f"),
        ("b", 5, 1, None),
        ("c", 1, 1, None),
        ("d", 0, 0, "f"),
    ]:
        insert_note(document, Note(note_id, note_id, float(x), float(y), "sun", frame))
    assert [note.id for note in list_notes(document)] == ["c", "b", "d", "a"]


def test_readers_leave_out_what_does_not_fit() -> None:
    document: Doc[Any] = Doc()
    notes = document.get("notes", type=Map)
    notes["number"] = 3
    notes["list"] = Array([1])
    notes["no text"] = Map({"x": 1.0, "y": 1.0})
    notes["no place"] = Map({"text": Text("x"), "x": "left", "y": 1.0})
    notes["nowhere"] = Map({"text": Text("x"), "x": math.nan, "y": 1.0})
    notes["true place"] = Map({"text": Text("x"), "x": True, "y": 1.0})
    notes["plain"] = Map({"text": "plain", "x": 1, "y": 2, "colour": "ultraviolet", "frame": 7})
    assert list_notes(document) == [Note("plain", "plain", 1.0, 2.0, COLOURS[0])]


def test_texts_come_without_nul_and_ids_as_they_can_be_kept() -> None:
    document: Doc[Any] = Doc()
    notes = document.get("notes", type=Map)
    fields = {"x": 1.0, "y": 1.0, "frame": "f\0", "group": "g" * 60, "author": "u" * 61}
    notes["n"] = Map({**fields, "text": Text("\0Tea\0 at ten\0")})
    notes["n\0"] = Map({**fields, "text": Text("an id with NUL")})
    notes["n" * 61] = Map({**fields, "text": Text("a long id")})
    notes["full"] = Map({**fields, "text": Text("\0" + "x" * TEXT_MAX), "y": 2.0})
    assert list_notes(document) == [
        Note("n", "Tea at ten", 1.0, 1.0, COLOURS[0], group="g" * 60),
        Note("full", "x" * TEXT_MAX, 1.0, 2.0, COLOURS[0], group="g" * 60),
    ]


def test_a_root_of_another_kind_reads_as_no_notes() -> None:
    other: Doc[Any] = Doc()
    other.get("notes", type=Text).insert(0, "not a map")
    assert list_notes(open_document(other.get_update())) == []


def test_frames() -> None:
    document: Doc[Any] = Doc()
    frames = document.get("frames", type=Map)
    frames["f2"] = Map({"title": "Second", "x": 0.0, "y": 10.0, "w": 5.0, "h": 6.0})
    frames["f1"] = Map({"x": 0.0, "y": 0.0, "w": 5.0, "h": 6.0})
    frames["bad"] = Map({"title": "no size", "x": 0.0, "y": 0.0})
    frames["worse"] = "text"
    assert list_frames(document) == [
        Frame("f1", "", 0.0, 0.0, 5.0, 6.0),
        Frame("f2", "Second", 0.0, 10.0, 5.0, 6.0),
    ]


def test_deleting_returns_the_note_as_it_stood() -> None:
    document: Doc[Any] = Doc()
    insert_note(document, NOTE)
    document.get("notes", type=Map)["odd"] = 5
    assert delete_note(document, "n1") == NOTE
    assert delete_note(document, "n1") is None
    assert delete_note(document, "odd") is None
    assert list(document.get("notes", type=Map).keys()) == []


@pytest.mark.parametrize(
    "note",
    [
        Note("n", "x", 0.0, 0.0, "ultraviolet"),
        Note("n", "x" * (TEXT_MAX + 1), 0.0, 0.0, "sun"),
        Note("n", "x", math.inf, 0.0, "sun"),
    ],
    ids=["colour", "length", "place"],
)
def test_a_note_out_of_bounds_is_refused(note: Note) -> None:
    document: Doc[Any] = Doc()
    with pytest.raises(ValueError, match="a note"):
        insert_note(document, note)
    assert list_notes(document) == []


def test_no_update_opens_an_empty_document() -> None:
    assert list_notes(open_document(None)) == []
    assert list_notes(open_document(b"")) == []
