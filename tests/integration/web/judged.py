"""What tests of judged events share: who looks, and how far the organisers have come."""

from html import unescape

from werkzeug.test import TestResponse

from app.domain.funding import service
from tests.integration.funding.juries import JudgedEvent
from tests.visitors import Visitor

SHORTLIST = "/e/jam/shortlist"
RESULTS = "/e/jam/results"


def boss(judged: JudgedEvent) -> Visitor:
    return judged.make.visitor(judged.boss_id)


def preview(judged: JudgedEvent) -> int:
    with judged.make.app.app_context():
        return service.preview_shortlist(judged.boss, judged.event_id, 2_000_000, "rank")


def publish(judged: JudgedEvent) -> None:
    shortlist_id = preview(judged)
    with judged.make.app.app_context():
        service.publish(judged.boss, shortlist_id, is_confirmed=True)


def team_of(judged: JudgedEvent, place: int) -> int:
    with judged.make.app.app_context():
        return judged.team_of(place)


def text_of(response: TestResponse) -> str:
    return unescape(response.get_data(as_text=True))
