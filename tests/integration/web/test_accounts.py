"""Signing in and out, as visitors do it."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.people import Consent
from app.domain.accounts import consents, service
from app.extensions import limiter
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.visitors import Visitor

PASSWORD = "correct horse battery"
FORM = {"display_name": "Лена Б.", "email": "lena@example.org", "password": "", "terms": "y"}


@pytest.fixture(autouse=True)
def _fresh_limits(app: Flask) -> None:
    with app.app_context():
        limiter.reset()


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    return Mailbox(app.extensions["cojam_settings"])


@pytest.fixture
def lena(app: Flask, make: Factory) -> int:
    with app.app_context():
        password_hash = service.hash_password(PASSWORD)
    user_id = make.user("Lena", email="lena@example.org", password_hash=password_hash)
    with app.app_context():
        service.give_consents(user_id, {Consent.TERMS})
    return user_id


def _press(visitor: Visitor, link: str, **data: str) -> TestResponse:
    return visitor.submit(link, data)


def _is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def _without_token(page: str) -> str:
    return re.sub(r'(csrf[-_]token"[^>]*?(?:value|content)=|nonce=)"[^"]+"', r"\1", page)


# signing in


@pytest.mark.usefixtures("lena")
def test_the_password_lets_in_and_the_way_goes_on(visitor: Visitor) -> None:
    data = {"email": "Lena@example.org ", "password": PASSWORD}
    answer = visitor.submit("/sign-in?next=/e/jam/now", data)
    assert (answer.status_code, answer.location) == (302, "/e/jam/now")
    assert _is_signed_in(visitor)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example",
        "javascript:alert(1)", "evil.example", "\\\\evil.example", "/%0d%0a\r\nX: y",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("lena")
def test_the_way_never_leaves_the_site(visitor: Visitor, address: str) -> None:
    token = visitor.csrf_token("/sign-in")
    answer = visitor.client.post(
        "/sign-in",
        query_string={"next": address},
        data={"email": "lena@example.org", "password": PASSWORD, "csrf_token": token},
    )
    assert answer.location == "/now"


@pytest.mark.usefixtures("lena")
def test_wrong_pairs_get_one_answer(make: Factory) -> None:
    answers = []
    for address in ("lena@example.org", "nobody@example.org"):
        answer = make.visitor().submit("/sign-in", {"email": address, "password": "wrong wrong"})
        page = _without_token(answer.get_data(as_text=True)).replace(address, "…")
        answers.append((answer.status_code, page))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert "do not fit" in answers[0][1]
    assert "wrong wrong" not in answers[0][1]


@pytest.mark.usefixtures("lena")
def test_tries_are_counted_by_account_and_not_by_browser(make: Factory) -> None:
    wrong = {"email": "LENA@example.org", "password": "wrong wrong"}
    statuses = [make.visitor().submit("/sign-in", wrong).status_code for _time in range(11)]
    assert statuses == [422] * 10 + [429]
    other = make.visitor().submit("/sign-in", {**wrong, "email": "other@example.org"})
    assert other.status_code == 422


@pytest.mark.usefixtures("lena")
def test_sign_ins_that_succeed_are_not_counted(make: Factory) -> None:
    right = {"email": "lena@example.org", "password": PASSWORD}
    assert {make.visitor().submit("/sign-in", right).status_code for _time in range(12)} == {302}


@pytest.mark.usefixtures("lena")
def test_an_empty_password_asks_for_a_link(visitor: Visitor, mailbox: Mailbox) -> None:
    answer = visitor.submit("/sign-in?next=/e/jam", {"email": "lena@example.org"})
    assert answer.location == "/check-mail"
    assert mailbox.subjects() == [("lena@example.org", "Your link to sign in to Cojam")]
    visitor.page(mailbox.link())
    assert _press(visitor, mailbox.link()).location == "/e/jam"
    assert _is_signed_in(visitor)


@pytest.mark.usefixtures("lena")
def test_known_and_unknown_addresses_get_one_answer_for_a_link(
    make: Factory, mailbox: Mailbox
) -> None:
    answers = []
    for address in ("lena@example.org", "nobody@example.org"):
        visitor = make.visitor()
        answer = visitor.submit("/sign-in", {"email": address, "by": "link", "password": "x"})
        page = _without_token(visitor.page("/check-mail")).replace(address, "…")
        answers.append((answer.status_code, answer.location, page))
    assert answers[0] == answers[1]
    assert [to for to, _subject in mailbox.subjects()] == ["lena@example.org"]


@pytest.mark.usefixtures("lena")
def test_links_are_limited_by_account(make: Factory, mailbox: Mailbox) -> None:
    ask = {"email": "lena@example.org"}
    statuses = [make.visitor().submit("/sign-in", ask).status_code for _time in range(6)]
    assert statuses == [302] * 5 + [429]
    assert len(mailbox.letters()) == 5


@pytest.mark.usefixtures("lena")
@pytest.mark.parametrize("url", ["/sign-in", "/reset-password", "/register"])
def test_a_forged_host_never_gets_into_a_letter(app: Flask, mailbox: Mailbox, url: str) -> None:
    client = app.test_client()
    there = {"base_url": "http://evil.example", "headers": {"X-Forwarded-Host": "evil.example"}}
    page = client.get(url, **there).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    answer = client.post(url, data={**FORM, "csrf_token": token.group(1)}, **there)
    assert answer.status_code == (422 if url == "/register" else 302)
    (letter,) = mailbox.letters()
    assert "evil.example" not in letter.as_string()
    assert mailbox.link().startswith("/")


def test_a_planted_session_does_not_survive_the_sign_in(visitor: Visitor, lena: int) -> None:
    token = visitor.csrf_token("/sign-in")
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    visitor.client.post(
        "/sign-in",
        data={"email": "lena@example.org", "password": PASSWORD, "csrf_token": token},
    )
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"] == f"{lena}.0"
        assert session.permanent is False


def test_demo_accounts_stay_out_where_they_are_off(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        password_hash = service.hash_password(PASSWORD)
    demo = make.user(email="demo@example.org", password_hash=password_hash, is_demo=True)
    data = {"email": "demo@example.org", "password": PASSWORD}
    before = make.visitor()
    assert before.submit("/sign-in", data).status_code == 302
    settings = app.extensions["cojam_settings"]
    off = type(settings)(**{**vars(settings), "demo": False})
    monkeypatch.setitem(app.extensions, "cojam_settings", off)
    answer = make.visitor().submit("/sign-in", data)
    assert answer.status_code == 422
    assert "switched off" in answer.get_data(as_text=True)
    assert not _is_signed_in(before)
    assert not _is_signed_in(make.visitor(demo))


def test_who_never_agreed_to_the_rules_is_asked_first(
    app: Flask, make: Factory, mailbox: Mailbox
) -> None:
    user_id = make.user(email="imported@example.org", email_verified_at=None)
    visitor = make.visitor()
    visitor.submit("/sign-in?next=/e/jam", {"email": "imported@example.org"})
    answer = _press(visitor, mailbox.link())
    assert answer.location == "/account/consents?next=/e/jam"
    assert visitor.submit(answer.location, {}).status_code == 422
    assert visitor.submit(answer.location, {"terms": "y"}).location == "/e/jam"
    with app.app_context():
        assert consents.has_consented(user_id, Consent.TERMS)


# going out


def test_signing_out_is_a_post_and_ends_the_session(make: Factory, lena: int) -> None:
    visitor = make.visitor(lena)
    assert visitor.get("/sign-out").status_code == 405
    visitor.submit("/sign-out", page="/account")
    assert not _is_signed_in(visitor)


def test_signing_out_everywhere_ends_other_browsers(make: Factory, lena: int) -> None:
    phone, laptop = make.visitor(lena), make.visitor(lena)
    phone.submit("/account/sign-out-everywhere", page="/account")
    assert not _is_signed_in(phone)
    assert not _is_signed_in(laptop)


@pytest.mark.parametrize(
    "url",
    ["/account", "/account/password", "/account/email", "/account/consents", "/profile"],
)
def test_a_visitor_is_led_to_the_sign_in(visitor: Visitor, url: str) -> None:
    assert visitor.get(url).location == f"/sign-in?next={url}"
