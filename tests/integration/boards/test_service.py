"""Boards in the database: who makes, sees, locks them; notes taken out of sight."""

import pytest
from sqlalchemy import event as listening
from sqlalchemy import select

from app.core.boards.notes import Note, list_notes, open_document
from app.core.policy import OPERATOR, Actor, Reason, Role
from app.db import db
from app.domain.boards import queries, service
from app.domain.boards.facts import facts_for
from app.domain.journal.models import JournalEntry
from app.errors import Denied, Invalid, Missing
from app.hub.binding import current_hub
from app.hub.outbox import deliver
from tests.factories import Factory

NOTE = Note("n1", "Tea at eleven", 12.0, -8.0, "rose", None, "g", "user:999999", 1_700_000)


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event()


@pytest.fixture
def staff(make: Factory, event_id: int) -> Actor:
    user_id = make.member(event_id, Role.FACILITATOR)
    return Actor(user_id, frozenset({Role.FACILITATOR}))


@pytest.fixture
def person(make: Factory, event_id: int) -> Actor:
    return Actor(make.member(event_id), frozenset({Role.PARTICIPANT}))


@pytest.fixture
def board_id(context: None, event_id: int) -> str:
    return service.create_board(OPERATOR, event_id, "A board")


def journal_of(board_id: str) -> list[str]:
    rows = select(JournalEntry.action).where(JournalEntry.subject_id == board_id)
    return list(db.session.scalars(rows.order_by(JournalEntry.id)))


def texts_on(board_id: str) -> list[str]:
    return [note.text for note in list_notes(open_document(current_hub().peek(board_id)))]


# -- making


def test_staff_make_a_board_with_a_short_id(context: None, event_id: int, staff: Actor) -> None:
    board_id = service.create_board(staff, event_id, "  How do we   stay open? ")
    board = queries.get_board(board_id)
    assert (len(board_id), board.title, board.is_event_board) == (12, "How do we stay open?", True)
    assert journal_of(board_id) == ["board.created"]


