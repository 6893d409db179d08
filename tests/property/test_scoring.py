"""What must hold for every jury and every shortlist: rules are never broken."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.scoring import (
    Assignment,
    Juror,
    Method,
    Ranking,
    Rating,
    Submission,
    Unassignable,
    assign_reviews,
    rank_submissions,
)
from app.core.shortlist import (
    Ballot,
    Candidate,
    Impossible,
    Pin,
    PinAction,
    Policy,
    Quota,
    choose_shortlist,
)

LIGHT = settings(max_examples=60, deadline=None)


@st.composite
def assignments(draw: st.DrawFn) -> dict[str, object]:
    n, m = draw(st.integers(1, 12)), draw(st.integers(1, 6))
    organisations = st.sampled_from(["", "", "", "x", "y"])
    loads = st.one_of(st.none(), st.none(), st.integers(0, 12))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, m - 1))
    clashes = draw(st.lists(pairs, max_size=10))
    earlier = draw(st.lists(pairs, max_size=4, unique=True))
    return {
        "submissions": [Submission(f"s{i}", organisation=draw(organisations)) for i in range(n)],
        "jurors": [Juror(f"j{j}", draw(organisations), max_load=draw(loads)) for j in range(m)],
        "per_submission": draw(st.integers(0, 3)),
        "conflicts": [(f"s{s}", f"j{j}") for s, j in clashes],
        "existing": [(f"s{s}", f"j{j}") for s, j in earlier],
        "seed": draw(st.integers(0, 3)),
    }


@LIGHT
@given(assignments())
def test_an_assignment_breaks_no_rule(problem: dict[str, object]) -> None:
    answer = assign_reviews(**problem)  # type: ignore[arg-type]
    submissions, jurors = problem["submissions"], problem["jurors"]
    if isinstance(answer, Unassignable):
        assert answer.notes != ()
        return
    assert isinstance(answer, Assignment)
    owners = {s.id: s.organisation for s in submissions}  # type: ignore[attr-defined]
    homes = {j.id: j.organisation for j in jurors}  # type: ignore[attr-defined]
    wanted = {name: problem["per_submission"] for name in owners if problem["per_submission"]}
    assert Counter(s for s, _ in answer.pairs) == wanted
    assert len(set(answer.pairs)) == len(answer.pairs)
    given_already = {*problem["conflicts"], *problem["existing"]}  # type: ignore[misc]
    assert given_already.isdisjoint(answer.pairs)
    assert [p for p in answer.pairs if owners[p[0]] and owners[p[0]] == homes[p[1]]] == []
    earlier = Counter(j for _, j in problem["existing"])  # type: ignore[attr-defined]
    new = Counter(j for _, j in answer.pairs)
    assert answer.loads == {name: earlier[name] + new[name] for name in homes}
    for juror in jurors:  # type: ignore[attr-defined]
        if juror.max_load is not None:
            assert answer.loads[juror.id] <= max(juror.max_load, earlier[juror.id])
    if not (given_already or any(homes.values()) or any(j.max_load is not None for j in jurors)):  # type: ignore[attr-defined]
        loads = answer.loads.values()
        assert max(loads) - min(loads) <= 1


@st.composite
def shortlists(draw: st.DrawFn) -> dict[str, object]:
    n = draw(st.integers(1, 9))
    scores = st.one_of(st.none(), st.integers(1, 10).map(float))
    candidates = [
        Candidate(
            f"s{i}",
            i + 1,
            draw(scores),
            draw(st.integers(0, 50)),
            {"one": draw(st.sampled_from("ab")), "two": draw(st.sampled_from("cd"))},
        )
        for i in range(n)
    ]
    counts = st.one_of(st.none(), st.integers(0, 3))
    quotas = []
    for column, value in (("one", "a"), ("one", "b"), ("two", "c")):
        least, most = draw(counts), draw(counts)
        if least is not None and most is not None:
            least, most = sorted((least, most))
        spend = draw(st.one_of(st.none(), st.none(), st.integers(0, 100)))
        quotas.append(Quota(column, value, least, most, spend))
    pinned = draw(st.lists(st.integers(0, n - 1), unique=True, max_size=2))
    actions = st.sampled_from(list(PinAction))
    return {
        "candidates": candidates,
        "budget_cents": draw(st.integers(0, 200)),
        "policy": draw(st.sampled_from(list(Policy))),
        "quotas": quotas,
        "pins": [Pin(f"s{i}", draw(actions), "because") for i in pinned],
        "bar": draw(st.sampled_from([0.0, 4.0])),
        "ballots": [
            Ballot(f"j{j}", {c.submission_id: (c.score + j) / 2 for c in candidates if c.score})
            for j in range(3)
        ],
        "draws": {
            c.submission_id: np.array([c.score, c.score + i % 3, c.score - i % 2])
            for i, c in enumerate(candidates)
            if c.score
        },
    }


def is_kept(quota: Quota, amounts: list[int]) -> bool:
    """Whether the amounts given to a quota's group keep its bounds."""
    least, most, spend = quota.min_count, quota.max_count, quota.max_spend_cents
    return (
        len(amounts) >= (least or 0)
        and (most is None or len(amounts) <= most)
        and (spend is None or sum(amounts) <= spend)
    )


