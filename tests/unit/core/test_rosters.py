"""Tables of people: messy input becomes clean rows, and every doubt is told."""

import pytest

from app.core.rosters import NotARoster, RosterRow, RosterSkill, read_roster

HEADER = "name,email,skills,languages,sector,place\n"


def only(text: str) -> RosterRow:
    rows = read_roster(HEADER + text)
    assert len(rows) == 1
    return rows[0]


def test_a_clean_row() -> None:
    assert only('Person One,One@Example.org,"Python (3), SQL","en, de",IT,Kyiv\n') == RosterRow(
        line=2, name="Person One", email="one@example.org",
        skills=(RosterSkill("python", "Python", 3), only("P,p@example.org,SQL,,,").skills[0]),
        languages=("en", "de"), sector="it", place="Kyiv", errors=(), warnings=(),
    )  # fmt: skip


def test_semicolons_tabs_and_any_order_of_columns() -> None:
    rows = read_roster("E-mail;Name;Languages\na@example.org;One;uk/ru\n\n;;\n")
    assert [(r.line, r.name, r.email, r.languages) for r in rows] == [
        (2, "One", "a@example.org", ("uk", "ru"))
    ]
    assert read_roster("name\temail\nA\ta@example.org\n")[0].name == "A"


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ("English and Deutsch", ("en", "de")),
        ("українська; русский; беларуская", ("uk", "ru", "be")),
        ("en de ro", ("en", "de", "ro")),
        ("English (native), en", ("en",)),
        ("de-AT", ("de",)),
        ("ελληνικά / română", ("el", "ro")),
    ],
)
def test_languages_in_many_spellings(languages: str, expected: tuple[str, ...]) -> None:
    row = only(f'A,a@example.org,,"{languages}",,\n')
    assert (row.languages, row.warnings) == (expected, ())


def test_what_is_not_understood_is_told_and_left_open() -> None:
    row = only("A,a@example.org,Glockenspiel tuning,Elvish,Piracy,\n")
    assert (row.languages, row.sector, row.errors) == ((), None, ())
    assert row.warnings == (
        "unknown skills, kept as written: Glockenspiel tuning",
        "'Elvish' is no language known here; left out",
        "'Piracy' is no sector known here; left open",
    )
    assert len(row.skills) == 1


@pytest.mark.parametrize(
    ("line", "errors"),
    [
        (",a@example.org,,,,", ("no name",)),
        ("A,,,,,", ("no e-mail address",)),
        ("A,nobody,,,,", ("'nobody' is no e-mail address",)),
        ("A,<a@example.org>,,,,", ()),
        ("A,mailto:a@example.org,,,,", ()),
    ],
)
def test_rows_that_cannot_be_stored(line: str, errors: tuple[str, ...]) -> None:
    assert only(line + "\n").errors == errors


def test_the_same_address_twice() -> None:
    rows = read_roster(HEADER + "A,a@example.org,,,,\nB,A@example.org,,,,\n")
    assert rows[1].errors == ("the same address as in line 2",)


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    rows = read_roster(HEADER + 'A,a@example.org,"Law\nPython",,,\nB,bad,,,,\n')
    assert [row.line for row in rows] == [2, 4]


def test_long_names_and_surplus_cells_are_told() -> None:
    row = only("x" * 90 + ",a@example.org,,,city hall office,Y,more\n")
    assert len(row.name) == 80
    assert row.warnings == (
        "1 more cells than the header has columns",
        "the name is cut to 80 characters",
        "'city hall office' is no sector known here; left open",
    )


def test_a_sector_is_found_inside_a_phrase() -> None:
    assert only("A,a@example.org,,,Museum / NGO,\n").sector == "culture"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the table is empty"),
        (
            "first,last\n",
            "line 1: the header lacks name and email; it should read "
            "name,email,skills,languages,sector,place",
        ),
        ("name,email,name\n", "line 1: the header names 'name' twice"),
        ('name,email\n"A,a@example.org\n', "line 2: unexpected end of data"),
    ],
)
def test_tables_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(NotARoster) as refusal:
        read_roster(text)
    assert str(refusal.value) == reason
