"""What an attacker tries first, tried against the real application."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from app import clock, create_app
from app.core.policy import Role
from app.db import Base, db, transaction
from app.domain.accounts.models import User
from app.domain.ideas.models import IdeaComment
from app.domain.jury.models import ConflictOfInterest
from app.domain.moderation.models import Report
from app.domain.programmes.models import AgendaItem
from app.domain.submissions.models import Submission
from app.domain.teams.models import MatchingRun
from app.extensions import limiter
from tests.factories import Factory
from tests.guards.busy_event import BusyEvent
from tests.visitors import Visitor

# What is found by the event and the person, and never by a number that others know.
OWN = {"event_slug", "number"}
# These end what the others need, so they are tried after them.
ENDING = ("ban", "remove", "discard", "withdraw", "replace", "leave", "set_roles")
# What an empty form misses in these is not the thing in the address.
MISSING_IN_FORM = {"teams.change_lead", "organise.unban", "teams.leave"}


@pytest.fixture(autouse=True)
def _fresh_limits(app: Flask) -> None:
    with app.app_context():
        limiter.reset()


def _rules(app: Flask, method: str) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or set()))


def _address(rule: Rule, values: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+(?:\(.*?\))?:)?(\w+)>", lambda part: values[part[1]], rule.rule)


# One event's things under another event's address


@pytest.fixture
def busy(make: Factory) -> BusyEvent:
    event = BusyEvent(make)
    event.grow()
    event.grow()
    return event


def _things_of(make: Factory, busy: BusyEvent) -> dict[str, str]:
    """Return what stands in the addresses of an event's things, some made here."""
    now, addresses, team_id = clock.now(), busy.addresses(), busy.team_id
    with make.app.app_context(), transaction() as session:
        submission_id = session.scalars(
            select(Submission.id).where(Submission.event_id == busy.event_id)
        ).first()
        run = MatchingRun(event_id=busy.event_id, state="done", created_at=now)
        conflict = ConflictOfInterest(
            juror_id=busy.juror_id, submission_id=submission_id, source="organiser", reason="-",
            created_at=now,
        )  # fmt: skip
        session.add_all((run, conflict))
        session.flush()
        person = session.get_one(User, busy.participant_id)
        return {
            **addresses,
            "event_slug": "busy",
            "idea_id": "1",
            "comment_id": str(session.scalars(select(IdeaComment.id)).first()),
            "assignment_id": addresses["sheet"],
            "conflict_id": str(conflict.id),
            "juror_id": str(busy.juror_id),
            "run_id": str(run.id),
            "public_id": person.public_id,
            "item_id": str(session.scalars(select(AgendaItem.id)).first()),
            "report_id": str(session.scalars(select(Report.id)).first()),
            "team_id": str(team_id),
            "submission_id": str(submission_id),
            "shortlist_id": "1",
        }


def _attacker(make: Factory) -> Visitor:
    """Return somebody with every role, in an event of their own."""
    event_id = make.event(slug="own", are_teams_published=True)
    user_id = make.member(event_id, Role.ORGANISER)
    for role in (Role.FACILITATOR, Role.PARTICIPANT, Role.MENTOR, Role.JUROR):
        make.join(event_id, user_id, role)
    return make.visitor(user_id)


def test_nothing_of_an_event_is_reached_through_another(make: Factory, busy: BusyEvent) -> None:
    things = _things_of(make, busy)
    attacker, organiser = _attacker(make), busy.browser("organiser")
    rules = [
        (method, rule)
        for method in ("GET", "POST")
        for rule in _rules(make.app, method)
        if "event_slug" in rule.arguments and rule.arguments - OWN
    ]
    assert len(rules) > 40
    before = _dump(make)
    reached = []
    for method, rule in rules:
        status = _send(attacker, method, _address(rule, {**things, "event_slug": "own"}))
        # 409: the own event has no such thing under work.
        if status not in {403, 404, 409}:
            reached.append(f"{method} {rule.rule} answered {status}")
    assert reached == []
    assert _dump(make) == before
    # The same numbers exist: under their own event the organiser does not miss them.
    rules.sort(key=lambda pair: _turn(pair[1].endpoint))
    missing = [
        f"{method} {rule.rule}"
        for method, rule in rules
        if rule.endpoint not in MISSING_IN_FORM
        and _send(organiser, method, _address(rule, things)) == 404
    ]
    assert missing == []


