"""Drafting, pitching, editing, withdrawing, hiding and importing ideas."""

from dataclasses import replace

import pytest

from app.core.phases import Phase
from app.core.policy import Actor
from app.domain.ideas import queries, service
from app.domain.ideas.service import IdeaInput, SkillInput
from app.domain.journal.queries import list_entries
from app.errors import Conflict, Denied, Invalid, Missing
from tests.factories import Factory
from tests.integration.ideas.conftest import Jam, make_jam

pytestmark = pytest.mark.usefixtures("context")

NIGHT_LIBRARY = IdeaInput(
    title="Night library",
    summary="A reading room that stays open until two.",
    body="## Why\n\nOur branch closes at six.",
    language="en",
    skills=(SkillInput("Python 3", 2), SkillInput("Lantern making", 4)),
)


def get(idea_id: int) -> queries.IdeaView:
    idea = queries.find_idea(idea_id)
    assert idea is not None
    return idea


def test_an_idea_is_pitched_with_its_skills(jam: Jam) -> None:
    idea = get(service.create_idea(jam.owner, jam.event_id, NIGHT_LIBRARY))
    assert (idea.title, idea.summary, idea.body, idea.language) == (
        "Night library",
        "A reading room that stays open until two.",
        "## Why\n\nOur branch closes at six.",
        "en",
    )
    assert [(s.key, s.label, s.level) for s in idea.skills] == [
        ("python", "Python", 2),
        ("lantern_making", "Lantern making", 4),
    ]
    assert (idea.state, idea.owner_id, idea.is_listed) == ("pitched", jam.owner.user_id, True)
    assert idea.pitched_at is not None
    assert [entry.action for entry in list_entries(jam.event_id)] == ["idea.pitched"]


