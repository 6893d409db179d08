"""One's own profile with and without script, and who sees the pages of others."""

import pytest
from flask import Flask

from app.core.people import Consent
from app.core.policy import Role
from app.domain.accounts import queries, service
from app.domain.accounts.service import SkillInput
from tests.factories import Factory
from tests.statements import noted_selects

FORM = {
    "display_name": "Ελένη",
    "bio": "Makes **things**.",
    "skills-0-name": "Python",
    "skills-0-level": "4",
    "skills-1-name": "",
    "skills-1-level": "2",
    "skills-7-name": "Basket weaving",
    "skills-7-level": "0",
    "wants_to_learn-0-name": "Sound walks",
    "languages": ["el", "en"],
    "more_languages": ["pl"],
    "availability": "part",
    "sector": "civil_society",
    "organisation": "A library",
    "place": "Πάτρα",
    "timezone": "Europe/Athens",
    "locale": "en",
}


def _profile(app: Flask, user_id: int) -> queries.ProfileView:
    with app.app_context():
        return queries.get_profile(user_id)


def test_a_profile_is_kept_and_shown_again(app: Flask, make: Factory) -> None:
    user_id = make.user("Lena")
    visitor = make.visitor(user_id)
    assert visitor.submit("/profile", FORM).location == "/profile"
    profile = _profile(app, user_id)
    assert (profile.display_name, profile.bio) == ("Ελένη", "Makes **things**.")
    assert [(s.name, s.level) for s in profile.has_skills] == [("Python", 4), ("Basket weaving", 0)]
    assert [skill.name for skill in profile.wants_to_learn] == ["Sound walks"]
    assert profile.languages == ("en", "el", "pl")
    assert (profile.sector, profile.place, profile.availability, profile.timezone) == (
        "civil_society", "Πάτρα", "part", "Europe/Athens",
    )  # fmt: skip
    page = visitor.page("/profile")
    assert 'value="Basket weaving"' in page
    assert 'value="Πάτρα"' in page


def test_what_the_page_shows_can_be_sent_back_unchanged(app: Flask, make: Factory) -> None:
    user_id = make.user("Lena")
    visitor = make.visitor(user_id)
    visitor.submit("/profile", FORM)
    before = _profile(app, user_id)
    rows = {
        f"skills-{number}-{part}": value
        for number, skill in enumerate(before.has_skills)
        for part, value in (("name", skill.name), ("level", str(skill.level)))
    }
    visitor.submit("/profile", {**{k: v for k, v in FORM.items() if "skills" not in k}, **rows})
    assert _profile(app, user_id) == before


@pytest.mark.parametrize(
    ("button", "names"),
    [
        ({"skills-add": "1"}, ["Python", "", "Basket weaving", ""]),
        ({"skills-remove": "0"}, ["", "Basket weaving"]),
        ({"skills-remove": "7"}, ["Python", ""]),
    ],
)
def test_rows_come_and_go_without_script_and_nothing_is_kept(
    app: Flask, make: Factory, button: dict[str, str], names: list[str]
) -> None:
    user_id = make.user("Lena")
    answer = make.visitor(user_id).submit("/profile", {**FORM, **button})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    shown = [
        page.split(f'name="skills-{number}-name" value="')[1].split('"')[0]
        for number in range(len(names))
    ]
    assert shown == names
    assert f'name="skills-{len(names)}-name"' not in page
    assert 'value="Ελένη"' in page
    assert _profile(app, user_id).display_name == "Lena"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"display_name": " "}, "Write the name that others should see."),
        ({"display_name": "x" * 81}, "Keep the name to 80 characters at most."),
        ({"bio": "x" * 2001}, "Keep this to 2,000 characters at most."),
        ({"place": "x" * 121}, "Keep this to 120 characters at most."),
        ({"skills-0-name": "x" * 81}, "Keep the name of a skill to 80 characters."),
        ({"wants_to_learn-0-name": "x" * 81}, "Keep the name of a skill to 80 characters."),
        ({"sector": "circus"}, "Not a valid choice."),
        ({"timezone": "Europe/Atlantis"}, "Not a valid choice."),
        ({"languages": ["xx"]}, "is not a valid choice"),
        ({f"skills-{n}-name": f"skill {n}" for n in range(40)}, "Keep to 30 skills"),
    ],
)
def test_bad_input_is_explained_and_the_rest_kept(
    app: Flask, make: Factory, change: dict[str, str], message: str
) -> None:
    user_id = make.user("Lena")
    answer = make.visitor(user_id).submit("/profile", {**FORM, **change})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert page.count(message) >= 2  # in the summary and beside the field
    assert 'value="A library"' in page
    assert _profile(app, user_id).skills == ()


