"""Texts that every database can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.texts import plain_text, typed_text


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("", ""),
        ("Ünïcödé, кириллица, 🫖", "Ünïcödé, кириллица, 🫖"),
        ("before\x00after", "beforeafter"),
        ("half \ud83e", "half \ufffd"),
        ("\udc00half", "\ufffdhalf"),
        ("two halves \ud83e\uded6", "two halves 🫖"),
        (" white space \r\n and lines ", " white space \r\n and lines "),
        ("\ufeffmark", "\ufeffmark"),
    ],
)
def test_plain_text_loses_only_what_no_database_holds(given_text: str, kept: str) -> None:
    assert plain_text(given_text) == kept


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  a line \r\n and another\r\n", "a line \n and another"),
        ("\x00 \r\n", ""),
        ("a\rb", "a\rb"),
    ],
)
def test_typed_text_has_plain_ends_and_lines(typed: str, stored: str) -> None:
    assert typed_text(typed) == stored


@given(st.text(st.characters()))
def test_whatever_comes_in_can_be_stored_and_stays(text: str) -> None:
    plain = plain_text(text)
    assert plain.encode() == plain_text(plain).encode()
    assert "\x00" not in plain
