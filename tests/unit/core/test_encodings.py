"""Encodings are told apart or refused, never guessed."""

import pytest

from app.core.encodings import UndecidedEncoding, decode_table

CYRILLIC = (
    "name,email\nОлена Коваленко,a@example.org\n"
    "Аляксей Каваль,b@example.org\nИван Петров,c@example.org\n"
)
WESTERN = (
    "name,email\nJürgen Müller,a@example.org\n"
    "Zoë Lefèvre,b@example.org\nGroß–Straße,c@example.org\n"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (CYRILLIC.encode(), (CYRILLIC, "utf-8")),
        (b"\xef\xbb\xbf" + CYRILLIC.encode(), (CYRILLIC, "utf-8")),
        (WESTERN.encode(), (WESTERN, "utf-8")),
        (CYRILLIC.encode("cp1251"), (CYRILLIC, "windows-1251")),
        (WESTERN.encode("cp1252"), (WESTERN, "windows-1252")),
        (CYRILLIC.encode("utf-16"), (CYRILLIC, "utf-16")),
        (b"name,email\n", ("name,email\n", "utf-8")),
    ],
)
def test_known_encodings_are_told_apart(data: bytes, expected: tuple[str, str]) -> None:
    assert decode_table(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        "name\nΕλένη Παππά\nΝίκος Βασιλείου\n".encode("cp1253"),
        "name\nȘtefan Țurcanu\nMihăiță\n".encode("cp1250", errors="replace"),
        b"name\nx\xffy\x81\n",
        b"name\nx\xfe\xf0\n",
    ],
)
def test_what_is_unclear_is_refused(data: bytes) -> None:
    with pytest.raises(UndecidedEncoding, match="neither clearly"):
        decode_table(data)


def test_zero_bytes_are_no_text() -> None:
    with pytest.raises(UndecidedEncoding, match="no text table"):
        decode_table(b"PK\x03\x04\x00\x00")


def test_a_named_encoding_is_used_and_checked() -> None:
    assert decode_table("Ελένη".encode("cp1253"), "cp1253") == ("Ελένη", "cp1253")
    with pytest.raises(UndecidedEncoding, match="no encoding named"):
        decode_table(b"x", "klingon")
    with pytest.raises(UndecidedEncoding, match="line 2 is not ascii"):
        decode_table(b"x\n\xff", "ascii")
