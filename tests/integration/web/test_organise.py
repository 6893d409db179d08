"""The control room: where the event stands, its phases, agenda, people, code and journal."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from app.core.phases import ORDER, Phase
from app.core.policy import Role
from app.db import transaction
from app.domain.accounts.models import UserSkill
from app.domain.accounts.queries import list_people
from app.domain.programmes import queries
from app.domain.programmes.queries import EventView
from tests.factories import Factory
from tests.visitors import Visitor

PAGES = [
    "/e/jam/organise",
    "/e/jam/organise/phases",
    "/e/jam/organise/agenda",
    "/e/jam/organise/people",
    "/e/jam/organise/people.csv",
    "/e/jam/organise/join-code",
    "/e/jam/organise/join-card",
    "/e/jam/organise/journal",
    "/e/jam/qr.svg",
]


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event(Phase.IDEAS, slug="jam", join_code="ABC234", timezone="Europe/Kyiv")


@pytest.fixture
def organiser(make: Factory, event_id: int) -> Visitor:
    return make.visitor(make.member(event_id, Role.ORGANISER, name="Ada"))


def read_event(make: Factory) -> EventView:
    with make.app.app_context():
        event = queries.find_event("jam")
    assert event is not None
    return event


def public_id(make: Factory, user_id: int) -> str:
    with make.app.app_context():
        return list_people({user_id})[user_id].public_id


def roles_of(make: Factory, user_id: int, event_id: int) -> queries.HeldRoles:
    with make.app.app_context():
        return queries.find_roles(user_id, event_id=event_id)


@pytest.mark.parametrize("address", PAGES)
def test_the_control_room_is_the_organisers_own(
    make: Factory, event_id: int, organiser: Visitor, visitor: Visitor, address: str
) -> None:
    assert organiser.get(address).status_code == 200
    assert make.visitor(make.admin()).get(address).status_code == 200
    assert visitor.get(address).status_code == 302
    assert make.visitor(make.member(event_id)).get(address).status_code == 403
    assert make.visitor(make.user()).get(address).status_code == 403


def test_the_control_room_names_one_thing_to_do(
    make: Factory, event_id: int, organiser: Visitor
) -> None:
    assert "Invite people" in organiser.page("/e/jam/organise")
    make.member(event_id)
    page = organiser.page("/e/jam/organise")
    assert "Ask for the first idea" in page
    assert page.count("now-card") == 1


def phase_fields(**changes: str) -> dict[str, str]:
    start = datetime(2026, 10, 1, 9)  # local time of the event
    fields = {}
    for position, phase in enumerate(ORDER):
        first = start + timedelta(days=position)
        fields[f"{phase.value}-starts_at"] = f"{first:%Y-%m-%dT%H:%M}"
        fields[f"{phase.value}-ends_at"] = f"{first + timedelta(days=1):%Y-%m-%dT%H:%M}"
    return fields | {name.replace("__", "-"): value for name, value in changes.items()}


def test_phases_are_set_in_one_table_in_the_event_s_time(make: Factory, organiser: Visitor) -> None:
    changes = {"open__starts_at": "", "open__ends_at": ""}
    answer = organiser.submit("/e/jam/organise/phases", phase_fields(**changes))
    assert answer.status_code == 302
    spans = read_event(make).spans
    assert [span.phase for span in spans] == list(ORDER[1:])
    assert spans[0].starts_at == datetime(2026, 10, 2, 6, tzinfo=UTC)
    assert 'value="2026-10-02T09:00"' in organiser.page("/e/jam/organise/phases")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("jam__ends_at", "2026-10-01T09:00", "This phase must end after it begins."),
        ("jam__starts_at", "2026-10-01T09:00", "This phase begins before an earlier one does."),
        ("jam__ends_at", "", "Give both dates, or leave both empty."),
        ("jam__starts_at", "tomorrow", "Not a valid datetime value."),
    ],
)
def test_a_fault_in_the_schedule_is_named_beside_its_row(
    make: Factory, organiser: Visitor, field: str, value: str, message: str
) -> None:
    before = read_event(make).spans
    answer = organiser.submit("/e/jam/organise/phases", phase_fields(**{field: value}))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    name = field.replace("__", "-")
    assert f'id="{name}-error"' in page
    assert message in page
    assert f'name="{name}"' in page
    assert f'value="{value}"' in page
    assert read_event(make).spans == before


def test_the_agenda_is_written_changed_and_cleared(make: Factory, organiser: Visitor) -> None:
    line = {
        "title": "Вітаємо",
        "place": "Foyer",
        "starts_at": "2026-10-16T10:00",
        "ends_at": "2026-10-16T11:00",
    }
    assert organiser.submit("/e/jam/organise/agenda", line).status_code == 302
    with make.app.app_context():
        item = queries.list_agenda(read_event(make).id)[0]
    assert item.starts_at == datetime(2026, 10, 16, 7, tzinfo=UTC)
    address = f"/e/jam/organise/agenda/{item.id}"
    assert 'value="2026-10-16T10:00"' in organiser.page(address)
    organiser.submit(address, line | {"title": "Welcome"})
    assert "Welcome" in organiser.page("/e/jam")
    organiser.submit(f"{address}/remove", page="/e/jam/organise/agenda")
    assert "The agenda is empty" in organiser.page("/e/jam/organise/agenda")
    assert organiser.get(address).status_code == 404


def test_an_agenda_line_that_ends_before_it_begins_is_refused(
    make: Factory, organiser: Visitor
) -> None:
    answer = organiser.submit(
        "/e/jam/organise/agenda",
        {
            "title": "Lunch",
            "starts_at": "2026-10-16T12:00",
            "ends_at": "2026-10-16T11:00",
        },
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "It must end after it begins." in page
    assert 'value="Lunch"' in page


def test_people_are_found_in_any_script(make: Factory, event_id: int, organiser: Visitor) -> None:
    make.member(event_id, name="ОЛЕНА Кравець")
    make.member(event_id, Role.JUROR, name="Ελένη")
    page = organiser.page("/e/jam/organise/people?q=олена")
    assert "ОЛЕНА Кравець" in page
    assert "Ελένη" not in page
    page = organiser.page("/e/jam/organise/people?role=juror")
    assert "Ελένη" in page
    assert "ОЛЕНА" not in page
    assert "Nobody was found" in organiser.page("/e/jam/organise/people?q=zzz&role=nonsense")


def test_the_list_of_people_is_paged(make: Factory, event_id: int, organiser: Visitor) -> None:
    for number in range(26):
        make.member(event_id, name=f"Person {number:02}")
    first, second = (organiser.page(f"/e/jam/organise/people?page={n}") for n in (1, 2))
    assert first.count("<tr>") - 1 == 25
    assert second.count("<tr>") - 1 == 2
    assert "27 people" in first


def test_roles_are_ticked_and_saved(make: Factory, event_id: int, organiser: Visitor) -> None:
    user_id = make.member(event_id)
    address = f"/e/jam/organise/people/{public_id(make, user_id)}"
    organiser.submit(f"{address}/roles", {"role": ["juror", "mentor", "king"]}, page=address)
    assert roles_of(make, user_id, event_id).roles == {Role.JUROR, Role.MENTOR}


def test_the_last_organiser_cannot_untick_themselves(
    make: Factory, event_id: int, organiser: Visitor
) -> None:
    page = organiser.page("/e/jam/organise/people?role=organiser")
    address = page.split('href="/e/jam/organise/people/')[1].split('"')[0]
    address = f"/e/jam/organise/people/{address}"
    answer = organiser.submit(f"{address}/roles", {"role": ["juror"]}, page=address)
    assert answer.status_code == 409
    assert "Ada" in organiser.page("/e/jam/organise/people?role=organiser")
    assert "Ada" not in organiser.page("/e/jam/organise/people?role=juror").split("<main")[1]


def test_somebody_gets_a_role_by_address(make: Factory, event_id: int, organiser: Visitor) -> None:
    user_id = make.user(email="juror@example.org")
    form = {"email": "nobody@example.org", "role": "juror"}
    answer = organiser.submit("/e/jam/organise/people", form)
    assert answer.status_code == 422
    assert "Nobody has an account with this address." in answer.get_data(as_text=True)
    assert 'value="nobody@example.org"' in answer.get_data(as_text=True)
    organiser.submit("/e/jam/organise/people", form | {"email": "juror@example.org"})
    assert roles_of(make, user_id, event_id).roles == {Role.JUROR}


def test_an_unconfirmed_address_gets_a_role_only_when_somebody_vouches(
    make: Factory, event_id: int, organiser: Visitor
) -> None:
    url = "/e/jam/organise/people"
    user_id = make.user(
        "Who <knows>", email="juror@example.org", email_verified_at=None, password_hash="hash"
    )
    form = {"email": "juror@example.org", "role": "mentor"}
    answer = organiser.submit(url, form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "anybody could have registered it" in page
    assert "Who &lt;knows&gt;" in page
    assert "registered on <time" in page
    assert 'value="juror@example.org"' in page
    assert '<option selected value="mentor">' in page
    assert roles_of(make, user_id, event_id).roles == frozenset()
    (known,) = re.findall(r'name="vouched_for" value="(\w+)"', page)
    assert organiser.submit(url, form | {"vouched_for": known}).status_code == 302
    assert roles_of(make, user_id, event_id).roles == {Role.MENTOR}


def test_a_facilitator_shuts_out_and_lets_back_in_but_gives_no_roles(
    make: Factory, event_id: int
) -> None:
    user_id = make.member(event_id, name="Loud")
    facilitator = make.visitor(make.member(event_id, Role.FACILITATOR))
    address = f"/e/jam/organise/people/{public_id(make, user_id)}"
    refused = facilitator.submit(f"{address}/ban", {"reason": " "}, page=address)
    assert refused.status_code == 422
    assert "Say why." in refused.get_data(as_text=True)
    facilitator.submit(f"{address}/ban", {"reason": "Insults"}, page=address)
    assert roles_of(make, user_id, event_id).is_banned is True
    assert make.visitor(user_id).get("/e/jam/now").status_code == 403
    assert "shut out" in facilitator.page("/e/jam/organise/people")
    facilitator.submit(f"{address}/unban", page=address)
    assert roles_of(make, user_id, event_id).is_banned is False
    answer = facilitator.submit(f"{address}/roles", {"role": ["organiser"]}, page=address)
    assert answer.status_code == 403


def test_strangers_to_the_event_have_no_page_in_it(make: Factory, organiser: Visitor) -> None:
    stranger = public_id(make, make.user())
    assert organiser.get(f"/e/jam/organise/people/{stranger}").status_code == 404


def test_the_table_of_people_runs_no_formula_and_tells_no_address(
    make: Factory, event_id: int, organiser: Visitor
) -> None:
    user_id = make.member(event_id, name='=HYPERLINK("http://x")', place="+1", languages=["uk"])
    with make.app.app_context(), transaction() as session:
        session.add(UserSkill(user_id=user_id, skill_key="web", label="@web", level=3))
    answer = organiser.get("/e/jam/organise/people.csv")
    text = answer.get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["name"] for row in rows] == ['\'=HYPERLINK("http://x")', "Ada"]
    assert (rows[0]["place"], rows[0]["skills"], rows[0]["languages"]) == ("'+1", "'@web:3", "uk")
    assert (rows[1]["roles"], "@example.org" in text) == ("organiser", False)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="jam-people.csv"'


def test_the_code_is_shown_with_a_link_under_the_public_address(
    make: Factory, organiser: Visitor
) -> None:
    page = organiser.page("/e/jam/organise/join-code")
    assert "http://localhost/join/ABC234" in page
    picture = organiser.get("/e/jam/qr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.get_data().startswith(b"<svg")
    assert "http://localhost/join" in organiser.page("/e/jam/organise/join-card")


def test_a_new_code_closes_the_old_door(make: Factory, organiser: Visitor) -> None:
    organiser.submit("/e/jam/organise/join-code/renew", page="/e/jam/organise/join-code")
    assert read_event(make).join_code != "ABC234"
    assert organiser.get("/join/ABC234").status_code == 404


def test_the_journal_speaks_in_words(make: Factory, event_id: int, organiser: Visitor) -> None:
    user_id = make.member(event_id, name="{who} <b>")
    address = f"/e/jam/organise/people/{public_id(make, user_id)}"
    organiser.submit(f"{address}/roles", {"role": ["participant", "mentor"]}, page=address)
    page = organiser.page("/e/jam/organise/journal")
    assert "Ada gave {who} &lt;b&gt; the role Mentor" in page
