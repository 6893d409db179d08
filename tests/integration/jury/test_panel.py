"""Rubric, panel, conflicts, assignment, replacement and reminders."""

import itertools

import pytest

from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import db, transaction
from app.domain.accounts.models import User
from app.domain.journal import queries as journal
from app.domain.jury import queries, service, sheets
from app.domain.jury.rubric import default_rubric
from app.domain.jury.service import CriterionInput, RubricInput
from app.domain.programmes import queries as programmes
from app.errors import Conflict, Denied, Invalid, Missing
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event(Phase.JUDGING)


@pytest.fixture
def boss(make: Factory, event_id: int) -> Actor:
    return Actor(user_id=make.member(event_id, Role.ORGANISER), roles=frozenset({Role.ORGANISER}))


def projects(make: Factory, event_id: int, count: int) -> list[int]:
    return [make.submission(event_id, make.member(event_id)) for _ in range(count)]


def juror_actor(event_id: int, juror_id: int) -> Actor:
    juror = next(each for each in queries.list_panel(event_id) if each.id == juror_id)
    return Actor(user_id=juror.person.id, roles=frozenset({Role.JUROR}))


def pairs(event_id: int) -> set[tuple[int, int]]:
    found = set()
    for juror in queries.list_panel(event_id):
        for assignment_id in sheets.list_assignment_ids(juror.id):
            view = sheets.find_assignment(assignment_id)
            assert view is not None
            found.add((view.submission_id, juror.id))
    return found


