"""Rules that contradict each other are named; misuse is refused."""

import pytest

from app.core.shortlist import (
    Pin,
    PinAction,
    Policy,
    Quota,
    Reason,
    choose_shortlist,
    render_contradiction,
)
from tests.unit.core.shortlist.cases import FOUR, REGIONS, contradiction, ranked


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
