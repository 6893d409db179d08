"""Small candidate lists for the tests of the shortlist."""

from app.core.shortlist import (
    Candidate,
    Impossible,
    Reason,
    Shortlist,
    choose_shortlist,
)


def ranked(*rows: tuple[str, float | None, int] | tuple[str, float | None, int, str]) -> list:
    """Return candidates from (id, score, ask[, region]), best first."""
    return [
        Candidate(
            row[0],
            None if row[1] is None else rank,
            row[1],
            row[2],
            {"region": row[3]} if len(row) > 3 else {},
        )
        for rank, row in enumerate(rows, start=1)
    ]


def chosen(*args: object, **options: object) -> Shortlist:
    answer = choose_shortlist(*args, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Shortlist)
    return answer


def reasons(shortlist: Shortlist) -> dict[str, str]:
    return {d.submission_id: d.reason.code for d in shortlist.decisions}


def contradiction(*args: object, **options: object) -> tuple[Reason, ...]:
    answer = choose_shortlist(*args, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Impossible)
    return answer.reasons


FOUR = ranked(("a", 9.0, 60), ("b", 8.0, 50), ("c", 7.0, 30), ("d", 6.0, 10))


REGIONS = ranked(
    ("a", 9.0, 40, "north"),
    ("b", 8.0, 40, "north"),
    ("c", 7.0, 40, "north"),
    ("d", 6.0, 40, "south"),
    ("e", 5.0, 50, "south"),
)
