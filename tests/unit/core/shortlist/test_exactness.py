"""Money to the cent, accounts of what is left, and words for every reason."""

import numpy as np

from app.core.shortlist import (
    Candidate,
    Policy,
    Quota,
    Reason,
    render_reason,
)
from app.core.shortlist.case import make_case
from app.core.shortlist.explain import _TEXTS
from app.core.shortlist.ledger import Ledger
from app.core.shortlist.programme import Rule, list_rules, solve
from tests.unit.core.shortlist.cases import FOUR, REGIONS, chosen


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