def test_a_role_of_one_event_changes_no_other(make: Factory, busy: BusyEvent) -> None:
    """Numbers inside forms: people, teams, jurors, submissions, ideas of another event."""
    things = _things_of(make, busy)
    make.user(email="accomplice@example.org")
    attacker = _attacker(make)
    forms: tuple[tuple[str, dict[str, object]], ...] = (
        (f"/e/own/jury/setup/panel/{things['juror_id']}/replace",
         {f"replace-{things['juror_id']}-email": "accomplice@example.org"}),
        ("/e/own/jury/setup/conflicts",
         {"juror_id": things["juror_id"], "submission_id": things["submission_id"], "reason": "-"}),
        ("/e/own/matching/place", {"user_id": busy.participant_id, "team_id": things["team_id"]}),
        ("/e/own/matching/pin", {"user_id": busy.participant_id, "is_pinned": "1"}),
        ("/e/own/ranking", {"idea_id": things["idea_id"]}),
        ("/e/own/ranking/autosave", {"idea_id": things["idea_id"]}),
        (f"/e/own/reports/new?subject=idea:{things['idea_id']}", {"reason": "Rude"}),
        (f"/e/own/reports/new?subject=comment:{things['comment_id']}", {"reason": "Rude"}),
        (f"/e/own/reports/new?subject=note:{things['board']}:abc", {"reason": "Rude"}),
        (f"/p/{things['programme']}/organisers", {"email": "accomplice@example.org"}),
        (f"/b/{things['board']}/notes", {"text": "I was here", "colour": "sun"}),
        (f"/b/{things['board']}/lock", {}),
    )  # fmt: skip
    before = _dump(make)
    statuses = {}
    for address, data in forms:
        token = attacker.csrf_token("/profile")
        answer = attacker.client.post(address, data={**data, "csrf_token": token})
        statuses[address] = answer.status_code
    assert {address: code for address, code in statuses.items() if code < 400} == {}
    assert _dump(make) == before


# Forms from elsewhere


def test_every_form_needs_its_token(make: Factory, busy: BusyEvent) -> None:
    things = {
        **_things_of(make, busy), "token": "t", "code": "CODE1", "note_id": "n", "number": "1",
        "programme_slug": busy.addresses()["programme"], "board_id": busy.addresses()["board"],
    }  # fmt: skip
    admin = make.visitor(make.admin())
    rules = list(_rules(make.app, "POST"))
    assert len(rules) > 80
    before = _dump(make)
    unguarded = [
        f"{rule.rule} answered {answer.status_code}"
        for rule in rules
        for data in ({}, {"csrf_token": "made-up"})
        if (answer := admin.client.post(_address(rule, things), data=data)).status_code != 400
    ]
    assert unguarded == []
    assert _dump(make) == before


def test_nothing_changes_by_following_a_link(make: Factory, busy: BusyEvent) -> None:
    """A GET that writes could be set off by a picture on another site."""
    things = {
        **_things_of(make, busy), "token": "t", "code": "CODE1", "note_id": "n", "number": "1",
        "programme_slug": busy.addresses()["programme"], "board_id": busy.addresses()["board"],
        "filename": "none",
    }  # fmt: skip
    organiser = busy.browser("organiser")
    before = _dump(make)
    for rule in _rules(make.app, "GET"):
        if not rule.websocket:
            organiser.get(_address(rule, things))
    assert _dump(make) == before


# What arrives


NO_TEXT = ("a%00b", "%00")


@pytest.mark.parametrize("text", NO_TEXT)
@pytest.mark.parametrize("who", ["visitor", "organiser"])
def test_what_is_no_text_is_refused_in_every_address(
    make: Factory, busy: BusyEvent, text: str, who: str
) -> None:
    browser = busy.browser(who)
    addresses = [
        f"/e/{text}", "/e/busy/ideas?q=" + text, f"/e/busy?{text}=1", f"/join/{text}",
        f"/people/{text}", f"/nowhere/{text}", f"/sign-in?next=/{text}", f"/b/{text}",
        f"/e/busy/organise/people?q={text}", f"/admin/people?q={text}", f"/sign-in/{text}",
    ]  # fmt: skip
    assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 400
    )


def test_what_is_no_text_is_refused_in_every_field(make: Factory, busy: BusyEvent) -> None:
    organiser = busy.browser("organiser")
    pages = ("/profile", "/e/busy/edit", "/e/busy/organise/people", "/account/password")
    for page in pages:
        for data in ({"name": "a\0b"}, {"a\0b": "x"}):
            assert organiser.submit(page, data).status_code == 400
    sent = make.visitor().submit("/sign-in", {"email": "a\0@example.org", "password": "x" * 10})
    assert sent.status_code == 400


