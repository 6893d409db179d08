"""Tables run nothing and keep what people wrote."""

import csv
import io

import pytest

from app.web.csv_tables import defuse, write_table


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "  =1", "\n=1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "plain", "a = b", "2+2", "Κείμενο", "'=1"])
def test_a_harmless_cell_stays(cell: str) -> None:
    assert defuse(cell) == cell


def test_a_table_reads_back_as_it_was() -> None:
    rows = [("Одна, две", 1), ('Say "yes"', 2), ("two\nlines", 3)]
    text = write_table(("name", "number"), rows)
    assert text.startswith("\ufeffname,number\r\n")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read == [["name", "number"], *([name, str(number)] for name, number in rows)]
