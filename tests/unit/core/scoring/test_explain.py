"""Notes in English."""

import pytest

from app.core.scoring import Note, render_note, weighted_score
from app.core.scoring.explain import _TEXTS


def test_long_lists_are_cut_and_empty_ones_are_none() -> None:
    ids = tuple(f"j{i}" for i in range(15))
    assert render_note(Note("juror_with_one_sheet", {"jurors": ids})) == (
        "Severity rests on a single sheet for: j0, j1, j2, j3, j4, j5, j6, j7, j8, j9, j10, j11 "
        "and 3 more."
    )
    values = {"submission": "s", "needed": 2, "free": 1, "conflicts": ()}
    assert render_note(Note("too_few_jurors", values)) == (
        "Submission s needs 2 reviews, but only 1 jurors are free for it; conflicts: none."
    )


def test_groups_are_told_apart() -> None:
    values = {"groups": 3, "largest": 9, "floating": (("a", "b"), ("c",)), "floating_jurors": ()}
    assert render_note(Note("several_groups", values)).endswith("floating free of it: [a, b], [c].")


def test_an_unknown_code_has_no_text() -> None:
    assert "no_such_code" not in _TEXTS
    with pytest.raises(KeyError):
        render_note(Note("no_such_code"))


def test_the_weighted_score() -> None:
    assert weighted_score((4.0, 10.0), (2.0, 1.0)) == 6.0
    for scores, weights in (((1.0,), (1.0, 1.0)), ((), ()), ((1.0,), (0.0,))):
        with pytest.raises(ValueError, match=r"criterion needs a score|above 0"):
            weighted_score(scores, weights)
