"""Organisers set up a jury: rubric, panel, conflicts, assignment, reminders."""

from html import unescape
from pathlib import Path

import pytest

from app.config import Settings
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.domain.jury import queries, service, sheets
from tests.factories import Factory
from tests.visitors import Visitor

RUBRIC = {
    "criteria-0-name": "Need",
    "criteria-0-question": "Is it needed?",
    "criteria-0-weight": "1,5",
    "criteria-0-low": "hardly",
    "criteria-0-high": "clearly",
    "criteria-1-name": "Joy",
    "criteria-1-weight": "0",
    "criteria-1-is_independent": "y",
    "criteria-2-name": "",
    "criteria-2-weight": "",
    "scale_max": "5",
    "reviews_per_submission": "2",
    "policy": "value",
}


class Ground:
    """An event in judging and its organiser at the browser."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.event_id = make.event(Phase.JUDGING, slug="jam", name="Open Rooms")
        boss_id = make.member(self.event_id, Role.ORGANISER)
        self.actor = Actor(user_id=boss_id, roles=frozenset({Role.ORGANISER}))
        self.boss: Visitor = make.visitor(boss_id)

    def project(self, title: str) -> int:
        return self.make.submission(self.event_id, self.make.member(self.event_id), title=title)

    def panel(self) -> list[queries.JurorView]:
        with self.make.app.app_context():
            return queries.list_panel(self.event_id)


@pytest.fixture
def ground(make: Factory) -> Ground:
    return Ground(make)


def letters_to(settings: Settings, address: str) -> list[str]:
    folder: Path = settings.instance_path / "mail"
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*"))]
    return [text for text in found if address in text]


def test_a_proposed_rubric_waits_to_be_kept(ground: Ground) -> None:
    page = unescape(ground.boss.page("/e/jam/jury/setup/rubric"))
    assert 'value="Money well spent"' in page
    with ground.make.app.app_context():
        assert queries.find_rubric(ground.event_id) is None


def test_a_rubric_is_kept(ground: Ground) -> None:
    answer = ground.boss.submit("/e/jam/jury/setup/rubric", RUBRIC)
    assert answer.status_code == 302
    with ground.make.app.app_context():
        rubric = queries.find_rubric(ground.event_id)
        assert rubric is not None
        assert (rubric.scale_max, rubric.policy, rubric.reviews_per_submission) == (5, "value", 2)
        assert [(each.name, each.weight, each.is_independent) for each in rubric.criteria] == [
            ("Need", 1.5, False), ("Joy", 0.0, True),
        ]  # fmt: skip
        assert rubric.criteria[0].anchors == {"1": "hardly", "5": "clearly"}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("criteria-0-weight", "heavy", "A weight is a number"),
        ("criteria-0-weight", "-2", "A weight is a number"),
        ("criteria-0-name", "", "Give the criterion a name."),
        ("criteria-1-name", "need", "Two criteria have this name."),
        ("reviews_per_submission", "99", "Choose from 1 to 10 sheets"),
        ("reviews_per_submission", "many", "Not a valid integer value."),
    ],
)
def test_a_bad_rubric_is_named_and_kept_on_the_page(
    ground: Ground, name: str, value: str, sentence: str
) -> None:
    answer = ground.boss.submit("/e/jam/jury/setup/rubric", {**RUBRIC, name: value})
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert sentence in page
    assert f'href="#{name}"' in page
    assert f'value="{value}"' in page
    assert 'value="Is it needed?"' in page
    with ground.make.app.app_context():
        assert queries.find_rubric(ground.event_id) is None


def test_a_frozen_rubric_can_only_be_read(ground: Ground, make: Factory) -> None:
    juror_id = make.juror(ground.event_id)
    ground.project("Night library")
    token = ground.boss.csrf_token("/e/jam/jury/setup/rubric")
    with make.app.app_context():
        service.assign_jury(ground.actor, ground.event_id, 1)
        rubric = queries.find_rubric(ground.event_id)
        assert rubric is not None
        juror = Actor(
            user_id=queries.list_panel(ground.event_id)[0].person.id,
            roles=frozenset({Role.JUROR}),
        )
        sheet = sheets.list_assignment_ids(juror_id)[0]
        service.record_sheet(juror, sheet, {rubric.criteria[0].id: 5})
        frozen = queries.find_rubric(ground.event_id)
        assert frozen is not None
        assert frozen.sha256 is not None
    page = ground.boss.page("/e/jam/jury/setup/rubric")
    assert frozen.sha256[:16] in page
    assert "Keep this rubric" not in page
    late = ground.boss.client.post("/e/jam/jury/setup/rubric", data={**RUBRIC, "csrf_token": token})
    assert late.status_code == 409


def test_a_juror_is_added_and_gets_a_letter(
    ground: Ground, make: Factory, settings: Settings
) -> None:
    make.user("Robert Haas", email="robert@panel.example")
    data = {"email": "Robert@panel.example", "organisation": "City", "max_load": "4"}
    assert ground.boss.submit("/e/jam/jury/setup/panel", data).status_code == 302
    (juror,) = ground.panel()
    assert (juror.person.display_name, juror.organisation, juror.max_load) == (
        "Robert Haas", "City", 4,
    )  # fmt: skip
    page = ground.boss.page("/e/jam/jury/setup/panel")
    assert "Robert Haas" in page
    assert "robert@panel.example" not in page
    (letter,) = letters_to(settings, "Robert@panel.example")
    assert "/e/jam/jury" in letter


def test_an_unconfirmed_address_judges_only_when_somebody_vouches(
    ground: Ground, make: Factory, settings: Settings
) -> None:
    make.user(
        "Robert", public_id="robert", email="r@vouched.example", email_verified_at=None,
        password_hash="hash",
    )  # fmt: skip
    page_url = "/e/jam/jury/setup/panel"
    data = {"email": "r@vouched.example", "organisation": "City", "max_load": "4"}
    asked = ground.boss.submit(page_url, data)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 422
    assert 'name="vouched_for" value="robert"' in page
    assert [f'value="{value}"' in page for value in data.values()] == [True] * 3
    assert ground.panel() == []
    assert letters_to(settings, "r@vouched.example") == []
    assert ground.boss.submit(page_url, {**data, "vouched_for": "robert"}).status_code == 302
    (juror,) = ground.panel()
    assert (juror.person.display_name, juror.organisation) == ("Robert", "City")


def test_an_unconfirmed_address_replaces_nobody_until_somebody_vouches(
    ground: Ground, make: Factory
) -> None:
    old = make.juror(ground.event_id)
    make.user(
        "New Person", public_id="new", email="new@panel.example", email_verified_at=None,
        password_hash="hash",
    )  # fmt: skip
    url, page_url = f"/e/jam/jury/setup/panel/{old}/replace", "/e/jam/jury/setup/panel"
    data = {f"replace-{old}-email": "new@panel.example"}
    asked = ground.boss.submit(url, data, page=page_url)
    assert asked.status_code == 422
    assert f'name="replace-{old}-vouched_for" value="new"' in asked.get_data(as_text=True)
    assert [juror.is_active for juror in ground.panel()] == [True]
    data[f"replace-{old}-vouched_for"] = "new"
    assert ground.boss.submit(url, data, page=page_url).status_code == 302
    assert [juror.is_active for juror in ground.panel()] == [False, True]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nobody@nowhere.example"}, "email"),
        ({"email": "nobody@nowhere.example", "max_load": "0"}, "max_load"),
        ({"email": "nobody@nowhere.example", "max_load": "x"}, "max_load"),
    ],
)
def test_a_juror_who_cannot_be_added_is_named(
    ground: Ground, data: dict[str, str], field: str
) -> None:
    answer = ground.boss.submit("/e/jam/jury/setup/panel", data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page
    assert f'value="{data[field]}"' in page or data[field] == ""
    assert ground.panel() == []


def test_a_juror_is_replaced(ground: Ground, make: Factory) -> None:
    old = make.juror(ground.event_id)
    ground.project("Night library")
    with make.app.app_context():
        service.assign_jury(ground.actor, ground.event_id, 1)
    make.user("New Person", email="new@panel.example")
    url, page_url = f"/e/jam/jury/setup/panel/{old}/replace", "/e/jam/jury/setup/panel"
    bad = ground.boss.submit(url, {f"replace-{old}-email": "no@where.example"}, page=page_url)
    assert bad.status_code == 422
    assert f'id="replace-{old}-email-error"' in bad.get_data(as_text=True)
    good = ground.boss.submit(url, {f"replace-{old}-email": "new@panel.example"}, page=page_url)
    assert good.status_code == 302
    assert [juror.is_active for juror in ground.panel()] == [False, True]
    assert "replaced by New Person" in unescape(ground.boss.page(page_url))


def test_projects_are_given_out(ground: Ground, make: Factory) -> None:
    for _ in range(3):
        make.juror(ground.event_id)
    for number in range(3):
        ground.project(f"Project {number}")
    page = unescape(ground.boss.page("/e/jam/jury/setup"))
    assert "With 3 each, every juror gets about 3." in page
    answer = ground.boss.submit(
        "/e/jam/jury/setup/assign", {"per_submission": "2"}, page="/e/jam/jury/setup"
    )
    assert answer.status_code == 302
    page = unescape(ground.boss.page("/e/jam/jury/setup"))
    assert "Sheets given out: 6. Begun before, and left as they are: 0." in page
    assert "0 of 6 sheets handed in." in page
    with make.app.app_context():
        assert [row.assigned for row in queries.list_coverage(ground.event_id)] == [2, 2, 2]


def test_an_impossible_assignment_is_explained_by_name(ground: Ground, make: Factory) -> None:
    juror_id = make.juror(ground.event_id)
    submission_id = ground.project("Night library")
    name = ground.panel()[0].person.display_name
    stated = ground.boss.submit(
        "/e/jam/jury/setup/conflicts",
        {"juror_id": juror_id, "submission_id": submission_id, "reason": "Brothers"},
    )
    assert stated.status_code == 302
    answer = ground.boss.submit(
        "/e/jam/jury/setup/assign", {"per_submission": "1"}, page="/e/jam/jury/setup"
    )
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "Night library: needs 1, room for 0." in page
    assert f"In conflict: {name}." in page


@pytest.mark.parametrize("value", ["0", "11", "", "x"])
def test_a_number_of_sheets_that_cannot_be_is_refused(
    ground: Ground, make: Factory, value: str
) -> None:
    make.juror(ground.event_id)
    ground.project("Night library")
    answer = ground.boss.submit(
        "/e/jam/jury/setup/assign", {"per_submission": value}, page="/e/jam/jury/setup"
    )
    assert answer.status_code == 422
    assert 'id="per_submission-error"' in answer.get_data(as_text=True)


def test_without_projects_assigning_says_so(ground: Ground, make: Factory) -> None:
    make.juror(ground.event_id)
    answer = ground.boss.submit(
        "/e/jam/jury/setup/assign", {"per_submission": "3"}, page="/e/jam/jury/setup"
    )
    assert answer.status_code == 409
    assert "Nothing has been handed in yet" in answer.get_data(as_text=True)


def test_a_conflict_is_stated_and_taken_back(ground: Ground, make: Factory) -> None:
    juror_id, submission_id = make.juror(ground.event_id), ground.project("Night library")
    url = "/e/jam/jury/setup/conflicts"
    pair = {"juror_id": juror_id, "submission_id": submission_id}
    without = ground.boss.submit(url, {**pair, "reason": ""})
    assert without.status_code == 422
    assert 'id="reason-error"' in without.get_data(as_text=True)
    strange = ground.boss.submit(url, {**pair, "juror_id": 999_999, "reason": "x"})
    assert strange.status_code == 422
    ground.boss.submit(url, {**pair, "reason": "Brothers"})
    assert "Brothers" in ground.boss.page(url)
    with make.app.app_context():
        (conflict,) = queries.list_conflicts(ground.event_id)
    taken = ground.boss.submit(f"{url}/{conflict.id}/remove", page=url)
    assert taken.status_code == 302
    assert "None known" in ground.boss.page(url)


def test_the_late_are_reminded_by_mail(ground: Ground, make: Factory, settings: Settings) -> None:
    make.juror(ground.event_id)
    ground.project("Night library")
    with make.app.app_context():
        service.assign_jury(ground.actor, ground.event_id, 1)
    assert (
        ground.boss.submit("/e/jam/jury/setup/remind", page="/e/jam/jury/setup").status_code == 302
    )
    letters = [text for text in letters_to(settings, "@house") if "Open Rooms" in text]
    assert len(letters) == 1
    assert "1 of your sheets is still to be handed in." in letters[0].replace("=\n", "")


@pytest.mark.parametrize("page", ["", "/rubric", "/panel", "/conflicts"])
def test_the_set_up_is_for_organisers(ground: Ground, make: Factory, page: str) -> None:
    make.juror(ground.event_id)
    juror = make.visitor(ground.panel()[0].person.id)
    url = f"/e/jam/jury/setup{page}"
    assert (juror.get(url).status_code, make.visitor().get(url).status_code) == (403, 302)
    assert ground.boss.get(url).status_code == 200
