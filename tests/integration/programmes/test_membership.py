"""People join, leave, are given roles and are shut out."""

import pytest

from app.core.policy import Actor, Reason, Role
from app.domain.journal import queries as journal
from app.domain.programmes import people, queries, service
from app.errors import Conflict, Denied, Invalid, Missing
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")


def actor_of(user_id: int, *roles: Role) -> Actor:
    return Actor(user_id=user_id, roles=frozenset(roles))


def roles_of(user_id: int, event_id: int) -> frozenset[Role]:
    return queries.find_roles(user_id, event_id=event_id).roles


def test_a_published_event_is_joined_without_a_code(make: Factory) -> None:
    event_id, user_id = make.event(), make.user()
    assert service.join_event(actor_of(user_id), event_id) is True
    assert roles_of(user_id, event_id) == {Role.PARTICIPANT}
    assert [entry.action for entry in journal.list_entries(event_id)] == ["event.joined"]


def test_joining_twice_changes_nothing(make: Factory) -> None:
    event_id, user_id = make.event(), make.user()
    service.join_event(actor_of(user_id), event_id)
    assert service.join_event(actor_of(user_id, Role.PARTICIPANT), event_id) is False
    assert len(journal.list_entries(event_id)) == 1


def test_an_organiser_who_opens_the_join_link_does_not_become_a_participant(make: Factory) -> None:
    event_id = make.event()
    organiser_id = make.member(event_id, Role.ORGANISER)
    assert service.join_event(actor_of(organiser_id, Role.ORGANISER), event_id) is False
    assert roles_of(organiser_id, event_id) == {Role.ORGANISER}


def test_an_unpublished_event_is_joined_with_its_code_alone(make: Factory) -> None:
    event_id, user_id = make.event(is_published=False, join_code="ABC234"), make.user()
    with pytest.raises(Denied) as refusal:
        service.join_event(actor_of(user_id), event_id)
    assert refusal.value.reason == Reason.NOT_PUBLIC_YET
    with pytest.raises(Invalid) as wrong:
        service.join_event(actor_of(user_id), event_id, "XYZ234")
    assert wrong.value.field == "code"
    assert roles_of(user_id, event_id) == frozenset()
    service.join_event(actor_of(user_id), event_id, " abc-234 ")
    assert roles_of(user_id, event_id) == {Role.PARTICIPANT}


def test_visitors_and_the_banned_do_not_join(make: Factory) -> None:
    event_id, user_id = make.event(), make.user()
    with pytest.raises(Denied) as refusal:
        service.join_event(Actor(), event_id)
    assert refusal.value.reason == Reason.SIGN_IN_FIRST
    moderator = actor_of(make.member(event_id, Role.FACILITATOR), Role.FACILITATOR)
    service.ban(moderator, event_id, user_id, "Insults")
    # Even with an actor that was read before the ban.
    with pytest.raises(Denied) as banned:
        service.join_event(actor_of(user_id), event_id)
    assert banned.value.reason == Reason.BANNED


def test_somebody_leaves_an_event(make: Factory) -> None:
    event_id = make.event()
    user_id = make.member(event_id)
    service.leave_event(actor_of(user_id, Role.PARTICIPANT), event_id)
    assert roles_of(user_id, event_id) == frozenset()


def test_the_last_organiser_stays(make: Factory) -> None:
    event_id = make.event()
    first = make.member(event_id, Role.ORGANISER)
    with pytest.raises(Conflict):
        service.leave_event(actor_of(first, Role.ORGANISER), event_id)
    with pytest.raises(Conflict):
        service.withdraw_role(actor_of(first, Role.ORGANISER), event_id, first, Role.ORGANISER)
    second = make.member(event_id, Role.ORGANISER)
    service.leave_event(actor_of(second, Role.ORGANISER), event_id)
    assert roles_of(first, event_id) == {Role.ORGANISER}
    assert roles_of(second, event_id) == frozenset()


def test_roles_are_granted_and_withdrawn_by_organisers(make: Factory) -> None:
    event_id = make.event()
    organiser = actor_of(make.member(event_id, Role.ORGANISER), Role.ORGANISER)
    user_id = make.member(event_id)
    service.grant_role(organiser, event_id, user_id, Role.JUROR)
    service.grant_role(organiser, event_id, user_id, Role.JUROR)
    assert roles_of(user_id, event_id) == {Role.PARTICIPANT, Role.JUROR}
    service.withdraw_role(organiser, event_id, user_id, Role.PARTICIPANT)
    assert roles_of(user_id, event_id) == {Role.JUROR}
    with pytest.raises(Missing):
        service.withdraw_role(organiser, event_id, user_id, Role.MENTOR)
    noted = [(entry.action, entry.detail) for entry in journal.list_entries(event_id)]
    assert noted == [
        ("role.withdrawn", {"role": "participant"}),
        ("role.granted", {"role": "juror"}),
    ]


