"""The hall's screen, phase by phase."""

import re
from datetime import timedelta
from html import unescape

import pytest

from app import clock
from app.core.phases import Phase
from app.core.policy import OPERATOR, Role
from app.db import transaction
from app.domain.programmes import service
from app.domain.programmes.inputs import AgendaInput
from app.domain.programmes.models import EventPhase
from tests.factories import Factory
from tests.integration.funding.juries import JudgedEvent
from tests.integration.web.judged import publish
from tests.statements import noted_selects
from tests.visitors import Visitor

HALL = "/e/jam/hall"
FACILITATOR = Role.FACILITATOR


def make_event(make: Factory, phase: Phase | None) -> int:
    return make.event(phase, slug="jam", name="Yard jam", join_code="KLM47", timezone="UTC")


def screen(make: Factory, event_id: int, role: Role = FACILITATOR) -> str:
    return unescape(make.visitor(make.member(event_id, role)).page(HALL))


def add_line(make: Factory, event_id: int, title: str, begins_min: int, ends_min: int) -> None:
    now = clock.now()
    line = AgendaInput(
        title=title,
        place="Great hall",
        starts_at=now + timedelta(minutes=begins_min),
        ends_at=now + timedelta(minutes=ends_min),
    )
    with make.app.app_context():
        service.add_agenda_item(OPERATOR, event_id, line)


def heading(page: str) -> str:
    found = re.search(r'<h1 class="big" id="now">(.*?)</h1>', page)
    assert found
    return found[1]


def kicker(page: str) -> str | None:
    found = re.search(r'<p class="now">(.*?)</p>', page)
    return found[1] if found else None


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER])
def test_who_runs_the_event_opens_it(make: Factory, role: Role) -> None:
    page = screen(make, make_event(make, Phase.JAM), role)
    assert "Yard jam" in page
    assert "<b>KLM47</b>" in page
    assert "http://localhost/join" in page
    assert page.count('<div role="img" aria-label="QR code of the join link"><svg') == 1


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.MENTOR, Role.JUROR, Role.PARTNER])
def test_others_do_not(make: Factory, role: Role) -> None:
    event_id = make_event(make, Phase.JAM)
    assert make.visitor(make.member(event_id, role)).get(HALL).status_code == 403


def test_strangers_sign_in_first_and_other_events_are_closed(
    make: Factory, visitor: Visitor
) -> None:
    event_id = make_event(make, Phase.JAM)
    make.event(Phase.JAM, slug="other")
    assert visitor.get(HALL).status_code == 302
    assert make.visitor(make.member(event_id, FACILITATOR)).get("/e/other/hall").status_code == 403


@pytest.mark.parametrize(
    ("phase", "now", "call"),
    [
        (Phase.OPEN, "Now: Join", "Join, and say what you can do"),
        (Phase.IDEAS, "Now: Pitch ideas", "Pitch your idea"),
        (Phase.MATCHING, "Now: Rank and match", "Rank the ideas you would work on"),
        (Phase.JAM, "Now: Jam", "Build it with your team"),
        (Phase.JUDGING, "Now: Jury", "The jury is at work"),
        (Phase.RESULTS, "Now: Results", "The results come soon"),
    ],
)
def test_each_phase_says_what_to_do(make: Factory, phase: Phase, now: str, call: str) -> None:
    page = screen(make, make_event(make, phase))
    assert (kicker(page), heading(page)) == (now, call)
    assert '<p class="clock mb-5">8 days</p>' in page


def test_an_event_without_phases_welcomes(make: Factory) -> None:
    page = screen(make, make_event(make, None))
    assert (kicker(page), heading(page)) == (None, "Welcome")
    assert "data-until" not in page
    assert "Next:" not in page


def test_what_runs_on_the_agenda_is_the_heading_and_its_end_the_clock(make: Factory) -> None:
    event_id = make_event(make, Phase.JAM)
    add_line(make, event_id, "Opening <talk>", -10, 20)
    add_line(make, event_id, "Soup", 20, 60)
    add_line(make, event_id, "Walk", 60, 90)
    add_line(make, event_id, "Party", 90, 120)
    page = make.visitor(make.member(event_id, FACILITATOR)).page(HALL)
    assert (kicker(page), heading(page)) == ("Now: Jam", "Opening &lt;talk&gt;")
    assert 'data-form="clock"' in page
    assert re.search(r">\s*0:(19|20):\d\d", page)
    line = r"[\d:, A-Za-z]+"
    assert re.search(rf"Next: <b>{line} Soup</b> \(Great hall\), {line} Walk \(Great hall\)<", page)
    assert "Party" not in page


def test_between_two_lines_the_clock_runs_to_the_next(make: Factory) -> None:
    event_id = make_event(make, Phase.JAM)
    add_line(make, event_id, "Soup", 30, 60)
    page = screen(make, event_id)
    assert "Until “Soup”" in page
    assert heading(page) == "Build it with your team"


def end_phase(make: Factory, event_id: int, phase: Phase, minutes: int) -> None:
    with make.app.app_context(), transaction() as session:
        row = session.query(EventPhase).filter_by(event_id=event_id, phase=phase).one()
        row.ends_at = clock.now() + timedelta(minutes=minutes)


def test_the_deadline_outdoes_the_agenda_and_teams_are_counted(make: Factory) -> None:
    event_id = make_event(make, Phase.SUBMISSION)
    end_phase(make, event_id, Phase.SUBMISSION, 90)
    add_line(make, event_id, "Build", -10, 20)
    make.submission(event_id, make.member(event_id))
    make.team(event_id, make.member(event_id))
    make.team(event_id, make.member(event_id))
    page = screen(make, event_id)
    assert kicker(page) == "Now: Build"
    assert re.fullmatch(
        r"Hand in your project by ([A-Z][a-z]{2} \d+ [A-Z][a-z]{2}, )?\d\d:\d\d", heading(page)
    )
    assert re.search(r">\s*1:(29|30):\d\d", page)
    assert "1 of 3 teams have handed in" in page
    assert (page.count(' height="22"'), page.count('<rect class="done"')) == (3, 1)


def test_teams_are_not_counted_before_they_hand_in(make: Factory) -> None:
    event_id = make_event(make, Phase.JAM)
    make.team(event_id, make.member(event_id))
    assert "handed in" not in screen(make, event_id)


def test_published_results_are_called_out(make: Factory, judged: JudgedEvent) -> None:
    publish(judged)
    assert heading(screen(make, judged.event_id)) == "The results are out"


def test_after_the_last_phase_people_are_thanked(make: Factory) -> None:
    event_id = make_event(make, Phase.RESULTS)
    end_phase(make, event_id, Phase.RESULTS, -1)
    page = screen(make, event_id)
    assert (kicker(page), heading(page)) == (None, "Thank you for coming")


def test_the_join_code_page_leads_to_it(make: Factory) -> None:
    event_id = make_event(make, Phase.JAM)
    organiser = make.visitor(make.member(event_id, Role.ORGANISER))
    assert f'href="{HALL}">' in organiser.page("/e/jam/organise/join-code")


def test_it_asks_the_database_no_more_with_more_lines_and_teams(make: Factory) -> None:
    event_id = make_event(make, Phase.SUBMISSION)
    facilitator = make.visitor(make.member(event_id, FACILITATOR))

    def count() -> int:
        make.submission(event_id, make.member(event_id))
        add_line(make, event_id, "Soup", 20, 60)
        with noted_selects(make.app) as seen:
            facilitator.page(HALL)
        return len(seen)

    counts = [count(), count(), count()]
    assert counts == [counts[0]] * 3
    assert counts[0] <= 10
