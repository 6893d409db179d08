"""Notes that are placed and changed without a live connection."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Map

from app.core.boards.notes import Note, insert_note, list_notes
from app.core.boards.rewriting import free_place, rewrite_note

# No form sends NUL.
TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


def board_with(*notes: Note) -> "Doc[Any]":
    document: Doc[Any] = Doc()
    for note in notes:
        insert_note(document, note)
    return document


def test_an_empty_board_begins_at_the_origin() -> None:
    assert free_place([]) == (0.0, 0.0)


def test_notes_fill_a_row_and_then_the_next() -> None:
    notes: list[Note] = []
    for number in range(12):
        x, y = free_place(notes)
        notes.append(Note(str(number), "", x, y, "sun"))
    assert [note.x for note in notes[:5]] == [0.0, 192.0, 384.0, 576.0, 768.0]
    assert [note.y for note in notes] == [0.0] * 5 + [136.0] * 5 + [272.0] * 2
    places = {(note.x, note.y) for note in notes}
    assert len(places) == 12


@given(base=TEXT, text=TEXT)
def test_any_text_becomes_any_other(base: str, text: str) -> None:
    document = board_with(Note("a", base, 1, 2, "sun"))
    assert rewrite_note(document, "a", base=base, text=text, colour="sky")
    (note,) = list_notes(document)
    assert (note.text, note.colour, note.x) == (text, "sky", 1)


def test_only_what_differs_is_replaced_so_that_others_keep_typing() -> None:
    document = board_with(Note("a", "Tea at eleven", 0, 0, "sun"))
    elsewhere: Doc[Any] = Doc()
    elsewhere.apply_update(document.get_update())
    typed = elsewhere.get("notes", type=Map)["a"]["text"]
    typed += ". Always."
    assert rewrite_note(document, "a", base="Tea at eleven", text="Tea at ten", colour="sun")
    document.apply_update(elsewhere.get_update())
    assert [note.text for note in list_notes(document)] == ["Tea at ten. Always."]


def test_a_text_that_changed_meanwhile_is_left_alone() -> None:
    document = board_with(Note("a", "now", 0, 0, "sun"))
    assert not rewrite_note(document, "a", base="before", text="mine", colour="rose")
    assert not rewrite_note(document, "gone", base="", text="mine", colour="rose")
    (note,) = list_notes(document)
    assert (note.text, note.colour) == ("now", "sun")


def test_a_text_with_nul_is_rewritten_from_what_its_reader_saw() -> None:
    document = board_with(Note("a", "\0Tea\0 at té\0n", 0, 0, "sun"))
    assert rewrite_note(document, "a", base="Tea at tén", text="Tea at eleven", colour="sun")
    assert str(document.get("notes", type=Map)["a"]["text"]) == "Tea at eleven"


def test_what_no_note_may_hold_is_refused() -> None:
    document = board_with(Note("a", "now", 0, 0, "sun"))
    with pytest.raises(ValueError, match="beige"):
        rewrite_note(document, "a", base="now", text="now", colour="beige")
    with pytest.raises(ValueError, match="20000"):
        rewrite_note(document, "a", base="now", text="x" * 20_001, colour="sun")
