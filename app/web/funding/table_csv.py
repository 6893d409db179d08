"""Ranking and shortlist as CSV."""

from app.domain.funding.queries import EntryView, ShortlistView
from app.web.csv_tables import defuse, write_table

COLUMNS = (
    "submission_id", "title", "team", "track", "region", "rank", "score", "raw_mean", "reviews",
    "lo90", "hi90", "rank_lo", "rank_hi", "p_funded", "ask", "funded", "amount", "reason_code",
    "public_reason",
)  # fmt: skip


def write_shortlist(view: ShortlistView) -> str:
    """Return the table, the best first."""
    return write_table(COLUMNS, map(_cells, view.entries))


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


def _blank(value: int | None) -> object:
    return "" if value is None else value


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
