"""A juror's queue and sheets at the browser, and who sees which marks."""

from html import unescape

import pytest
from sqlalchemy import select

from app import clock
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.core.submission_check import fingerprint
from app.db import transaction
from app.domain.jury import queries, service, sheets
from app.domain.submissions.models import Snapshot
from tests.factories import Factory
from tests.statements import noted_selects
from tests.visitors import Visitor


class Panel:
    """An event in judging, with every project given to every juror."""

    def __init__(
        self, make: Factory, jurors: int = 2, projects: int = 3, slug: str = "jam"
    ) -> None:
        self.make = make
        self.event_id = make.event(Phase.JUDGING, slug=slug)
        self.boss_id = make.member(self.event_id, Role.ORGANISER)
        self.juror_ids = [make.juror(self.event_id) for _ in range(jurors)]
        self.titles = [f"Project number {n}" for n in range(projects)]
        for title in self.titles:
            make.submission(self.event_id, make.member(self.event_id), title=title)
        with make.app.app_context():
            boss = Actor(user_id=self.boss_id, roles=frozenset({Role.ORGANISER}))
            service.assign_jury(boss, self.event_id, jurors)
            self.user_ids = [juror.person.id for juror in queries.list_panel(self.event_id)]
            rubric = queries.find_rubric(self.event_id)
            assert rubric is not None
            self.criteria = [each.id for each in rubric.criteria]

    def juror(self, place: int = 0) -> Visitor:
        return self.make.visitor(self.user_ids[place])

    def boss(self) -> Visitor:
        return self.make.visitor(self.boss_id)

    def sheets(self, place: int = 0) -> list[int]:
        with self.make.app.app_context():
            return sheets.list_assignment_ids(self.juror_ids[place])

    def url(self, place: int = 0, number: int = 0) -> str:
        return f"/e/jam/jury/{self.sheets(place)[number]}"

    def marks(self, mark: int = 7) -> dict[str, str]:
        return {f"score-{each}": str(mark) for each in self.criteria}

    def state(self, assignment_id: int) -> str:
        with self.make.app.app_context():
            view = sheets.find_assignment(assignment_id)
            assert view is not None
            return view.state


@pytest.fixture
def panel(make: Factory) -> Panel:
    return Panel(make)


def cost_of(visitor: Visitor, url: str) -> int:
    """Return how many questions a page puts to the database."""
    with noted_selects(visitor.client.application) as seen:
        visitor.page(url)
    return len(seen)


def test_a_queue_names_the_next_project_and_all_of_them(panel: Panel) -> None:
    page = unescape(panel.juror().page("/e/jam/jury"))
    assert "Next: project 1 of 3" in page
    assert [title in page for title in panel.titles] == [True] * 3
    assert f'href="{panel.url()}"' in page


def test_a_queue_teaches_while_it_is_empty(make: Factory) -> None:
    event_id = make.event(Phase.JUDGING, slug="new")
    juror = make.visitor(make.member(event_id, Role.JUROR))
    assert "Nothing to judge yet" in juror.page("/e/new/jury")


def test_a_sheet_is_handed_in_and_can_be_changed(panel: Panel) -> None:
    browser, url = panel.juror(), panel.url()
    words = {"comment": "Well thought out.", "private_note": "ask about ramps"}
    answer = browser.submit(url, {**panel.marks(), **words, "act": "hand_in"})
    assert answer.status_code == 302
    assert panel.state(panel.sheets()[0]) == "submitted"
    assert "Next: project 2 of 3" in browser.page("/e/jam/jury")
    page = unescape(browser.page(url))
    assert "Well thought out." in page
    browser.submit(url, {**panel.marks(9), "act": "save"})
    assert "The earlier one counts until you hand in again." in browser.page(url)


def test_missing_marks_are_named_and_the_rest_is_kept(panel: Panel) -> None:
    browser, url = panel.juror(), panel.url()
    first, *others = panel.criteria
    data = {f"score-{first}": "4", "comment": "half way", "act": "hand_in"}
    answer = browser.submit(url, data)
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert [f'href="#score-{each}"' in page for each in panel.criteria] == [False, True, True, True]
    assert page.count("Mark this before you hand in.") == len(others)
    assert f'name="score-{first}" value="4" checked' in page
    assert "half way" in page
    assert panel.state(panel.sheets()[0]) == "draft"


@pytest.mark.parametrize("mark", ["11", "0", "99999999999999999999"])
def test_a_mark_outside_the_scale_is_refused(panel: Panel, mark: str) -> None:
    data = {**panel.marks(), f"score-{panel.criteria[0]}": mark, "act": "hand_in"}
    answer = panel.juror().submit(panel.url(), data)
    assert answer.status_code == 422
    assert "Choose a mark from 1 to 10." in answer.get_data(as_text=True)
    assert panel.state(panel.sheets()[0]) == "open"


def test_a_draft_is_kept_while_marking(panel: Panel) -> None:
    browser, url = panel.juror(), panel.url()
    headers = {"X-CSRFToken": browser.csrf_token(url), "Accept": "application/json"}
    data = {f"score-{panel.criteria[0]}": "5"}
    answer = browser.client.post(f"{url}/autosave", data=data, headers=headers)
    assert (answer.status_code, answer.get_json()) == (200, {"version": 1})
    assert "1 of 4 marked" in browser.page("/e/jam/jury")
    too_long = browser.client.post(f"{url}/autosave", data={"comment": "x" * 5001}, headers=headers)
    assert (too_long.status_code, too_long.get_json()) == (
        400, {"error": "Keep it to 5000 characters."},
    )  # fmt: skip


