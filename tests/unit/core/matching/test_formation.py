import pytest

from app.core.matching import Cancelled, evaluate, form_teams, parse_problem
from app.core.matching.formation import EFFORTS
from tests.unit.core.matching.problems import person, plain, problem, varied


@pytest.fixture(autouse=True)
def brief(monkeypatch):
    """Search a fiftieth as long: these cases are about rules, not about the last percent."""
    monkeypatch.setitem(EFFORTS, "fast", 0.02)


def formed(data, **options):
    return form_teams(parse_problem(data), effort="fast", **options)


def sizes(result):
    return sorted(len(team.members) for team in result.evaluation.teams)


def test_everyone_is_in_one_team_and_no_rule_is_broken():
    result = formed(varied(23, keep_together=[[0, 1, 2]], keep_apart=[[3, 4], [0, 5]]))
    assert list(result.assignment) == list(range(23))
    assert result.evaluation.violations == ()
    assert min(sizes(result)) >= 4
    assert max(sizes(result)) <= 6


def test_the_same_seed_gives_the_same_teams():
    assert formed(varied(40), seed=7).assignment == formed(varied(40), seed=7).assignment


def test_the_score_is_what_evaluate_says():
    data = varied(30)
    result = formed(data)
    assert result.evaluation == evaluate(parse_problem(data), result.assignment)


def test_search_beats_its_own_seed_and_chance():
    data = varied(30)
    by_number = {i: f"t{i % 6 + 1}" for i in range(30)}
    assert formed(data).evaluation.score > evaluate(parse_problem(data), by_number).score + 5


def test_a_language_minority_gets_a_team_of_its_own():
    people = [person(i) for i in range(22)]
    for i in (3, 9, 14, 17):
        people[i]["languages"] = ["Greek"]
    result = formed(plain(22, min_size=4, max_size=5, people=people))
    assert result.evaluation.violations == ()
    assert len({result.assignment[i] for i in (3, 9, 14, 17)}) == 1


def test_a_minority_that_needs_help_gets_those_who_speak_both():
    people = [person(i) for i in range(22)]
    for i in (3, 9):
        people[i]["languages"] = ["Greek"]
    for i in (5, 6):
        people[i]["languages"] = ["Greek", "English"]
    result = formed(plain(22, min_size=4, max_size=5, people=people))
    assert result.evaluation.violations == ()
    assert len({result.assignment[i] for i in (3, 9, 5, 6)}) == 1


def test_nobody_ranked_anything_costs_nobody_a_reason():
    result = formed(plain(12))
    assert {item.reasons[0].code for item in result.explanations} == {"no_wishes"}
    assert [w.code for w in result.evaluation.warnings] == []


def test_everybody_ranked_the_same():
    people = [person(i, ranked_ideas=["sun"]) for i in range(9)]
    ideas = [{"idea": "sun"}, {"idea": "moon"}]
    teams = [{"team": 1, "idea": "sun"}, {"team": 2, "idea": "moon"}, {"team": 3, "idea": "moon"}]
    result = formed(plain(9, min_size=3, people=people, ideas=ideas, teams=teams))
    assert result.evaluation.terms.pref == pytest.approx(1 / 3)


def test_no_skills_and_no_languages():
    result = formed({"min_size": 2, "max_size": 3, "people": [{"id": i} for i in range(7)]})
    assert sizes(result) == [2, 2, 3]
    assert result.evaluation.violations == ()
    assert result.evaluation.terms.cov == 1
    assert result.evaluation.terms.bal == 1
    assert [a.name for a in result.archetypes] == ["open to anything"]


def test_identical_people():
    people = [person(i, skills={"python": 3}) for i in range(10)]
    result = formed(plain(10, people=people))
    assert result.evaluation.terms.bal == 1
    assert [a.name for a in result.archetypes] == ["Python"]


def test_five_people_are_one_team():
    assert sizes(formed(varied(5))) == [5]


def test_one_person_is_a_team_of_one_where_that_is_allowed():
    assert formed(plain(1, min_size=1)).assignment == {0: "t1"}


def test_unicode_ids():
    people = [person(name) for name in ("Ніна", "Ștefan", "Ζωή", "a,b")]
    assert set(formed(plain(4, people=people)).assignment) == {"Ніна", "Ștefan", "Ζωή", "a,b"}


@pytest.mark.parametrize(("low", "high"), [(4, 4), (4, 6), (3, 5)])
def test_half_of_the_people_in_pairs(low, high):
    pairs = [[i, i + 1] for i in range(0, 30, 2)]
    result = formed(varied(60, min_size=low, max_size=high, keep_together=pairs))
    assert result.evaluation.violations == ()


def test_everyone_in_pairs():
    pairs = [[i, i + 1] for i in range(0, 40, 2)]
    result = formed(varied(40, min_size=4, max_size=5, keep_together=pairs))
    assert result.evaluation.violations == ()


def test_groups_that_fit_only_unevenly():
    groups = [[0, 1, 2], [3, 4, 5], [6, 7], [8, 9], [10, 11]]
    teams = [{"team": i} for i in range(2)]
    result = formed(plain(12, min_size=6, max_size=6, keep_together=groups, teams=teams))
    assert result.evaluation.violations == ()


def test_all_pinned_stay_where_they_are_pinned():
    people = [person(i, pin_team=i % 2) for i in range(6)]
    result = formed(plain(6, people=people, teams=[{"team": 0}, {"team": 1}]))
    assert result.assignment == {i: i % 2 for i in range(6)}


def test_a_pin_takes_the_whole_group_along():
    people = [person(i) for i in range(6)]
    people[4]["pin_team"] = "b"
    result = formed(
        plain(6, people=people, teams=[{"team": "a"}, {"team": "b"}], keep_together=[[0, 4]])
    )
    assert (result.assignment[0], result.assignment[4]) == ("b", "b")


def test_more_than_sixty_four_languages_and_sectors():
    people = [
        person(i, languages=[f"l{i // 2}"], sector=f"s{i}", skills={f"k{i}": 3}) for i in range(140)
    ]
    result = formed(plain(140, max_size=2, people=people))
    assert result.evaluation.violations == ()
    assert result.evaluation.terms.sec == pytest.approx(2 / 3)


def test_someone_leaves_after_publication_and_nobody_else_moves():
    data = varied(30)
    before = formed(data).assignment
    gone = next(p for p, t in before.items() if list(before.values()).count(t) > 4)
    teams = [{"team": t.team, "idea": t.idea} for t in formed(data).evaluation.teams]
    people = [p for p in data["people"] if p["id"] != gone]
    after = formed({**data, "people": people, "teams": teams}, warm=before)
    assert after.assignment == {p: t for p, t in before.items() if p != gone}


def test_a_late_arrival_is_placed_without_moving_others():
    data = varied(29)
    first = formed(data)
    teams = [{"team": t.team, "idea": t.idea} for t in first.evaluation.teams]
    late = {**data, "people": [*data["people"], person("late")], "teams": teams}
    after = formed(late, warm=first.assignment).assignment
    moved = [p for p, t in first.assignment.items() if after[p] != t]
    assert moved == []
    assert "late" in after


def test_progress_rises_to_one():
    told = []
    formed(varied(20), on_progress=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)


def test_cancelling_leaves_no_result():
    with pytest.raises(Cancelled):
        formed(varied(20), is_cancelled=lambda: True)


def test_unknown_effort_is_refused():
    with pytest.raises(ValueError, match="effort is one of fast, normal, thorough, not 'lazy'"):
        form_teams(problem(4), effort="lazy")
