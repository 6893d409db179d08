"""Strict reading of CSV files: whatever is wrong is named with file, line and column."""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from app.commands.output import BadInput

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,12}(\.\d*)?", re.ASCII)

MONEY_PLACES = 6
"""Most decimals that an amount of money may have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file, and where it stands."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def fail(self, column: str, message: str) -> NoReturn:
        """Raise `BadInput` that names this place."""
        raise BadInput(f"{self.path}: line {self.line}, column {column}: {message}")

    def text(self, column: str) -> str:
        """Return a cell that must not be blank."""
        return self.cells[column] or self.fail(column, "is blank")

    def optional(self, column: str) -> str:
        """Return a cell that may be blank, or whose column may be missing."""
        return self.cells.get(column, "")

    def number(self, column: str) -> float:
        """Return a finite decimal number."""
        text = self.text(column)
        if not _NUMBER.fullmatch(text) or abs(number := float(text)) > 1e300:
            self.fail(column, f"{text!r} is not a number")
        return number

    def whole(self, column: str) -> int:
        """Return a whole number, at least 0."""
        text = self.text(column)
        if not _WHOLE.fullmatch(text) or int(text) < 0:
            self.fail(column, f"{text!r} is not a whole number of at least 0")
        return int(text)

    def optional_whole(self, column: str) -> int | None:
        """Return a whole number, at least 0, or None for a blank cell or a missing column."""
        return self.whole(column) if self.optional(column) else None

    def amount(self, column: str) -> Decimal:
        """Return an amount of money, at least 0."""
        amount = parse_amount(text := self.text(column))
        if amount is None:
            self.fail(column, f"{text!r} is not an amount of money")
        return amount

    def optional_amount(self, column: str) -> Decimal | None:
        """Return an amount of money, or None for a blank cell or a missing column."""
        return self.amount(column) if self.optional(column) else None


@dataclass(frozen=True, slots=True)
class Table:
    """A file that has been read: its header, and its rows in their order."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def parse_amount(text: str) -> Decimal | None:
    """Return an amount of money from text, or None when it is none."""
    if not _AMOUNT.fullmatch(text) or len(text.partition(".")[2]) > MONEY_PLACES:
        return None
    return Decimal(text)


def read_table(path: Path, required: Sequence[str], *, may_be_empty: bool = False) -> Table:
    """Read a CSV file (UTF-8, with or without a byte order mark; commas; a header).

    Spaces around cells are dropped and blank lines skipped. Raises `BadInput` when it cannot be
    read, lacks a required column, has one twice, has a row of another length, or has no rows
    (unless `may_be_empty`).
    """
    text = _read_text(path)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadInput(f"{path}: line {line}: is not CSV: there is a zero byte")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = _records(path, reader)
    _, header = next(lines, (1, []))
    if not header:
        raise BadInput(f"{path}: line 1: the file is empty")
    for column in required:
        if column not in header:
            raise BadInput(
                f"{path}: line 1, column {column}: is missing; the header has {', '.join(header)}"
            )
    for column in header:
        if header.count(column) > 1:
            raise BadInput(f"{path}: line 1, column {column}: is there twice")
    rows = tuple(_row(path, line, header, cells) for line, cells in lines)
    if not rows and not may_be_empty:
        raise BadInput(f"{path}: line 2: there are no rows below the header")
    return Table(path, tuple(header), rows)


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = before.count(b",", before.rfind(b"\n") + 1) + 1
        raise BadInput(
            f"{path}: line {line}, column {column}: the file is not UTF-8 "
            f"(byte 0x{data[error.start]:02x}); save it as UTF-8 and try again"
        ) from error


def _records(path: Path, reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) of each record that is not blank."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadInput(f"{path}: line {line}: is not CSV: {error}") from error
        if cells is None:
            return
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield line, stripped


def _row(path: Path, line: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(header):
        short = header[len(cells)] if len(cells) < len(header) else len(header) + 1
        raise BadInput(
            f"{path}: line {line}, column {short}: the row has {len(cells)} cells, "
            f"the header {len(header)}"
        )
    return Row(path, line, dict(zip(header, cells, strict=True)))


def take_id(row: Row, column: str, seen: dict[str, int]) -> str:
    """Return an id that must not have been seen in the file before, and remember it."""
    name = row.text(column)
    if name in seen:
        row.fail(column, f"{name!r} is there already, on line {seen[name]}")
    seen[name] = row.line
    return name


def take_known(row: Row, column: str, known: Collection[str], where: str) -> str:
    """Return an id that must be listed in another file."""
    name = row.text(column)
    if name not in known:
        row.fail(column, f"{name!r} is not in {where}")
    return name


def render_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV file as text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def render_json(report: Mapping[str, Any]) -> str:
    """Return a report as JSON text; numbers to six decimals, the same on every machine."""
    return json.dumps(_rounded(report), ensure_ascii=False, indent=2) + "\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        # Adding zero turns a minus zero into a plain one.
        return round(value, 6) + 0.0
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