def test_participants_grant_nothing(make: Factory) -> None:
    event_id = make.event()
    user_id = make.member(event_id)
    participant = actor_of(user_id, Role.PARTICIPANT)
    for refused in (
        lambda: service.grant_role(participant, event_id, user_id, Role.ORGANISER),
        lambda: service.withdraw_role(participant, event_id, user_id, Role.PARTICIPANT),
        lambda: service.ban(participant, event_id, user_id, "x"),
        lambda: service.unban(participant, event_id, user_id),
        lambda: service.grant_programme_role(participant, 1, user_id, Role.ORGANISER),
    ):
        with pytest.raises(Denied):
            refused()
    assert roles_of(user_id, event_id) == {Role.PARTICIPANT}


def test_a_role_needs_a_person(make: Factory) -> None:
    event_id = make.event()
    organiser = actor_of(make.member(event_id, Role.ORGANISER), Role.ORGANISER)
    with pytest.raises(Missing):
        service.grant_role(organiser, event_id, 9999, Role.JUROR)


def test_a_programme_role_holds_in_each_event_and_one_organiser_remains(make: Factory) -> None:
    admin_id, helper_id = make.admin(), make.user()
    admin = Actor(user_id=admin_id, is_admin=True)
    programme_id = service.create_programme(admin, "Open Rooms")
    service.grant_programme_role(admin, programme_id, helper_id, Role.ORGANISER)
    held = queries.find_roles(helper_id, event_id=1, programme_id=programme_id)
    assert held.roles == {Role.ORGANISER}
    assert {p.id for p in people.list_programme_organisers(programme_id)} == {admin_id, helper_id}
    service.withdraw_programme_role(admin, programme_id, admin_id, Role.ORGANISER)
    with pytest.raises(Conflict):
        service.withdraw_programme_role(admin, programme_id, helper_id, Role.ORGANISER)
    assert [p.id for p in people.list_programme_organisers(programme_id)] == [helper_id]


def test_somebody_is_shut_out_and_let_back_in(make: Factory) -> None:
    event_id = make.event()
    user_id = make.member(event_id)
    organiser = actor_of(make.member(event_id, Role.ORGANISER), Role.ORGANISER)
    service.ban(organiser, event_id, user_id, " Insults ")
    service.ban(organiser, event_id, user_id, "again")
    assert queries.find_roles(user_id, event_id=event_id).is_banned is True
    assert people.list_member_ids(event_id, Role.PARTICIPANT) == []
    with pytest.raises(Conflict):
        service.grant_role(organiser, event_id, user_id, Role.MENTOR)
    service.unban(organiser, event_id, user_id)
    assert queries.find_roles(user_id, event_id=event_id).is_banned is False
    assert people.list_member_ids(event_id, Role.PARTICIPANT) == [user_id]
    with pytest.raises(Missing):
        service.unban(organiser, event_id, user_id)
    noted = [(entry.action, entry.detail) for entry in journal.list_entries(event_id)]
    assert noted == [("person.unbanned", {}), ("person.banned", {"reason": "Insults"})]


def test_a_ban_needs_a_reason_and_spares_organisers(make: Factory) -> None:
    event_id = make.event()
    user_id = make.member(event_id)
    organiser_id = make.member(event_id, Role.ORGANISER)
    facilitator = actor_of(make.member(event_id, Role.FACILITATOR), Role.FACILITATOR)
    for reason in ("  ", "x" * 2001):
        with pytest.raises(Invalid) as refusal:
            service.ban(facilitator, event_id, user_id, reason)
        assert refusal.value.field == "reason"
    with pytest.raises(Conflict):
        service.ban(facilitator, event_id, organiser_id, "No")
    with pytest.raises(Conflict):
        service.ban(actor_of(user_id, Role.FACILITATOR), event_id, user_id, "Me")
    assert queries.find_roles(user_id, event_id=event_id).is_banned is False


def test_people_are_listed_by_name_in_any_script(make: Factory) -> None:
    event_id = make.event()
    for name in ("ОЛЕНА Кравець", "Ελένη", "anna", "Bert"):
        make.member(event_id, name=name)
    event = queries.find_event_by_id(event_id)
    assert event is not None

    def found(search: str) -> list[str]:
        page = people.list_members(event_id, event.programme_id, search=search)
        return [member.person.display_name for member in page.members]

    assert found("") == ["anna", "Bert", "Ελένη", "ОЛЕНА Кравець"]
    assert found("олена") == ["ОЛЕНА Кравець"]
    assert found("ΕΛΈΝΗ") == ["Ελένη"]
    assert found("nobody") == []


def test_people_come_in_pages_and_by_role(make: Factory) -> None:
    event_id = make.event()
    for number in range(27):
        make.member(event_id, name=f"P{number:02}")
    juror = make.member(event_id, Role.JUROR, name="Juror")
    event = queries.find_event_by_id(event_id)
    assert event is not None
    last = people.list_members(event_id, event.programme_id, page=99)
    assert (last.page, last.pages, last.total, len(last.members)) == (2, 2, 28, 3)
    jurors = people.list_members(event_id, event.programme_id, role=Role.JUROR)
    assert [(m.person.id, m.roles, m.ban_reason) for m in jurors.members] == [
        (juror, (Role.JUROR,), None)
    ]
    assert people.count_by_role(event_id) == {Role.PARTICIPANT: 27, Role.JUROR: 1}
    assert people.count_members(event_id) == 28
