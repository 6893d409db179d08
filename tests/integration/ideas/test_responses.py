"""Comments, support and rankings."""

import pytest

from app.core.phases import Phase
from app.core.policy import Actor
from app.domain.ideas import listing, queries, responses, service
from app.domain.ideas.service import IdeaInput, SkillInput
from app.errors import Conflict, Denied, Invalid, Missing
from tests.factories import Factory
from tests.integration.ideas.conftest import Jam, make_jam

pytestmark = pytest.mark.usefixtures("context")


def pitch(jam: Jam, title: str = "Night library", **values: object) -> int:
    given = IdeaInput(title, "A summary.", **values)  # type: ignore[arg-type]
    return service.create_idea(jam.owner, jam.event_id, given)


def get(idea_id: int) -> queries.IdeaView:
    idea = queries.find_idea(idea_id)
    assert idea is not None
    return idea


def support_count(idea_id: int) -> int:
    return get(idea_id).support_count


def test_comments_are_counted_and_read_in_order(jam: Jam) -> None:
    idea_id = pitch(jam)
    responses.comment_on_idea(jam.reader, idea_id, " Who has the key? ")
    hidden = responses.comment_on_idea(jam.owner, idea_id, "Дякую!")
    service.set_comment_hidden(jam.staff, hidden, True)
    service.set_comment_hidden(jam.staff, hidden, True)
    seen = listing.read_discussion(get(idea_id))
    assert [(c.body, c.author.id if c.author else None) for c in seen.comments] == [
        ("Who has the key?", jam.reader.user_id)
    ]
    by_staff = listing.read_discussion(get(idea_id), include_hidden=True)
    assert [c.is_hidden for c in by_staff.comments] == [False, True]
    assert get(idea_id).comment_count == 1
    service.set_comment_hidden(jam.staff, hidden, False)
    subject = listing.find_comment(hidden)
    assert subject == listing.CommentSubject(
        hidden, idea_id, jam.event_id, jam.owner.user_id, "Дякую!", False
    )


def test_comments_come_in_pages_and_the_last_is_shown_first(jam: Jam) -> None:
    idea_id = pitch(jam)
    for number in range(27):
        responses.comment_on_idea(jam.reader, idea_id, f"Remark {number}")
    last = listing.read_discussion(get(idea_id))
    assert ([c.body for c in last.comments], last.page, last.pages) == (
        ["Remark 25", "Remark 26"], 2, 2,
    )  # fmt: skip
    assert len(listing.read_discussion(get(idea_id), page=1).comments) == 25


@pytest.mark.parametrize("body", ["", "  \n ", "x" * 5_001])
def test_an_empty_or_endless_comment_is_refused(jam: Jam, body: str) -> None:
    idea_id = pitch(jam)
    with pytest.raises(Invalid) as refusal:
        responses.comment_on_idea(jam.reader, idea_id, body)
    assert refusal.value.field == "body"
    assert listing.read_discussion(get(idea_id)).count == 0


def test_nobody_talks_about_what_they_cannot_see(jam: Jam) -> None:
    idea_id = pitch(jam)
    with pytest.raises(Denied):
        responses.comment_on_idea(jam.stranger, idea_id, "Hello")
    with pytest.raises(Denied):
        responses.support_idea(Actor(), idea_id)
    service.set_idea_hidden(jam.staff, idea_id, True)
    with pytest.raises(Denied) as refusal:
        responses.comment_on_idea(jam.reader, idea_id, "Hello")
    assert refusal.value.reason == "hidden"
    service.set_idea_hidden(jam.staff, idea_id, False)
    service.withdraw_idea(jam.owner, idea_id)
    with pytest.raises(Conflict):
        responses.support_idea(jam.reader, idea_id)
    with pytest.raises(Missing):
        responses.support_idea(jam.reader, 999_999)


def test_support_counts_each_person_once(jam: Jam) -> None:
    idea_id = pitch(jam)
    responses.support_idea(jam.reader, idea_id)
    responses.support_idea(jam.reader, idea_id)
    responses.support_idea(jam.staff, idea_id)
    assert support_count(idea_id) == 2
    responses.unsupport_idea(jam.reader, idea_id)
    responses.unsupport_idea(jam.reader, idea_id)
    assert support_count(idea_id) == 1


