"""The four policies, and what each leaves over."""

import itertools

import numpy as np
import pytest

from app.core.shortlist import (
    Ballot,
    Candidate,
    Impossible,
    Policy,
    Quota,
    Reason,
    Shortlist,
    choose_shortlist,
)
from app.core.shortlist.case import make_case
from app.core.shortlist.policies import choose, polish
from tests.unit.core.shortlist.cases import FOUR, REGIONS, chosen, ranked, reasons


def test_rank_order_skips_what_does_not_fit_and_goes_on() -> None:
    shortlist = chosen(FOUR, 100, Policy.RANK)
    assert shortlist.funded == ("a", "c", "d")
    assert (shortlist.spent_cents, shortlist.value) == (100, 22.0)
    assert shortlist.decisions[1].reason == Reason("no_money", {"ask_cents": 50, "left_cents": 0})
    assert shortlist.decisions[1].amount_cents == 0


def test_rank_order_goes_by_rank_and_not_by_score() -> None:
    candidates = [Candidate("low", 1, 5.0, 10), Candidate("high", 2, 9.0, 10)]
    assert chosen(candidates, 10, Policy.RANK).funded == ("low",)


def test_value_buys_the_most_score() -> None:
    shortlist = chosen(FOUR, 90, Policy.VALUE)
    assert shortlist.funded == ("b", "c", "d")
    assert shortlist.decisions[0].reason == Reason("outvalued", {"ask_cents": 60, "left_cents": 0})


def test_value_counts_from_the_bar() -> None:
    # Above a bar of 6.5, a is worth 2.5, and b with c for the same money only 2.
    shortlist = chosen(FOUR, 80, Policy.VALUE, bar=6.5)
    assert (shortlist.funded, shortlist.value) == (("a",), 2.5)
    assert reasons(shortlist)["d"] == "below_bar"
    assert chosen(FOUR, 80, Policy.VALUE).value == 15.0


def test_money_buys_the_most_score_times_money() -> None:
    assert chosen(FOUR, 90, Policy.MONEY).funded == ("a", "c")
    assert chosen(FOUR, 90, Policy.MONEY).spent_cents == 90


def test_an_ask_of_nothing_is_funded_by_every_policy() -> None:
    candidates = ranked(("a", 9.0, 60), ("free", 2.0, 0))
    ballots = [Ballot("j", {"a": 9.0, "free": 2.0})]
    for policy in Policy:
        assert chosen(candidates, 60, policy, ballots=ballots).funded == ("a", "free")


def test_shares_give_a_minority_its_part() -> None:
    # Two jurors love a, b and c; the third loves d alone, which rank order would never reach.
    candidates = ranked(("a", 9.0, 30), ("b", 8.9, 30), ("c", 8.8, 30), ("d", 4.0, 30))
    ballots = [
        Ballot("j", {"a": 9.0, "b": 9.0, "c": 9.0}),
        Ballot("k", {"a": 9.0, "b": 9.0, "c": 9.0, "unknown": 10.0}),
        Ballot("l", {"d": 9.0}),
    ]
    assert chosen(candidates, 90, Policy.RANK).funded == ("a", "b", "c")
    assert chosen(candidates, 90, Policy.SHARES, ballots=ballots).funded == ("a", "b", "d")


def test_shares_buy_the_best_value_for_their_supporters_first() -> None:
    # ρ of a is 40/18, of b 20/16; b is bought first, and then a cannot be paid: c, by completion.
    candidates = ranked(("a", 9.0, 40), ("b", 8.0, 20), ("c", 7.0, 30))
    ballots = [Ballot(name, {"a": 9.0, "b": 8.0}) for name in "jk"]
    shortlist = chosen(candidates, 50, Policy.SHARES, ballots=ballots)
    assert shortlist.funded == ("b", "c")
    assert reasons(shortlist) == {"a": "no_money", "b": "policy_shares", "c": "policy_shares"}


def test_a_poor_supporter_pays_all_they_have() -> None:
    # Both buy a for 10 each; j alone then buys b with the rest; c needs 20 of k and 5 of j.
    candidates = ranked(("a", 9.0, 20), ("b", 8.0, 15), ("c", 7.0, 25))
    ballots = [
        Ballot("j", {"a": 9.0, "b": 9.0, "c": 1.0}),
        Ballot("k", {"a": 9.0, "c": 9.0}),
    ]
    assert chosen(candidates, 60, Policy.SHARES, ballots=ballots).funded == ("a", "b", "c")


