"""The four policies, quotas, pins, partial amounts, and the reason given to each."""

import itertools

import numpy as np
import pytest

from app.core.shortlist import (
    Ballot,
    Candidate,
    Impossible,
    Pin,
    PinAction,
    Policy,
    Quota,
    Reason,
    Shortlist,
    choose_shortlist,
    render_contradiction,
    render_reason,
)
from app.core.shortlist.case import make_case
from app.core.shortlist.explain import _TEXTS
from app.core.shortlist.ledger import Ledger
from app.core.shortlist.policies import choose, polish
from app.core.shortlist.programme import Rule, list_rules, solve


def ranked(*rows: tuple[str, float | None, int] | tuple[str, float | None, int, str]) -> list:
    """Return candidates from (id, score, ask[, region]), best first."""
    return [
        Candidate(
            row[0],
            None if row[1] is None else rank,
            row[1],
            row[2],
            {"region": row[3]} if len(row) > 3 else {},
        )
        for rank, row in enumerate(rows, start=1)
    ]


def chosen(*args: object, **options: object) -> Shortlist:
    answer = choose_shortlist(*args, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Shortlist)
    return answer


def reasons(shortlist: Shortlist) -> dict[str, str]:
    return {d.submission_id: d.reason.code for d in shortlist.decisions}


FOUR = ranked(("a", 9.0, 60), ("b", 8.0, 50), ("c", 7.0, 30), ("d", 6.0, 10))


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


REGIONS = ranked(
    ("a", 9.0, 40, "north"),
    ("b", 8.0, 40, "north"),
    ("c", 7.0, 40, "north"),
    ("d", 6.0, 40, "south"),
    ("e", 5.0, 50, "south"),
)


@pytest.mark.parametrize("policy", [Policy.RANK, Policy.VALUE, Policy.MONEY])
def test_a_minimum_holds_places_back(policy: Policy) -> None:
    shortlist = chosen(REGIONS, 120, policy, quotas=[Quota("region", "south", min_count=1)])
    assert shortlist.funded == ("a", "b", "d")
    assert shortlist.decisions[3].reason == Reason("quota_minimum", {"quotas": ("region = south",)})
    assert shortlist.decisions[2].reason == Reason("held_back", {"quotas": ("region = south",)})


def test_a_minimum_met_anyway_is_not_the_reason() -> None:
    shortlist = chosen(REGIONS, 500, Policy.RANK, quotas=[Quota("region", "south", min_count=1)])
    assert set(reasons(shortlist).values()) == {"policy_rank"}


@pytest.mark.parametrize("policy", [Policy.RANK, Policy.VALUE, Policy.MONEY])
def test_a_maximum_closes_a_group(policy: Policy) -> None:
    shortlist = chosen(REGIONS, 160, policy, quotas=[Quota("region", "north", max_count=1)])
    assert shortlist.funded == ("a", "d", "e")
    assert shortlist.decisions[1].reason == Reason(
        "group_full", {"quota": "region = north", "max_count": 1}
    )


@pytest.mark.parametrize("policy", [Policy.RANK, Policy.VALUE, Policy.MONEY])
def test_a_spending_cap_closes_a_group(policy: Policy) -> None:
    quota = Quota("region", "north", max_spend_cents=90)
    shortlist = chosen(REGIONS, 500, policy, quotas=[quota])
    assert shortlist.funded == ("a", "b", "d", "e")
    assert shortlist.decisions[2].reason == Reason(
        "group_spent", {"quota": "region = north", "left_cents": 10}
    )


def test_a_minimum_within_a_spending_cap_keeps_the_cheap_ones_affordable() -> None:
    # a fits the cap by itself, but then north could not have its two.
    candidates = ranked(("a", 9.0, 80, "north"), ("b", 8.0, 40, "north"), ("c", 7.0, 40, "north"))
    quota = Quota("region", "north", min_count=2, max_spend_cents=100)
    shortlist = chosen(candidates, 500, Policy.RANK, quotas=[quota])
    assert shortlist.funded == ("b", "c")
    assert reasons(shortlist)["a"] == "held_back"


def test_below_the_bar_only_a_minimum_helps() -> None:
    quotas = [Quota("region", "south", min_count=1)]
    for policy in (Policy.RANK, Policy.VALUE, Policy.MONEY):
        shortlist = chosen(REGIONS, 500, policy, quotas=quotas, bar=6.5)
        assert shortlist.funded in {("a", "b", "c", "d"), ("a", "b", "c", "e")}
        assert sorted(reasons(shortlist).values()).count("below_bar") == 1


