from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.matching import check_problem, evaluate, form_teams, parse_problem
from app.core.matching.features import build_features
from app.core.matching.formation import EFFORTS
from app.core.matching.objective import evaluate_features
from app.core.matching.search import Schedule, Search
from app.core.matching.space import build_space
from app.core.matching.state import State

SKILLS = ["python", "sql", "ux_design", "teaching", "beekeeping"]


@pytest.fixture(autouse=True, scope="module")
def brief():
    """Search a fiftieth as long."""
    before = EFFORTS["fast"]
    EFFORTS["fast"] = 0.02  # type: ignore[index]
    yield
    EFFORTS["fast"] = before  # type: ignore[index]


@st.composite
def problems(draw, most=24):
    count = draw(st.integers(1, most))
    low = draw(st.integers(1, 4))
    levels = st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 4))
    ideas = [{"idea": i, "required": draw(levels)} for i in range(draw(st.integers(0, 4)))]
    people = [
        {
            "id": i,
            "skills": draw(levels),
            "sector": draw(st.sampled_from(["it", "culture", "education", None])),
            "languages": draw(st.sampled_from([["en"], ["en", "uk"], ["uk"], [], ["en", "de"]])),
            "protected": draw(st.booleans()),
            "ranked_ideas": draw(st.lists(st.integers(0, 5), max_size=5)),
        }
        for i in range(count)
    ]
    pair = st.lists(st.integers(0, count - 1), min_size=2, max_size=3, unique=True)
    groups = st.lists(pair, max_size=3) if count > 2 else st.just([])
    return {
        "min_size": low,
        "max_size": draw(st.integers(low, low + 3)),
        "people": people,
        "ideas": ideas,
        "keep_together": draw(groups),
        "keep_apart": draw(groups),
    }


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 5))
def test_what_is_formed_always_holds_to_size_and_keeps_groups(data, seed):
    problem = parse_problem(data)
    if check_problem(problem):
        return
    result = form_teams(problem, seed=seed, effort="fast")
    sizes = Counter(result.assignment.values())
    assert sum(sizes.values()) == len(problem.people)
    assert {v.code for v in result.evaluation.violations} <= {"language", "apart"}
    assert result.evaluation == evaluate(problem, result.assignment)


@settings(max_examples=60, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_change_what_teams_are_worth(data, random):
    problem = parse_problem(data)
    teams = [team.id for team in problem.teams]
    assignment = {person.id: random.choice(teams) for person in problem.people}
    listed = [{"team": team.id, "idea": team.idea} for team in problem.teams]
    shuffled = [*data["people"]]
    random.shuffle(shuffled)
    other = parse_problem({**data, "teams": listed, "people": shuffled})
    assert evaluate(other, assignment).score == pytest.approx(evaluate(problem, assignment).score)


@settings(max_examples=40, deadline=None)
@given(problems(most=16), st.integers(0, 3))
def test_the_search_prices_each_change_as_the_objective_does(data, seed):
    """Packed worth plus wishes, less penalties, differs from J by a constant only."""
    problem = parse_problem({**data, "min_size": 1, "max_size": 16, "keep_together": []})
    features = build_features(problem)
    space = build_space(features, 1)
    rng = np.random.default_rng(seed)
    teams = rng.integers(0, features.team_count, (2, features.people_count))
    gaps = []
    for team_of in teams:
        state = State(space, team_of[None])
        everyone = np.arange(features.people_count)
        packed = state.worth.sum() + space.preference(everyone, state.team[:-1]).sum()
        evaluation = evaluate_features(features, team_of)
        outside = sum(len(v.people) for v in evaluation.violations if v.code == "language")
        gaps.append(evaluation.score - outside * 20 * space.unit_gain - packed)
    assert gaps[0] == pytest.approx(gaps[1], abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(problems(), st.integers(0, 3))
def test_a_state_kept_up_is_the_state_built_anew(data, seed):
    problem = parse_problem(data)
    if check_problem(problem):
        return
    features = build_features(problem)
    start = form_teams(problem, seed=seed, effort="fast")
    index = {team.id: i for i, team in enumerate(problem.teams)}
    team_of = np.array([[index[start.assignment[p.id]] for p in problem.people]])
    space = build_space(features, 1)
    state = State(space, team_of)
    Search(space, state, Schedule(20, 32, 6.0), seed).run(lambda batch: None)
    again = State(space, state.teams_within_chain())
    np.testing.assert_allclose(state.worth, again.worth, atol=1e-9)
    np.testing.assert_array_equal(state.team, again.team)
    np.testing.assert_array_equal(state.size, again.size)
