"""Pitching: the draft that keeps itself, the preview, pictures, refusals."""

import io
import re
from html import unescape
from typing import Any

import pytest
from PIL import Image

from app.core.phases import Phase
from app.core.policy import Role
from app.domain.ideas import queries
from tests.factories import Factory
from tests.visitors import Visitor

NEW = "/e/jam/ideas/drafts/1"


@pytest.fixture
def event_id(make: Factory) -> int:
    """Return an event in its idea phase."""
    return make.event(slug="jam")


@pytest.fixture
def owner_id(make: Factory, event_id: int) -> int:
    """Return who pitches."""
    return make.member(event_id)


@pytest.fixture
def owner(make: Factory, owner_id: int) -> Visitor:
    """Return the browser of who pitches."""
    return make.visitor(owner_id)


def typed(**values: str) -> dict[str, Any]:
    return {
        "title": "Night library",
        "summary": "A reading room that stays open until two.",
        "body": "Our branch closes at **six**.",
        "language": "en",
        "version": "0",
        "skills-0-label": "Python",
        "skills-0-level": "3",
        "skills-4-label": "Lanterns",
        "skills-4-level": "1",
        "act": "pitch",
        **values,
    }


def own(make: Factory, event_id: int, owner_id: int) -> list[queries.IdeaView]:
    with make.app.app_context():
        return queries.list_own_ideas(event_id, owner_id)


def value_of(page: str, name: str) -> str:
    match = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert match, name
    return unescape(match.group(1))


def test_an_idea_is_pitched_from_the_form(
    make: Factory, owner: Visitor, owner_id: int, event_id: int
) -> None:
    start = owner.get("/e/jam/ideas/new")
    assert (start.status_code, start.headers["Location"]) == (302, NEW)
    assert "The idea stays yours." in owner.page(NEW)
    sent = owner.submit(NEW, typed())
    (idea,) = own(make, event_id, owner_id)
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/e/jam/ideas/{idea.id}")
    assert (idea.state, idea.title, idea.body) == (
        "pitched", "Night library", "Our branch closes at **six**.",
    )  # fmt: skip
    assert [(s.key, s.label, s.level) for s in idea.skills] == [
        ("python", "Python", 3),
        ("lanterns", "Lanterns", 1),
    ]
    # The same form sent again makes no second idea.
    again = owner.client.post(
        NEW, data={**typed(), "csrf_token": owner.csrf_token("/e/jam/ideas/drafts/2")}
    )
    assert again.headers["Location"] == f"/e/jam/ideas/{idea.id}"
    assert len(own(make, event_id, owner_id)) == 1
    assert owner.get("/e/jam/ideas/new").headers["Location"] == "/e/jam/ideas/drafts/2"


def test_what_is_typed_is_kept_and_found_again(
    make: Factory, owner: Visitor, owner_id: int, event_id: int
) -> None:
    first = owner.submit(
        f"{NEW}/autosave", {"title": "Ніч", "skills-0-label": "Lanterns", "version": "0"}, page=NEW
    )
    assert first.get_json() == {"idea_id": own(make, event_id, owner_id)[0].id, "version": 1}
    assert owner.get("/e/jam/ideas/new").headers["Location"] == NEW
    page = owner.page(NEW)
    assert value_of(page, "title") == "Ніч"
    assert value_of(page, "version") == "1"
    assert value_of(page, "skills-0-label") == "Lanterns"
    second = owner.submit(f"{NEW}/autosave", {"title": "Ніч бібліотек", "version": "1"}, page=NEW)
    assert second.get_json()["version"] == 2
    (draft,) = own(make, event_id, owner_id)
    assert (draft.state, draft.title) == ("draft", "Ніч бібліотек")


def test_an_autosave_from_an_old_window_is_refused_in_words(
    make: Factory, owner: Visitor, owner_id: int, event_id: int
) -> None:
    owner.submit(f"{NEW}/autosave", {"title": "One", "version": "0"}, page=NEW)
    owner.submit(f"{NEW}/autosave", {"title": "Two", "version": "1"}, page=NEW)
    stale = owner.submit(
        f"{NEW}/autosave", {"title": "Old", "version": "1"}, page=NEW,
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert stale.status_code == 409
    assert stale.get_json()["error"].startswith("This was changed in another window")
    sent = owner.submit(NEW, typed(version="1"))
    assert sent.status_code == 422
    page = sent.get_data(as_text=True)
    assert value_of(page, "title") == "Night library"
    assert value_of(page, "version") == "2"
    assert own(make, event_id, owner_id)[0].title == "Two"
    assert owner.submit(NEW, typed(version="2")).status_code == 302


def test_an_autosave_too_long_to_keep_says_so(owner: Visitor, event_id: int) -> None:
    answer = owner.submit(
        f"{NEW}/autosave", {"title": "x" * 121}, page=NEW, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.get_json()) == (
        400,
        {"error": "Use at most 120 characters; these are 121."},
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": ""}, "Give your idea a title."),
        ({"title": "x" * 121}, "Use at most 120 characters."),
        ({"summary": " "}, "Say in a sentence or two what the idea is."),
        ({"language": "xx"}, "Not a valid choice."),
        ({"skills-0-label": "y" * 81}, "Field cannot be longer than 80 characters."),
        ({"skills-0-level": "9"}, "Not a valid choice."),
    ],
)
def test_bad_input_is_explained_and_kept_and_not_pitched(
    make: Factory, owner: Visitor, owner_id: int, event_id: int,
    values: dict[str, str], message: str,
) -> None:  # fmt: skip
    sent = owner.submit(NEW, typed(**{"body": "Kept <text>", **values}))
    page = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert message in unescape(page)
    assert "Kept &lt;text&gt;" in page
    assert value_of(page, "skills-1-label") == "Lanterns"
    assert own(make, event_id, owner_id) == []