def test_a_ranking_is_replaced_as_a_whole_and_tells_the_one_before(jam: Jam) -> None:
    a, b, c = (pitch(jam, title) for title in "abc")
    assert responses.rank_ideas(jam.reader, jam.event_id, [a, b]) == []
    assert responses.rank_ideas(jam.reader, jam.event_id, [c, b, a]) == [a, b]
    responses.rank_ideas(jam.owner, jam.event_id, [b])
    assert queries.list_rankings(jam.event_id) == {
        jam.reader.user_id: [c, b, a],
        jam.owner.user_id: [b],
    }
    assert responses.rank_ideas(jam.reader, jam.event_id, []) == [c, b, a]
    assert queries.list_rankings(jam.event_id) == {jam.owner.user_id: [b]}


def test_ideas_are_added_and_taken_off_one_by_one(jam: Jam) -> None:
    ids = [pitch(jam, f"Idea {number}") for number in range(6)]
    for idea_id in ids[:5]:
        responses.add_to_ranking(jam.reader, jam.event_id, idea_id)
    assert responses.add_to_ranking(jam.reader, jam.event_id, ids[0]) == ids[:5]
    with pytest.raises(Invalid):
        responses.add_to_ranking(jam.reader, jam.event_id, ids[5])
    responses.remove_from_ranking(jam.reader, jam.event_id, ids[1])
    ranked = queries.list_ranked(jam.event_id, jam.reader.user_id or 0)
    assert [idea.id for idea in ranked] == [ids[0], ids[2], ids[3], ids[4]]


def test_what_cannot_be_ranked_is_refused_and_the_old_ranking_stays(jam: Jam) -> None:
    ids = [pitch(jam, f"Idea {number}") for number in range(6)]
    responses.rank_ideas(jam.reader, jam.event_id, ids[:1])
    for wrong in (ids, [ids[0], ids[0]], [ids[0], 999_999], [0]):
        with pytest.raises(Invalid):
            responses.rank_ideas(jam.reader, jam.event_id, wrong)
    assert queries.list_rankings(jam.event_id) == {jam.reader.user_id: ids[:1]}


def test_an_idea_of_another_event_is_not_ranked(make: Factory, jam: Jam) -> None:
    other = make_jam(make)
    foreign = pitch(other)
    with pytest.raises(Invalid):
        responses.rank_ideas(jam.reader, jam.event_id, [foreign])


def test_withdrawn_and_hidden_ideas_leave_every_ranking(jam: Jam) -> None:
    a, b, c = (pitch(jam, title) for title in "abc")
    responses.rank_ideas(jam.reader, jam.event_id, [a, b, c])
    service.withdraw_idea(jam.owner, a)
    service.set_idea_hidden(jam.staff, b, True)
    assert queries.list_rankings(jam.event_id) == {jam.reader.user_id: [c]}
    # The place of what is gone is free again.
    responses.add_to_ranking(jam.reader, jam.event_id, c)
    standing = queries.read_standing(get(c), jam.reader.user_id or 0)
    assert (standing.is_ranked, standing.ranked_count, standing.places_left) == (True, 1, 4)


def test_ranking_is_for_participants_while_it_is_open(make: Factory, jam: Jam) -> None:
    late = make_jam(make, Phase.JAM)
    idea_id = pitch(jam)
    for other in (jam.staff, jam.stranger, Actor(jam.reader.user_id, is_admin=True)):
        with pytest.raises(Denied) as refusal:
            responses.rank_ideas(other, jam.event_id, [idea_id])
        assert refusal.value.reason == "not_your_role"
    with pytest.raises(Denied) as refusal:
        responses.rank_ideas(late.reader, late.event_id, [pitch(late)])
    assert refusal.value.reason == "phase_closed"


def test_the_home_page_learns_who_has_pitched_and_ranked(jam: Jam) -> None:
    owner_id, reader_id = jam.owner.user_id or 0, jam.reader.user_id or 0
    assert queries.has_pitched(owner_id, jam.event_id) is False
    idea_id = pitch(jam)
    responses.rank_ideas(jam.reader, jam.event_id, [idea_id])
    assert queries.has_pitched(owner_id, jam.event_id) is True
    assert queries.has_pitched(reader_id, jam.event_id) is False
    assert queries.has_ranked(reader_id, jam.event_id) is True
    assert queries.has_ranked(owner_id, jam.event_id) is False
    service.withdraw_idea(jam.owner, idea_id)
    assert queries.has_pitched(owner_id, jam.event_id) is False
    assert queries.has_ranked(reader_id, jam.event_id) is False


def test_needed_skills_are_listed_for_every_idea(jam: Jam) -> None:
    with_skills = pitch(jam, skills=(SkillInput("Python", 3), SkillInput("Lanterns", 1)))
    without = pitch(jam, "Other")
    assert queries.list_needed_skills(jam.event_id) == {
        with_skills: {"python": 3, "lanterns": 1},
        without: {},
    }
