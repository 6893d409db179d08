"""A team's submission page, and the organisers' list."""

import io
import re
from html import unescape

import pytest

from app.core.phases import Phase
from app.core.policy import Role
from app.core.submission_check import CANVAS_SECTIONS
from app.domain.submissions import queries
from app.domain.submissions.views import DraftView
from tests.factories import Factory
from tests.visitors import Visitor

WHOLE = {
    "title": "Night library",
    "summary": "A room that stays open until two.",
    **dict.fromkeys(CANVAS_SECTIONS, "Some words."),
    "lines-0-label": "Lamps",
    "lines-0-amount": "200,50",
    "lines-1-label": "Rent",
    "lines-1-amount": "1.000",
    "ask": "1,200.50",
    "video_url": "https://video.example/1",
    "track": "Reading",
    "version": "0",
}


class Team:
    """A team in the submission phase, with a member at the browser."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.event_id = make.event(Phase.SUBMISSION, slug="jam", budget_cents=500_000)
        self.member_id = make.member(self.event_id)
        self.id = make.team(self.event_id, self.member_id, name="Owls")
        self.boss_id = make.member(self.event_id, Role.ORGANISER)
        self.url = f"/e/jam/teams/{self.id}/submission"

    def member(self) -> Visitor:
        return self.make.visitor(self.member_id)

    def boss(self) -> Visitor:
        return self.make.visitor(self.boss_id)

    def draft(self) -> DraftView:
        with self.make.app.app_context():
            return queries.find_draft(self.id)


@pytest.fixture
def team(make: Factory) -> Team:
    return Team(make)


def field_value(page: str, name: str) -> str:
    match = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page) or re.search(
        rf'value="([^"]*)"[^>]*?name="{name}"', page
    )
    assert match, name
    return unescape(match.group(1))


def test_a_draft_is_kept_and_shown_again(team: Team) -> None:
    browser = team.member()
    answer = browser.submit(team.url, {**WHOLE, "act": "save"})
    assert answer.status_code == 302
    page = browser.page(team.url)
    assert [field_value(page, name) for name in ("title", "ask", "lines-1-amount", "version")] == [
        "Night library", "1200.50", "1000", "1",
    ]  # fmt: skip
    assert team.draft().state == "draft"


def test_handing_in_says_which_version_the_jury_sees(team: Team) -> None:
    browser = team.member()
    assert browser.submit(team.url, {**WHOLE, "act": "hand_in"}).status_code == 302
    assert "The jury sees version 1." in browser.page(team.url)
    again = {**WHOLE, "title": "Night library, warmer", "version": "1", "act": "save"}
    browser.submit(team.url, again)
    assert "until you hand in again" in browser.page(team.url)


def test_what_is_missing_is_said_beside_each_field_and_the_draft_is_kept(team: Team) -> None:
    answer = team.member().submit(
        team.url, {"title": "Only a title", "version": "0", "act": "hand_in"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for name in ("summary", "problem", "measure", "ask"):
        assert f'href="#{name}"' in page
        assert f'id="{name}-error"' in page
    assert 'id="title-error"' not in page
    assert (team.draft().title, team.draft().state) == ("Only a title", "draft")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ask", "12a", "Write the amount in digits"),
        ("lines-1-amount", "1.2000", "Write the amount in digits"),
        ("lines-0-amount", "-5", "An amount cannot be below 0."),
        ("video_url", "javascript:alert(1)", "Write the whole address of the video"),
        ("title", "x" * 201, "Keep it to 200 characters."),
        ("problem", "x" * 5001, "Keep it to 5000 characters."),
    ],
)
def test_bad_input_is_named_and_kept(team: Team, name: str, value: str, sentence: str) -> None:
    answer = team.member().submit(team.url, {**WHOLE, name: value, "act": "save"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{name}"' in page
    assert sentence in unescape(page)
    assert value in page
    assert team.draft().id is None


def test_autosave_answers_with_the_version_to_send_next(team: Team) -> None:
    browser = team.member()
    headers = {"X-CSRFToken": browser.csrf_token(team.url), "Accept": "application/json"}
    first = browser.client.post(f"{team.url}/autosave", data=WHOLE, headers=headers)
    assert (first.status_code, first.get_json()) == (200, {"version": 1})
    bad = browser.client.post(
        f"{team.url}/autosave", data={**WHOLE, "ask": "x", "version": "1"}, headers=headers
    )
    assert bad.status_code == 422
    assert list(bad.get_json()["faults"]) == ["ask"]
    assert team.draft().ask_cents == 120_050


def test_an_older_autosave_is_told_what_the_other_wrote(make: Factory, team: Team) -> None:
    browser = team.member()
    browser.submit(team.url, {**WHOLE, "act": "save"})
    headers = {"X-CSRFToken": browser.csrf_token(team.url), "Accept": "application/json"}
    mine = {**WHOLE, "title": "Day library"}
    answer = browser.client.post(f"{team.url}/autosave", data=mine, headers=headers)
    told = answer.get_json()
    assert answer.status_code == 409
    assert (told["current_version"], told["theirs"]["title"], told["theirs"]["lines"]) == (
        1, "Night library", [["Lamps", "200.50"], ["Rent", "1000"]],
    )  # fmt: skip
    assert team.draft().title == "Night library"


def test_an_older_save_shows_both_and_loses_nothing(team: Team) -> None:
    browser = team.member()
    browser.submit(team.url, {**WHOLE, "act": "save"})
    answer = browser.submit(team.url, {**WHOLE, "title": "Day library", "act": "save"})
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert (field_value(page, "title"), field_value(page, "version")) == ("Day library", "1")
    assert "<p>Night library</p>" in page
    assert team.draft().title == "Night library"
    again = browser.submit(team.url, {**WHOLE, "title": "Day library", "version": "1"})
    assert again.status_code == 302
    assert team.draft().title == "Day library"


def test_files_are_added_and_removed(team: Team) -> None:
    browser = team.member()
    pdf = (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "plan.pdf")
    data = {**WHOLE, "file": pdf, "file_label": "Plan", "act": "attach"}
    answer = browser.submit(team.url, data, content_type="multipart/form-data")
    assert answer.status_code == 302
    (file,) = team.draft().files
    assert (file.label, file.upload.media_type) == ("Plan", "application/pdf")
    assert f"/files/{file.upload.public_id}" in browser.page(team.url)
    browser.submit(team.url, {**WHOLE, "version": "1", "act": f"remove-{file.id}"})
    assert team.draft().files == ()


def test_a_file_that_is_none_is_refused_and_what_was_typed_is_kept(team: Team) -> None:
    answer = team.member().submit(team.url, {**WHOLE, "act": "attach"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="file-error"' in page
    assert field_value(page, "title") == "Night library"


def test_after_the_deadline_a_member_reads_what_was_handed_in(make: Factory, team: Team) -> None:
    browser = team.member()
    browser.submit(team.url, {**WHOLE, "act": "hand_in"})
    token = browser.csrf_token(team.url)
    make.go_to(team.event_id, Phase.JUDGING)
    page = browser.page(team.url)
    assert '<h1 class="mb-1">Night library</h1>' in page
    assert 'name="act"' not in page
    late = browser.client.post(team.url, data={**WHOLE, "csrf_token": token})
    assert late.status_code == 403


def test_what_a_team_types_is_shown_without_its_markup(make: Factory, team: Team) -> None:
    bad = {**WHOLE, "title": "<script>alert(1)</script>", "problem": "<img src=x onerror=alert(1)>"}
    browser = team.member()
    browser.submit(team.url, {**bad, "act": "hand_in"})
    make.go_to(team.event_id, Phase.JUDGING)
    page = browser.page(team.url)
    assert "<script>alert(1)" not in page
    assert "onerror" not in page


def test_an_organiser_reads_and_gives_more_time(make: Factory, team: Team) -> None:
    make.go_to(team.event_id, Phase.JUDGING)
    boss = team.boss()
    late = f"{team.url}/deadline"
    form = {"until_at": "2099-01-01T12:00", "reason": "The network was down."}
    assert boss.submit(late, form, page=team.url).status_code == 302
    assert team.member().submit(team.url, {**WHOLE, "act": "save"}).status_code == 302
    refused = boss.submit(late, {**form, "reason": ""}, page=team.url)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'id="reason-error"' in page
    assert field_value(page, "until_at") == "2099-01-01T12:00"
    past = boss.submit(late, {**form, "until_at": "2001-01-01T12:00"}, page=team.url)
    assert past.status_code == 422
    assert 'id="until_at-error"' in past.get_data(as_text=True)


def test_others_do_not_see_a_submission(make: Factory, team: Team) -> None:
    stranger = make.visitor(make.member(team.event_id))
    juror = make.visitor(make.member(team.event_id, Role.JUROR))
    assert [each.get(team.url).status_code for each in (stranger, juror)] == [403, 403]
    assert make.visitor().get(team.url).status_code == 302
    assert team.member().get("/e/jam/submissions").status_code == 403
    other_event = make.event(Phase.SUBMISSION, slug="other")
    boss = make.visitor(make.member(other_event, Role.ORGANISER))
    assert boss.get(f"/e/other/teams/{team.id}/submission").status_code == 404
    assert boss.get(team.url).status_code == 403


def test_organisers_see_every_team_in_a_list(make: Factory, team: Team) -> None:
    make.submission(team.event_id, make.member(team.event_id), title="Garden radio")
    page = team.boss().page("/e/jam/submissions")
    assert "1 of 2 handed in." in page
    assert "Garden radio" in page
    assert "Not begun" in page


def test_the_list_teaches_while_it_is_empty(make: Factory) -> None:
    event_id = make.event(slug="new")
    boss = make.visitor(make.member(event_id, Role.ORGANISER))
    assert "No team yet" in boss.page("/e/new/submissions")
