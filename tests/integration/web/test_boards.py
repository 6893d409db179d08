"""Boards as pages: the list, the board, its outline, forms, and the way to the socket."""

import json
import re
from html import unescape

import pytest

from app.core.boards.notes import Note, list_notes, open_document
from app.core.policy import OPERATOR, Role
from app.domain.accounts.queries import colour_of
from app.domain.boards import queries, service
from app.hub.binding import current_hub
from tests.factories import Factory

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event(slug="jam", name="Two-day jam")


@pytest.fixture
def staff_id(make: Factory, event_id: int) -> int:
    return make.member(event_id, Role.FACILITATOR, name="Lena Brandt")


@pytest.fixture
def person_id(make: Factory, event_id: int) -> int:
    return make.member(event_id, name="Олена Кравець")


@pytest.fixture
def board_id(make: Factory, event_id: int) -> str:
    with make.app.app_context():
        return service.create_board(OPERATOR, event_id, "Night library <two>")


def put(make: Factory, board_id: str, *notes: Note) -> None:
    with make.app.app_context():
        current_hub().insert_notes(board_id, notes, "server")


def read(make: Factory, board_id: str) -> list[Note]:
    with make.app.app_context():
        return list_notes(open_document(current_hub().peek(board_id)))


def data_of(page: str) -> dict[str, object]:
    match = re.search(r'id="board-data">(.*?)</script>', page)
    assert match
    data: dict[str, object] = json.loads(match.group(1))
    return data


# -- list


def test_the_list_teaches_when_it_is_empty(make: Factory, staff_id: int, person_id: int) -> None:
    assert "/e/jam/boards/new" in make.visitor(staff_id).page("/e/jam/boards")
    page = make.visitor(person_id).page("/e/jam/boards")
    assert "No boards yet" in page
    assert "/e/jam/boards/new" not in page


def test_the_list_offers_a_board_to_a_team_without_one(
    make: Factory, event_id: int, person_id: int
) -> None:
    team_id = make.team(event_id, person_id, name="Lamp")
    visitor = make.visitor(person_id)
    assert "Lamp" in visitor.page("/e/jam/boards")
    answer = visitor.submit(f"/e/jam/teams/{team_id}/board", page="/e/jam/boards")
    assert answer.status_code == 302
    with make.app.app_context():
        board = queries.find_team_board(team_id)
    assert board is not None
    assert answer.location == f"/b/{board.id}"
    assert f"/b/{board.id}" in visitor.page("/e/jam/boards")


def test_a_team_of_another_event_is_not_there(make: Factory, staff_id: int) -> None:
    elsewhere = make.team(make.event(slug="other"))
    answer = make.visitor(staff_id).submit(
        f"/e/jam/teams/{elsewhere}/board", page="/e/jam/boards/new"
    )
    assert answer.status_code == 404
    with make.app.app_context():
        assert queries.find_team_board(elsewhere) is None


def test_a_team_s_board_is_nobody_else_s(make: Factory, event_id: int, person_id: int) -> None:
    team_id = make.team(event_id)
    with make.app.app_context():
        board_id = service.ensure_team_board(OPERATOR, event_id, team_id)
    visitor = make.visitor(person_id)
    assert f"/b/{board_id}" not in visitor.page("/e/jam/boards")
    for path in (f"/b/{board_id}", f"/b/{board_id}/outline"):
        assert visitor.get(path).status_code == 403


# -- making, renaming, locking


def test_staff_make_and_rename_a_board(make: Factory, staff_id: int) -> None:
    visitor = make.visitor(staff_id)
    made = visitor.submit("/e/jam/boards/new", {"title": "What next?"})
    assert made.status_code == 302
    board_path = made.location
    assert "What next?" in visitor.page(board_path)
    visitor.submit(f"{board_path}/edit", {"title": "And then?"})
    assert "And then?" in visitor.page(board_path)


def test_a_board_without_a_title_is_not_made(make: Factory, staff_id: int, event_id: int) -> None:
    answer = make.visitor(staff_id).submit("/e/jam/boards/new", {"title": "  "})
    assert answer.status_code == 422
    assert "Give the board a title." in answer.get_data(as_text=True)
    with make.app.app_context():
        assert queries.list_boards(event_id, OPERATOR) == []


def test_a_title_that_is_too_long_is_kept_in_the_field(make: Factory, staff_id: int) -> None:
    answer = make.visitor(staff_id).submit("/e/jam/boards/new", {"title": "y" * 201})
    assert answer.status_code == 422
    assert "y" * 201 in answer.get_data(as_text=True)


