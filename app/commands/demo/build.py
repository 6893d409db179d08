"""Builds the demo, step by step, as the people themselves would have done it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app import clock
from app.commands.demo.cast import Cast, make_people
from app.commands.demo.ideas import EARLIER_IDEAS, IDEAS, NEXT_IDEAS
from app.commands.demo.jam import jam
from app.commands.demo.stage import Edition, Stage
from app.core.phases import ORDER, Phase, PhaseSpan
from app.core.policy import OPERATOR, Role
from app.db import transaction
from app.domain.programmes import membership, queries
from app.domain.programmes import service as programmes
from app.domain.programmes.inputs import AgendaInput, EventInput
from app.errors import Missing

DEMO_SLUG = "open-rooms"
Report = Callable[[str], None]

PRESENT = Edition(
    name="Open Rooms",
    summary="A two-day jam on rooms that stay open: libraries, yards, stairs and stages.",
    ideas=IDEAS,
    people=64,
    day=-3,
    budget_cents=3_000_000,
    # Days from now at which each phase begins and ends: the jury is at work.
    phases={
        Phase.OPEN: (-40, -30), Phase.IDEAS: (-30, -8), Phase.MATCHING: (-8, -3),
        Phase.JAM: (-3, -2.2), Phase.SUBMISSION: (-2.2, -1.6), Phase.JUDGING: (-1.6, 6),
        Phase.RESULTS: (6, 96),
    },
    sheets_done=0.7,
    has_results=False,
)  # fmt: skip
EARLIER = Edition(
    name="Open Rooms, first edition",
    summary="Last year's jam, with what came of it.",
    ideas=EARLIER_IDEAS,
    people=22,
    day=-370,
    budget_cents=1_000_000,
    phases={
        Phase.OPEN: (-410, -400), Phase.IDEAS: (-400, -380), Phase.MATCHING: (-380, -370),
        Phase.JAM: (-370, -369), Phase.SUBMISSION: (-369, -368), Phase.JUDGING: (-368, -350),
        Phase.RESULTS: (-350, 300),
    },
    sheets_done=1.0,
    has_results=True,
)  # fmt: skip
NEXT = Edition(
    name="Open Yards",
    summary="The next jam: what six houses can share when they share a yard.",
    ideas=NEXT_IDEAS,
    people=30,
    day=24,
    budget_cents=1_500_000,
    phases={
        Phase.OPEN: (-6, -2), Phase.IDEAS: (-2, 16), Phase.MATCHING: (16, 24),
        Phase.JAM: (24, 24.8), Phase.SUBMISSION: (24.8, 25.4), Phase.JUDGING: (25.4, 40),
        Phase.RESULTS: (40, 130),
    },
    sheets_done=0.0,
    has_results=False,
    is_before_the_jam=True,
)  # fmt: skip


def build_demo(report: Report = lambda _line: None) -> str:
    """Build the demo in one transaction and return the present event's slug."""
    with transaction():
        cast = make_people(PRESENT.people)
        report(f"{len(cast.participants)} people, {len(cast.jurors)} jurors")
        programme_id = _make_programme(cast)
        for edition in (PRESENT, EARLIER, NEXT):
            stage = _make_event(edition, programme_id, cast)
            _open_every_phase(stage)
            jam(stage, report)
            _set_final_dates(stage)
    return DEMO_SLUG


def _make_programme(cast: Cast) -> int:
    programme_id = programmes.create_programme(
        OPERATOR,
        "Open Rooms",
        "Places that belong to everybody, opened for longer, by the people who use them.",
        "Culture houses, libraries and neighbours from seven countries look for rooms that stand "
        "empty, and for people who would keep them open.\n\nThis is a demo: people, places and "
        "ideas are invented.",
    )
    membership.grant_programme_role(OPERATOR, programme_id, cast.organiser, Role.ORGANISER)
    programmes.publish_programme(OPERATOR, programme_id)
    return programme_id


def _make_event(edition: Edition, programme_id: int, cast: Cast) -> Stage:
    morning = clock.now().replace(hour=8, minute=0, second=0, microsecond=0)
    starts_at = morning + timedelta(days=edition.day)
    event_id = programmes.create_event(
        OPERATOR,
        programme_id,
        EventInput(
            name=edition.name,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=1, hours=8),
            summary=edition.summary,
            description="On the first day we build teams and boards, on the second we build what "
            "can be touched. A jury of eight decides what gets the first money.\n\n"
            "### What you get\n\n- a team with the skills that your idea needs\n"
            "- a table, tools and a mentor\n- up to 6,000 € for the first step",
            place="Culture house, Great Hall",
            timezone="Europe/Berlin",
            team_size_min=4,
            team_size_max=6,
            budget_cents=edition.budget_cents,
        ),
    )
    _write_agenda(event_id, starts_at)
    programmes.publish_event(OPERATOR, event_id)
    event = queries.find_event_by_id(event_id)
    if event is None:
        raise Missing(str(event_id))
    return Stage(event, edition, cast)


def _write_agenda(event_id: int, starts_at: datetime) -> None:
    lines = (
        (0, 60, "Welcome and warm-up", "Great Hall"),
        (60, 90, "Pitches: two minutes for each idea", "Great Hall"),
        (180, 150, "First jam on the boards", "Tables"),
        (1440, 120, "Build", "Workshop"),
        (1560, 90, "Talk to a mentor", "Tables"),
        (1680, 120, "Public pitch", "Great Hall"),
    )
    for offset, length, title, place in lines:
        begins_at = starts_at + timedelta(minutes=offset)
        item = AgendaInput(title, begins_at, begins_at + timedelta(minutes=length), place)
        programmes.add_agenda_item(OPERATOR, event_id, item)


def _open_every_phase(stage: Stage) -> None:
    """While the demo is built every phase is open; afterwards the dates are the real ones."""
    now = clock.now()
    spans = [PhaseSpan(phase, now - timedelta(days=1), now + timedelta(days=1)) for phase in ORDER]
    programmes.set_phases(OPERATOR, stage.event.id, spans)


def _set_final_dates(stage: Stage) -> None:
    now = _hour(clock.now())
    spans = [
        PhaseSpan(phase, now + timedelta(days=start), now + timedelta(days=end))
        for phase, (start, end) in stage.edition.phases.items()
    ]
    programmes.set_phases(OPERATOR, stage.event.id, spans)
    if stage.edition.has_results:
        stage.publish_results()


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
