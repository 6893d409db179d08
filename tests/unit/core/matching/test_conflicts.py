import pytest

from app.core.matching import check_problem
from tests.unit.core.matching.problems import person, problem

TEAMS = [{"team": "a"}, {"team": "b"}]


def named(*args, **kwargs):
    return [(n.code, n.people, n.teams) for n in check_problem(problem(*args, **kwargs))]


def test_a_plain_problem_has_no_contradiction():
    assert named(6) == []


@pytest.mark.parametrize(("count", "teams"), [(11, 2), (11, 3)])
def test_sizes_that_cannot_work_out_are_named(count, teams):
    found = check_problem(
        problem(count, min_size=4, max_size=5, teams=[{"team": i} for i in range(teams)])
    )
    assert [(n.code, n.values) for n in found] == [
        ("sizes", {"people": count, "teams": teams, "min": 4, "max": 5})
    ]


def test_eleven_people_in_four_to_five_without_slots():
    assert named(11, min_size=4, max_size=5) == [("sizes", (), ())]


def test_one_person_cannot_be_a_team_of_two():
    assert named(1) == [("sizes", (), ())]


def test_a_group_larger_than_a_team_is_named_by_one_too_many():
    rules = [[0, 1], [1, 2], [2, 3], [3, 4]]
    assert named(6, keep_together=rules) == [("group_too_large", (0, 1, 2, 3), ())]


def test_transitive_contradiction_names_the_shortest_chain():
    rules = [[0, 4], [4, 1], [0, 2]]
    found = named(8, max_size=4, keep_together=rules, keep_apart=[[0, 1]])
    assert found == [("together_apart", (0, 4, 1), ())]


def test_a_group_of_three_is_tied_without_a_detour():
    found = named(6, keep_together=[[0, 1, 2]], keep_apart=[[0, 2]])
    assert found == [("together_apart", (0, 2), ())]


def test_two_pins_in_one_group():
    people = [person(i) for i in range(6)]
    people[0]["pin_team"], people[2]["pin_team"] = "a", "b"
    found = named(6, people=people, teams=TEAMS, keep_together=[[0, 1], [1, 2]])
    assert found == [("pins_disagree", (0, 1, 2), ("a", "b"))]


def test_a_pin_against_keep_apart():
    people = [person(i) for i in range(6)]
    people[0]["pin_team"] = people[3]["pin_team"] = "a"
    found = named(6, people=people, teams=TEAMS, keep_apart=[[0, 3]])
    assert found == [("pinned_apart", (0, 3), ("a",))]


def test_a_pin_through_a_companion_against_keep_apart_names_the_companion():
    people = [person(i) for i in range(6)]
    people[0]["pin_team"] = people[5]["pin_team"] = "a"
    found = named(6, people=people, teams=TEAMS, keep_together=[[5, 3]], keep_apart=[[0, 3]])
    assert found == [("pinned_apart", (0, 3, 5), ("a",))]


def test_too_many_pinned():
    people = [person(i, pin_team="a") for i in range(5)] + [person(5)]
    found = named(6, people=people, teams=TEAMS)
    assert found == [("too_many_pinned", (0, 1, 2, 3), ("a",))]


def test_more_people_apart_than_teams():
    assert named(6, teams=TEAMS, keep_apart=[[0, 1, 2]]) == [("too_many_apart", (0, 1, 2), ())]


def test_a_group_without_a_common_language():
    people = [person(i) for i in range(6)]
    people[0]["languages"], people[1]["languages"] = ["Greek"], ["Russian", "Greek"]
    people[2]["languages"] = ["Russian"]
    assert ("group_language", (0, 1, 2), ()) in named(
        6, people=people, keep_together=[[0, 1], [1, 2]]
    )


def test_pins_without_a_common_language():
    people = [person(i) for i in range(4)] + [
        person(i, languages=["Greek"], pin_team="a" if i == 4 else None) for i in range(4, 7)
    ]
    people[0]["pin_team"] = "a"
    teams = [*TEAMS, {"team": "c"}]
    assert named(7, people=people, teams=teams) == [("pinned_language", (0, 4), ("a",))]


def test_a_language_minority_too_small_for_a_team_names_everyone_who_speaks_it():
    people = [person(i) for i in range(7)]
    people[5] = person(5, languages=["Greek"])
    people[2] = person(2, languages=["English", "Greek"])
    found = check_problem(problem(7, min_size=3, max_size=4, people=people))
    assert [(n.code, n.people, n.values) for n in found] == [
        ("language_minority", (2, 5), {"languages": ["Greek"], "speakers": 2, "min": 3})
    ]


def test_someone_without_languages_helps_out_a_minority():
    people = [person(i) for i in range(7)]
    people[5] = person(5, languages=["Greek"])
    people[1] = person(1, languages=[])
    people[2] = person(2, languages=["English", "Greek"])
    assert named(7, min_size=3, max_size=4, people=people) == []


def test_a_pinned_minority_counts_only_those_free_to_join():
    people = [person(i) for i in range(6)]
    people[0] = person(0, languages=["Greek"], pin_team="a")
    people[1] = person(1, languages=["Greek", "English"], pin_team="b")
    assert named(6, people=people, teams=TEAMS) == [("language_minority", (0,), ("a",))]


def test_groups_that_do_not_fit_beside_each_other():
    pairs = [[0, 1], [2, 3], [4, 5]]
    assert named(6, min_size=3, max_size=3, keep_together=pairs) == [
        ("groups_do_not_fit", (0, 1, 2, 3, 4, 5), ())
    ]


def test_groups_that_fit_only_unevenly():
    groups = [[0, 1, 2], [3, 4, 5], [6, 7], [8, 9], [10, 11]]
    teams = [{"team": i} for i in range(2)]
    assert named(12, min_size=6, max_size=6, keep_together=groups, teams=teams) == []
