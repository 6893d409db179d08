"""Reporting from a page, and the moderators' queue."""

import pytest

from app.core.boards.notes import Note, insert_note, list_notes, open_document
from app.core.policy import Actor, Role
from app.domain.boards import service as boards
from app.domain.ideas import queries as ideas
from app.domain.ideas import responses, service
from app.domain.ideas.inputs import IdeaInput
from app.domain.moderation import queries
from app.hub.binding import current_hub
from tests.factories import Factory
from tests.visitors import Visitor


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event(slug="jam")


@pytest.fixture
def author_id(make: Factory, event_id: int) -> int:
    return make.member(event_id, name="Author")


@pytest.fixture
def idea_id(make: Factory, event_id: int, author_id: int) -> int:
    with make.app.app_context():
        actor = Actor(user_id=author_id, roles=frozenset({Role.PARTICIPANT}))
        given = IdeaInput("A <loud> idea", "Noise for all", "Much of it", "en")
        return service.create_idea(actor, event_id, given)


@pytest.fixture
def reader(make: Factory, event_id: int) -> Visitor:
    return make.visitor(make.member(event_id, name="Reader"))


@pytest.fixture
def moderator(make: Factory, event_id: int) -> Visitor:
    return make.visitor(make.member(event_id, Role.FACILITATOR, name="Moderator"))


def report(reader: Visitor, idea_id: int, reason: str = "Rude") -> int:
    address = f"/e/jam/reports/new?subject=idea:{idea_id}"
    return reader.submit(address, {"reason": reason}).status_code


def open_reports(make: Factory, event_id: int) -> list[queries.ReportView]:
    with make.app.app_context():
        return list(queries.list_reports(event_id, is_open=True).reports)


def is_hidden(make: Factory, idea_id: int) -> bool:
    with make.app.app_context():
        idea = ideas.find_idea(idea_id)
    assert idea is not None
    return idea.is_hidden


def test_a_reader_reports_an_idea(
    make: Factory, event_id: int, author_id: int, idea_id: int, reader: Visitor
) -> None:
    assert report(reader, idea_id) == 302
    (view,) = open_reports(make, event_id)
    assert view.author is not None
    assert (view.excerpt, view.reason, view.author.id) == ("A <loud> idea", "Rude", author_id)


def test_a_comment_is_reported_too(
    make: Factory,
    event_id: int,
    author_id: int,
    idea_id: int,
    reader: Visitor,
    moderator: Visitor,
) -> None:
    with make.app.app_context():
        actor = Actor(user_id=author_id, roles=frozenset({Role.PARTICIPANT}))
        comment_id = responses.comment_on_idea(actor, idea_id, "Nonsense!")
    reader.submit(f"/e/jam/reports/new?subject=comment:{comment_id}", {"reason": "Rude"})
    (view,) = open_reports(make, event_id)
    assert (view.subject_type, view.subject_id, view.excerpt) == (
        "comment",
        str(comment_id),
        "Nonsense!",
    )
    answer = moderator.get(f"/e/jam/reports/{view.id}/subject")
    assert answer.location == f"/e/jam/ideas/{idea_id}#comment-{comment_id}"


def test_a_report_without_a_reason_is_not_sent(
    make: Factory, event_id: int, idea_id: int, reader: Visitor
) -> None:
    answer = reader.submit(f"/e/jam/reports/new?subject=idea:{idea_id}", {"reason": "  "})
    assert answer.status_code == 422
    assert "Say what is wrong with it, in a few words." in answer.get_data(as_text=True)
    assert open_reports(make, event_id) == []


@pytest.mark.parametrize("subject", ["", "idea:", "idea:9999", "comment:9999", "note:x", "king:1"])
def test_nothing_is_reported_that_is_not_there(idea_id: int, reader: Visitor, subject: str) -> None:
    assert reader.get(f"/e/jam/reports/new?subject={subject}").status_code == 404


def test_things_of_another_event_are_not_reported_here(
    make: Factory, idea_id: int, reader: Visitor
) -> None:
    make.event(slug="other")
    assert reader.get(f"/e/other/reports/new?subject=idea:{idea_id}").status_code == 404


def test_visitors_sign_in_before_they_report(idea_id: int, visitor: Visitor) -> None:
    answer = visitor.get(f"/e/jam/reports/new?subject=idea:{idea_id}")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")


