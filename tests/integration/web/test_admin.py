"""The administration: closed to everybody else, searched, paged, and logged."""

import pytest
from flask import Flask

from app.core.policy import Role
from app.domain.accounts import queries
from tests.factories import Factory
from tests.statements import noted_selects
from tests.visitors import Visitor

PAGES = ["/admin/people", "/admin/people/u000000001", "/admin/programmes"]


def _account(app: Flask, user_id: int) -> queries.AccountView:
    with app.app_context():
        return queries.get_account(user_id)


@pytest.fixture
def admin(make: Factory) -> Visitor:
    return make.visitor(make.user("Ada", is_admin=True))


@pytest.mark.parametrize("url", PAGES)
def test_only_administrators_get_in(make: Factory, url: str) -> None:
    organiser = make.member(make.event(), Role.ORGANISER)
    assert make.visitor(organiser).get(url).status_code == 403
    assert make.visitor().get(url).location == f"/sign-in?next={url}"


@pytest.mark.parametrize("act", ["ban", "unban", "admin", "admin/withdraw"])
def test_only_administrators_act(app: Flask, make: Factory, act: str) -> None:
    victim = make.user()
    public_id = _account(app, victim).public_id
    before = _account(app, victim)
    visitor = make.visitor(make.user())
    answer = visitor.submit(f"/admin/people/{public_id}/{act}", {"reason": "x"}, page="/profile")
    assert answer.status_code == 403
    assert _account(app, victim) == before


def test_the_list_is_searched_and_paged(make: Factory, admin: Visitor) -> None:
    for number in range(30):
        make.user(f"Олена {number:02}")
    first = admin.page("/admin/people")
    assert "31 accounts" in first
    assert "Олена 00" in first
    assert "Олена 29" not in first
    assert "Олена 29" in admin.page("/admin/people?page=2")
    found = admin.page("/admin/people?q=ОЛЕНА+07")
    assert "Олена 07" in found
    assert "Олена 08" not in found
    assert "Nobody found" in admin.page("/admin/people?q=xyz")
    assert admin.get("/admin/people?page=nonsense").status_code == 200


def test_names_cannot_break_the_page(make: Factory, admin: Visitor) -> None:
    make.user("<b>Bold</b>")
    assert "&lt;b&gt;Bold&lt;/b&gt;" in admin.page("/admin/people")


def test_somebody_is_shut_out_with_a_reason_and_let_in_again(
    app: Flask, make: Factory, admin: Visitor
) -> None:
    user_id = make.user("Rude")
    page = f"/admin/people/{_account(app, user_id).public_id}"
    refused = admin.submit(f"{page}/ban", {"reason": "  "}, page=page)
    assert refused.status_code == 422
    assert "Say why" in refused.get_data(as_text=True)
    assert not _account(app, user_id).is_banned
    assert admin.submit(f"{page}/ban", {"reason": "Insults"}, page=page).location == page
    assert "Shut out: Insults" in admin.page(page)
    admin.submit(f"{page}/unban", page=page)
    assert not _account(app, user_id).is_banned


def test_rights_are_granted_and_the_last_ones_stay(
    app: Flask, make: Factory, admin: Visitor
) -> None:
    own = "/admin/people/u000000001"
    assert "The only administrator" in admin.page(own)
    admin.submit(f"{own}/admin/withdraw", page=own)
    assert _account(app, _id_of(app, "u000000001")).is_admin
    assert "The last administrator stays" in admin.page(own)
    user_id = make.user("Second")
    page = f"/admin/people/{_account(app, user_id).public_id}"
    admin.submit(f"{page}/admin", page=page)
    assert _account(app, user_id).is_admin
    assert admin.submit(f"{own}/admin/withdraw", page=own).location == "/account"
    assert admin.get("/admin/people").status_code == 403


def _id_of(app: Flask, public_id: str) -> int:
    with app.app_context():
        account = queries.find_account(public_id)
        assert account is not None
        return account.id


def test_programmes_are_listed_published_or_not(make: Factory, admin: Visitor) -> None:
    assert "No programme yet" in admin.page("/admin/programmes")
    make.event()
    assert "Programme 2" in admin.page("/admin/programmes")


def test_somebody_who_is_not_there_is_not_found(admin: Visitor) -> None:
    assert admin.get("/admin/people/nobody").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(
    app: Flask, make: Factory, admin: Visitor
) -> None:
    counts = []
    for _step in range(2):
        with noted_selects(app) as selects:
            admin.page("/admin/people")
        counts.append(len(selects))
        for _person in range(3):
            make.user()
    assert counts == [3, 3]
