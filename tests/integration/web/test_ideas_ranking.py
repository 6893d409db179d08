"""My five: choosing, ordering, undoing, with and without script."""

import re
from html import unescape

import pytest

from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import transaction
from app.domain.ideas import queries, service
from app.domain.ideas.models import IdeaRank
from app.domain.ideas.service import IdeaInput
from tests.factories import Factory
from tests.visitors import Visitor

RANKING = "/e/jam/ranking"
TITLES = ("Night library", "Gartenradio", "Repair window", "Кухня", "Σκάλα", "Sala")


@pytest.fixture
def event_id(make: Factory) -> int:
    """Return an event in its idea phase."""
    return make.event(slug="jam")


@pytest.fixture
def ids(make: Factory, event_id: int) -> list[int]:
    """Return the ids of six ideas."""
    owner = Actor(make.member(event_id), frozenset({Role.PARTICIPANT}))
    with make.app.app_context():
        return [service.create_idea(owner, event_id, IdeaInput(t, "A summary.")) for t in TITLES]


@pytest.fixture
def reader_id(make: Factory, event_id: int) -> int:
    """Return who chooses."""
    return make.member(event_id)


@pytest.fixture
def reader(make: Factory, reader_id: int) -> Visitor:
    """Return the browser of who chooses."""
    return make.visitor(reader_id)


def ranked(make: Factory, event_id: int, reader_id: int) -> list[int]:
    with make.app.app_context():
        return queries.list_rankings(event_id).get(reader_id, [])


def undo_address(page: str) -> str:
    match = re.search(r'action="([^"]+/ranking/undo[^"]*)"', page)
    assert match, "no undo is offered"
    return unescape(match.group(1))


def test_ideas_are_chosen_from_the_list_and_taken_off_again(
    make: Factory, event_id: int, ids: list[int], reader_id: int, reader: Visitor
) -> None:
    assert "You have not chosen an idea yet" in reader.page(RANKING)
    url = f"/e/jam/ideas/{ids[0]}/rank"
    added = reader.submit(url, {"next": "/e/jam/ideas?q=x#idea-1"}, page="/e/jam/ideas")
    assert added.headers["Location"] == "/e/jam/ideas?q=x#idea-1"
    page = reader.page("/e/jam/ideas")
    assert "“Night library” is one of your five." in page
    assert "My five: 1 chosen" in page
    reader.submit(undo_address(page), page="/e/jam/ideas")
    assert ranked(make, event_id, reader_id) == []
    reader.submit(url, page="/e/jam/ideas")
    reader.submit(url, {"is_ranked": "0"}, page="/e/jam/ideas")
    assert ranked(make, event_id, reader_id) == []


def test_nobody_is_sent_to_another_site(ids: list[int], reader: Visitor) -> None:
    url = f"/e/jam/ideas/{ids[0]}/rank"
    for address in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"):
        sent = reader.submit(url, {"next": address}, page="/e/jam/ideas")
        assert sent.headers["Location"] == f"/e/jam/ideas/{ids[0]}"


def test_a_sixth_idea_is_refused_in_words(
    make: Factory, event_id: int, ids: list[int], reader_id: int, reader: Visitor
) -> None:
    reader.submit(RANKING, {"idea_id": ids[:5]})
    reader.submit(f"/e/jam/ideas/{ids[5]}/rank", page="/e/jam/ideas")
    assert "Choose at most 5 ideas." in reader.page("/e/jam/ideas")
    assert ranked(make, event_id, reader_id) == ids[:5]


def test_the_order_is_saved_and_undone(
    make: Factory, event_id: int, ids: list[int], reader_id: int, reader: Visitor
) -> None:
    reader.submit(RANKING, {"idea_id": ids[:3]})
    order = [ids[2], ids[0], ids[1]]
    sent = reader.submit(RANKING, {"idea_id": order, "before": ",".join(map(str, ids[:3]))})
    assert sent.headers["Location"] == RANKING
    page = reader.page(RANKING)
    assert "Your ranking is saved." in page
    assert re.findall(r'data-name="([^"]+)"', page) == [
        "Repair window", "Night library", "Gartenradio",
    ]  # fmt: skip
    assert ranked(make, event_id, reader_id) == order
    reader.submit(undo_address(page), page=RANKING)
    assert ranked(make, event_id, reader_id) == ids[:3]


def test_without_script_buttons_move_one_idea(
    make: Factory, event_id: int, ids: list[int], reader_id: int, reader: Visitor
) -> None:
    a, b, c = ids[:3]
    for act, expected in (
        (f"up:{c}", [a, c, b]),
        (f"down:{a}", [c, a, b]),
        (f"up:{c}", [c, a, b]),
        (f"down:{b}", [c, a, b]),
        (f"remove:{a}", [c, b]),
        ("sideways:1", [c, b]),
    ):
        now = ranked(make, event_id, reader_id) or [a, b, c]
        reader.submit(RANKING, {"idea_id": now, "act": act})
        assert (act, ranked(make, event_id, reader_id)) == (act, expected)


def test_the_order_is_kept_while_it_is_made(
    make: Factory, event_id: int, ids: list[int], reader_id: int, reader: Visitor
) -> None:
    answer = reader.submit(f"{RANKING}/autosave", {"idea_id": ids[:2]}, page=RANKING)
    assert answer.get_json() == {"is_saved": True}
    assert ranked(make, event_id, reader_id) == ids[:2]


@pytest.mark.parametrize("wrong", [["x"], ["999999"], ["-1"], ["1" * 30]])
def test_a_wrong_order_is_refused_and_the_old_one_stays(
    make: Factory, event_id: int, ids: list[int], reader_id: int, reader: Visitor, wrong: list[str]
) -> None:
    reader.submit(RANKING, {"idea_id": ids[:2]})
    sent = reader.submit(RANKING, {"idea_id": wrong})
    assert sent.status_code == 422
    assert "One of these ideas is no longer on the list." in sent.get_data(as_text=True)
    assert ranked(make, event_id, reader_id) == ids[:2]
    twice = reader.submit(RANKING, {"idea_id": [ids[0], ids[0]]})
    assert twice.status_code == 422


def test_a_closed_phase_shows_the_ranking_with_the_reason(make: Factory) -> None:
    event_id = make.event(Phase.JAM, slug="late")
    reader_id = make.member(event_id)
    reader = Actor(reader_id, frozenset({Role.PARTICIPANT}))
    with make.app.app_context():
        idea_id = service.create_idea(reader, event_id, IdeaInput("Night library", "Short."))
        stored = IdeaRank(event_id=event_id, user_id=reader_id, idea_id=idea_id, rank=1)
        with transaction() as session:
            session.add(stored)
    visitor = make.visitor(reader_id)
    page = visitor.page("/e/late/ranking")
    assert "Night library" in page
    assert "is not open now" in page
    assert "Save my ranking" not in page
    late = visitor.submit("/e/late/ranking", {"idea_id": []}, page="/e/late/ideas")
    assert late.status_code == 403
    assert ranked(make, event_id, reader_id) == [idea_id]


def test_rankings_are_private_to_people_in_the_event(make: Factory, visitor: Visitor) -> None:
    make.event(slug="jam")
    assert visitor.get(RANKING).status_code == 302
    assert make.visitor(make.user()).get(RANKING).status_code == 403
