"""The public results, and what the jury says to a team."""

import pytest

from app.db import transaction
from app.domain.funding import service
from app.domain.jury import queries as jury
from app.domain.programmes.models import Event
from tests.factories import Factory
from tests.integration.funding.juries import JudgedEvent
from tests.integration.web.judged import RESULTS, boss, preview, publish, team_of
from tests.integration.web.judged import SHORTLIST as PAGE
from tests.visitors import Visitor


def test_everybody_reads_the_results_once_they_are_published(judged: JudgedEvent) -> None:
    shortlist_id = preview(judged)
    with judged.make.app.app_context():
        service.set_public_reason(
            judged.boss, shortlist_id, judged.submission_ids[0], "<b>It was tried.</b>"
        )
        service.publish(judged.boss, shortlist_id, is_confirmed=True)
        rubric = jury.find_rubric(judged.event_id)
        assert rubric is not None
        assert rubric.sha256 is not None
    page = Visitor(judged.make.app).page(RESULTS)
    assert "2 projects go ahead" in page
    assert "&lt;b&gt;It was tried.&lt;/b&gt;" in page
    assert "Its place in the ranking." in page
    assert page.index("Night library") < page.index("Repair window") < page.index("Also handed in")
    assert page.index("Also handed in") < page.index("Open kiln") < page.index("Water clock")
    assert "Need (67&nbsp;%), Doable (33&nbsp;%)." in page
    assert "12 sheets, 3 jurors." in page
    assert rubric.sha256 in page.replace("<wbr>", "")
    assert "Words of" not in page
    assert "Juror A" not in page


def test_the_event_page_leads_to_the_results(judged: JudgedEvent) -> None:
    visitor = Visitor(judged.make.app)
    assert RESULTS not in visitor.page("/e/jam")
    publish(judged)
    assert RESULTS in visitor.page("/e/jam")


@pytest.mark.parametrize("who", ["nobody", "member", "juror"])
def test_nothing_is_visible_before_publication(judged: JudgedEvent, who: str) -> None:
    preview(judged)
    with judged.make.app.app_context():
        user_id = {
            "nobody": None,
            "member": judged.member_ids[0],
            "juror": judged.juror_user_id(0),
        }[who]
    visitor = judged.make.visitor(user_id)
    refused = 302 if user_id is None else 403
    assert visitor.get(PAGE).status_code == refused
    assert visitor.get(f"{PAGE}.csv").status_code == refused
    assert visitor.get(f"{PAGE}/publish").status_code == refused
    assert visitor.get(RESULTS).status_code == 403
    assert visitor.get(f"/e/jam/teams/{team_of(judged, 0)}/feedback").status_code == refused


def test_an_administrator_reads_neither_preview_nor_feedback(judged: JudgedEvent) -> None:
    publish(judged)
    visitor = judged.make.visitor(judged.make.user(is_admin=True))
    assert visitor.get(PAGE).status_code == 403
    assert visitor.get(f"/e/jam/teams/{team_of(judged, 0)}/feedback").status_code == 403
    assert visitor.get(RESULTS).status_code == 200


def test_organisers_learn_that_nothing_is_published(judged: JudgedEvent) -> None:
    preview(judged)
    page = boss(judged).page(RESULTS)
    assert "Nothing is published yet" in page
    assert "Night library" not in page


def test_results_of_an_unpublished_event_are_for_its_people(make: Factory) -> None:
    with make.app.app_context():
        judged = JudgedEvent(make)
    publish(judged)
    unpublish(judged)
    assert Visitor(make.app).get(RESULTS).status_code == 404
    assert make.visitor(judged.member_ids[0]).get(RESULTS).status_code == 200


def unpublish(judged: JudgedEvent) -> None:
    with judged.make.app.app_context(), transaction() as session:
        session.get_one(Event, judged.event_id).is_published = False


def test_a_team_reads_its_own_feedback_and_no_other(judged: JudgedEvent) -> None:
    publish(judged)
    visitor = judged.make.visitor(judged.member_ids[0])
    own, other = team_of(judged, 0), team_of(judged, 1)
    assert f"/e/jam/teams/{own}/feedback" in visitor.page(RESULTS)
    page = visitor.page(f"/e/jam/teams/{own}/feedback")
    assert page.count("Words of") == 3
    assert page.count("8.67") == 2
    assert "Between me and myself" not in page
    assert visitor.get(f"/e/jam/teams/{other}/feedback").status_code == 403
    assert visitor.get("/e/jam/teams/999999/feedback").status_code == 404
    assert boss(judged).get(f"/e/jam/teams/{other}/feedback").status_code == 200


def test_two_sheets_are_too_few_to_show(make: Factory) -> None:
    with make.app.app_context():
        judged = JudgedEvent(make, ((9, 8, None), (7, 8, 9)))
    publish(judged)
    page = make.visitor(judged.member_ids[0]).page(f"/e/jam/teams/{team_of(judged, 0)}/feedback")
    assert "Too few sheets to show" in page
    assert "Words of" not in page