def test_half_a_surrogate_is_never_text(make: Factory) -> None:
    visitor = make.visitor()
    token = visitor.csrf_token("/sign-in")
    for half in ("%ED%A0%80", "%ED%BF%BF"):
        assert visitor.get(f"/join/{half}").status_code in {400, 404}
        answer = visitor.client.post(
            "/sign-in",
            data=f"email={half}&password=xxxxxxxxxx&csrf_token={token}",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code in {400, 422}


@pytest.mark.parametrize("digits", [9, 10, 20, 5000])
def test_numbers_of_any_length_are_survived(make: Factory, busy: BusyEvent, digits: int) -> None:
    """Databases hold 32 or 64 bits, and Python refuses to read 4,300 digits."""
    organiser, number = busy.browser("organiser"), "9" * digits
    things = {
        **dict.fromkeys(_things_of(make, busy), number), "event_slug": "busy", "number": number,
    }  # fmt: skip
    addresses = {
        _address(rule, things)
        for rule in _rules(make.app, "GET")
        if rule.arguments and rule.arguments <= set(things) and not rule.websocket
    }
    pages = ("ideas", "teams", "submissions", "reports", "organise/people", "jury/setup")
    addresses |= {f"/e/busy/{page}?page={number}" for page in pages}
    addresses |= {
        f"/e/busy/matching?waiting={number}",
        f"/e/busy/reports/new?subject=idea:{number}",
        f"/e/busy/reports/new?subject=comment:{number}",
        f"/b/{busy.addresses()['board']}/outline?page={number}",
        f"/e/busy/ideas/1?page={number}",
    }
    admin = make.visitor(make.admin())
    broken = {
        address[:80]: status
        for browser, address in [
            *((organiser, address) for address in sorted(addresses)),
            (admin, f"/admin/people?page={number}"),
        ]
        if (status := browser.get(address).status_code) >= 500
    }
    assert broken == {}
    token = organiser.csrf_token("/profile")
    forms = (
        ("/e/busy/matching/place", {"user_id": number, "team_id": number}),
        ("/e/busy/matching/pin", {"user_id": number}),
        (f"/e/busy/matching/place/undo?user_id={number}&team_id={number}", {}),
        (f"/e/busy/teams/{busy.team_id}/lead", {"user_id": number}),
        ("/e/busy/jury/setup/assign", {"per_submission": number}),
        ("/e/busy/jury/setup/conflicts", {"juror_id": number, "submission_id": number}),
        ("/e/busy/jury/setup/panel", {"email": "a@example.org", "max_load": number}),
        ("/e/busy/shortlist/preview", {"budget": number, "policy": "rank_order"}),
    )
    statuses = {
        address[:60]: organiser.client.post(address, data={**data, "csrf_token": token}).status_code
        for address, data in forms
    }
    assert {address: status for address, status in statuses.items() if status >= 500} == {}


# What leaves


def test_every_answer_keeps_to_itself(make: Factory, busy: BusyEvent) -> None:
    visitor = make.visitor()
    answers = {
        200: visitor.get("/"),
        302: visitor.get("/account"),
        400: visitor.get("/join/%00"),
        404: visitor.get("/nowhere"),
        405: visitor.get("/sign-out"),
        403: make.visitor(make.user()).get("/admin/people"),
        422: visitor.submit("/sign-in", {"email": "x"}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        policy = dict(
            part.strip().partition(" ")[::2]
            for part in answer.headers["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'"
        assert re.fullmatch(r"'self' 'nonce-[\w-]{20,}'", policy["script-src"])
        assert policy["style-src"] == "'self'"
        assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == (
            "'none'", "'none'", "'self'",
        )  # fmt: skip
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "private" in answer.headers["Cache-Control"]


def test_a_failure_keeps_to_itself_and_tells_nothing(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise RuntimeError("the secret is 12345")

    monkeypatch.setitem(app.view_functions, "public.help_page", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = make.visitor().get("/help")
    assert answer.status_code == 500
    assert "12345" not in answer.get_data(as_text=True)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_nonces_are_not_used_twice(make: Factory) -> None:
    visitor = make.visitor()
    policies = {visitor.get("/").headers["Content-Security-Policy"] for _time in range(5)}
    assert len(policies) == 5


def test_the_session_cookie_is_for_the_server_alone(app: Flask, make: Factory) -> None:
    cookie = make.visitor().get("/sign-in").headers["Set-Cookie"]
    flags = {part.strip() for part in cookie.split(";")[1:]}
    assert flags == {"HttpOnly", "Path=/", "SameSite=Lax"}
    settings = app.extensions["cojam_settings"]
    behind_tls = type(settings)(**{**vars(settings), "public_url": "https://a.example"})
    assert create_app(behind_tls, is_test=True).config["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_no_page_speaks_of_a_forged_host(make: Factory, busy: BusyEvent, header: str) -> None:
    organiser = busy.browser("organiser")
    value = "host=evil.example" if header == "Forwarded" else "evil.example"
    for page in ("/", "/e/busy", "/e/busy/organise/join-code", "/e/busy/organise/join-card"):
        answer = organiser.get(page, headers={header: value})
        assert "evil.example" not in answer.get_data(as_text=True)
        assert "evil.example" not in answer.headers.get("Location", "")


EVIL = (
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example",
    "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "https:evil.example",
)  # fmt: skip


@pytest.mark.parametrize("address", EVIL)
def test_no_page_leads_away(make: Factory, busy: BusyEvent, address: str) -> None:
    participant, visitor = busy.browser("participant"), make.visitor()
    for browser, page in (
        (visitor, "/sign-in"), (visitor, "/register"), (participant, "/register"),
        (participant, "/sign-in"), (participant, "/profile"), (participant, "/account/consents"),
    ):  # fmt: skip
        answer = browser.get(page, query_string={"next": address})
        assert _leads_home(answer.headers.get("Location", "/"))
        assert "evil.example" not in re.findall(r'href="([^"]*)"', answer.get_data(as_text=True))
    token = participant.csrf_token("/profile")
    answer = participant.client.post(
        "/e/busy/ideas/1/rank", data={"next": address, "csrf_token": token}
    )
    assert _leads_home(answer.headers.get("Location", "/"))


def _leads_home(location: str) -> bool:
    parts = urlsplit(location)
    return not parts.netloc and not parts.scheme and location.startswith("/")


class _Code(HTMLParser):
    """Finds what a browser would run, though this site did not write it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        is_own = tag != "script" or "nonce" in names or names.get("type") == "application/json"
        addresses = (names.get("href"), names.get("src"), names.get("action"))
        if (
            not is_own
            or any(name.startswith("on") or name == "style" for name in names)
            or any((each or "").strip().lower().startswith("javascript:") for each in addresses)
            or (tag == "img" and names.get("src") == "x")
        ):
            self.faults.append(self.get_starttag_text() or tag)


SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def test_what_people_write_never_becomes_code(make: Factory, busy: BusyEvent) -> None:
    with make.app.app_context(), transaction() as session:
        for user in session.scalars(select(User)):
            user.display_name = SCRIPT[:80]
            user.bio = user.organisation = user.place = SCRIPT
        for table in Base.metadata.sorted_tables:
            for name in {"title", "name", "summary", "body", "text", "excerpt", "reason"} & set(
                table.columns.keys()
            ):
                session.execute(table.update().values({name: SCRIPT[: _room(table, name)]}))
    things = {
        **_things_of(make, busy), "token": "t", "code": "CODE1", "note_id": "n", "number": "1",
        "programme_slug": busy.addresses()["programme"], "board_id": busy.addresses()["board"],
        "filename": "none",
    }  # fmt: skip
    seen = 0
    for who in ("visitor", "participant", "juror", "organiser"):
        browser = busy.browser(who)
        for rule in _rules(make.app, "GET"):
            if rule.websocket:
                continue
            answer = browser.get(_address(rule, things))
            if not answer.content_type.startswith("text/html"):
                continue
            page = answer.get_data(as_text=True)
            seen += "alert(1)" in page
            found = _Code()
            found.feed(page)
            assert found.faults == [], rule.rule
    assert seen > 20


def _room(table: object, name: str) -> int:
    kind = table.columns[name].type  # type: ignore[attr-defined]
    return getattr(kind, "length", None) or 10_000


def _turn(endpoint: str) -> int:
    return next((turn for turn, word in enumerate(ENDING, 1) if word in endpoint), 0)


def _send(visitor: Visitor, method: str, address: str) -> int:
    if method == "GET":
        return visitor.get(address).status_code
    token = visitor.csrf_token("/profile")
    return visitor.client.post(address, data={"csrf_token": token}).status_code


def _dump(make: Factory) -> dict[str, list[str]]:
    """Return every row of every table."""
    with make.app.app_context():
        rows = {
            table.name: sorted(map(repr, db.session.execute(table.select())))
            for table in Base.metadata.sorted_tables
        }
        db.session.rollback()
        return rows