def test_a_conflict_takes_the_project_out_of_the_queue(panel: Panel) -> None:
    browser, url = panel.juror(), panel.url()
    refused = browser.submit(f"{url}/leave", {"kind": "conflict", "reason": ""}, page=url)
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.get_data(as_text=True)
    nothing = browser.submit(f"{url}/leave", {"reason": "why"}, page=url)
    assert nothing.status_code == 422
    assert panel.state(panel.sheets()[0]) == "open"
    first = panel.sheets()[0]
    answer = browser.submit(f"{url}/leave", {"kind": "conflict", "reason": "My flat."}, page=url)
    assert answer.status_code == 302
    assert panel.state(first) == "recused"
    page = browser.page("/e/jam/jury")
    assert "My flat." in page
    assert "Next: project 1 of 2" in page
    assert browser.get(url).status_code == 403


def test_abstaining_is_no_conflict(panel: Panel) -> None:
    browser, url = panel.juror(), panel.url()
    browser.submit(f"{url}/leave", {"kind": "abstain", "reason": "I am ill."}, page=url)
    with panel.make.app.app_context():
        assert queries.list_conflicts(panel.event_id) == []


def test_outside_judging_a_sheet_is_read_only(make: Factory, panel: Panel) -> None:
    browser, url = panel.juror(), panel.url()
    token = browser.csrf_token(url)
    make.go_to(panel.event_id, Phase.SUBMISSION)
    page = browser.page(url)
    assert "Marks can be given while the judging phase runs." in page
    assert 'value="hand_in"' not in page
    late = browser.client.post(url, data={**panel.marks(), "csrf_token": token})
    assert late.status_code == 403


def test_nobody_opens_the_sheet_of_another(make: Factory, panel: Panel) -> None:
    url = panel.url(place=0)
    others = {
        "another juror": panel.juror(1),
        "the organiser": panel.boss(),
        "an administrator": make.visitor(make.admin()),
        "a participant": make.visitor(make.member(panel.event_id)),
    }
    assert {who: visitor.get(url).status_code for who, visitor in others.items()} == dict.fromkeys(
        others, 403
    )
    assert make.visitor().get(url).status_code == 302
    elsewhere = make.event(Phase.JUDGING, slug="other")
    make.join(elsewhere, panel.user_ids[0], Role.JUROR)
    assert panel.juror().get(url.replace("/e/jam/", "/e/other/")).status_code == 404
    assert panel.juror().get("/e/jam/jury/999999").status_code == 404


def test_marks_and_words_of_others_stand_on_no_page_before_scoring_closes(
    make: Factory, panel: Panel
) -> None:
    writer = panel.juror(0)
    for number in range(3):
        words = {"comment": "OnlyMine7", "private_note": "Secret8"}
        data = {**panel.marks(9), **words, "act": "hand_in"}
        writer.submit(panel.url(0, number), data)
    other_url = panel.url(place=1)
    pages = {
        "queue": panel.juror(1).page("/e/jam/jury"),
        "sheet": panel.juror(1).page(other_url),
        "setup": panel.boss().page("/e/jam/jury/setup"),
        "rubric": panel.boss().page("/e/jam/jury/setup/rubric"),
        "panel": panel.boss().page("/e/jam/jury/setup/panel"),
        "conflicts": panel.boss().page("/e/jam/jury/setup/conflicts"),
        "submissions": panel.boss().page("/e/jam/submissions"),
    }
    for page in pages.values():
        assert "OnlyMine7" not in page
        assert "Secret8" not in page
        assert "9.0" not in page
    assert 'value="9" checked' not in pages["sheet"]
    for place in (0, 1):
        assert "OnlyMine7" not in panel.juror(place).page("/e/jam/jury")


def test_what_a_team_typed_is_harmless_on_the_sheet(make: Factory, panel: Panel) -> None:
    make.submission(panel.event_id, make.member(panel.event_id), title="<b onload=x>Bad</b>")
    with make.app.app_context():
        boss = Actor(user_id=panel.boss_id, roles=frozenset({Role.ORGANISER}))
        service.assign_jury(boss, panel.event_id, 2)
    page = panel.juror().page("/e/jam/jury")
    assert "<b onload" not in page


def test_pages_cost_the_same_however_many_projects_there_are(make: Factory) -> None:
    costs = {}
    for projects in (1, 4):
        slug = f"with-{projects}"
        panel = Panel(make, jurors=projects + 1, projects=projects, slug=slug)
        costs[projects] = [
            cost_of(panel.juror(), f"/e/{slug}/jury"),
            cost_of(panel.juror(), f"/e/{slug}/jury/{panel.sheets()[0]}"),
            cost_of(panel.boss(), f"/e/{slug}/jury/setup"),
        ]
    assert costs[1] == costs[4]
    limits = (15, 12, 15)
    assert [cost <= most for cost, most in zip(costs[4], limits, strict=True)] == [True] * 3, costs


def test_a_version_handed_in_meanwhile_is_looked_at_first(make: Factory, panel: Panel) -> None:
    browser, url = panel.juror(), panel.url()
    with make.app.app_context(), transaction() as session:
        view = sheets.find_assignment(panel.sheets()[0])
        assert view is not None
        first = session.scalars(select(Snapshot).filter_by(submission_id=view.submission_id)).one()
        content = {**first.content, "title": "Second thoughts"}
        session.add(
            Snapshot(
                submission_id=view.submission_id,
                version=2,
                content=content,
                sha256=fingerprint(content),
                frozen_at=clock.now(),
            )
        )
    answer = browser.submit(url, {**panel.marks(), "seen": "1", "act": "hand_in"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Second thoughts" in page
    assert 'name="seen" value="2"' in page
    assert page.count(" checked") == len(panel.criteria)
    assert panel.state(panel.sheets()[0]) == "open"
    again = browser.submit(url, {**panel.marks(), "seen": "2", "act": "hand_in"})
    assert again.status_code == 302