def test_a_rubric_is_stored_in_its_order(boss: Actor, event_id: int) -> None:
    service.set_rubric(boss, event_id, default_rubric())
    given = RubricInput(
        criteria=[
            CriterionInput("Money", weight=0.5, anchors={"1": "no", "5": "yes"}),
            CriterionInput("Joy", weight=0, is_independent=True),
        ],
        scale_max=5,
        policy="value",
    )
    service.set_rubric(boss, event_id, given)
    rubric = queries.find_rubric(event_id)
    assert rubric is not None
    assert rubric.as_input() == RubricInput(
        criteria=tuple(given.criteria), scale_max=5, policy="value"
    )
    assert [each.name for each in rubric.weighted] == ["Money"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (RubricInput([]), "criteria"),
        (RubricInput([CriterionInput("A")], scale_min=5, scale_max=5), "scale_max"),
        (RubricInput([CriterionInput("A")], scale_max=21), "scale_max"),
        (RubricInput([CriterionInput("A")], policy="luck"), "policy"),
        (RubricInput([CriterionInput("A")], reviews_per_submission=0), "reviews_per_submission"),
        (RubricInput([CriterionInput(" ")]), "criteria-0-name"),
        (RubricInput([CriterionInput("x" * 81)]), "criteria-0-name"),
        (RubricInput([CriterionInput("A"), CriterionInput("a ")]), "criteria-1-name"),
        (RubricInput([CriterionInput("A", weight=-1)]), "criteria-0-weight"),
        (RubricInput([CriterionInput("A", weight=float("nan"))]), "criteria-0-weight"),
        (RubricInput([CriterionInput("A", weight=0)]), "criteria-0-weight"),
        (RubricInput([CriterionInput("A", is_independent=True)]), "criteria-0-weight"),
        (RubricInput([CriterionInput("A", question="x" * 501)]), "criteria-0-question"),
        (RubricInput([CriterionInput("A", anchors={"11": "x"})]), "criteria-0-question"),
    ],
)
def test_a_rubric_that_cannot_be_judged_by_is_refused(
    boss: Actor, event_id: int, given: RubricInput, field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        service.set_rubric(boss, event_id, given)
    assert invalid.value.field == field
    assert queries.find_rubric(event_id) is None


def test_a_frozen_rubric_stays(make: Factory, boss: Actor, event_id: int) -> None:
    juror_id = make.juror(event_id)
    projects(make, event_id, 1)
    service.assign_jury(boss, event_id, 1)
    rubric = queries.find_rubric(event_id)
    assert rubric is not None
    sheet = sheets.list_assignment_ids(juror_id)[0]
    service.record_sheet(juror_actor(event_id, juror_id), sheet, {rubric.criteria[0].id: 5})
    with pytest.raises(Conflict):
        service.set_rubric(boss, event_id, default_rubric())


def test_a_juror_is_added_by_the_address_of_an_account(
    make: Factory, boss: Actor, event_id: int
) -> None:
    user_id = make.user("Robert Haas", email="robert@haas.example")
    juror_id = service.add_juror(
        boss, event_id, " Robert@Haas.example ", organisation="City", region="North", max_load=4
    )
    (juror,) = queries.list_panel(event_id)
    assert (juror.id, juror.person.id, juror.pseudonym, juror.organisation, juror.max_load) == (
        juror_id, user_id, "Juror A", "City", 4,
    )  # fmt: skip
    event = programmes.find_event_by_id(event_id)
    assert event is not None
    assert Role.JUROR in programmes.find_actor_roles(user_id, event).roles
    with pytest.raises(Invalid) as invalid:
        service.add_juror(boss, event_id, "robert@haas.example")
    assert invalid.value.field == "email"


def test_a_juror_without_an_account_or_with_no_room_is_refused(boss: Actor, event_id: int) -> None:
    with pytest.raises(Invalid) as invalid:
        service.add_juror(boss, event_id, "nobody@nowhere.example")
    assert invalid.value.field == "email"
    with pytest.raises(Invalid) as invalid:
        service.add_juror(boss, event_id, "nobody@nowhere.example", max_load=0)
    assert invalid.value.field == "max_load"


def test_only_organisers_set_up_a_jury(make: Factory, event_id: int) -> None:
    juror = Actor(user_id=make.member(event_id, Role.JUROR), roles=frozenset({Role.JUROR}))
    for command in (
        lambda: service.set_rubric(juror, event_id, default_rubric()),
        lambda: service.add_juror(juror, event_id, "a@b.example"),
        lambda: service.replace_juror(juror, event_id, 1, "a@b.example"),
        lambda: service.add_conflict(juror, event_id, 1, 1, "why"),
        lambda: service.remove_conflict(juror, event_id, 1),
        lambda: service.assign_jury(juror, event_id, 3),
        lambda: service.list_reminders(juror, event_id),
    ):
        with pytest.raises(Denied):
            command()


def test_every_submission_gets_its_jurors_evenly(make: Factory, boss: Actor, event_id: int) -> None:
    for _ in range(4):
        make.juror(event_id)
    projects(make, event_id, 6)
    done = service.assign_jury(boss, event_id, 2, seed=7)
    assert (done.given, done.kept, done.groups) == (12, 0, 1)
    assert sorted(done.loads.values()) == [3, 3, 3, 3]
    assert {row.assigned for row in queries.list_coverage(event_id)} == {2}


def test_the_same_seed_assigns_the_same(make: Factory, boss: Actor, event_id: int) -> None:
    for _ in range(4):
        make.juror(event_id)
    projects(make, event_id, 6)
    service.assign_jury(boss, event_id, 2, seed=7)
    first = pairs(event_id)
    service.assign_jury(boss, event_id, 2, seed=7)
    assert pairs(event_id) == first


def test_conflicts_are_found_and_never_assigned(make: Factory, boss: Actor, event_id: int) -> None:
    free, mate, colleague, neighbour, mailer = (make.juror(event_id) for _ in range(5))
    panel = {each.id: each.person.id for each in queries.list_panel(event_id)}
    member = make.member(event_id, organisation="The  House", email="x@shared.example")
    submission_id = make.submission(event_id, member, panel[mate])
    with transaction() as session:
        session.get_one(User, panel[colleague]).organisation = "the house"
        session.get_one(User, panel[neighbour]).email = "y@shared.example"
        session.get_one(User, panel[mailer]).email = "z@gmail.com"
        session.get_one(User, member).email = "x@shared.example"
    other = make.submission(event_id, make.member(event_id, email="q@gmail.com"))
    service.assign_jury(boss, event_id, 2)
    found = {(c.juror_id, c.submission_id, c.reason) for c in queries.list_conflicts(event_id)}
    assert found == {
        (mate, submission_id, "same_team"),
        (colleague, submission_id, "same_organisation"),
        (neighbour, submission_id, "same_domain"),
    }
    assert {juror_id for s, juror_id in pairs(event_id) if s == submission_id} == {free, mailer}
    assert other in {s for s, _juror_id in pairs(event_id)}


def test_what_is_begun_stays_and_what_is_not_is_given_anew(
    make: Factory, boss: Actor, event_id: int
) -> None:
    first = [make.juror(event_id) for _ in range(3)]
    projects(make, event_id, 3)
    service.assign_jury(boss, event_id, 2, seed=1)
    begun = sheets.find_assignment(sheets.list_assignment_ids(first[0])[0])
    assert begun is not None
    service.record_sheet(juror_actor(event_id, first[0]), begun.id, {}, comment="a start")
    make.juror(event_id)
    done = service.assign_jury(boss, event_id, 2, seed=99)
    assert (done.given, done.kept) == (5, 1)
    after = sheets.find_assignment(begun.id)
    assert after is not None
    assert (after.juror_id, after.submission_id, after.state) == (
        first[0], begun.submission_id, "draft",
    )  # fmt: skip
    assert {row.assigned for row in queries.list_coverage(event_id)} == {2}


def test_a_pair_that_was_left_out_is_not_given_again(
    make: Factory, boss: Actor, event_id: int
) -> None:
    jurors = [make.juror(event_id) for _ in range(3)]
    (submission_id,) = projects(make, event_id, 1)
    service.assign_jury(boss, event_id, 1, seed=3)
    ((_s, chosen),) = pairs(event_id)
    sheet = sheets.list_assignment_ids(chosen)[0]
    service.abstain(juror_actor(event_id, chosen), sheet, "I am ill.")
    for seed in range(5):
        service.assign_jury(boss, event_id, 1, seed=seed)
        ((_s, juror_id),) = pairs(event_id)
        assert juror_id in set(jurors) - {chosen}
    assert submission_id == _s


def test_an_impossible_assignment_names_what_stands_in_the_way(
    make: Factory, boss: Actor, event_id: int
) -> None:
    first, second = make.juror(event_id), make.juror(event_id)
    submission_id = make.submission(event_id, make.member(event_id), title="Night library")
    service.add_conflict(boss, event_id, first, submission_id, "Her brother is in it.")
    before = pairs(event_id)
    with pytest.raises(service.Unassignable) as no_way:
        service.assign_jury(boss, event_id, 2)
    (shortage,) = no_way.value.shortages
    assert (shortage.titles, shortage.needed, shortage.free) == (("Night library",), 2, 1)
    assert len(shortage.conflicted) == 1
    assert pairs(event_id) == before
    assert second not in {juror_id for _s, juror_id in before}


def test_too_small_loads_are_named_too(make: Factory, boss: Actor, event_id: int) -> None:
    make.juror(event_id, max_load=1)
    make.juror(event_id, max_load=1)
    projects(make, event_id, 3)
    with pytest.raises(service.Unassignable) as no_way:
        service.assign_jury(boss, event_id, 1)
    (shortage,) = no_way.value.shortages
    assert (len(shortage.titles), shortage.needed, shortage.free) == (3, 3, 2)


def test_nothing_to_assign_is_said(make: Factory, boss: Actor, event_id: int) -> None:
    with pytest.raises(Conflict):
        service.assign_jury(boss, event_id, 1)
    projects(make, event_id, 1)
    with pytest.raises(Conflict):
        service.assign_jury(boss, event_id, 1)
    with pytest.raises(Invalid) as invalid:
        service.assign_jury(boss, event_id, 0)
    assert invalid.value.field == "per_submission"


def test_an_organisers_conflict_voids_the_sheet_and_can_be_taken_back(
    make: Factory, boss: Actor, event_id: int
) -> None:
    juror_id = make.juror(event_id)
    (submission_id,) = projects(make, event_id, 1)
    service.assign_jury(boss, event_id, 1)
    sheet = sheets.list_assignment_ids(juror_id)[0]
    with pytest.raises(Invalid):
        service.add_conflict(boss, event_id, juror_id, submission_id, "")
    service.add_conflict(boss, event_id, juror_id, submission_id, "They were married.")
    view = sheets.find_assignment(sheet)
    assert view is not None
    assert (view.state, view.reason) == ("recused", "They were married.")
    (conflict,) = queries.list_conflicts(event_id)
    service.remove_conflict(boss, event_id, conflict.id)
    assert queries.list_conflicts(event_id) == []
    with pytest.raises(Missing):
        service.add_conflict(boss, make.event(), juror_id, submission_id, "elsewhere")


def test_a_replaced_jurors_open_work_moves_and_sheets_handed_in_stay(
    make: Factory, boss: Actor, event_id: int
) -> None:
    old = make.juror(event_id)
    projects(make, event_id, 4)
    service.assign_jury(boss, event_id, 1)
    rubric = queries.find_rubric(event_id)
    assert rubric is not None
    marks = {each.id: 6 for each in rubric.criteria}
    me = juror_actor(event_id, old)
    first, second, *rest = sheets.list_assignment_ids(old)
    service.record_sheet(me, first, marks, is_submitted=True)
    service.record_sheet(me, second, {rubric.criteria[0].id: 3})
    make.user(email="new@person.example")
    done = service.replace_juror(boss, event_id, old, "new@person.example")
    assert (done.moved, done.left_over) == (3, ())
    assert sheets.list_assignment_ids(old) == [first]
    moved = sheets.list_assignment_ids(done.juror_id)
    assert set(rest) < set(moved)
    assert sheets.find_sheet((set(moved) - set(rest)).pop()) is None
    with pytest.raises(Denied):
        service.record_sheet(me, first, marks, is_submitted=True)
    event = programmes.find_event_by_id(event_id)
    assert event is not None
    assert me.user_id is not None
    assert programmes.find_actor_roles(me.user_id, event).roles == frozenset()
    actions = [entry.action for entry in journal.list_entries(event_id)]
    assert actions[0] == "jury.juror_replaced"
    make.go_to(event_id, Phase.RESULTS)
    db.session.rollback()  # a new look at what has changed
    assert [rating.juror_id for rating in queries.list_ratings(event_id)] == [old]


def test_a_replacement_does_not_inherit_what_they_may_not_judge(
    make: Factory, boss: Actor, event_id: int
) -> None:
    old = make.juror(event_id)
    substitute = make.user(email="new@person.example")
    make.join(event_id, substitute)
    make.submission(event_id, substitute, title="Their own")
    make.submission(event_id, make.member(event_id), title="Another")
    service.assign_jury(boss, event_id, 1)
    done = service.replace_juror(boss, event_id, old, "new@person.example")
    assert (done.moved, done.left_over) == (1, ("Their own",))
    assert len(pairs(event_id)) == 1


def test_a_role_in_one_event_replaces_no_juror_of_another(
    make: Factory, boss: Actor, event_id: int
) -> None:
    elsewhere = make.event(Phase.JUDGING)
    juror_id = make.juror(elsewhere)
    make.user(email="new@person.example")
    with pytest.raises(Missing):
        service.replace_juror(boss, event_id, juror_id, "new@person.example")
    assert [(each.id, each.is_active) for each in queries.list_panel(elsewhere)] == [
        (juror_id, True)
    ]
    assert queries.list_panel(event_id) == []


def test_a_replacement_must_be_another_person(make: Factory, boss: Actor, event_id: int) -> None:
    user_id = make.user(email="old@person.example")
    juror_id = service.add_juror(boss, event_id, "old@person.example")
    with pytest.raises(Invalid):
        service.replace_juror(boss, event_id, juror_id, "OLD@person.example")
    assert [each.person.id for each in queries.list_panel(event_id) if each.is_active] == [user_id]


def test_progress_counts_sheets_and_reminders_go_to_the_late(
    make: Factory, boss: Actor, event_id: int
) -> None:
    done, late = make.juror(event_id), make.juror(event_id)
    projects(make, event_id, 2)
    service.assign_jury(boss, event_id, 2)
    rubric = queries.find_rubric(event_id)
    assert rubric is not None
    marks = {each.id: 6 for each in rubric.criteria}
    for sheet in sheets.list_assignment_ids(done):
        service.record_sheet(juror_actor(event_id, done), sheet, marks, is_submitted=True)
    rows = queries.list_progress(event_id)
    assert [(r.juror.id, r.assigned, r.submitted, r.open) for r in rows] == [
        (done, 2, 2, 0), (late, 2, 0, 2),
    ]  # fmt: skip
    (letter,) = service.list_reminders(boss, event_id)
    assert letter.open == 2
    assert letter.address.startswith("juror@house")


def test_pseudonyms_go_on_after_z(make: Factory, boss: Actor, event_id: int) -> None:
    for number in range(28):
        make.user(email=f"j{number}@x.example")
        service.add_juror(boss, event_id, f"j{number}@x.example")
    names = [each.pseudonym for each in queries.list_panel(event_id)]
    assert names == [f"Juror {a}" for a in itertools.chain(map(chr, range(65, 91)), ["AA", "AB"])]
