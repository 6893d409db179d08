"""Measure what pages cost: CPU milliseconds and SQL queries, with 10,000 ideas in one event.

    python -m bench.pages [--ideas 10000] [--rounds 30] [--only list]

Pages are asked through the test client, in one process, on a temporary SQLite database. The CPU
time is the median over the rounds, after three rounds to warm up; queries are those of one
request. Each page goes to stdout as one line of JSON, beside a table on stderr; the exit code is 1
when a page costs more than its goal. A page is added by a `Page` in `PAGES`.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import insert

from app import clock, create_app
from app.config import read_settings
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import db, transaction
from app.domain.accounts.models import UserSkill
from app.domain.ideas import responses
from app.domain.ideas.inputs import IdeaInput, SkillInput, fill
from app.domain.ideas.models import Idea, IdeaSkill
from tests.factories import Factory

WARM_UPS = 3
COMMENTS = 60
VOCABULARY = 6_000
SCRIPTS = ("aeinorstlkmdgbuh", "аеиноклвдсртмпуі", "αειονκλτσμπρηυωδ")
SKILLS = ("Python", "Service design", "Carpentry", "Law", "Sound", "Journalism", "Lantern making")
LANGUAGES = ("en", "de", "uk", "be", "ru", "ro", "el")


@dataclass(frozen=True)
class Page:
    """A page to measure; goals are None where none is set."""

    name: str
    address: str
    cpu_ms_max: float | None = None
    queries_max: int | None = None
    is_signed_in: bool = True


@dataclass(frozen=True)
class Cost:
    """What a page cost."""

    name: str
    cpu_ms: float
    cpu_ms_p95: float
    queries: int
    html_bytes: int
    is_within_goal: bool


PAGES = (
    Page("ideas, visitor", "/e/bench/ideas", 15, 10, is_signed_in=False),
    Page("ideas, participant", "/e/bench/ideas", 15, 10),
    Page("ideas, last page", "/e/bench/ideas?page=400", 15, 10),
    Page("ideas, by title", "/e/bench/ideas?order=title&page=200", 15, 10),
    Page("ideas, fewest supporters", "/e/bench/ideas?order=fewest", 15, 10),
    Page("ideas, one language", "/e/bench/ideas?language=uk", 15, 10),
    Page("ideas, my skills and languages", "/e/bench/ideas?needs=mine&language=mine", 15, 10),
    Page("ideas, part of many words", "/e/bench/ideas?q=an", 40, 10),
    Page("ideas, rare word", "/e/bench/ideas?q=Einzigartig", 40, 10),
    Page("idea, 60 comments", "/e/bench/ideas/5000", 10, 10),
    Page("idea, its form", "/e/bench/ideas/drafts/1", 15, 10),
    Page("ranking", "/e/bench/ranking", 10, 10),
)


@contextmanager
def temporary_application() -> Iterator[Flask]:
    """Give an application with an empty database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(
            {
                "INSTANCE_PATH": folder,
                "SECRET_KEY": "only-for-measuring",
                "PUBLIC_URL": "http://localhost",
                "DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite'}",
            }
        )
        app = create_app(settings, is_test=True)
        with app.app_context():
            db.create_all()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def fill_database(app: Flask, idea_count: int) -> int:
    """Store an event with ideas, skills and comments; returns the id of one participant."""
    make = Factory(app)
    event_id = make.event(Phase.IDEAS, slug="bench", name="Bench")
    owners = [make.member(event_id, name=f"Person {number}") for number in range(200)]
    reader_id = make.member(event_id, languages=["en", "uk"])
    chance = random.Random(1)
    writer = Writer(chance)
    with app.app_context():
        with transaction() as session:
            session.add(UserSkill(user_id=reader_id, skill_key="python", label="Python", level=3))
            for number in range(1, idea_count + 1):
                _add_idea(number, event_id, chance.choice(owners), chance, writer)
            if idea_count >= 2:
                rare = session.get_one(Idea, idea_count // 2)
                rare.search_text += " einzigartig"
        _add_talk(event_id, reader_id, owners, idea_count)
    return reader_id


class Writer:
    """Writes texts whose words are as uneven as those of people, in three scripts."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words = [self._word(place) for place in range(VOCABULARY)]
        # Zipf's law: the second word is half as common as the first.
        self._weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def _word(self, place: int) -> str:
        letters = SCRIPTS[place % len(SCRIPTS)]
        return "".join(self._chance.choices(letters, k=self._chance.randint(3, 12)))

    def text(self, words: int) -> str:
        """Return some words in a row."""
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=words))


def _add_idea(
    number: int, event_id: int, owner_id: int, chance: random.Random, writer: Writer
) -> None:
    now = clock.now()
    idea = Idea(id=number, event_id=event_id, owner_id=owner_id, state="pitched", revision=1)
    skills = [SkillInput(label, chance.randint(1, 4)) for label in chance.sample(SKILLS, 2)]
    given = IdeaInput(
        title=f"{writer.text(3).capitalize()} {number}",
        summary=writer.text(20),
        body=writer.text(150),
        language=chance.choice(LANGUAGES),
        skills=skills,
    )
    rows = fill(idea, given)
    columns = ("title", "sort_title", "summary", "body", "language", "search_text")
    db.session.execute(
        insert(Idea).values(
            id=number, event_id=event_id, owner_id=owner_id, state="pitched", revision=1,
            support_count=chance.randint(0, 40), comment_count=0, is_hidden=False,
            created_at=now, updated_at=now, pitched_at=now,
            **{column: getattr(idea, column) for column in columns},
        )
    )  # fmt: skip
    db.session.execute(
        insert(IdeaSkill),
        [
            {"idea_id": number, "skill_key": r.skill_key, "label": r.label, "level": r.level}
            for r in rows
        ],
    )


def _add_talk(event_id: int, reader_id: int, owners: list[int], idea_count: int) -> None:
    subject = min(5_000, idea_count)
    for place in range(COMMENTS):
        speaker = Actor(owners[place % len(owners)], frozenset({Role.PARTICIPANT}))
        responses.comment_on_idea(speaker, subject, f"A question, number **{place}**.")
    reader = Actor(reader_id, frozenset({Role.PARTICIPANT}))
    responses.rank_ideas(reader, event_id, list(range(1, min(5, idea_count) + 1)))


def measure(app: Flask, page: Page, user_id: int, rounds: int) -> Cost:
    """Ask for a page several times and return what it cost; raises when it does not answer 200."""
    client = app.test_client()
    if page.is_signed_in:
        with client.session_transaction() as session:
            session["_user_id"] = f"{user_id}.0"
            session["_fresh"] = True
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    costs_ms = []
    sqlalchemy_event.listen(engine, "before_cursor_execute", note)
    for _round in range(WARM_UPS + rounds):
        statements.clear()
        began = time.process_time()
        size = _ask(client, page.address)
        costs_ms.append((time.process_time() - began) * 1000)
    sqlalchemy_event.remove(engine, "before_cursor_execute", note)
    counted = sorted(costs_ms[WARM_UPS:])
    cpu_ms = statistics.median(counted)
    queries = sum(not s.lstrip().upper().startswith(("BEGIN", "PRAGMA")) for s in statements)
    return Cost(
        name=page.name,
        cpu_ms=round(cpu_ms, 2),
        cpu_ms_p95=round(counted[int(len(counted) * 0.95)], 2),
        queries=queries,
        html_bytes=size,
        is_within_goal=_is_within(cpu_ms, page.cpu_ms_max)
        and _is_within(queries, page.queries_max),
    )


def _ask(client: FlaskClient, address: str) -> int:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return len(answer.data)


def _is_within(value: float, most: float | None) -> bool:
    return most is None or value <= most


def main() -> int:
    """Measure every page and print a table and lines of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ideas", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--only", default="", help="part of the names of the pages to measure")
    options = parser.parse_args()
    with temporary_application() as app:
        user_id = fill_database(app, options.ideas)
        pages = [page for page in PAGES if options.only in page.name]
        costs = [measure(app, page, user_id, options.rounds) for page in pages]
    print(f"{'page':34}{'CPU ms':>9}{'p95':>9}{'queries':>9}{'HTML kB':>9}", file=sys.stderr)
    for cost in costs:
        sign = "" if cost.is_within_goal else "  over its goal"
        print(
            f"{cost.name:34}{cost.cpu_ms:9.1f}{cost.cpu_ms_p95:9.1f}{cost.queries:9}"
            f"{cost.html_bytes / 1000:9.1f}{sign}",
            file=sys.stderr,
        )
        print(json.dumps(asdict(cost)))
    return 0 if all(cost.is_within_goal for cost in costs) else 1


if __name__ == "__main__":
    raise SystemExit(main())
