"""Measure what pages cost: CPU milliseconds and SQL queries, on a large site.

    python -m bench.pages [--ideas 10000] [--rounds 10] [--only list] [--write]

Pages are asked through the test client, in one process, on a temporary SQLite database. A figure
is the median of five runs, each the median of its rounds; the runs of all pages take turns.
Queries are those of one request. Beside each figure stands the share of all CPU time that other
processes used meanwhile: above a few per cent the milliseconds say little. The table goes to
stderr, each page to stdout as one line of JSON, and with --write the table into
docs/benchmarks/pages.md. The exit code is 1 when a page costs more than its goal.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event

from app.db import db
from bench.large_site import commented_idea, fill_ideas, fill_jam, temporary_application
from tests.factories import Factory

RUNS = 5
WARM_UPS = 3
REPORT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks" / "pages.md"


@dataclass(frozen=True)
class Page:
    """A page to measure and who reads it; goals are None where none is set."""

    name: str
    address: str
    cpu_ms_max: float | None = None
    queries_max: int | None = None
    reader: str = "participant"


@dataclass
class Cost:
    """What a page cost so far."""

    page: Page
    medians_ms: list[float] = field(default_factory=list)
    queries: int = 0
    html_bytes: int = 0
    foreign_shares: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        """The median of the runs."""
        return statistics.median(self.medians_ms)

    @property
    def foreign_share(self) -> float:
        """The part of all CPU time that other processes used, 0–1."""
        return statistics.mean(self.foreign_shares)

    @property
    def is_within_goal(self) -> bool:
        """Whether neither time nor queries pass their goal."""
        return _is_within(self.cpu_ms, self.page.cpu_ms_max) and _is_within(
            self.queries, self.page.queries_max
        )

    def as_json(self) -> str:
        """Return one line for machines."""
        return json.dumps(
            {
                "name": self.page.name,
                "cpu_ms": round(self.cpu_ms, 2),
                "queries": self.queries,
                "html_bytes": self.html_bytes,
                "foreign_cpu_share": round(self.foreign_share, 3),
                "is_within_goal": self.is_within_goal,
            }
        )


PAGES = (
    Page("sign-in", "/sign-in", 3, reader="visitor"),
    Page("landing", "/", 15, 10, reader="visitor"),
    Page("ideas, visitor", "/e/bench/ideas", 15, 10, reader="visitor"),
    Page("ideas, participant", "/e/bench/ideas", 15, 10),
    Page("ideas, last page", "/e/bench/ideas?page=400", 15, 10),
    Page("ideas, by title", "/e/bench/ideas?order=title&page=200", 15, 10),
    Page("ideas, fewest supporters", "/e/bench/ideas?order=fewest", 15, 10),
    Page("ideas, one language", "/e/bench/ideas?language=uk", 15, 10),
    Page("ideas, my skills and languages", "/e/bench/ideas?needs=mine&language=mine", 15, 10),
    Page("ideas, part of many words", "/e/bench/ideas?q=an", 15, 10),
    Page("ideas, rare word", "/e/bench/ideas?q=Einzigartig", 15, 10),
    Page("idea, 60 comments", "/e/bench/ideas/{idea}", 10, 10),
    Page("idea, its form", "/e/bench/ideas/drafts/1", 15, 10),
    Page("ranking", "/e/bench/ranking", 10, 10),
    Page("event with 200 projects", "/e/jam", 15, 10, reader="visitor"),
    Page("teams, 200", "/e/jam/teams", 15, reader="participant in a team"),
    Page("home", "/e/jam/now", 15, reader="participant in a team"),
    Page("people, 500", "/e/jam/organise/people", 15, 6, reader="organiser"),
    Page("control room", "/e/jam/organise", 40, reader="organiser"),
    Page("submissions, 200", "/e/jam/submissions", 15, reader="organiser"),
    Page("review dashboard, 200", "/e/jam/jury/setup", 40, 15, reader="organiser"),
    Page("review queue, 25", "/e/jam/jury", 15, reader="juror"),
    Page("one review", "/e/jam/jury/{sheet}", 12, 12, reader="juror"),
)


class Reader:
    """Asks for pages as one person and counts the queries."""

    def __init__(self, app: Flask, page: Page, names: dict[str, str]) -> None:
        self.app = app
        self.address = page.address.format(**names)
        self.client: FlaskClient = app.test_client()
        if page.reader != "visitor":
            with self.client.session_transaction() as session:
                session["_user_id"] = f"{names[page.reader]}.0"
                session["_fresh"] = True

    def ask(self) -> int:
        """Ask once and return the size of the answer; stops everything unless it is 200."""
        answer = self.client.get(self.address)
        if answer.status_code != 200:
            raise SystemExit(f"{self.address} answered {answer.status_code}")
        return len(answer.data)

    def count_queries(self) -> int:
        """Return how many statements one request runs."""
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.lstrip().upper().startswith(("BEGIN", "PRAGMA")):
                statements.append(statement)

        with self.app.app_context():
            engine = db.engine
        sqlalchemy_event.listen(engine, "before_cursor_execute", note)
        self.ask()
        sqlalchemy_event.remove(engine, "before_cursor_execute", note)
        return len(statements)


def measure_run(reader: Reader, cost: Cost, rounds: int) -> None:
    """Add one run to what is known of a page."""
    for _round in range(WARM_UPS):
        cost.html_bytes = reader.ask()
    cost.queries = reader.count_queries()
    times_ms = []
    with foreign_load() as shares:
        for _round in range(rounds):
            began = time.process_time()
            reader.ask()
            times_ms.append((time.process_time() - began) * 1000)
    cost.medians_ms.append(statistics.median(times_ms))
    cost.foreign_shares += shares


@contextmanager
def foreign_load() -> Iterator[list[float]]:
    """Give a list that will hold the share of all CPU time that others used inside."""
    shares: list[float] = []
    all_before, busy_before = _read_cpu_s()
    own_before = time.process_time()
    yield shares
    all_after, busy_after = _read_cpu_s()
    own_s = time.process_time() - own_before
    passed_s = all_after - all_before
    foreign_s = busy_after - busy_before - own_s
    shares.append(min(max(foreign_s / passed_s, 0.0), 1.0) if passed_s else 0.0)


def _read_cpu_s() -> tuple[float, float]:
    """Return the CPU seconds of all cores since the start of the machine, and the busy ones."""
    first = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    ticks = [int(each) for each in first]
    idle = ticks[3] + ticks[4]
    ticks_a_second = os.sysconf("SC_CLK_TCK")
    return sum(ticks) / ticks_a_second, (sum(ticks) - idle) / ticks_a_second


def _is_within(value: float, most: float | None) -> bool:
    return most is None or value <= most


def report(costs: list[Cost], idea_count: int, rounds: int) -> str:
    """Return the page of documentation that holds the figures."""
    lines = [
        "# What pages cost",
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d} by `python -m bench.pages --write`: Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, SQLite, one process, through the "
        f"test client. One event holds {idea_count:,} ideas, another 500 people, 200 projects and "
        f"24 jurors. CPU is the median of {RUNS} runs of {rounds} requests; “others” is the share "
        "of all CPU time that other processes used meanwhile.",
        "",
        "| page | CPU ms | goal | queries | goal | HTML kB | others |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for cost in costs:
        late = "" if _is_within(cost.cpu_ms, cost.page.cpu_ms_max) else " **over**"
        many = "" if _is_within(cost.queries, cost.page.queries_max) else " **over**"
        lines.append(
            f"| {cost.page.name} | {cost.cpu_ms:.1f}{late} | {_goal(cost.page.cpu_ms_max)} | "
            f"{cost.queries}{many} | {_goal(cost.page.queries_max)} | "
            f"{cost.html_bytes / 1000:.1f} | {cost.foreign_share:.0%} |"
        )
    return "\n".join(lines) + "\n"


def _goal(most: float | None) -> str:
    return "" if most is None else f"≤ {most:g}"


def main() -> int:
    """Measure every page and print a table and lines of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ideas", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=10, help="requests in each of the runs")
    parser.add_argument("--only", default="", help="part of the names of the pages to measure")
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.name}")
    options = parser.parse_args()
    costs = [Cost(page) for page in PAGES if options.only in page.name]
    with temporary_application() as app:
        make = Factory(app)
        names = {
            "participant": str(fill_ideas(make, options.ideas)),
            "idea": str(commented_idea(options.ideas)),
            **fill_jam(make),
        }
        readers = [Reader(app, cost.page, names) for cost in costs]
        for _run in range(RUNS):
            for reader, cost in zip(readers, costs, strict=True):
                measure_run(reader, cost, options.rounds)
    print(f"{'page':34}{'CPU ms':>9}{'queries':>9}{'HTML kB':>9}{'others':>9}", file=sys.stderr)
    for cost in costs:
        sign = "" if cost.is_within_goal else "  over its goal"
        print(
            f"{cost.page.name:34}{cost.cpu_ms:9.1f}{cost.queries:9}"
            f"{cost.html_bytes / 1000:9.1f}{cost.foreign_share:9.0%}{sign}",
            file=sys.stderr,
        )
        print(cost.as_json())
    if options.write:
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text(report(costs, options.ideas, options.rounds), encoding="utf-8")
    return 0 if all(cost.is_within_goal for cost in costs) else 1


if __name__ == "__main__":
    raise SystemExit(main())
