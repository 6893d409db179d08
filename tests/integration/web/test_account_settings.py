"""Passwords, addresses, consents and the first administrator, as visitors change them."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.people import Consent
from app.core.policy import Actor
from app.domain.accounts import consents, queries, service
from app.extensions import limiter
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.visitors import Visitor

PASSWORD = "correct horse battery"


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


@pytest.mark.usefixtures("lena")
def test_a_lost_password_is_set_anew(make: Factory, mailbox: Mailbox) -> None:
    visitor = make.visitor()
    visitor.submit("/reset-password", {"email": "lena@example.org"})
    link = mailbox.link()
    refused = visitor.submit(link, {"password": "short"})
    assert refused.status_code == 422
    assert "at least 10 characters" in refused.get_data(as_text=True)
    assert visitor.submit(link, {"password": "a brand new one"}).status_code == 302
    assert "Your password is set." in visitor.page("/account")
    assert visitor.get(link).status_code == 410
    assert mailbox.subjects()[1] == ("lena@example.org", "Your password at Cojam was changed")
    old = {"email": "lena@example.org", "password": PASSWORD}
    assert make.visitor().submit("/sign-in", old).status_code == 422


@pytest.mark.usefixtures("lena")
def test_known_and_unknown_addresses_get_one_answer_for_a_reset(
    make: Factory, mailbox: Mailbox
) -> None:
    answers = []
    for address in ("lena@example.org", "nobody@example.org"):
        visitor = make.visitor()
        answer = visitor.submit("/reset-password", {"email": address})
        page = _without_token(visitor.page("/check-mail")).replace(address, "…")
        answers.append((answer.status_code, answer.location, page))
    assert answers[0] == answers[1]
    assert [to for to, _subject in mailbox.subjects()] == ["lena@example.org"]


@pytest.mark.usefixtures("lena")
def test_secrets_stay_out_of_the_logs(
    make: Factory, mailbox: Mailbox, capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    visitor = make.visitor()
    visitor.submit("/reset-password", {"email": "lena@example.org"})
    link = mailbox.link()
    visitor.submit(link, {"password": "a brand new one"})
    make.visitor().submit("/sign-in", {"email": "lena@example.org", "password": "a wrong secret"})
    out, err = capfd.readouterr()
    # Without a mail server the console takes the place of the mailbox; nothing else may speak.
    letters = [line for line in err.splitlines() if line.startswith("mail to lena@example.org")]
    assert len(letters) == 1
    logged = "\n".join([out, caplog.text, *(set(err.splitlines()) - set(letters))])
    for secret in (link.rsplit("/", 1)[1], "a brand new one", "a wrong secret"):
        assert secret not in logged


def test_the_password_is_changed_in_this_browser_only(
    make: Factory, lena: int, mailbox: Mailbox
) -> None:
    here, there = make.visitor(lena), make.visitor(lena)
    wrong = here.submit("/account/password", {"present": "nonsense", "password": "a new password"})
    assert wrong.status_code == 422
    assert "not your present password" in wrong.get_data(as_text=True)
    assert mailbox.letters() == []
    here.submit("/account/password", {"present": PASSWORD, "password": "a new password"})
    assert _is_signed_in(here)
    assert not _is_signed_in(there)
    assert [subject for _to, subject in mailbox.subjects()] == [
        "Your password at Cojam was changed"
    ]


def test_the_address_is_changed_by_the_new_mailbox(
    app: Flask, make: Factory, lena: int, mailbox: Mailbox
) -> None:
    visitor = make.visitor(lena)
    visitor.submit("/account/email", {"email": "new@example.org", "present": PASSWORD})
    assert mailbox.subjects() == [("new@example.org", "Confirm your new address at Cojam")]
    link = mailbox.link()
    visitor.page(link)
    # Another mailbox does not get the account at one press: it is the account that moves.
    assert make.visitor().get(link).location == f"/sign-in?next={link}"
    assert make.visitor(make.user()).get(link).status_code == 403
    assert _press(visitor, link).location == "/account"
    assert "Your e-mail address is changed." in visitor.page("/account")
    assert _is_signed_in(visitor)
    assert mailbox.subjects()[1] == ("lena@example.org", "Your address at Cojam was changed")
    with app.app_context():
        assert queries.get_account(lena).email == "new@example.org"


def test_the_address_of_another_gets_the_same_answer_and_no_letter(
    make: Factory, lena: int, mailbox: Mailbox
) -> None:
    make.user(email="other@example.org")
    visitor = make.visitor(lena)
    answer = visitor.submit("/account/email", {"email": "other@example.org", "present": PASSWORD})
    assert answer.location == "/check-mail"
    assert mailbox.letters() == []


def test_consents_are_changed_each_on_its_own(app: Flask, make: Factory, lena: int) -> None:
    visitor = make.visitor(lena)
    assert visitor.submit("/account/consents", {"terms": "y", "directory": "y"}).location == (
        "/account"
    )
    with app.app_context():
        assert set(consents.list_consents(lena)) == {Consent.TERMS, Consent.DIRECTORY}
    refused = visitor.submit("/account/consents", {"contact": "y"})
    assert refused.status_code == 422
    with app.app_context():
        assert set(consents.list_consents(lena)) == {Consent.TERMS, Consent.DIRECTORY}


# the first administrator


def test_the_setup_link_makes_the_first_administrator(app: Flask, make: Factory) -> None:
    with app.app_context():
        token = service.issue_setup_token()
    form = {"display_name": "Ada", "email": "ada@example.org", "password": "short"}
    visitor = make.visitor()
    refused = visitor.submit(f"/setup/{token}", form)
    assert refused.status_code == 422
    assert 'value="ada@example.org"' in refused.get_data(as_text=True)
    made = visitor.submit(f"/setup/{token}", {**form, "password": PASSWORD})
    assert made.location == "/admin/programmes"
    assert visitor.get("/admin/people").status_code == 200
    assert make.visitor().get(f"/setup/{token}").status_code == 403


def test_a_wrong_setup_link_makes_nobody(app: Flask, visitor: Visitor) -> None:
    assert visitor.get("/setup/nonsense").status_code == 410
    with app.app_context():
        assert not queries.has_administrator()


def test_the_command_prints_a_link_until_there_is_an_administrator(
    app: Flask, make: Factory
) -> None:
    runner = app.test_cli_runner()
    printed = runner.invoke(args=["admin-link"])
    link = printed.stdout.strip().splitlines()[-1]
    assert printed.exit_code == 0
    assert link.startswith("http://localhost/setup/")
    assert make.visitor().get(link.removeprefix("http://localhost")).status_code == 200
    made = runner.invoke(
        args=["create-admin", "--email", "a@example.org", "--name", "A", "--password", PASSWORD]
    )
    assert (made.exit_code, made.stdout) == (0, "a@example.org\n")
    assert runner.invoke(args=["admin-link"]).exit_code == 1
    twice = runner.invoke(
        args=["create-admin", "--email", "a@example.org", "--name", "A", "--password", PASSWORD]
    )
    assert twice.exit_code == 2


def test_a_banned_person_keeps_only_the_account(app: Flask, make: Factory, lena: int) -> None:
    admin = Actor(user_id=make.admin(), is_admin=True)
    visitor = make.visitor(lena)
    with app.app_context():
        service.ban_person(admin, lena, "insults")
    assert not _is_signed_in(visitor)
    visitor.submit("/sign-in", {"email": "lena@example.org", "password": PASSWORD})
    assert _is_signed_in(visitor)