def test_pins_decide_with_their_reason() -> None:
    pins = [
        Pin("d", PinAction.IN, "the jury's favourite"),
        Pin("c", PinAction.IN, "less will do", 20),
        Pin("a", PinAction.OUT, "withdrawn"),
    ]
    shortlist = chosen(FOUR, 80, Policy.RANK, pins=pins)
    assert shortlist.funded == ("b", "c", "d")
    assert [d.amount_cents for d in shortlist.decisions] == [0, 50, 20, 10]
    assert [d.reason for d in shortlist.decisions] == [
        Reason("pinned_out", {"reason": "withdrawn"}),
        Reason("policy_rank"),
        Reason("pinned_part", {"reason": "less will do"}),
        Reason("pinned_in", {"reason": "the jury's favourite"}),
    ]


def test_quotas_of_two_columns_are_met_together() -> None:
    # Rank order alone would take a, b and c; one x and one z must come in, and only d is both.
    groups = [("p", "u"), ("p", "u"), ("p", "v"), ("q", "z"), ("q", "u"), ("r", "z")]
    candidates = [
        Candidate(name, i + 1, 9.0 - i, 30, {"one": one, "two": two})
        for i, (name, (one, two)) in enumerate(zip("abcdef", groups, strict=True))
    ]
    quotas = [Quota("one", "q", min_count=1), Quota("two", "z", min_count=1)]
    assert chosen(candidates, 90, Policy.RANK, quotas=quotas).funded == ("a", "b", "d")
    three = [*quotas, Quota("one", "p", max_count=1)]
    assert chosen(candidates, 90, Policy.RANK, quotas=three).funded == ("a", "d", "e")
    both = [Quota("one", "q", min_count=1), Quota("two", "z", min_count=2)]
    assert chosen(candidates, 90, Policy.RANK, quotas=both).funded == ("a", "d", "f")


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


def test_p_funded_is_the_share_of_draws() -> None:
    draws = {
        "a": np.array([9.0, 9.0, 9.0, 1.0]),
        "b": np.array([8.0, 8.0, 9.5, 8.0]),
        "c": np.array([7.0, 7.0, 7.0, 7.0]),
    }
    candidates = ranked(("a", 9.0, 50), ("b", 8.0, 50), ("c", 7.0, 50), ("d", 6.0, 10))
    candidates.append(Candidate("x", None, None, 10))
    shortlist = chosen(candidates, 60, Policy.RANK, draws=draws)
    # d has no draws and keeps its score; it fits beside any of the others.
    assert [d.p_funded for d in shortlist.decisions] == [0.5, 0.5, 0.0, 1.0, 0.0]
    value = chosen(candidates, 60, Policy.VALUE, draws=draws)
    assert [d.p_funded for d in value.decisions] == [0.5, 0.5, 0.0, 1.0, 0.0]
    ballots = [Ballot("j", {"a": 9.0, "b": 8.0, "c": 7.0})]
    shares = chosen(candidates, 60, Policy.SHARES, draws=draws, ballots=ballots)
    assert [d.p_funded for d in shares.decisions] == [0.5, 0.5, 0.0, 1.0, 0.0]
    assert {d.p_funded for d in chosen(candidates, 60, Policy.RANK).decisions} == {None}


def test_p_funded_of_pins_is_certain() -> None:
    draws = {name: np.array([5.0, 6.0]) for name in "abcd"}
    pins = [Pin("d", PinAction.IN, "yes"), Pin("a", PinAction.OUT, "no")]
    quotas = [Quota("region", "none", max_count=1)]
    decisions = chosen(FOUR, 100, Policy.RANK, pins=pins, quotas=quotas, draws=draws).decisions
    assert (decisions[0].p_funded, decisions[3].p_funded) == (0.0, 1.0)


def contradiction(*args: object, **options: object) -> tuple[Reason, ...]:
    answer = choose_shortlist(*args, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Impossible)
    return answer.reasons


def test_a_minimum_of_more_than_there_are() -> None:
    quotas = [Quota("region", "south", min_count=3), Quota("region", "north", max_count=1)]
    found = contradiction(REGIONS, 500, Policy.VALUE, quotas=quotas)
    values = {"quota": "region = south", "min_count": 3, "eligible": 2, "cheapest_cents": 90}
    assert found == (Reason("rule_min", values),)
    assert render_contradiction(found, str) == (
        "This cannot be met: at least 3 with region = south "
        "(2 can be chosen; the cheapest 3 of them cost 90)."
    )


def test_a_minimum_that_the_budget_cannot_pay() -> None:
    quotas = [Quota("region", "south", min_count=2), Quota("region", "north", max_count=1)]
    found = contradiction(REGIONS, 80, Policy.RANK, quotas=quotas)
    assert [reason.code for reason in found] == ["rule_budget", "rule_min"]
    assert render_contradiction(found, lambda cents: f"{cents} €") == (
        "These cannot be met together: the budget of 80 € (0 € of it pinned); at least 2 with "
        "region = south (2 can be chosen; the cheapest 2 of them cost 90 €)."
    )


def test_a_minimum_that_its_own_cap_forbids() -> None:
    quotas = [Quota("region", "south", min_count=2, max_spend_cents=80)]
    found = contradiction(REGIONS, 500, Policy.RANK, quotas=quotas)
    assert [reason.code for reason in found] == ["rule_min", "rule_spend"]


