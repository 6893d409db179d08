"""What people say about themselves, stored whole or not at all."""

import pytest
from flask import Flask

from app.core.policy import Actor
from app.core.skills import find_skill
from app.db import db
from app.domain.accounts import queries, service
from app.domain.accounts.service import ProfileInput, SkillInput
from app.errors import Denied, Invalid
from tests.factories import Factory
from tests.statements import noted_selects

pytestmark = pytest.mark.usefixtures("context")


def test_a_profile_is_replaced_as_a_whole(make: Factory) -> None:
    user_id = make.user("Lena")
    profile = ProfileInput(
        bio=" Makes things. ", languages=("el", "en"), sector="it", place="Πάτρα",
        organisation="A library", availability="remote", timezone="Europe/Athens",
    )  # fmt: skip
    service.update_profile(
        Actor(user_id=user_id), "  Ελένη   Κ. ", profile, [SkillInput("Python", 4)], ["Sound"]
    )
    view = queries.get_profile(user_id)
    assert (view.display_name, view.bio, view.place) == ("Ελένη Κ.", "Makes things.", "Πάτρα")
    assert (view.languages, view.availability) == (("en", "el"), "remote")
    assert [(skill.name, skill.level) for skill in view.has_skills] == [("Python", 4)]
    assert [skill.name for skill in view.wants_to_learn] == ["Sound"]
    service.update_profile(Actor(user_id=user_id), "Ελένη", ProfileInput(), [], [])
    assert queries.get_profile(user_id).skills == ()


def test_spellings_of_one_skill_are_one(make: Factory) -> None:
    user_id = make.user()
    service.set_skills(
        user_id, [SkillInput("PYTHON", 1), SkillInput("python", 3), SkillInput("  ")], ["Python"]
    )
    (skill,) = queries.get_profile(user_id).skills
    known = find_skill("python")
    assert known is not None
    assert (skill.key, skill.level, skill.wants_to_learn) == (known.key, 3, True)


def test_unknown_skills_are_kept_as_written(make: Factory) -> None:
    user_id = make.user()
    service.set_skills(user_id, [SkillInput("Плетение корзин", 0)])
    (skill,) = queries.get_profile(user_id).has_skills
    assert (skill.name, skill.level) == ("Плетение корзин", 0)


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        (ProfileInput(bio="x" * 2001), "bio"),
        (ProfileInput(place="x" * 121), "place"),
        (ProfileInput(sector="circus"), "sector"),
        (ProfileInput(availability="never"), "availability"),
        (ProfileInput(timezone="Europe/Atlantis"), "timezone"),
        (ProfileInput(languages=("en", "xx")), "languages"),
        (ProfileInput(locale="fr"), "locale"),
    ],
)
def test_a_bad_field_leaves_the_profile_as_it_was(
    make: Factory, profile: ProfileInput, field: str
) -> None:
    user_id = make.user("Lena")
    with pytest.raises(Invalid) as refusal:
        service.update_profile(Actor(user_id=user_id), "New", profile, [SkillInput("Python")], [])
    assert refusal.value.field == field
    view = queries.get_profile(user_id)
    assert (view.display_name, view.skills) == ("Lena", ())


@pytest.mark.parametrize(
    ("skills", "wishes", "field"),
    [
        ([SkillInput("x" * 81)], [], "skills"),
        ([], ["x" * 81], "wants_to_learn"),
        ([SkillInput(f"skill number {n}") for n in range(31)], [], "skills"),
    ],
)
def test_too_much_is_refused(
    make: Factory, skills: list[SkillInput], wishes: list[str], field: str
) -> None:
    user_id = make.user()
    with pytest.raises(Invalid) as refusal:
        service.set_skills(user_id, skills, wishes)
    assert refusal.value.field == field
    assert queries.get_profile(user_id).skills == ()


def test_a_visitor_has_no_profile() -> None:
    with pytest.raises(Denied):
        service.update_profile(Actor(), "X", ProfileInput(), [], [])


def test_a_profile_costs_two_queries_whatever_it_holds(app: Flask, make: Factory) -> None:
    counts = []
    for number in (1, 3):
        user_id = make.user()
        service.set_skills(user_id, [SkillInput(f"skill {n}") for n in range(number)])
        db.session.commit()
        with noted_selects(app) as selects:
            assert len(queries.get_profile(user_id).skills) == number
        counts.append(len(selects))
    assert counts == [2, 2]