def test_participants_do_not_manage(make: Factory, person_id: int, board_id: str) -> None:
    visitor = make.visitor(person_id)
    assert visitor.get("/e/jam/boards/new").status_code == 403
    assert visitor.get(f"/b/{board_id}/edit").status_code == 403
    answer = visitor.submit(f"/b/{board_id}/lock", page=f"/b/{board_id}/outline")
    assert answer.status_code == 403


def test_a_lock_stops_the_forms_of_participants(
    make: Factory, staff_id: int, person_id: int, board_id: str
) -> None:
    staff, person = make.visitor(staff_id), make.visitor(person_id)
    outline = f"/b/{board_id}/outline"
    token = person.csrf_token(outline)
    staff.submit(f"/b/{board_id}/lock", page=f"/b/{board_id}")
    data = data_of(person.page(f"/b/{board_id}"))
    assert (data["isLocked"], data["mayEdit"], data["mayModerate"]) == (True, True, False)
    assert "Put it on the board" not in person.page(outline)
    answer = person.client.post(f"/b/{board_id}/notes", data={"csrf_token": token, "text": "x"})
    assert answer.status_code == 403
    staff.submit(f"/b/{board_id}/notes", {"text": "by staff", "colour": "sun"}, page=outline)
    staff.submit(f"/b/{board_id}/unlock", page=f"/b/{board_id}")
    person.submit(f"/b/{board_id}/notes", {"text": "by all", "colour": "sun"}, page=outline)
    assert [note.text for note in read(make, board_id)] == ["by staff", "by all"]


# -- the board


def test_the_board_s_script_is_told_who_is_who(
    make: Factory, staff_id: int, person_id: int, board_id: str
) -> None:
    stranger = make.user("Not of this event")
    put(
        make, board_id,
        Note("a", "hers", 0, 0, "sun", None, None, f"user:{person_id}"),
        Note("b", "forged", 0, 0, "sun", None, None, f"user:{stranger}"),
        Note("c", "nobody's", 0, 0, "sun", None, None, "user:x"),
    )  # fmt: skip
    page = make.visitor(staff_id).page(f"/b/{board_id}")
    data = data_of(page)
    colour = colour_of(person_id)
    assert data["people"] == {f"user:{person_id}": {"name": "Олена Кравець", "colour": colour}}
    assert (data["you"], data["syncPath"]) == (f"user:{staff_id}", f"/sync/{board_id}")
    assert (data["mayEdit"], data["mayModerate"]) == (True, True)
    assert "Night library &lt;two&gt;" in page
    assert "Not of this event" not in page


def test_a_mentor_reads_a_team_s_board(make: Factory, event_id: int) -> None:
    mentor_id = make.member(event_id, Role.MENTOR)
    with make.app.app_context():
        board_id = service.ensure_team_board(OPERATOR, event_id, make.team(event_id))
    visitor = make.visitor(mentor_id)
    assert data_of(visitor.page(f"/b/{board_id}"))["mayEdit"] is False
    assert "Put it on the board" not in visitor.page(f"/b/{board_id}/outline")


@pytest.mark.parametrize("path", ["/b/nowhere", "/b/nowhere/outline"])
def test_a_board_that_is_not_there(make: Factory, staff_id: int, path: str) -> None:
    assert make.visitor(staff_id).get(path).status_code == 404


def test_visitors_are_asked_to_sign_in(make: Factory, board_id: str) -> None:
    answer = make.visitor().get(f"/b/{board_id}")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


# -- the outline


def test_a_note_is_written_changed_and_deleted_by_form(
    make: Factory, person_id: int, board_id: str
) -> None:
    visitor, outline = make.visitor(person_id), f"/b/{board_id}/outline"
    visitor.submit(
        f"/b/{board_id}/notes", {"text": "<b>Tea</b>\r\nat ten", "colour": "sky"}, page=outline
    )
    (note,) = read(make, board_id)
    assert (note.text, note.author) == ("<b>Tea</b>\nat ten", f"user:{person_id}")
    page = visitor.page(outline)
    assert "&lt;b&gt;Tea&lt;/b&gt;" in page
    assert "Олена Кравець, blue" in page
    path = f"/b/{board_id}/notes/{note.id}"
    visitor.submit(path, {"text": "Coffee", "colour": "rose", "base": note.text})
    assert [(n.text, n.colour) for n in read(make, board_id)] == [("Coffee", "rose")]
    visitor.submit(f"{path}/delete", page=outline)
    assert read(make, board_id) == []