@settings(max_examples=150, deadline=None)
@given(shortlists())
def test_a_shortlist_breaks_no_rule(problem: dict[str, object]) -> None:
    answer = choose_shortlist(**problem)  # type: ignore[arg-type]
    if isinstance(answer, Impossible):
        assert answer.reasons != ()
        return
    amounts = {d.submission_id: d.amount_cents for d in answer.decisions if d.is_funded}
    candidates = problem["candidates"]
    assert answer.spent_cents == sum(amounts.values())
    assert answer.spent_cents <= problem["budget_cents"]  # type: ignore[operator]
    for candidate in candidates:  # type: ignore[attr-defined]
        assert amounts.get(candidate.submission_id, 0) <= candidate.ask_cents
        assert candidate.score is not None or candidate.submission_id not in amounts
    for quota in problem["quotas"]:  # type: ignore[attr-defined]
        mine = [
            amounts[c.submission_id]
            for c in candidates  # type: ignore[attr-defined]
            if c.submission_id in amounts and c.groups[quota.column] == quota.value
        ]
        assert is_kept(quota, mine)
    for pin in problem["pins"]:  # type: ignore[attr-defined]
        assert (pin.submission_id in amounts) == (pin.action is PinAction.IN)
    if problem["draws"]:
        assert all(0 <= d.p_funded <= 1 for d in answer.decisions if d.p_funded is not None)


@st.composite
def juries(draw: st.DrawFn) -> list[Rating]:
    pairs = st.tuples(st.integers(0, 7), st.integers(0, 4))
    rated = draw(st.lists(pairs, min_size=1, max_size=24, unique=True))
    scores = st.integers(2, 20).map(lambda half: half / 2)
    return [Rating(f"s{s}", f"j{j}", draw(scores)) for s, j in rated]


@LIGHT
@given(juries(), st.sampled_from(list(Method)))
def test_a_ranking_is_whole_and_finite(ratings: list[Rating], method: Method) -> None:
    submissions = [Submission(f"s{i}", f"t{i % 5}") for i in range(8)]
    ranking = rank_submissions(submissions, ratings, method=method, override=True, n_draws=50)
    assert isinstance(ranking, Ranking)
    rated = {rating.submission_id for rating in ratings}
    scored = [row for row in ranking.rows if row.rank is not None]
    assert [row.rank for row in scored] == list(range(1, len(rated) + 1))
    assert {row.submission_id for row in scored} == rated
    assert sorted(row.submission_id for row in ranking.rows) == [s.id for s in submissions]
    for row in scored:
        assert np.isfinite([row.score, row.lo90, row.hi90, row.p_top]).all()
        assert row.lo90 <= row.score <= row.hi90
        assert 1 <= row.rank_lo <= row.rank <= row.rank_hi <= len(rated)
    assert sum(row.p_top for row in scored) == pytest.approx(min(5, len(rated)))


@LIGHT
@given(juries())
def test_the_order_of_the_input_does_not_matter_to_the_scores(ratings: list[Rating]) -> None:
    submissions = [Submission(f"s{i}", f"t{i % 5}") for i in range(8)]
    rankings = [
        rank_submissions(submissions[::step], ratings[::step], override=True, n_draws=2)
        for step in (1, -1)
    ]
    first, second = ({row.submission_id: row.score for row in r.rows} for r in rankings)  # type: ignore[union-attr]
    assert first.keys() == second.keys()
    for name, score in first.items():
        assert second[name] == (None if score is None else pytest.approx(score, abs=1e-6))
