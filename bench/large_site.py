"""A large site to measure: an event with 10,000 ideas, another with 200 projects and a jury."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path

from flask import Flask
from sqlalchemy import insert

from app import clock, create_app
from app.config import read_settings
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import db, transaction
from app.domain.accounts.models import UserSkill
from app.domain.ideas import responses
from app.domain.ideas.inputs import IdeaInput, SkillInput, fill
from app.domain.ideas.models import Idea, IdeaSkill, IdeaWords
from app.domain.jury import queries as jury
from app.domain.jury import service as judging
from app.domain.jury import sheets
from app.domain.jury.assigning import assign_jury
from tests.factories import Factory

COMMENTS = 60
VOCABULARY = 6_000
SCRIPTS = ("aeinorstlkmdgbuh", "аеиноклвдсртмпуі", "αειονκλτσμπρηυωδ")
SKILLS = ("Python", "Service design", "Carpentry", "Law", "Sound", "Journalism", "Lantern making")
LANGUAGES = ("en", "de", "uk", "be", "ru", "ro", "el")
PEOPLE = 500
PROJECTS = 200
JURORS = 24
SHEETS_EACH = 3


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


def fill_ideas(make: Factory, idea_count: int) -> int:
    """Store an event with ideas, skills and comments; returns the id of one participant."""
    event_id = make.event(Phase.IDEAS, slug="bench", name="Bench")
    owners = [make.member(event_id, name=f"Person {number}") for number in range(200)]
    reader_id = make.member(event_id, languages=["en", "uk"])
    chance = random.Random(1)
    writer = Writer(chance)
    with make.app.app_context():
        with transaction() as session:
            session.add(UserSkill(user_id=reader_id, skill_key="python", label="Python", level=3))
            for number in range(1, idea_count + 1):
                _add_idea(number, event_id, chance.choice(owners), chance, writer)
            if idea_count >= 2:
                session.get_one(IdeaWords, idea_count // 2).text += " einzigartig"
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
    columns = ("title", "sort_title", "summary", "body", "language")
    db.session.execute(
        insert(Idea).values(
            id=number, event_id=event_id, owner_id=owner_id, state="pitched", revision=1,
            support_count=chance.randint(0, 40), comment_count=0, is_hidden=False,
            created_at=now, updated_at=now, pitched_at=now,
            **{column: getattr(idea, column) for column in columns},
        )
    )  # fmt: skip
    text = idea.words.text if idea.words else ""
    db.session.execute(insert(IdeaWords).values(idea_id=number, event_id=event_id, text=text))
    db.session.execute(
        insert(IdeaSkill),
        [
            {"idea_id": number, "skill_key": r.skill_key, "label": r.label, "level": r.level}
            for r in rows
        ],
    )


def commented_idea(idea_count: int) -> int:
    """Return the id of the idea that people talk about."""
    return min(5_000, idea_count)


def _add_talk(event_id: int, reader_id: int, owners: list[int], idea_count: int) -> None:
    subject = commented_idea(idea_count)
    for place in range(COMMENTS):
        speaker = Actor(owners[place % len(owners)], frozenset({Role.PARTICIPANT}))
        responses.comment_on_idea(speaker, subject, f"A question, number **{place}**.")
    reader = Actor(reader_id, frozenset({Role.PARTICIPANT}))
    responses.rank_ideas(reader, event_id, list(range(1, min(5, idea_count) + 1)))


def fill_jam(make: Factory) -> dict[str, str]:
    """Store an event in judging; returns what its addresses and its readers are called."""
    event_id = make.event(Phase.JUDGING, slug="jam", name="Jam", budget_cents=30_000_000,
                          are_teams_published=True)  # fmt: skip
    organiser_id = make.member(event_id, Role.ORGANISER)
    people = [make.member(event_id, name=f"Person {number}") for number in range(PEOPLE)]
    with make.app.app_context(), transaction() as session:
        for user_id in people:
            session.add(UserSkill(user_id=user_id, skill_key="law", label="Law", level=3))
    for number in range(PROJECTS):
        make.submission(event_id, *people[number * 2 : number * 2 + 2], title=f"Project {number}")
    juror_ids = [make.juror(event_id) for _juror in range(JURORS)]
    with make.app.app_context():
        organiser = Actor(organiser_id, frozenset({Role.ORGANISER}))
        assign_jury(organiser, event_id, SHEETS_EACH)
        _score(event_id, juror_ids)
        panel = jury.list_panel(event_id)
        return {
            "organiser": str(organiser_id),
            "participant in a team": str(people[0]),
            "juror": str(panel[0].person.id),
            "sheet": str(sheets.list_assignment_ids(juror_ids[0])[-1]),
        }


def _score(event_id: int, juror_ids: list[int]) -> None:
    """Let each juror hand in all sheets but the last."""
    rubric = jury.find_rubric(event_id)
    if rubric is None:
        raise SystemExit("the event has no rubric")
    chance = random.Random(2)
    people = [juror.person.id for juror in jury.list_panel(event_id)]
    for juror_id, user_id in zip(juror_ids, people, strict=True):
        actor = Actor(user_id, frozenset({Role.JUROR}))
        for assignment_id in sheets.list_assignment_ids(juror_id)[:-1]:
            marks = {each.id: chance.randint(1, 5) for each in rubric.criteria}
            judging.record_sheet(actor, assignment_id, marks, is_submitted=True)
