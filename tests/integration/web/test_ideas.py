"""The list of ideas and an idea's page, as people see and use them."""

import re
from html import unescape

import pytest

from app.core.policy import Actor, Role
from app.db import transaction
from app.domain.accounts.models import User, UserSkill
from app.domain.ideas import queries, responses, service
from app.domain.ideas.service import IdeaInput, SkillInput
from tests.factories import Factory
from tests.visitors import Visitor

LIST = "/e/jam/ideas"


@pytest.fixture
def event_id(make: Factory) -> int:
    """Return an event in its idea phase."""
    return make.event(slug="jam", name="Two-day jam")


@pytest.fixture
def owner_id(make: Factory, event_id: int) -> int:
    """Return who pitches."""
    return make.member(event_id, name="Олена Кравець")


def pitch(make: Factory, event_id: int, owner_id: int, title: str, **values: object) -> int:
    actor = Actor(owner_id, frozenset({Role.PARTICIPANT}))
    with make.app.app_context():
        given = IdeaInput(title, f"About {title}.", **values)  # type: ignore[arg-type]
        return service.create_idea(actor, event_id, given)


def find(make: Factory, idea_id: int) -> queries.IdeaView:
    with make.app.app_context():
        idea = queries.find_idea(idea_id)
        assert idea is not None
        return idea


def titles(page: str) -> list[str]:
    return [unescape(t) for t in re.findall(r'class="stretched-link"[^>]*>([^<]+)</a>', page)]


def test_a_visitor_reads_the_list_of_a_published_event(
    make: Factory, visitor: Visitor, event_id: int, owner_id: int
) -> None:
    pitch(make, event_id, owner_id, "Кухня у дворі", language="uk")
    page = visitor.page(LIST)
    assert titles(page) == ["Кухня у дворі"]
    assert re.search(r'<h3 class="title" lang="uk">', page)
    assert "Олена Кравець" in page
    assert "Add to my five" not in page
    assert "Pitch an idea" not in page


def test_an_unpublished_event_keeps_its_ideas(make: Factory, visitor: Visitor) -> None:
    event_id = make.event(slug="secret", is_published=False)
    owner_id = make.member(event_id)
    idea_id = pitch(make, event_id, owner_id, "Night library")
    for url in ("/e/secret/ideas", f"/e/secret/ideas/{idea_id}"):
        answer = visitor.get(url)
        assert (answer.status_code, "/sign-in" in answer.headers["Location"]) == (302, True)
    assert make.visitor(make.user()).get("/e/secret/ideas").status_code == 403
    assert titles(make.visitor(owner_id).page("/e/secret/ideas")) == ["Night library"]


def test_an_empty_list_teaches(
    make: Factory, visitor: Visitor, event_id: int, owner_id: int
) -> None:
    assert "No ideas yet" in visitor.page(LIST)
    assert "No ideas yet" in make.visitor(owner_id).page(LIST)
    pitch(make, event_id, owner_id, "Night library")
    assert "No idea fits" in visitor.page(f"{LIST}?q=nowhere")


def test_search_and_filters_work_together_and_wrong_values_show_all(
    make: Factory, event_id: int, owner_id: int
) -> None:
    pitch(make, event_id, owner_id, "Night library", skills=(SkillInput("Python"),))
    pitch(make, event_id, owner_id, "Кухня", language="uk", skills=(SkillInput("Cooking"),))
    reader_id = make.member(event_id, languages=["uk"])
    with make.app.app_context(), transaction() as session:
        session.add(UserSkill(user_id=reader_id, skill_key="python", label="Python", level=3))
    reader = make.visitor(reader_id)
    assert titles(reader.page(f"{LIST}?q=NIGHT")) == ["Night library"]
    assert titles(reader.page(f"{LIST}?needs=mine")) == ["Night library"]
    assert titles(reader.page(f"{LIST}?language=mine")) == ["Кухня"]
    assert titles(reader.page(f"{LIST}?language=uk&needs=mine")) == []
    everything = ["Кухня", "Night library"]
    assert titles(reader.page(f"{LIST}?language=xx&needs=yours&order=odd&page=-3")) == everything
    assert titles(reader.page(f"{LIST}?order=title")) == everything[::-1]


