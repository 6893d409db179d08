"""Choosing a shortlist, and saying why of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    PinAction,
    Policy,
    Quota,
    Reason,
    Shortlist,
    Value,
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
    outcome = _Outcome(case, policy, chosen, free)
    by_pin = {pin.submission_id: pin for pin in pins}
    decisions = tuple(
        Decision(
            submission_id=name,
            is_funded=bool(chosen[i]),
            amount_cents=int(case.costs[i]) if chosen[i] else 0,
            reason=outcome.explain(i, by_pin.get(name)),
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


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was chosen, and what would have been chosen without the minimums."""

    case: Case
    policy: Policy
    chosen: BoolArray
    free: BoolArray

    def explain(self, i: int, pin: Pin | None) -> Reason:
        """Return why one candidate is funded or not."""
        if np.isneginf(self.case.scores[i]):
            return Reason("unscored")
        if pin is not None:
            return Reason(_pin_code(pin), {"reason": pin.reason})
        return self._explain_presence(i) if self.chosen[i] else self._explain_absence(i)

    def _minimums(self, i: int) -> tuple[str, ...]:
        pairs = zip(self.case.quotas, self.case.members, strict=True)
        return tuple(quota.name for quota, members in pairs if members[i] and quota.min_count)

    def _explain_presence(self, i: int) -> Reason:
        minimums = self._minimums(i)
        if minimums and not self.free[i]:
            return Reason("quota_minimum", {"quotas": minimums})
        return Reason(f"policy_{self.policy}")

    def _explain_absence(self, i: int) -> Reason:
        case = self.case
        if case.values[i] == 0:
            return Reason("below_bar", {"bar": case.bar})
        if self.free[i]:
            minimums = tuple(quota.name for quota in case.quotas if quota.min_count)
            return Reason("held_back", {"quotas": minimums})
        if (full := self._find_full_group(i)) is not None:
            return full
        values: dict[str, Value] = {
            "ask_cents": int(case.costs[i]),
            "left_cents": case.budget - int(case.costs[self.chosen].sum()),
        }
        is_rival = self.policy in (Policy.VALUE, Policy.MONEY) and case.costs[i] <= case.budget
        return Reason("outvalued" if is_rival else "no_money", values)

    def _find_full_group(self, i: int) -> Reason | None:
        """Return the first quota of a candidate that has no seat or no money left for it."""
        for quota, members in zip(self.case.quotas, self.case.members, strict=True):
            mine = self.chosen & members
            if not members[i]:
                continue
            if quota.max_count is not None and mine.sum() >= quota.max_count:
                return Reason("group_full", {"quota": quota.name, "max_count": quota.max_count})
            if quota.max_spend_cents is not None:
                left = quota.max_spend_cents - int(self.case.costs[mine].sum())
                if self.case.costs[i] > left:
                    return Reason("group_spent", {"quota": quota.name, "left_cents": left})
        return None


def _pin_code(pin: Pin) -> str:
    if pin.action is PinAction.OUT:
        return "pinned_out"
    return "pinned_in" if pin.amount_cents is None else "pinned_part"


def _warn(case: Case, chosen: BoolArray) -> tuple[Reason, ...]:
    open_to = ~case.excluded & (case.values > 0)
    if not chosen.any() and open_to.any():
        cheapest = int(case.costs[open_to].min())
        return (Reason("nothing_fits", {"budget_cents": case.budget, "cheapest_cents": cheapest}),)
    if not chosen.any():
        return (Reason("nobody_eligible"),)
    return ()
