"""Tables as CSV that spreadsheets read as UTF-8 and run nothing of."""

import csv
import io
from collections.abc import Iterable, Sequence

# A byte order mark: without it a spreadsheet takes UTF-8 for the alphabet of its country.
_MARK = "\ufeff"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def write_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table with its head; cells that people wrote must have been through `defuse`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return _MARK + out.getvalue()


def defuse(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(_DANGEROUS) else cell