def test_shares_keep_maximums() -> None:
    ballots = [Ballot("j", {"a": 9.0, "b": 8.0, "d": 5.0})]
    quotas = [Quota("region", "north", max_count=1)]
    shortlist = chosen(REGIONS, 160, Policy.SHARES, quotas=quotas, ballots=ballots)
    assert shortlist.funded == ("a", "d", "e")


def test_shares_that_add_up_to_a_hair_less_than_the_cost_buy_it() -> None:
    assert sum([0.1] * 10) < 1
    ballots = [Ballot(f"j{j}", {"a": float(j + 1)}) for j in range(10)]
    candidates = ranked(("b", 9.0, 1), ("a", 5.0, 1))
    assert chosen(candidates, 1, Policy.SHARES, ballots=ballots).funded == ("a",)


def test_what_the_solver_leaves_is_polished() -> None:
    case = make_case(FOUR, 100, (), (), 6.5)
    selection = np.array([False, False, True, True])
    polish(case, selection)
    assert selection.tolist() == [True, False, True, False]


def test_a_policy_cannot_choose_where_the_rules_contradict_each_other() -> None:
    case = make_case(REGIONS, 500, [Quota("region", "south", min_count=3)], (), 0.0)
    with pytest.raises(ValueError, match="contradict each other"):
        choose(case, Policy.VALUE)


def test_shares_need_ballots() -> None:
    with pytest.raises(ValueError, match="ballots of the jurors"):
        choose_shortlist(FOUR, 100, Policy.SHARES)


def test_unscored_submissions_are_never_funded() -> None:
    candidates = ranked(("a", 9.0, 60), ("x", None, 1))
    for policy in (Policy.RANK, Policy.VALUE, Policy.MONEY):
        shortlist = chosen(candidates, 100, policy)
        assert reasons(shortlist) == {"a": f"policy_{policy}", "x": "unscored"}


def test_a_budget_below_every_ask_funds_nothing_and_says_so() -> None:
    for policy in Policy:
        shortlist = chosen(FOUR, 9, policy, ballots=[Ballot("j", {"a": 9.0})])
        assert shortlist.funded == ()
        assert shortlist.warnings == (
            Reason("nothing_fits", {"budget_cents": 9, "cheapest_cents": 10}),
        )
        assert set(reasons(shortlist).values()) == {"no_money"}


def test_nobody_above_the_bar() -> None:
    shortlist = chosen(FOUR, 100, Policy.RANK, bar=9.0)
    assert shortlist.warnings == (Reason("nobody_eligible"),)
    assert set(reasons(shortlist).values()) == {"below_bar"}


def test_rank_order_is_the_lexicographic_best_of_all_choices() -> None:
    rng = np.random.default_rng(4)
    for _ in range(25):
        n = 7
        candidates = [
            Candidate(
                f"s{i}", i + 1, 9.0 - i, int(rng.integers(10, 60)),
                {"one": f"{rng.integers(2)}", "two": f"{rng.integers(2)}"},
            )
            for i in range(n)
        ]  # fmt: skip
        quotas = [
            Quota("one", "0", min_count=int(rng.integers(3)), max_spend_cents=90),
            Quota("two", "1", min_count=int(rng.integers(3)), max_count=2),
        ]
        case = make_case(candidates, 130, quotas, (), 0.0)
        allowed = [
            mask
            for mask in itertools.product((True, False), repeat=n)
            if case.is_allowed(np.array(mask))
        ]
        answer = choose_shortlist(candidates, 130, Policy.RANK, quotas=quotas)
        if not allowed:
            assert isinstance(answer, Impossible)
            continue
        assert isinstance(answer, Shortlist)
        # product() counts down from all taken: the first allowed choice is the best.
        assert tuple(d.is_funded for d in answer.decisions) == allowed[0]
        best = max(float(case.values[np.array(mask)].sum()) for mask in allowed)
        assert chosen(candidates, 130, Policy.VALUE, quotas=quotas).value == pytest.approx(
            best, rel=1e-4
        )