def test_participants_make_none(context: None, event_id: int, person: Actor) -> None:
    with pytest.raises(Denied) as refusal:
        service.create_board(person, event_id, "Mine")
    assert refusal.value.reason is Reason.NOT_YOUR_ROLE
    assert queries.list_boards(event_id, OPERATOR) == []


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_title_is_needed_and_bounded(
    context: None, event_id: int, staff: Actor, title: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        service.create_board(staff, event_id, title)
    assert refusal.value.field == "title"


def test_an_event_or_team_that_is_not_there_is_missing(
    context: None, make: Factory, event_id: int, staff: Actor
) -> None:
    elsewhere = make.team(make.event())
    with pytest.raises(Missing):
        service.create_board(staff, 10_000, "A board")
    with pytest.raises(Missing):
        service.create_board(staff, event_id, "A board", team_id=elsewhere)


# -- a team's board


def test_a_team_has_one_board_however_often_it_is_asked_for(
    context: None, make: Factory, event_id: int, person: Actor
) -> None:
    assert person.user_id is not None
    team_id = make.team(event_id, person.user_id, name="Lamp")
    first = service.ensure_team_board(person, event_id, team_id)
    assert service.ensure_team_board(OPERATOR, event_id, team_id) == first
    assert queries.get_board(first).title == "Lamp"
    with pytest.raises(Invalid):
        service.create_board(OPERATOR, event_id, "Another", team_id=team_id)


def test_others_open_no_board_for_a_team(
    context: None, make: Factory, event_id: int, person: Actor
) -> None:
    team_id = make.team(event_id)
    with pytest.raises(Denied) as refusal:
        service.ensure_team_board(person, event_id, team_id)
    assert refusal.value.reason is Reason.NOT_YOURS
    assert queries.find_team_board(team_id) is None


def test_a_role_in_one_event_opens_no_board_for_a_team_of_another(
    context: None, make: Factory, event_id: int, staff: Actor
) -> None:
    team_id = make.team(make.event())
    with pytest.raises(Missing):
        service.ensure_team_board(staff, event_id, team_id)
    assert queries.find_team_board(team_id) is None


def test_people_see_their_own_team_s_board_and_those_of_the_event(
    context: None, make: Factory, event_id: int, person: Actor, staff: Actor
) -> None:
    assert person.user_id is not None
    own = service.ensure_team_board(OPERATOR, event_id, make.team(event_id, person.user_id))
    other = service.ensure_team_board(OPERATOR, event_id, make.team(event_id))
    common = service.create_board(OPERATOR, event_id, "For all")
    service.create_board(OPERATOR, make.event(), "Elsewhere")
    assert [board.id for board in queries.list_boards(event_id, person)] == [common, own]
    assert {b.id for b in queries.list_boards(event_id, staff)} == {common, own, other}
    assert queries.list_boards(event_id, Actor()) == []


def test_the_list_costs_the_same_whatever_its_length(
    context: None, make: Factory, event_id: int, person: Actor
) -> None:
    def count_queries() -> int:
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.startswith("SELECT"):
                statements.append(statement)

        listening.listen(db.engine, "before_cursor_execute", note)
        queries.list_boards(event_id, person)
        listening.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    service.create_board(OPERATOR, event_id, "One")
    with_one = count_queries()
    for title in ("Two", "Three"):
        service.create_board(OPERATOR, event_id, title)
    assert count_queries() == with_one == 2


# -- renaming and locking


def test_a_board_is_renamed_and_locked_by_staff(board_id: str, staff: Actor) -> None:
    service.rename(staff, board_id, "Another title")
    service.set_locked(staff, board_id, True)
    service.set_locked(staff, board_id, True)
    service.set_locked(staff, board_id, False)
    board = queries.get_board(board_id)
    assert (board.title, board.is_locked) == ("Another title", False)
    assert journal_of(board_id) == [
        "board.created", "board.renamed", "board.locked", "board.unlocked",
    ]  # fmt: skip


def test_participants_neither_rename_nor_lock(board_id: str, person: Actor) -> None:
    with pytest.raises(Denied):
        service.rename(person, board_id, "Mine")
    with pytest.raises(Denied):
        service.set_locked(person, board_id, True)
    board = queries.get_board(board_id)
    assert (board.title, board.is_locked) == ("A board", False)
    with pytest.raises(Missing):
        service.set_locked(OPERATOR, "nowhere", True)


def test_a_lock_is_among_the_facts(board_id: str, person: Actor) -> None:
    service.set_locked(OPERATOR, board_id, True)
    facts = facts_for(person, queries.get_board(board_id))
    assert (facts.is_locked, facts.is_event_board, facts.is_member) == (True, True, False)


# -- notes out of sight


def test_a_hidden_note_leaves_the_board_and_comes_back_as_it_was(
    board_id: str, staff: Actor
) -> None:
    hub = current_hub()
    hub.insert_note(board_id, NOTE, "user:1")
    service.hide_note(staff, board_id, NOTE)
    deliver(hub, board_id)
    assert texts_on(board_id) == []
    assert [hidden.note for hidden in queries.list_hidden_notes(board_id)] == [NOTE]
    service.put_back_note(staff, board_id, NOTE.id)
    deliver(hub, board_id)
    assert list_notes(open_document(hub.peek(board_id))) == [NOTE]
    assert not queries.list_outbox(board_id)
    assert journal_of(board_id) == ["board.created", "note.hidden", "note.put_back"]


def test_a_crash_between_the_two_stores_loses_and_doubles_nothing(
    board_id: str, staff: Actor
) -> None:
    hub = current_hub()
    hub.insert_note(board_id, NOTE, "user:1")
    service.hide_note(staff, board_id, NOTE)
    # Nobody delivered; the next one who opens the board does.
    assert texts_on(board_id) == [NOTE.text]
    deliver(hub, board_id)
    assert texts_on(board_id) == []
    service.put_back_note(staff, board_id, NOTE.id)
    # This time the note was put back, but the row was not settled.
    hub.insert_note(board_id, NOTE, "server")
    deliver(hub, board_id)
    deliver(hub, board_id)
    assert texts_on(board_id) == [NOTE.text]


def test_a_hidden_note_that_its_author_brings_back_goes_again(board_id: str, staff: Actor) -> None:
    hub = current_hub()
    service.hide_note(staff, board_id, NOTE)
    hub.insert_note(board_id, NOTE, "user:1")
    deliver(hub, board_id)
    assert texts_on(board_id) == []


def test_a_note_can_be_hidden_again(board_id: str, staff: Actor) -> None:
    for _time in range(2):
        service.hide_note(staff, board_id, NOTE)
        service.hide_note(staff, board_id, NOTE)
        assert len(queries.list_hidden_notes(board_id)) == 1
        service.put_back_note(staff, board_id, NOTE.id)
        assert queries.list_hidden_notes(board_id) == []


def test_a_note_with_nul_is_hidden_and_comes_back_without(board_id: str, staff: Actor) -> None:
    hub = current_hub()
    hub.insert_note(board_id, Note("n1", "Te\0a", 1.0, 1.0, "sun", "f\0", None, "u\0"), "user:1")
    (note,) = list_notes(open_document(hub.peek(board_id)))
    service.hide_note(staff, board_id, note)
    deliver(hub, board_id)
    assert texts_on(board_id) == []
    service.put_back_note(staff, board_id, "n1")
    deliver(hub, board_id)
    assert list_notes(open_document(hub.peek(board_id))) == [Note("n1", "Tea", 1.0, 1.0, "sun")]


def test_only_moderators_hide(board_id: str, person: Actor) -> None:
    with pytest.raises(Denied):
        service.hide_note(person, board_id, NOTE)
    with pytest.raises(Missing):
        service.put_back_note(OPERATOR, board_id, "n1")
    assert not queries.list_outbox(board_id)
