"""The list of ideas: search in any script, filters, order and pages."""

import pytest
from sqlalchemy import event as sqlalchemy_event

from app.db import db
from app.domain.ideas import responses, service
from app.domain.ideas.listing import IdeaFilter, Order, find_ideas
from app.domain.ideas.service import IdeaInput, SkillInput
from tests.integration.ideas.conftest import Jam

pytestmark = pytest.mark.usefixtures("context")

IDEAS = (
    IdeaInput("Night library", "A reading room.", "Warm & quiet_table 100%", "en",
              (SkillInput("Python", 2),)),
    IdeaInput("Кухня у ДВОРІ", "Одна плита на колесах.", "", "uk", (SkillInput("Lanterns", 1),)),
    IdeaInput("Η σκάλα που τραγουδά", "Κάθε σκαλοπάτι γίνεται νότα.", "", "el"),
    IdeaInput("Sala de repetiții", "O remorcă.", "", "ro", (SkillInput("Python", 1),)),
)  # fmt: skip


@pytest.fixture
def ids(jam: Jam) -> list[int]:
    """Return the ids of four ideas, the last one the newest."""
    return [service.create_idea(jam.owner, jam.event_id, idea) for idea in IDEAS]


def found(jam: Jam, **values: object) -> list[int]:
    page = find_ideas(jam.event_id, IdeaFilter(**values))  # type: ignore[arg-type]
    assert page.found == len(page.cards)
    return [card.id for card in page.cards]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("NIGHT", [0]),
        ("library night", [0]),
        ("дворі", [1]),
        ("КУХНЯ", [1]),
        ("ΣΚΑΛΑ", [2]),
        ("σκαλοπατι", [2]),
        ("repetitii", [3]),
        ("repetiții", [3]),
        ("python", [3, 0]),
        ("100%", [0]),
        ("%", [0]),
        ("quiet_table", [0]),
        ("nowhere", []),
        ("", [3, 2, 1, 0]),
    ],
)
def test_words_are_found_in_any_script_with_or_without_accents(
    jam: Jam, ids: list[int], text: str, places: list[int]
) -> None:
    assert found(jam, text=text) == [ids[place] for place in places]


def test_filters_by_skill_and_language_hold_together(jam: Jam, ids: list[int]) -> None:
    assert found(jam, skill_keys=frozenset({"python"})) == [ids[3], ids[0]]
    assert found(jam, languages=frozenset({"uk", "el"})) == [ids[2], ids[1]]
    both = {"skill_keys": frozenset({"python"}), "languages": frozenset({"ro"})}
    assert found(jam, **both) == [ids[3]]
    assert found(jam, skill_keys=frozenset()) == []


def test_the_orders(jam: Jam, ids: list[int]) -> None:
    responses.support_idea(jam.reader, ids[0])
    assert found(jam, order=Order.NEWEST) == [ids[3], ids[2], ids[1], ids[0]]
    assert found(jam, order=Order.FEWEST) == [ids[1], ids[2], ids[3], ids[0]]
    assert found(jam, order=Order.TITLE)[:2] == [ids[0], ids[3]]


def test_only_staff_see_hidden_ideas_and_nobody_drafts(jam: Jam, ids: list[int]) -> None:
    service.save_draft(jam.owner, jam.event_id, 1, IDEAS[0])
    service.set_idea_hidden(jam.staff, ids[0], True)
    service.withdraw_idea(jam.owner, ids[1])
    assert found(jam) == [ids[3], ids[2]]
    assert found(jam, include_hidden=True) == [ids[3], ids[2], ids[0]]


def test_cards_tell_who_what_and_whether_the_reader_chose_it(jam: Jam, ids: list[int]) -> None:
    responses.add_to_ranking(jam.reader, jam.event_id, ids[0])
    page = find_ideas(jam.event_id, IdeaFilter(), reader_id=jam.reader.user_id)
    card = page.cards[-1]
    assert card.owner is not None
    assert (card.owner.id, card.title, card.is_ranked) == (
        jam.owner.user_id, "Night library", True,
    )  # fmt: skip
    assert [skill.label for skill in card.skills] == ["Python"]
    assert [c.is_ranked for c in page.cards] == [False, False, False, True]
    assert (page.found, page.total, page.ranked) == (4, 4, 1)


def test_pages_beyond_the_end_show_the_last_one(jam: Jam) -> None:
    for number in range(26):
        service.create_idea(jam.owner, jam.event_id, IdeaInput(f"Idea {number}", "Short."))
    second = find_ideas(jam.event_id, IdeaFilter(), page=2)
    assert ([card.title for card in second.cards], second.pages) == (["Idea 0"], 2)
    assert find_ideas(jam.event_id, IdeaFilter(), page=99) == second
    assert find_ideas(jam.event_id, IdeaFilter(), page=-1).page == 1


def test_the_number_of_queries_does_not_grow(jam: Jam) -> None:
    def count_queries() -> int:
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        db.session.commit()
        sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
        find_ideas(jam.event_id, IdeaFilter(), reader_id=jam.reader.user_id)
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
        return len([s for s in statements if s.startswith("SELECT")])

    service.create_idea(jam.owner, jam.event_id, IDEAS[0])
    one = count_queries()
    for idea in IDEAS[1:]:
        service.create_idea(jam.reader, jam.event_id, idea)
    assert (one, count_queries()) == (3, 3)