def test_what_was_searched_for_stays_in_the_field(visitor: Visitor, event_id: int) -> None:
    page = visitor.page(f"{LIST}?q=%3Cscript%3E&language=uk")
    assert 'value="&lt;script&gt;"' in page
    assert '<option selected value="uk">' in page


def test_long_lists_come_in_pages_that_keep_the_filter(
    make: Factory, visitor: Visitor, event_id: int, owner_id: int
) -> None:
    for number in range(26):
        pitch(make, event_id, owner_id, f"Idea {number}")
    assert len(titles(visitor.page(LIST))) == 25
    second = visitor.page(f"{LIST}?q=idea&page=2")
    assert titles(second) == ["Idea 0"]
    assert "q=idea" in re.findall(r'rel="prev" href="([^"]+)"', second)[0]


def test_an_idea_page_shows_all_that_it_says(
    make: Factory, visitor: Visitor, event_id: int, owner_id: int
) -> None:
    idea_id = pitch(
        make, event_id, owner_id, "Кухня у дворі", language="uk",
        body="# Why\n\n<script>alert(1)</script>\n\n**Because** [x](javascript:alert(1))",
        skills=(SkillInput("Python", 3),),
    )  # fmt: skip
    page = visitor.page(f"{LIST}/{idea_id}")
    assert re.findall(r"<h1[^>]*>([^<]+)</h1>", page) == ["Кухня у дворі"]
    assert 'lang="uk">Кухня у дворі' in page
    assert "<strong>Because</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "experienced" in page
    assert "Say it" not in page
    assert "Support it" not in page


def test_imported_fields_are_shown_and_only_safe_links_are_links(
    make: Factory, visitor: Visitor, event_id: int
) -> None:
    record = {"webpage_url": "javascript:alert(1)", "source_url": "https://example.org/code"}
    with make.app.app_context():
        idea_id = service.import_idea(event_id, IdeaInput("Map", "A map."), imported=record)
    page = visitor.page(f"{LIST}/{idea_id}")
    assert 'href="https://example.org/code"' in page
    assert 'href="javascript' not in page
    assert "javascript:alert(1)" in page
    assert "Somebody without an account here" in page


def test_a_person_comments_and_what_was_refused_is_kept(
    make: Factory, event_id: int, owner_id: int
) -> None:
    idea_id = pitch(make, event_id, owner_id, "Night library")
    reader = make.visitor(make.member(event_id, name="Jonas"))
    url = f"{LIST}/{idea_id}"
    answer = reader.submit(f"{url}/comments", {"body": "Who has the **key**?"}, page=url)
    assert answer.status_code == 302
    page = reader.page(url)
    assert "Who has the <strong>key</strong>?" in page
    assert "Your comment is on the page." in page
    refused = reader.submit(f"{url}/comments", {"body": "x" * 5_001}, page=url)
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "x" * 5_001 in text
    assert "Use at most 5000 characters." in text
    assert reader.submit(f"{url}/comments", {"body": " "}, page=url).status_code == 422
    assert find(make, idea_id).comment_count == 1


def test_support_is_given_and_taken_back(make: Factory, event_id: int, owner_id: int) -> None:
    idea_id = pitch(make, event_id, owner_id, "Night library")
    reader = make.visitor(make.member(event_id))
    url = f"{LIST}/{idea_id}"
    reader.submit(f"{url}/support", {"is_supported": "1"}, page=url)
    reader.submit(f"{url}/support", {"is_supported": "1"}, page=url)
    assert "1 person supports it." in reader.page(url)
    reader.submit(f"{url}/support", {"is_supported": "0"}, page=url)
    assert find(make, idea_id).support_count == 0