def test_a_moderator_hides_shows_and_dismisses(
    make: Factory, event_id: int, idea_id: int, reader: Visitor, moderator: Visitor
) -> None:
    report(reader, idea_id)
    page = moderator.page("/e/jam/reports")
    assert "A &lt;loud&gt; idea" in page
    assert "Reader" in page
    (view,) = open_reports(make, event_id)
    moderator.submit(f"/e/jam/reports/{view.id}/hide", page="/e/jam/reports")
    assert is_hidden(make, idea_id) is True
    assert "No report is open" in moderator.page("/e/jam/reports")
    settled = moderator.page("/e/jam/reports?state=settled")
    assert "Settled by Moderator" in settled
    moderator.submit(f"/e/jam/reports/{view.id}/show", page="/e/jam/reports")
    assert is_hidden(make, idea_id) is False
    report(reader, idea_id, "Still rude")
    (second,) = open_reports(make, event_id)
    moderator.submit(f"/e/jam/reports/{second.id}/dismiss", page="/e/jam/reports")
    assert open_reports(make, event_id) == []
    assert is_hidden(make, idea_id) is False


def test_the_author_can_be_shut_out_from_the_queue(
    make: Factory, idea_id: int, reader: Visitor, moderator: Visitor
) -> None:
    report(reader, idea_id)
    page = moderator.page("/e/jam/reports")
    assert "Shut Author out" in page
    address = page.split('href="/e/jam/organise/people/')[1].split("#")[0]
    assert moderator.get(f"/e/jam/organise/people/{address}").status_code == 200


def test_the_queue_is_the_moderators_own(
    make: Factory, event_id: int, idea_id: int, reader: Visitor, visitor: Visitor
) -> None:
    report(reader, idea_id)
    (view,) = open_reports(make, event_id)
    assert visitor.get("/e/jam/reports").status_code == 302
    assert reader.get("/e/jam/reports").status_code == 403
    for act in ("hide", "show", "dismiss"):
        answer = reader.submit(f"/e/jam/reports/{view.id}/{act}", page="/e/jam")
        assert answer.status_code == 403
    assert len(open_reports(make, event_id)) == 1


def test_an_empty_queue_teaches(moderator: Visitor) -> None:
    assert "it waits here for you" in moderator.page("/e/jam/reports")


@pytest.mark.parametrize("text", ["A rude note", "\0A rude\0 note"])
def test_a_note_is_reported_hidden_and_put_back(
    make: Factory, event_id: int, author_id: int, reader: Visitor, moderator: Visitor, text: str
) -> None:
    board_id = put_note(make, event_id, author_id, text)
    answer = reader.submit(f"/e/jam/reports/new?subject=note:{board_id}:n1", {"reason": "Rude"})
    assert answer.location == f"/b/{board_id}/outline"
    (view,) = open_reports(make, event_id)
    assert view.author is not None
    assert (view.excerpt, view.author.id) == ("A rude note", author_id)
    moderator.submit(f"/e/jam/reports/{view.id}/hide", page="/e/jam/reports")
    assert notes_on(make, board_id) == []
    moderator.submit(f"/e/jam/reports/{view.id}/show", page="/e/jam/reports")
    assert notes_on(make, board_id) == ["A rude note"]


def test_a_note_that_is_gone_cannot_be_hidden(
    make: Factory, event_id: int, author_id: int, reader: Visitor, moderator: Visitor
) -> None:
    board_id = put_note(make, event_id, author_id)
    reader.submit(f"/e/jam/reports/new?subject=note:{board_id}:n1", {"reason": "Rude"})
    with make.app.app_context():
        current_hub().delete_note(board_id, "n1", f"user:{author_id}")
    (view,) = open_reports(make, event_id)
    answer = moderator.submit(f"/e/jam/reports/{view.id}/hide", page="/e/jam/reports")
    assert answer.status_code == 409
    assert len(open_reports(make, event_id)) == 1
    moderator.submit(f"/e/jam/reports/{view.id}/dismiss", page="/e/jam/reports")
    assert open_reports(make, event_id) == []


def put_note(make: Factory, event_id: int, author_id: int, text: str = "A rude note") -> str:
    """Make a board of the event with one note; returns the board's id."""
    principal = f"user:{author_id}"
    note = Note("n1", text, 0, 0, "sun", None, None, principal, 1)
    with make.app.app_context():
        crew = Actor(user_id=author_id, roles=frozenset({Role.FACILITATOR}))
        board_id = boards.create_board(crew, event_id, "Wall")
        current_hub().edit(board_id, lambda document: insert_note(document, note), principal)
    return board_id


def notes_on(make: Factory, board_id: str) -> list[str]:
    with make.app.app_context():
        return [note.text for note in list_notes(open_document(current_hub().peek(board_id)))]