def test_a_draft_is_kept_previewed_and_thrown_away(
    make: Factory, owner: Visitor, owner_id: int, event_id: int
) -> None:
    preview = owner.submit(NEW, typed(act="preview", title="")).get_data(as_text=True)
    assert "Our branch closes at <strong>six</strong>." in preview
    assert value_of(preview, "version") == "1"
    kept = owner.submit(NEW, typed(act="save", version="1", title="Night"))
    assert kept.headers["Location"] == NEW
    (draft,) = own(make, event_id, owner_id)
    assert (draft.state, draft.title) == ("draft", "Night")
    stranger = make.visitor(make.member(event_id, Role.ORGANISER))
    assert stranger.get(f"/e/jam/ideas/{draft.id}").status_code == 404
    assert owner.get(f"/e/jam/ideas/{draft.id}").headers["Location"] == NEW
    owner.submit(f"/e/jam/ideas/{draft.id}/discard", page=NEW)
    assert own(make, event_id, owner_id) == []


def test_a_picture_goes_under_the_text(
    make: Factory, owner: Visitor, owner_id: int, event_id: int
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(picture, "PNG")
    files = {"image": (io.BytesIO(picture.getvalue()), "room.png"), "image_alt": "A [lit] room"}
    sent = owner.submit(NEW, {**typed(act="image"), **files}, content_type="multipart/form-data")
    assert sent.status_code == 200
    (draft,) = own(make, event_id, owner_id)
    assert re.fullmatch(
        r"Our branch closes at \*\*six\*\*\.\n\n!\[A lit room\]\(/files/[0-9a-z]+\)\n", draft.body
    )
    by_script = owner.submit(
        "/e/jam/ideas/images",
        {"image": (io.BytesIO(picture.getvalue()), "room.png"), "image_alt": "Room"},
        page=NEW,
        content_type="multipart/form-data",
    )
    assert re.fullmatch(r"!\[Room\]\(/files/[0-9a-z]+\)", by_script.get_json()["markdown"])


@pytest.mark.parametrize("name", ["", "room.png"])
def test_what_is_no_picture_is_refused_and_the_text_kept(
    make: Factory, owner: Visitor, owner_id: int, event_id: int, name: str
) -> None:
    data = {**typed(act="image"), "image": (io.BytesIO(b"no picture"), name)}
    sent = owner.submit(NEW, data, content_type="multipart/form-data")
    assert sent.status_code == 422
    page = sent.get_data(as_text=True)
    assert 'id="image-error"' in page
    assert "Our branch closes at **six**." in page


def test_the_owner_edits_what_is_pitched(
    make: Factory, owner: Visitor, owner_id: int, event_id: int
) -> None:
    owner.submit(NEW, typed())
    (idea,) = own(make, event_id, owner_id)
    url = f"/e/jam/ideas/{idea.id}/edit"
    page = owner.page(url)
    assert (value_of(page, "title"), value_of(page, "version")) == ("Night library", "1")
    preview = owner.submit(url, typed(title="Late library", version="1", act="preview"))
    assert preview.status_code == 200
    assert own(make, event_id, owner_id)[0].title == "Night library"
    assert owner.submit(url, typed(title="", version="1")).status_code == 422
    assert owner.submit(url, typed(title="Late library", version="0")).status_code == 422
    assert owner.submit(url, typed(title="Late library", version="1")).status_code == 302
    assert own(make, event_id, owner_id)[0].title == "Late library"


def test_drafts_and_edits_are_for_their_owner(
    make: Factory, owner: Visitor, owner_id: int, event_id: int
) -> None:
    owner.submit(NEW, typed())
    (idea,) = own(make, event_id, owner_id)
    other = make.visitor(make.member(event_id))
    assert other.get(f"/e/jam/ideas/{idea.id}/edit").status_code == 403
    # Each person counts their own ideas: the same address is another draft.
    assert value_of(other.page(NEW), "title") == ""
    assert other.get("/e/jam/ideas/drafts/5").status_code == 404
    assert owner.get(NEW).headers["Location"] == f"/e/jam/ideas/{idea.id}"


def test_pitching_is_for_insiders_while_ideas_are_open(make: Factory, visitor: Visitor) -> None:
    make.event(slug="jam")
    late_id = make.event(Phase.JUDGING, slug="late")
    assert "/sign-in" in visitor.get("/e/jam/ideas/new").headers["Location"]
    assert make.visitor(make.user()).get("/e/jam/ideas/new").status_code == 403
    closed = make.visitor(make.member(late_id)).get("/e/late/ideas/new")
    assert closed.status_code == 403
    assert "not open now" in closed.get_data(as_text=True)
    staff = make.visitor(make.member(late_id, Role.ORGANISER))
    assert staff.get("/e/late/ideas/new").status_code == 302
