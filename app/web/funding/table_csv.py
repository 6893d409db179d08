"""Ranking and shortlist as CSV, safe to open in a spreadsheet."""

import csv
import io

from app.domain.funding.queries import EntryView, ShortlistView

COLUMNS = (
    "submission_id", "title", "team", "track", "region", "rank", "score", "raw_mean", "reviews",
    "lo90", "hi90", "rank_lo", "rank_hi", "p_funded", "ask", "funded", "amount", "reason_code",
    "public_reason",
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def write_shortlist(view: ShortlistView) -> str:
    """Return the table, with a byte order mark so that spreadsheets read UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(entry) for entry in view.entries)
    return "\ufeff" + out.getvalue()


def _cells(entry: EntryView) -> tuple[object, ...]:
    return (
        entry.submission_id,
        defuse(entry.title),
        defuse(entry.team_name),
        defuse(entry.track),
        defuse(entry.region),
        _blank(entry.rank),
        _decimal(entry.score),
        _decimal(entry.raw_mean),
        entry.reviews,
        _decimal(entry.lo90),
        _decimal(entry.hi90),
        _blank(entry.rank_lo),
        _blank(entry.rank_hi),
        _decimal(entry.p_funded),
        _money(entry.ask_cents),
        "yes" if entry.is_funded else "no",
        _money(entry.amount_cents),
        entry.reason_code,
        defuse(entry.public_reason),
    )


def defuse(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(_DANGEROUS) else cell


def _blank(value: int | None) -> object:
    return "" if value is None else value


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
