"""What breaks the rules is reported, hidden, shown again; each act is noted."""

import pytest

from app.core.policy import Actor, Role
from app.domain.ideas import queries as ideas
from app.domain.ideas import service as idea_service
from app.domain.ideas.inputs import IdeaInput
from app.domain.journal import queries as journal
from app.domain.moderation import queries, service
from app.domain.moderation.queries import ReportState, SubjectType
from app.errors import Denied, Invalid, Missing
from app.workflows import moderate
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event()


@pytest.fixture
def author(make: Factory, event_id: int) -> Actor:
    return Actor(user_id=make.member(event_id), roles=frozenset({Role.PARTICIPANT}))


@pytest.fixture
def reader(make: Factory, event_id: int) -> Actor:
    return Actor(user_id=make.member(event_id, name="Reader"), roles=frozenset({Role.PARTICIPANT}))


@pytest.fixture
def moderator(make: Factory, event_id: int) -> Actor:
    return Actor(
        user_id=make.member(event_id, Role.FACILITATOR), roles=frozenset({Role.FACILITATOR})
    )


@pytest.fixture
def idea_id(event_id: int, author: Actor) -> int:
    return idea_service.create_idea(
        author, event_id, IdeaInput("A loud idea", "Noise for all", "Much of it", "en")
    )


def report(reader: Actor, event_id: int, author: Actor, idea_id: int, reason: str = "Rude") -> int:
    return service.report(
        reader,
        event_id,
        SubjectType.IDEA,
        idea_id,
        excerpt="A loud idea",
        author_id=author.user_id,
        reason=reason,
    )


def test_a_report_waits_for_the_moderators(
    event_id: int, reader: Actor, author: Actor, idea_id: int
) -> None:
    report_id = report(reader, event_id, author, idea_id, " Rude ")
    page = queries.list_reports(event_id, is_open=True)
    assert (page.total, page.pages) == (1, 1)
    view = page.reports[0]
    assert (view.id, view.subject_id, view.reason) == (report_id, str(idea_id), "Rude")
    assert view.reporter is not None
    assert view.author is not None
    assert (view.reporter.display_name, view.author.id) == ("Reader", author.user_id)
    assert queries.count_open_reports(event_id) == 1
    assert queries.list_reports(event_id, is_open=False).total == 0


def test_one_person_reports_a_thing_once(
    event_id: int, reader: Actor, author: Actor, idea_id: int
) -> None:
    first = report(reader, event_id, author, idea_id)
    assert report(reader, event_id, author, idea_id, "Again") == first
    assert queries.count_open_reports(event_id) == 1


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_report_needs_a_reason(
    event_id: int, reader: Actor, author: Actor, idea_id: int, reason: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        report(reader, event_id, author, idea_id, reason)
    assert refusal.value.field == "reason"
    assert queries.count_open_reports(event_id) == 0


def test_visitors_report_nothing(event_id: int, author: Actor, idea_id: int) -> None:
    with pytest.raises(Denied):
        report(Actor(), event_id, author, idea_id)


def test_hiding_settles_every_report_of_the_thing(
    make: Factory, event_id: int, reader: Actor, author: Actor, moderator: Actor, idea_id: int
) -> None:
    second = Actor(user_id=make.member(event_id), roles=frozenset({Role.PARTICIPANT}))
    report_id = report(reader, event_id, author, idea_id)
    report(second, event_id, author, idea_id, "Rude indeed")
    moderate.hide_reported(moderator, event_id, report_id)
    idea = ideas.find_idea(idea_id)
    assert idea is not None
    assert idea.is_hidden is True
    settled = queries.list_reports(event_id, is_open=False)
    assert [view.state for view in settled.reports] == [ReportState.HIDDEN] * 2
    assert queries.count_open_reports(event_id) == 0
    noted = [entry.action for entry in journal.list_entries(event_id)]
    assert noted[:2] == ["report.hidden", "idea.hidden"]


def test_what_was_hidden_is_shown_again(
    event_id: int, reader: Actor, author: Actor, moderator: Actor, idea_id: int
) -> None:
    report_id = report(reader, event_id, author, idea_id)
    moderate.hide_reported(moderator, event_id, report_id)
    moderate.show_reported(moderator, event_id, report_id)
    idea = ideas.find_idea(idea_id)
    assert idea is not None
    assert idea.is_hidden is False
    assert queries.get_report(event_id, report_id).state == ReportState.DISMISSED


def test_a_dismissed_report_leaves_the_thing_in_sight(
    event_id: int, reader: Actor, author: Actor, moderator: Actor, idea_id: int
) -> None:
    report_id = report(reader, event_id, author, idea_id)
    moderate.dismiss_report(moderator, event_id, report_id)
    view = queries.get_report(event_id, report_id)
    assert (view.state, view.resolver and view.resolver.id) == (
        ReportState.DISMISSED,
        moderator.user_id,
    )
    idea = ideas.find_idea(idea_id)
    assert idea is not None
    assert idea.is_hidden is False


def test_participants_moderate_nothing_and_nothing_is_half_done(
    event_id: int, reader: Actor, author: Actor, idea_id: int
) -> None:
    report_id = report(reader, event_id, author, idea_id)
    for act in (moderate.hide_reported, moderate.show_reported, moderate.dismiss_report):
        with pytest.raises(Denied):
            act(reader, event_id, report_id)
    assert queries.get_report(event_id, report_id).state == ReportState.OPEN


def test_reports_of_other_events_are_out_of_reach(
    make: Factory, event_id: int, reader: Actor, author: Actor, moderator: Actor, idea_id: int
) -> None:
    other_id = make.event()
    report_id = report(reader, event_id, author, idea_id)
    with pytest.raises(Missing):
        moderate.hide_reported(moderator, other_id, report_id)
