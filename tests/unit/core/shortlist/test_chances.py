"""How often a submission would be funded."""

import numpy as np

from app.core.shortlist import (
    Ballot,
    Candidate,
    Pin,
    PinAction,
    Policy,
    Quota,
)
from tests.unit.core.shortlist.cases import FOUR, chosen, ranked


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
