"""Builds the demo, step by step, as the people themselves would have done it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app import clock
from app.commands.demo.ideas import COMMENTS, IDEAS
from app.commands.demo.people import DemoPerson, draw_people
from app.commands.demo.signins import PASSWORD, SIGN_INS
from app.core.people import Consent
from app.core.phases import ORDER, Phase, PhaseSpan
from app.core.policy import OPERATOR, Actor, Role
from app.db import transaction
from app.domain.accounts import service as accounts
from app.domain.ideas import responses
from app.domain.ideas import service as ideas
from app.domain.ideas.inputs import IdeaInput, SkillInput
from app.domain.programmes import membership, queries
from app.domain.programmes import service as programmes
from app.domain.programmes.inputs import AgendaInput, EventInput

DEMO_SLUG = "open-rooms"
PEOPLE = 64
JURORS = 8
Report = Callable[[str], None]


@dataclass
class Cast:
    """Who plays in the demo: user ids by part."""

    admin: int = 0
    organiser: int = 0
    facilitator: int = 0
    jurors: list[int] = field(default_factory=list)
    participants: list[tuple[int, DemoPerson]] = field(default_factory=list)


@dataclass
class Stage:
    """What has been built so far."""

    event_id: int
    programme_id: int
    cast: Cast
    idea_ids: list[int] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(11))

    def actor(self, user_id: int) -> Actor:
        """Return a person with the roles that they hold in the event."""
        held = queries.find_roles(
            user_id, event_id=self.event_id, programme_id=self.programme_id
        )
        return Actor(user_id=user_id, roles=held.roles)


def build_demo(report: Report = lambda _line: None) -> str:
    """Build the demo in one transaction and return the event's slug."""
    with transaction():
        cast = _make_people()
        report(f"{len(cast.participants)} people, {len(cast.jurors)} jurors")
        stage = _make_event(cast)
        _open_every_phase(stage)
        _join(stage)
        _pitch(stage)
        report(f"{len(stage.idea_ids)} ideas")
        _respond(stage)
        _set_final_dates(stage)
    return DEMO_SLUG


