"""What an attacker tries first, tried against the real application."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.db import Base, transaction
from app.domain.accounts.models import User
from app.extensions import limiter
from tests.factories import Factory
from tests.guards.attacker import address_of, everything_of, make_busy, rules, things_of
from tests.guards.busy_event import BusyEvent


@pytest.fixture(autouse=True)
def _fresh_limits(app: Flask) -> None:
    with app.app_context():
        limiter.reset()


@pytest.fixture
def busy(make: Factory) -> BusyEvent:
    return make_busy(make)


# What arrives


NO_TEXT = ("a%00b", "%00")


@pytest.mark.parametrize("text", NO_TEXT)
@pytest.mark.parametrize("who", ["visitor", "organiser"])
def test_what_is_no_text_is_refused_in_everyaddress(
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
        **dict.fromkeys(things_of(make, busy), number), "event_slug": "busy", "number": number,
    }  # fmt: skip
    addresses = {
        address_of(rule, things)
        for rule in rules(make.app, "GET")
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
    things = everything_of(make, busy)
    seen = 0
    for who in ("visitor", "participant", "juror", "organiser"):
        browser = busy.browser(who)
        for rule in rules(make.app, "GET"):
            if rule.websocket:
                continue
            answer = browser.get(address_of(rule, things))
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