def test_two_spellings_of_one_skill_are_one_need_at_the_higher_level(jam: Jam) -> None:
    given = replace(NIGHT_LIBRARY, skills=(SkillInput("python", 1), SkillInput("PYTHON", 3)))
    idea = get(service.create_idea(jam.owner, jam.event_id, given))
    assert [(s.key, s.level) for s in idea.skills] == [("python", 3)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"summary": ""}, "summary"),
        ({"summary": "x" * 401}, "summary"),
        ({"body": "x" * 50_001}, "body"),
        ({"language": "x"}, "language"),
        ({"skills": (SkillInput("Web", 5),)}, "skills"),
        ({"skills": (SkillInput("x" * 81, 1),)}, "skills"),
        ({"skills": tuple(SkillInput(f"s{n}", 1) for n in range(13))}, "skills"),
    ],
)
def test_what_cannot_be_pitched_is_refused_by_field(
    jam: Jam, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        service.create_idea(jam.owner, jam.event_id, replace(NIGHT_LIBRARY, **change))
    assert refusal.value.field == field
    assert queries.list_own_ideas(jam.event_id, jam.owner.user_id or 0) == []


def test_outsiders_and_late_participants_do_not_pitch(make: Factory, jam: Jam) -> None:
    late = make_jam(make, Phase.JUDGING)
    with pytest.raises(Denied) as refusal:
        service.create_idea(jam.stranger, jam.event_id, NIGHT_LIBRARY)
    assert refusal.value.reason == "not_your_role"
    with pytest.raises(Denied) as refusal:
        service.create_idea(late.owner, late.event_id, NIGHT_LIBRARY)
    assert refusal.value.reason == "phase_closed"
    with pytest.raises(Missing):
        service.create_idea(jam.owner, 999_999, NIGHT_LIBRARY)


def test_a_draft_is_made_at_the_first_save_and_pitched_at_the_end(jam: Jam) -> None:
    number = queries.next_draft_number(jam.event_id, jam.owner.user_id or 0)
    assert number == 1
    first = service.save_draft(jam.owner, jam.event_id, 1, IdeaInput("Night"))
    second = service.save_draft(
        jam.owner, jam.event_id, 1, IdeaInput("Night li"), revision=first.revision
    )
    assert (first.revision, second.revision, second.idea_id) == (1, 2, first.idea_id)
    assert get(first.idea_id).title == "Night li"
    assert queries.count_ideas(jam.event_id) == 0
    pitched = service.pitch_draft(jam.owner, jam.event_id, 1, NIGHT_LIBRARY, revision=2)
    again = service.pitch_draft(jam.owner, jam.event_id, 1, NIGHT_LIBRARY, revision=2)
    assert (pitched, again) == (first.idea_id, first.idea_id)
    assert queries.count_ideas(jam.event_id) == 1
    assert queries.next_draft_number(jam.event_id, jam.owner.user_id or 0) == 2
    assert [entry.action for entry in list_entries(jam.event_id)] == ["idea.pitched"]


def test_a_save_whose_answer_was_lost_is_repeated_quietly(jam: Jam) -> None:
    first = service.save_draft(jam.owner, jam.event_id, 1, NIGHT_LIBRARY)
    again = service.save_draft(jam.owner, jam.event_id, 1, NIGHT_LIBRARY, revision=0)
    assert again == first


def test_a_save_from_an_old_window_is_refused_and_changes_nothing(jam: Jam) -> None:
    saved = service.save_draft(jam.owner, jam.event_id, 1, IdeaInput("Night"))
    service.save_draft(jam.owner, jam.event_id, 1, IdeaInput("Late"), revision=saved.revision)
    with pytest.raises(Conflict):
        service.save_draft(jam.owner, jam.event_id, 1, IdeaInput("Old"), revision=saved.revision)
    assert get(saved.idea_id).title == "Late"


def test_a_pitched_idea_is_not_saved_as_a_draft(jam: Jam) -> None:
    service.pitch_draft(jam.owner, jam.event_id, 1, NIGHT_LIBRARY)
    with pytest.raises(Conflict):
        service.save_draft(jam.owner, jam.event_id, 1, IdeaInput("Other"), revision=1)


def test_a_draft_exists_for_its_owner_alone(jam: Jam) -> None:
    draft = service.save_draft(jam.owner, jam.event_id, 1, NIGHT_LIBRARY).idea_id
    assert queries.get_idea(jam.event_id, draft, visible_to=jam.owner).id == draft
    for other in (jam.reader, jam.staff, Actor(), Actor(jam.staff.user_id, is_admin=True)):
        with pytest.raises(Missing):
            queries.get_idea(jam.event_id, draft, visible_to=other)
    with pytest.raises(Missing):
        service.discard_draft(jam.staff, draft)
    service.discard_draft(jam.owner, draft)
    assert queries.find_idea(draft) is None


def test_a_stored_draft_is_pitched_as_it_is_once_it_says_enough(jam: Jam) -> None:
    draft = service.save_draft(jam.owner, jam.event_id, 1, IdeaInput("Night library"))
    with pytest.raises(Invalid) as refusal:
        service.pitch_idea(jam.owner, draft.idea_id)
    assert refusal.value.field == "summary"
    service.save_draft(jam.owner, jam.event_id, 1, NIGHT_LIBRARY, revision=draft.revision)
    service.pitch_idea(jam.owner, draft.idea_id)
    assert get(draft.idea_id).is_listed is True


def test_the_owner_edits_and_others_do_not(jam: Jam) -> None:
    idea_id = service.create_idea(jam.owner, jam.event_id, NIGHT_LIBRARY)
    changed = replace(NIGHT_LIBRARY, title="Late library", skills=())
    with pytest.raises(Denied) as refusal:
        service.edit_idea(jam.reader, idea_id, changed, revision=1)
    assert refusal.value.reason == "not_yours"
    with pytest.raises(Conflict):
        service.edit_idea(jam.owner, idea_id, changed, revision=0)
    service.edit_idea(jam.owner, idea_id, changed, revision=1)
    idea = get(idea_id)
    assert (idea.title, idea.skills, idea.revision) == ("Late library", (), 2)


def test_an_idea_is_withdrawn_and_comes_back(jam: Jam) -> None:
    idea_id = service.create_idea(jam.owner, jam.event_id, NIGHT_LIBRARY)
    with pytest.raises(Denied):
        service.withdraw_idea(jam.reader, idea_id)
    service.withdraw_idea(jam.owner, idea_id)
    assert queries.count_ideas(jam.event_id) == 0
    assert queries.get_idea(jam.event_id, idea_id, visible_to=jam.staff).state == "withdrawn"
    with pytest.raises(Missing):
        queries.get_idea(jam.event_id, idea_id, visible_to=jam.reader)
    service.bring_back_idea(jam.owner, idea_id)
    assert queries.count_ideas(jam.event_id) == 1
    with pytest.raises(Conflict):
        service.discard_draft(jam.owner, idea_id)


def test_moderators_hide_and_show(jam: Jam) -> None:
    idea_id = service.create_idea(jam.owner, jam.event_id, NIGHT_LIBRARY)
    with pytest.raises(Denied):
        service.set_idea_hidden(jam.reader, idea_id, True)
    service.set_idea_hidden(jam.staff, idea_id, True)
    service.set_idea_hidden(jam.staff, idea_id, True)
    assert queries.list_idea_views(jam.event_id) == []
    assert [i.id for i in queries.list_idea_views(jam.event_id, include_hidden=True)] == [idea_id]
    with pytest.raises(Denied) as refusal:
        service.edit_idea(jam.owner, idea_id, NIGHT_LIBRARY, revision=1)
    assert refusal.value.reason == "hidden"
    service.set_idea_hidden(jam.staff, idea_id, False)
    actions = [entry.action for entry in list_entries(jam.event_id)]
    assert actions == ["idea.shown", "idea.hidden", "idea.pitched"]


def test_an_import_keeps_everything_as_it_is(jam: Jam) -> None:
    long = IdeaInput("T" * 300, "S" * 2_000, "ж" * 20_000 + "\r\n<script>", "de")
    record = {"id": 7, "name": "T" * 300, "webpage_url": "javascript:alert(1)"}
    first = service.import_idea(jam.event_id, long, imported=record)
    second = service.import_idea(jam.event_id, long, imported=record)
    assert first != second
    idea = get(first)
    assert (idea.title, idea.summary, idea.body) == (long.title, long.summary, long.body)
    assert (idea.imported, idea.owner_id, idea.state) == (record, None, "pitched")


def test_signs_that_no_database_holds_are_replaced(jam: Jam) -> None:
    given = replace(NIGHT_LIBRARY, title="Night\x00 library", body="half \ud83d a face")
    idea = get(service.create_idea(jam.owner, jam.event_id, given))
    assert (idea.title, idea.body) == ("Night library", "half \ufffd a face")