def _make_people() -> Cast:
    password_hash = accounts.hash_password(PASSWORD)
    consents = frozenset({Consent.TERMS, Consent.CONTACT, Consent.DIRECTORY})

    def make(email: str, name: str, **more: object) -> int:
        return accounts.create_user(
            email, name, password_hash=password_hash, is_verified=True, is_demo=True,
            consents=consents, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    cast = Cast()
    names = {role: (email, name) for role, email, name in SIGN_INS}
    cast.admin = make(*names["administrator"])
    accounts.grant_admin(OPERATOR, cast.admin)
    cast.organiser = make(*names["organiser"])
    cast.facilitator = make(*names["facilitator"])
    cast.jurors = [
        make(
            f"juror{number}@example.org",
            f"Juror {number}",
            profile=accounts.ProfileInput(organisation=f"House {'ABCDEFGH'[number - 1]}"),
        )
        for number in range(1, JURORS + 1)
    ]
    for person in draw_people(PEOPLE):
        profile = accounts.ProfileInput(
            languages=person.languages,
            sector=person.sector,
            place=person.place,
            availability=person.availability,
        )
        user_id = make(
            person.email,
            person.name,
            profile=profile,
            skills=[accounts.SkillInput(label, level) for label, level in person.skills],
            wants_to_learn=[person.wants_to_learn],
        )
        cast.participants.append((user_id, person))
    return cast


def _make_event(cast: Cast) -> Stage:
    now = _hour(clock.now())
    programme_id = programmes.create_programme(
        OPERATOR,
        "Open Rooms",
        "Places that belong to everybody, opened for longer, by the people who use them.",
        "Culture houses, libraries and neighbours from seven countries look for rooms that stand "
        "empty, and for people who would keep them open.\n\nThis is a demo: people, places and "
        "ideas are invented.",
    )
    membership.grant_programme_role(OPERATOR, programme_id, cast.organiser, Role.ORGANISER)
    event_id = programmes.create_event(
        OPERATOR,
        programme_id,
        EventInput(
            name="Open Rooms",
            starts_at=now - timedelta(days=3),
            ends_at=now - timedelta(days=2, hours=-8),
            summary="A two-day jam on rooms that stay open: libraries, yards, stairs and stages.",
            description="Sixty people, fourteen ideas, two days. On the first day we build teams "
            "and boards, on the second we build what can be touched. A jury of eight decides what "
            "gets the first money.\n\n### What you get\n\n- a team with the skills that your idea "
            "needs\n- a table, tools and a mentor\n- up to 6,000 € for the first step",
            place="Culture house, Great Hall",
            timezone="Europe/Berlin",
            team_size_min=4,
            team_size_max=6,
            budget_cents=3_000_000,
        ),
    )
    _write_agenda(event_id, now)
    programmes.publish_programme(OPERATOR, programme_id)
    programmes.publish_event(OPERATOR, event_id)
    return Stage(event_id, programme_id, cast)


def _write_agenda(event_id: int, now: datetime) -> None:
    first = now - timedelta(days=3)
    lines = (
        (0, 60, "Welcome and warm-up", "Great Hall"),
        (60, 90, "Pitches: fourteen ideas in fourteen times two minutes", "Great Hall"),
        (180, 150, "First jam on the boards", "Tables 1–14"),
        (1440, 120, "Build", "Workshop"),
        (1560, 90, "Talk to a mentor", "Tables"),
        (1680, 120, "Public pitch", "Great Hall"),
    )
    for offset, length, title, place in lines:
        starts_at = first + timedelta(minutes=offset)
        programmes.add_agenda_item(
            OPERATOR,
            event_id,
            AgendaInput(title, starts_at, starts_at + timedelta(minutes=length), place),
        )


def _join(stage: Stage) -> None:
    for user_id, _person in stage.cast.participants:
        membership.grant_role(OPERATOR, stage.event_id, user_id, Role.PARTICIPANT)
    membership.grant_role(OPERATOR, stage.event_id, stage.cast.facilitator, Role.FACILITATOR)


def _pitch(stage: Stage) -> None:
    """Each idea is pitched by somebody who speaks its language at home."""
    by_language: dict[str, list[int]] = {}
    for user_id, person in stage.cast.participants:
        by_language.setdefault(person.home_language, []).append(user_id)
    for idea in IDEAS:
        owner = by_language[idea.language].pop(0)
        stage.idea_ids.append(
            ideas.create_idea(
                stage.actor(owner),
                stage.event_id,
                IdeaInput(
                    title=idea.title,
                    summary=idea.summary,
                    body=idea.body,
                    language=idea.language,
                    skills=[SkillInput(label, level) for label, level in idea.needs],
                ),
            )
        )


def _respond(stage: Stage) -> None:
    people = stage.cast.participants
    for number, (index, language, text) in enumerate(COMMENTS):
        speakers = [user for user, person in people if language in person.languages]
        actor = stage.actor(speakers[number % len(speakers)])
        responses.comment_on_idea(actor, stage.idea_ids[index], text)
    # Some ideas draw more people than others, as they do in a hall.
    appeal = [1 / (1 + position % 7) for position in range(len(stage.idea_ids))]
    for user_id, _person in people:
        actor = stage.actor(user_id)
        chosen: list[int] = []
        while len(chosen) < stage.dice.choice((2, 3, 4, 5)):
            pick = stage.dice.choices(stage.idea_ids, appeal)[0]
            if pick not in chosen:
                chosen.append(pick)
        for idea_id in chosen[:2]:
            responses.support_idea(actor, idea_id)
        responses.rank_ideas(actor, stage.event_id, chosen)


def _open_every_phase(stage: Stage) -> None:
    """While the demo is built every phase is open; afterwards the event stands at the jury."""
    now = clock.now()
    spans = [PhaseSpan(phase, now - timedelta(days=1), now + timedelta(days=1)) for phase in ORDER]
    programmes.set_phases(OPERATOR, stage.event_id, spans)


def _set_final_dates(stage: Stage) -> None:
    now = _hour(clock.now())
    bounds = {
        Phase.OPEN: (-40, -30),
        Phase.IDEAS: (-30, -8),
        Phase.MATCHING: (-8, -3),
        Phase.JAM: (-3, -2.2),
        Phase.SUBMISSION: (-2.2, -1.6),
        Phase.JUDGING: (-1.6, 6),
        Phase.RESULTS: (6, 96),
    }
    spans = [
        PhaseSpan(phase, now + timedelta(days=start), now + timedelta(days=end))
        for phase, (start, end) in bounds.items()
    ]
    programmes.set_phases(OPERATOR, stage.event_id, spans)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