def test_a_level_that_is_no_number_is_refused(app: Flask, make: Factory) -> None:
    user_id = make.user("Lena")
    answer = make.visitor(user_id).submit("/profile", {**FORM, "skills-0-level": "many"})
    assert answer.status_code == 422
    assert _profile(app, user_id).skills == ()


@pytest.mark.parametrize("number", ["²", "9" * 5000, "x", "-1", ""])
def test_made_up_row_numbers_are_left_out(app: Flask, make: Factory, number: str) -> None:
    user_id = make.user("Lena")
    answer = make.visitor(user_id).submit("/profile", {**FORM, f"skills-{number}-name": "Ghost"})
    assert answer.status_code == 302
    assert [skill.name for skill in _profile(app, user_id).has_skills] == [
        "Python", "Basket weaving",
    ]  # fmt: skip


def test_the_way_on_is_followed_only_within_the_site(make: Factory) -> None:
    visitor = make.visitor(make.user())
    assert visitor.submit("/profile?next=/e/jam/now", FORM).location == "/e/jam/now"
    assert visitor.submit("/profile?next=//evil.example", FORM).location == "/profile"


def test_what_people_write_is_cleaned_when_it_is_shown(make: Factory) -> None:
    user_id = make.user("Lena", bio="**bold** [x](javascript:alert(1)) <script>alert(1)</script>")
    public_id = "u000000001"
    page = make.visitor(user_id).page(f"/people/{public_id}")
    assert "<strong>bold</strong>" in page
    assert "alert(1)</script>" not in page
    assert 'href="javascript:' not in page


def _directory(app: Flask, user_id: int) -> str:
    with app.app_context():
        service.give_consents(user_id, {Consent.DIRECTORY})
        service.set_skills(user_id, [SkillInput("Python", 3)], ["Sound"])
        return queries.get_account(user_id).public_id


def test_others_of_the_event_see_who_agreed(app: Flask, make: Factory) -> None:
    event_id = make.event(name="The jam")
    lena = make.member(event_id, name="Lena", email="lena@example.org", place="Lviv")
    other = make.visitor(make.member(event_id))
    with app.app_context():
        public_id = queries.get_account(lena).public_id
    refused = other.get(f"/people/{public_id}")
    assert refused.status_code == 403
    assert "keeps their profile to themselves" in refused.get_data(as_text=True)
    _directory(app, lena)
    page = other.page(f"/people/{public_id}")
    for shown in ("Lena", "Python", "wants to learn Sound", "Lviv", "The jam"):
        assert shown in page
    assert "lena@example.org" not in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ORGANISER, 200), (Role.FACILITATOR, 200), (Role.PARTICIPANT, 403),
        (Role.JUROR, 403), (Role.MENTOR, 403), (Role.PARTNER, 403),
    ],
)  # fmt: skip
def test_staff_see_everybody_of_their_event(
    app: Flask, make: Factory, role: Role, status: int
) -> None:
    event_id = make.event()
    lena = make.member(event_id)
    with app.app_context():
        public_id = queries.get_account(lena).public_id
    viewer = make.visitor(make.member(event_id, role))
    assert viewer.get(f"/people/{public_id}").status_code == status


def test_staff_of_one_of_two_shared_events_suffices(app: Flask, make: Factory) -> None:
    first, second = make.event(), make.event()
    lena, viewer = make.member(first), make.member(first)
    make.join(second, lena)
    make.join(second, viewer, Role.ORGANISER)
    with app.app_context():
        public_id = queries.get_account(lena).public_id
    assert make.visitor(viewer).get(f"/people/{public_id}").status_code == 200


def test_people_of_other_events_and_strangers_see_nothing(app: Flask, make: Factory) -> None:
    lena = make.member(make.event())
    public_id = _directory(app, lena)
    elsewhere = make.visitor(make.member(make.event(), Role.ORGANISER))
    assert elsewhere.get(f"/people/{public_id}").status_code == 403
    assert make.visitor(make.user()).get(f"/people/{public_id}").status_code == 403
    assert make.visitor().get(f"/people/{public_id}").location == (
        f"/sign-in?next=/people/{public_id}"
    )
    assert make.visitor(lena).get(f"/people/{public_id}").status_code == 200
    assert make.visitor(make.admin()).get(f"/people/{public_id}").status_code == 200


def test_nobody_is_nowhere(make: Factory) -> None:
    assert make.visitor(make.user()).get("/people/nobody").status_code == 404


def test_a_person_costs_the_same_with_one_skill_and_with_three(app: Flask, make: Factory) -> None:
    event_id = make.event()
    lena = make.member(event_id)
    viewer = make.visitor(make.member(event_id))
    public_id = _directory(app, lena)
    counts = []
    for number in (1, 3):
        with app.app_context():
            service.set_skills(lena, [SkillInput(f"skill {n}") for n in range(number)])
        with noted_selects(app) as selects:
            viewer.page(f"/people/{public_id}")
        counts.append(len(selects))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
