"""Choosing a shortlist, and saying why of each."""

from collections.abc import Mapping, Sequence

import numpy as np

from app.core.shortlist.case import Case, make_case
from app.core.shortlist.chances import estimate_chances
from app.core.shortlist.policies import choose
from app.core.shortlist.programme import find_contradiction
from app.core.shortlist.types import (
    Ballot,
    BoolArray,
    Candidate,
    Decision,
    FloatArray,
    Impossible,
    Pin,
    Policy,
    Quota,
    Reason,
    Shortlist,
)


def choose_shortlist(
    candidates: Sequence[Candidate],
    budget_cents: int,
    policy: Policy,
    *,
    quotas: Sequence[Quota] = (),
    pins: Sequence[Pin] = (),
    bar: float = 0.0,
    ballots: Sequence[Ballot] = (),
    draws: Mapping[str, FloatArray] | None = None,
) -> Shortlist | Impossible:
    """Choose what to fund under a budget.

    Unscored submissions are never funded, and those at or below the bar only where a minimum needs
    them. Deterministic: the only chance in it came with `draws`.

    Parameters
    ----------
    candidates : sequence of Candidate
    budget_cents : int
        At least 0.
    policy : Policy
    quotas, pins : sequences
    bar : float
        On the scale of the scores.
    ballots : sequence of Ballot
        Needed by `Policy.SHARES`.
    draws : mapping of submission id to score draws, shape (draws,), or None
        For `Decision.p_funded`.

    Returns
    -------
    Shortlist, or Impossible with a smallest set of rules that contradict each other.

    Raises
    ------
    ValueError
        See `case.make_case`; also when shares have no ballots.
    """
    if policy is Policy.SHARES and not ballots:
        raise ValueError("shares need the ballots of the jurors")
    case = make_case(candidates, budget_cents, quotas, pins, bar)
    if reasons := find_contradiction(case):
        return Impossible(reasons)
    chosen = choose(case, policy, ballots)
    free = choose(case.without_minimums(), policy, ballots) if case.has_minimums else chosen
    chances = estimate_chances(case, policy, draws, ballots) if draws else None
    by_pin = {pin.submission_id: pin for pin in pins}
    decisions = tuple(
        Decision(
            submission_id=name,
            is_funded=bool(chosen[i]),
            amount_cents=int(case.costs[i]) if chosen[i] else 0,
            reason=_explain(case, policy, i, chosen, free, by_pin.get(name)),
            p_funded=None if chances is None else float(chances[i]),
        )
        for i, name in enumerate(case.ids)
    )
    return Shortlist(
        policy=policy,
        budget_cents=budget_cents,
        spent_cents=int(case.costs[chosen].sum()),
        value=float(case.values[chosen].sum()),
        decisions=decisions,
        warnings=_warn(case, chosen),
    )


def _explain(
    case: Case, policy: Policy, i: int, chosen: BoolArray, free: BoolArray, pin: Pin | None
) -> Reason:
    """Return why one candidate is funded or not; `free` is the choice without the minimums."""
    if not chosen[i]:
        return _explain_absence(case, policy, i, chosen, free, pin)
    if pin is not None:
        if case.costs[i] == pin.amount_cents:
            return Reason("pinned_part", {"reason": pin.reason})
        return Reason("pinned_in", {"reason": pin.reason})
    minimums = tuple(
        quota.name
        for quota, members in zip(case.quotas, case.members, strict=True)
        if members[i] and quota.min_count
    )
    if minimums and not free[i]:
        return Reason("quota_minimum", {"quotas": minimums})
    return Reason(f"policy_{policy}")


def _explain_absence(
    case: Case, policy: Policy, i: int, chosen: BoolArray, free: BoolArray, pin: Pin | None
) -> Reason:
    if np.isneginf(case.scores[i]):
        return Reason("unscored")
    if pin is not None:
        return Reason("pinned_out", {"reason": pin.reason})
    if case.values[i] == 0:
        return Reason("below_bar", {"bar": case.bar})
    if free[i]:
        minimums = tuple(quota.name for quota in case.quotas if quota.min_count)
        return Reason("held_back", {"quotas": minimums})
    for quota, members in zip(case.quotas, case.members, strict=True):
        mine = chosen & members
        if members[i] and quota.max_count is not None and mine.sum() >= quota.max_count:
            return Reason("group_full", {"quota": quota.name, "max_count": quota.max_count})
        if members[i] and quota.max_spend_cents is not None:
            left = quota.max_spend_cents - int(case.costs[mine].sum())
            if case.costs[i] > left:
                return Reason("group_spent", {"quota": quota.name, "left_cents": left})
    ask, left = int(case.costs[i]), case.budget - int(case.costs[chosen].sum())
    if policy in (Policy.VALUE, Policy.MONEY) and ask <= case.budget:
        return Reason("outvalued", {"ask_cents": ask, "left_cents": left})
    return Reason("no_money", {"ask_cents": ask, "left_cents": left})


def _warn(case: Case, chosen: BoolArray) -> tuple[Reason, ...]:
    open_to = ~case.excluded & (case.values > 0)
    if not chosen.any() and open_to.any():
        cheapest = int(case.costs[open_to].min())
        return (
            Reason("nothing_fits", {"budget_cents": case.budget, "cheapest_cents": cheapest}),
        )
    if not chosen.any():
        return (Reason("nobody_eligible"),)
    return ()