def test_an_empty_note_is_not_put_on_the_board(
    make: Factory, person_id: int, board_id: str
) -> None:
    answer = make.visitor(person_id).submit(
        f"/b/{board_id}/notes", {"text": " ", "colour": "sky"}, page=f"/b/{board_id}/outline"
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Write something on the note." in page
    assert '<option selected value="sky">' in page
    assert read(make, board_id) == []


def test_a_note_that_somebody_changed_meanwhile_is_not_overwritten(
    make: Factory, person_id: int, board_id: str
) -> None:
    put(make, board_id, Note("a", "theirs, newer", 0, 0, "sun"))
    answer = make.visitor(person_id).submit(
        f"/b/{board_id}/notes/a", {"text": "mine", "colour": "sun", "base": "what I saw"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Somebody changed this note meanwhile" in page
    assert "theirs, newer" in page
    assert ">\r\nmine</textarea>" in page
    assert [note.text for note in read(make, board_id)] == ["theirs, newer"]


def test_a_note_that_is_gone_is_missing(make: Factory, person_id: int, board_id: str) -> None:
    assert make.visitor(person_id).get(f"/b/{board_id}/notes/gone").status_code == 404


def test_a_long_board_has_pages(make: Factory, person_id: int, board_id: str) -> None:
    put(make, board_id, *(Note(f"n{n:03}", f"Note {n:03}", 0, n, "sun") for n in range(101)))
    visitor = make.visitor(person_id)
    first, second = (visitor.page(f"/b/{board_id}/outline?page={n}") for n in (1, 2))
    assert ("Note 099" in first, "Note 100" in first) == (True, False)
    assert ("Note 099" in second, "Note 100" in second) == (False, True)


def test_staff_hide_a_note_and_put_it_back(
    make: Factory, staff_id: int, person_id: int, board_id: str
) -> None:
    put(make, board_id, Note("a", "out of line", 3, 4, "sun"))
    visitor, outline = make.visitor(staff_id), f"/b/{board_id}/outline"
    person = make.visitor(person_id)
    refused = person.submit(f"/b/{board_id}/notes/a/hide", page=outline)
    assert refused.status_code == 403
    visitor.submit(f"/b/{board_id}/notes/a/hide", page=outline)
    assert read(make, board_id) == []
    assert "out of line" in visitor.page(outline)
    assert "out of line" not in person.page(outline)
    visitor.submit(f"/b/{board_id}/notes/a/put-back", page=outline)
    assert [(n.text, n.x, n.y) for n in read(make, board_id)] == [("out of line", 3, 4)]


def test_whoever_is_no_moderator_may_report_a_note(
    make: Factory, person_id: int, board_id: str
) -> None:
    put(make, board_id, Note("a", "out of line", 3, 4, "sun"))
    visitor = make.visitor(person_id)
    page = visitor.page(f"/b/{board_id}/outline")
    address = re.search(r'href="(/e/jam/reports/new[^"]+)"', page)
    assert address
    assert "out of line" in visitor.page(unescape(address.group(1)))
    shown = str(data_of(visitor.page(f"/b/{board_id}"))["reportUrl"]).replace("NOTE", "a")
    assert shown == unescape(address.group(1))


def test_the_board_s_own_button_hides_without_a_page(
    make: Factory, staff_id: int, board_id: str
) -> None:
    put(make, board_id, Note("a", "out of line", 3, 4, "sun"))
    path = f"/b/{board_id}/notes/a/hide"
    answer = make.visitor(staff_id).post_json(path, {}, page=f"/b/{board_id}/outline")
    assert (answer.status_code, read(make, board_id)) == (204, [])


# -- the socket's door


def test_the_socket_asks_the_policy_and_the_origin(
    make: Factory, person_id: int, event_id: int, board_id: str
) -> None:
    with make.app.app_context():
        others = service.ensure_team_board(OPERATOR, event_id, make.team(event_id))
    visitor = make.visitor(person_id)

    def knock(board: str, origin: str | None) -> int:
        headers = {**HANDSHAKE, **({"Origin": origin} if origin else {})}
        return visitor.get(f"/sync/{board}", headers=headers).status_code

    # The test client has no socket to hand over: 501 says that everything else was in order.
    assert knock(board_id, "http://localhost") == 501
    assert knock(board_id, "http://elsewhere.example") == 403
    assert knock(board_id, None) == 403
    assert knock(others, "http://localhost") == 403
    assert knock("nowhere", "http://localhost") == 404
    assert make.visitor().get(f"/sync/{board_id}", headers=HANDSHAKE).status_code == 302