def test_pins_beyond_the_budget_or_a_quota() -> None:
    pins = [Pin("a", PinAction.IN, "x"), Pin("b", PinAction.IN, "y")]
    values = {"budget_cents": 70, "pinned_cents": 80}
    assert contradiction(REGIONS, 70, Policy.RANK, pins=pins) == (Reason("rule_budget", values),)
    full = contradiction(
        REGIONS, 500, Policy.RANK, pins=pins, quotas=[Quota("region", "north", max_count=1)]
    )
    assert full == (Reason("rule_max", {"quota": "region = north", "max_count": 1, "pinned": 2}),)


def test_an_unscored_pin() -> None:
    candidates = ranked(("a", 9.0, 60), ("x", None, 1))
    found = contradiction(candidates, 100, Policy.RANK, pins=[Pin("x", PinAction.IN, "please")])
    assert found == (Reason("pinned_unscored", {"submissions": ("x",)}),)
    assert render_contradiction(found, str) == (
        "Pinned in, but without scores, and so never shortlisted: x"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pins": [Pin("a", PinAction.IN, "x"), Pin("a", PinAction.OUT, "y")]}, "pinned twice"),
        ({"pins": [Pin("z", PinAction.IN, "x")]}, "unknown submission"),
        ({"pins": [Pin("a", PinAction.IN, " ")]}, "needs a reason"),
        ({"pins": [Pin("a", PinAction.OUT, "x", 5)]}, "only a pin that funds"),
        ({"pins": [Pin("a", PinAction.IN, "x", 61)]}, "must not exceed the ask"),
        ({"quotas": [Quota("c", "v"), Quota("c", "v", 1)]}, "given twice"),
        ({"quotas": [Quota("c", "v", -1)]}, "quota must not be negative"),
        ({"quotas": [Quota("c", "v", 2, 1)]}, "minimum lies above"),
        ({"budget_cents": -1}, "money must not be negative"),
        ({"candidates": [*FOUR, FOUR[0]]}, "listed twice"),
    ],
)
def test_misuse(options: dict[str, object], message: str) -> None:
    arguments = {"candidates": FOUR, "budget_cents": 100, "policy": Policy.RANK, **options}
    with pytest.raises(ValueError, match=message):
        choose_shortlist(**arguments)  # type: ignore[arg-type]


def test_money_is_kept_to_the_cent_where_the_solver_is_not() -> None:
    rule = Rule("budget", -1, np.array([3, 4]), None, 6)
    assert rule.excess(np.array([True, True])) == 1
    assert rule.excess(np.array([True, False])) == 0
    assert rule.tightened(1).high == 5
    least = Rule("min", 0, np.array([1, 1]), 2, None)
    assert least.excess(np.array([True, False])) == 1
    assert (least.tightened(1).low, least.tightened(1).high) == (3, None)


def test_asks_that_do_not_fit_a_tolerance_are_still_kept_to_the_cent() -> None:
    asks = [1_000_000_007, 999_999_937, 1_000_000_009]
    candidates = [Candidate(f"s{i}", i + 1, 5.0, ask) for i, ask in enumerate(asks)]
    shortlist = chosen(candidates, asks[0] + asks[1] - 1, Policy.VALUE)
    assert len(shortlist.funded) == 1


def test_a_candidate_cannot_be_both_demanded_and_refused() -> None:
    case = make_case(FOUR, 100, (), (), 0.0)
    everyone = np.ones(4, dtype=np.bool_)
    assert solve(case, case.values, must=everyone, must_not=everyone) is None
    assert [rule.kind for rule in list_rules(case)] == ["budget"]


def test_an_account_and_its_copy_go_their_own_ways() -> None:
    case = make_case(REGIONS, 100, [Quota("region", "south", 1, 1, 60)], (), 0.0)
    account = Ledger(case)
    twin = account.copy()
    twin.take(3)
    assert (account.is_needed(4), twin.is_needed(4)) == (True, False)
    assert (account.may_take(4), twin.may_take(4)) == (True, False)
    assert (account.taken.sum(), twin.taken.sum()) == (0, 1)
    account.pass_over(3)
    account.pass_over(4)
    assert not account.may_take(0)


def test_every_text_can_be_rendered() -> None:
    values = {
        "quotas": ("a", "b"), "quota": "a", "reason": "r", "bar": 5.0, "max_count": 1,
        "min_count": 1, "eligible": 1, "pinned": 0, "submissions": ("s",), "left_cents": 150,
        "ask_cents": 200, "budget_cents": 1, "cheapest_cents": 2, "pinned_cents": 3,
        "max_spend_cents": 4,
    }  # fmt: skip
    texts = [render_reason(Reason(code, values), lambda c: f"{c / 100:.2f}") for code in _TEXTS]
    assert [text for text in texts if "{" in text] == []
    assert "Not funded: it asks for 2.00, and 1.50 is left." in texts
