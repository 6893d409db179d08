"""Quotas, caps, the bar and pins: what they change, and the reason given to each."""

import pytest

from app.core.shortlist import (
    Candidate,
    Pin,
    PinAction,
    Policy,
    Quota,
    Reason,
)
from tests.unit.core.shortlist.cases import FOUR, REGIONS, chosen, ranked, reasons


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