def test_outsiders_and_visitors_change_nothing(
    make: Factory, visitor: Visitor, event_id: int, owner_id: int
) -> None:
    idea_id = pitch(make, event_id, owner_id, "Night library")
    outsider = make.visitor(make.user())
    for path in ("comments", "support", "rank", "withdraw", "hide"):
        sent = outsider.submit(f"{LIST}/{idea_id}/{path}", {"body": "x"}, page="/account")
        assert (path, sent.status_code) == (path, 403)
        assert visitor.client.post(f"{LIST}/{idea_id}/{path}").status_code == 400  # no token
    idea = find(make, idea_id)
    assert (idea.state, idea.is_hidden, idea.comment_count, idea.support_count) == (
        "pitched", False, 0, 0,
    )  # fmt: skip


def test_staff_hide_an_idea_and_its_comments(make: Factory, event_id: int, owner_id: int) -> None:
    idea_id = pitch(make, event_id, owner_id, "Night library")
    with make.app.app_context():
        actor = Actor(owner_id, frozenset({Role.PARTICIPANT}))
        comment_id = responses.comment_on_idea(actor, idea_id, "Something rude")
    staff = make.visitor(make.member(event_id, Role.FACILITATOR))
    reader = make.visitor(make.member(event_id))
    url = f"{LIST}/{idea_id}"
    staff.submit(f"{url}/comments/{comment_id}/hide", {"is_hidden": "1"}, page=url)
    assert "Something rude" not in reader.page(url)
    assert "Something rude" in staff.page(url)
    assert staff.submit(f"{url}/comments/999/hide", page=url).status_code == 404
    staff.submit(f"{url}/hide", {"is_hidden": "1"}, page=url)
    assert titles(reader.page(LIST)) == []
    assert titles(staff.page(LIST)) == ["Night library"]
    hidden = reader.get(url)
    assert hidden.status_code == 403
    assert "A moderator has hidden this." in hidden.get_data(as_text=True)
    assert "Only its owner and the organisers see it." in make.visitor(owner_id).page(url)
    staff.submit(f"{url}/hide", {"is_hidden": "0"}, page=url)
    assert titles(reader.page(LIST)) == ["Night library"]


def test_the_owner_withdraws_and_brings_back(make: Factory, event_id: int, owner_id: int) -> None:
    idea_id = pitch(make, event_id, owner_id, "Night library")
    owner, url = make.visitor(owner_id), f"{LIST}/{idea_id}"
    reader = make.visitor(make.member(event_id))
    assert reader.submit(f"{url}/withdraw", page=url).status_code == 403
    owner.submit(f"{url}/withdraw", {"confirmed": "1"}, page=url)
    assert reader.get(url).status_code == 404
    page = owner.page(url)
    assert "This idea has been withdrawn." in page
    assert f'action="{url}/bring-back"' in page
    owner.submit(f"{url}/bring-back", page=url)
    assert reader.get(url).status_code == 200


def test_ideas_of_another_event_are_not_here(make: Factory, event_id: int, owner_id: int) -> None:
    make.event(slug="other")
    idea_id = pitch(make, event_id, owner_id, "Night library")
    reader = make.visitor(owner_id)
    assert reader.get(f"/e/other/ideas/{idea_id}").status_code == 404
    assert reader.get("/e/nowhere/ideas").status_code == 404
    assert reader.get(f"{LIST}/999999").status_code == 404


def test_a_pseudonym_is_all_that_others_see(
    make: Factory, visitor: Visitor, event_id: int, owner_id: int
) -> None:
    idea_id = pitch(make, event_id, owner_id, "Night library")
    with make.app.app_context(), transaction() as session:
        email = session.get_one(User, owner_id).email
    assert email not in visitor.page(f"{LIST}/{idea_id}")
