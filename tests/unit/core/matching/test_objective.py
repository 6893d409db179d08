import pytest

from app.core.matching import ProblemError, evaluate, explain, parse_problem
from app.core.matching.english import render_explanation, render_notice
from tests.unit.core.matching.problems import person, problem

DATA = {
    "min_size": 2,
    "max_size": 2,
    "people": [
        person(0, skills={"python": 4, "sql": 1}, ranked_ideas=["x"], protected=True),
        person(1, skills={"sql": 3}, ranked_ideas=["y", "x"], sector="culture"),
        person(2, skills={"teaching": 2}, ranked_ideas=["x"]),
        person(3, languages=[], sector=None),
    ],
    "ideas": [{"idea": "x", "required": {"Python 3": 3, "sql": 2}}, {"idea": "y"}],
    "teams": [{"team": "a", "idea": "x"}, {"team": "b", "idea": "y"}],
}
TEAMS = {0: "a", 1: "a", 2: "b", 3: "b"}


def test_the_terms_by_hand():
    terms = evaluate(parse_problem(DATA), TEAMS).terms
    totals = [5, 3, 2, 0]
    deviation = (sum((t - 2.5) ** 2 for t in totals) / 4) ** 0.5
    a, b = (8 - 5) / deviation, (2 - 5) / deviation
    assert terms.pref == pytest.approx((1 + 0.8 + 0 + 0) / 4)
    assert terms.cov == pytest.approx((1 + 1) / 2)
    assert terms.breadth == pytest.approx((2 / 14 + 0) / 2)
    assert terms.sec == pytest.approx((2 / 3 + 1 / 3) / 2)
    assert terms.bal == pytest.approx(1 - (abs(a) + abs(b)) / 2 / 4.47)
    assert terms.solo == pytest.approx(0.5)


def test_j_is_the_weighted_sum():
    evaluation = evaluate(parse_problem(DATA), TEAMS)
    t = evaluation.terms
    expected = 35 * t.pref + 30 * t.cov + 10 * t.breadth + 15 * t.sec + 10 * t.bal - 5 * t.solo
    assert evaluation.score == pytest.approx(expected)


def test_weights_and_caps_are_the_organisers():
    weights = {"pref": 1, "cov": 0, "breadth": 0, "sec": 0, "bal": 0, "solo": 0}
    data = {**DATA, "weights": weights, "norm": {"rank_utility": [0.5, 0.25]}}
    assert evaluate(parse_problem(data), TEAMS).score == pytest.approx(100 * 0.75 / 4)


def test_supply_names_who_has_the_best_level_and_the_gap():
    team = evaluate(parse_problem(DATA), {**TEAMS, 0: "b", 2: "a"}).teams[0]
    supply = [(s.skill, s.need, s.best, s.gap, s.suppliers) for s in team.supply]
    assert supply == [("python", 3, 0, 3, ()), ("sql", 2, 3, 0, (1,))]
    assert team.is_weak


def test_violations_are_all_named():
    people = [person(i, languages=["Greek" if i == 2 else "English"]) for i in range(5)]
    people[4]["pin_team"] = "b"
    rules = problem(
        5,
        people=people,
        teams=[{"team": "a"}, {"team": "b"}],
        keep_together=[[0, 3]],
        keep_apart=[[1, 2]],
    )
    found = evaluate(rules, {0: "a", 1: "a", 2: "a", 4: "a"}).violations
    assert [(v.code, v.people, v.teams) for v in found] == [
        ("unplaced", (3,), ()),
        ("size", (), ("a",)),
        ("size", (), ("b",)),
        ("language", (2,), ("a",)),
        ("together", (0, 3), ("a",)),
        ("apart", (1, 2), ("a",)),
        ("pin", (4,), ("b",)),
    ]
    assert all(render_notice(violation) for violation in found)


def test_warnings_in_english():
    data = {**DATA, "colour": 1, "people": [*DATA["people"][:3], person(3, ranked_ideas=["z"] * 6)]}
    data["people"][2] = person(2, languages=[], nickname="x", ranked_ideas=["x"])
    evaluation = evaluate(parse_problem(data), {**TEAMS, 0: "b", 2: "a"})
    assert [render_notice(warning) for warning in evaluation.warnings] == [
        "colour is not a field of a problem and was not read",
        "people[2].nickname is not a field of a problem and was not read",
        "ranked ideas that have no team: 3",
        "only the first 5 wishes count: 3",
        "the same idea ranked twice; the better rank counts: 3",
        "no languages given, taken to speak every language: 2",
        "placed outside all their choices: 0, 3",
        "team a covers less than half of what its idea needs (0.4)",
    ]


@pytest.mark.parametrize("assignment", [{9: "a"}, {0: "c"}])
def test_ids_that_the_problem_does_not_have_are_refused(assignment):
    with pytest.raises(ProblemError, match="there is no"):
        evaluate(parse_problem(DATA), assignment)


def test_text_and_number_are_one_id():
    by_text = {str(person): team for person, team in TEAMS.items()}
    assert evaluate(parse_problem(DATA), by_text) == evaluate(parse_problem(DATA), TEAMS)


def test_reasons_in_english():
    rules = parse_problem({**DATA, "keep_together": [[2, 3]]})
    texts = [render_explanation(item) for item in explain(rules, evaluate(rules, TEAMS))]
    assert texts == [
        "wish number 1 of 1; brings Python at level 4 (needed: 3); without them the team would "
        "cover 0.4 of its needs, not 1.0; the team's only voice from it; the team shares English",
        "wish number 2 of 2; brings SQL at level 3 (needed: 2); without them the team would "
        "cover 0.8 of its needs, not 1.0; the team's only voice from culture; "
        "the team shares English",
        "kept together with 3; none of the 1 wishes could be met; the team's only voice from it; "
        "the team shares English",
        "kept together with 2; ranked no ideas; the team shares English",
    ]


def test_long_lists_of_people_are_cut_short():
    found = evaluate(problem(20), {}).violations[0]
    assert render_notice(found) == (
        "without a team: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 more"
    )
