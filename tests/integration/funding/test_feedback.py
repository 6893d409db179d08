"""What the jury says to a team, and when."""

import pytest

from app.core.policy import Reason
from app.domain.funding import queries, service
from app.errors import Denied, Missing
from tests.factories import Factory
from tests.integration.funding.juries import JudgedEvent
from tests.statements import noted_selects

pytestmark = pytest.mark.usefixtures("context")


def publish(judged: JudgedEvent) -> None:
    shortlist_id = service.preview_shortlist(judged.boss, judged.event_id, 2_000_000, "rank")
    service.publish(judged.boss, shortlist_id, is_confirmed=True)


def test_a_team_reads_means_and_comments_without_names(make: Factory) -> None:
    judged = JudgedEvent(make)
    publish(judged)
    feedback = queries.list_feedback(judged.team_of(0))
    assert feedback is not None
    assert (feedback.title, feedback.sheets) == ("Night library", 3)
    assert [(each.name, round(each.mean, 2)) for each in feedback.means] == [
        ("Need", 8.67), ("Doable", 8.67),
    ]  # fmt: skip
    assert sorted(each.pseudonym for each in feedback.comments) == ["Juror A", "Juror B", "Juror C"]
    assert "Between me and myself" not in repr(feedback)


def test_the_order_of_comments_differs_between_teams(make: Factory) -> None:
    judged = JudgedEvent(make, ((9, 8, 7, 6, 5), (9, 8, 7, 6, 5), (9, 8, 7, 6, 5), (5, 5, 5, 5, 5)))
    publish(judged)
    orders = set()
    for place in range(4):
        feedback = queries.list_feedback(judged.team_of(place))
        assert feedback is not None
        orders.add(tuple(each.pseudonym for each in feedback.comments))
    assert len(orders) > 1


def test_nothing_is_said_before_publication(make: Factory) -> None:
    judged = JudgedEvent(make)
    with pytest.raises(Denied) as denied:
        queries.list_feedback(judged.team_of(0))
    assert denied.value.reason == Reason.NOT_PUBLIC_YET
    with pytest.raises(Missing):
        queries.list_feedback(999_999)


def test_two_sheets_are_too_few(make: Factory) -> None:
    judged = JudgedEvent(make, ((9, 8, None), (7, 8, 9), (None, None, None)))
    publish(judged)
    assert queries.list_feedback(judged.team_of(0)) is None
    assert queries.list_feedback(judged.team_of(1)) is not None
    assert queries.list_feedback(judged.team_of(2)) is None


@pytest.mark.parametrize("projects", [1, 4])
def test_a_shortlist_is_read_in_five_queries(make: Factory, projects: int) -> None:
    judged = JudgedEvent(make, ((9, 8, 7),) * projects)
    service.preview_shortlist(judged.boss, judged.event_id, 2_000_000, "rank")
    with noted_selects(make.app) as seen:
        view = queries.find_latest(judged.event_id, queries.PREVIEW)
    assert view is not None
    assert len(view.entries) == projects
    assert len(seen) == 5
