"""The rules of one shortlist as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.core.shortlist.types import (
    BoolArray,
    Candidate,
    FloatArray,
    IntArray,
    Pin,
    PinAction,
    Quota,
)


@dataclass(frozen=True, slots=True)
class Case:
    """n candidates and their rules.

    Attributes
    ----------
    costs : int array, shape (n,)
        Cents: the ask, or the amount of a pin.
    scores : float array, shape (n,)
        Minus infinity for the unscored.
    order : int array, shape (n,)
        Positions down the ranking, the unscored last.
    pinned, excluded : bool arrays, shape (n,)
        Must be funded; must not be (pinned out, or unscored).
    members : bool array, shape (quotas, n)
    bar : float
        Scores at or below it are worth nothing; such candidates only ever fill a minimum.
    """

    ids: tuple[str, ...]
    costs: IntArray
    scores: FloatArray
    order: IntArray
    pinned: BoolArray
    excluded: BoolArray
    quotas: tuple[Quota, ...]
    members: BoolArray
    budget: int
    bar: float

    @property
    def values(self) -> FloatArray:
        """What funding each is worth: ``max(score − bar, 0)``, shape (n,)."""
        return np.maximum(self.scores - self.bar, 0.0)

    @property
    def has_minimums(self) -> bool:
        """Whether any quota asks for someone to be funded."""
        return any(quota.min_count for quota in self.quotas)

    def without_minimums(self) -> "Case":
        """Return the same case with every minimum count left out."""
        return replace(self, quotas=tuple(replace(q, min_count=None) for q in self.quotas))

    def with_scores(self, scores: FloatArray) -> "Case":
        """Return the same case with other scores, ranked by them."""
        return replace(self, scores=scores, order=np.argsort(-scores, kind="stable"))

    def is_allowed(self, chosen: BoolArray) -> bool:
        """Whether a choice meets every rule, in whole cents."""
        if (self.pinned & ~chosen).any() or (self.excluded & chosen).any():
            return False
        if self.costs[chosen].sum() > self.budget:
            return False
        return all(
            (quota.min_count or 0) <= (mine := chosen & members).sum()
            and (quota.max_count is None or mine.sum() <= quota.max_count)
            and (quota.max_spend_cents is None or self.costs[mine].sum() <= quota.max_spend_cents)
            for quota, members in zip(self.quotas, self.members, strict=True)
        )


def make_case(
    candidates: Sequence[Candidate],
    budget_cents: int,
    quotas: Sequence[Quota],
    pins: Sequence[Pin],
    bar: float,
) -> Case:
    """Return the case.

    Raises
    ------
    ValueError
        On an id listed twice, a pin on an unknown id or two on one, two quotas on one value, a
        minimum above its maximum, an amount above the ask or on a pin that keeps out, a pin without
        a reason, or a negative number.
    """
    ids = tuple(candidate.submission_id for candidate in candidates)
    by_pin: Mapping[str, Pin] = {pin.submission_id: pin for pin in pins}
    _require(len(set(ids)) == len(ids), "a submission is listed twice")
    _require(len(by_pin) == len(pins), "a submission is pinned twice")
    _require(by_pin.keys() <= set(ids), "a pin names an unknown submission")
    _require(len({(q.column, q.value) for q in quotas}) == len(quotas), "a quota is given twice")
    for quota in quotas:
        bounds = (quota.min_count, quota.max_count, quota.max_spend_cents)
        _require(all(b is None or b >= 0 for b in bounds), "a quota must not be negative")
        least, most = quota.min_count or 0, quota.max_count
        _require(most is None or least <= most, "a minimum lies above its maximum")
    asks = [candidate.ask_cents for candidate in candidates]
    _require(min([budget_cents, *asks]) >= 0, "money must not be negative")
    for candidate in candidates:
        if pin := by_pin.get(candidate.submission_id):
            _check_pin(pin, candidate)
    actions = [by_pin[name].action if name in by_pin else None for name in ids]
    ranks = np.array([np.inf if c.rank is None else float(c.rank) for c in candidates])
    scores = np.array([-np.inf if c.score is None else c.score for c in candidates])
    return Case(
        ids=ids,
        costs=np.array([_cost(c, by_pin.get(c.submission_id)) for c in candidates], dtype=np.int64),
        scores=scores,
        order=np.lexsort([-scores, ranks, np.isneginf(scores)]),
        pinned=np.array([action is PinAction.IN for action in actions], dtype=np.bool_),
        excluded=np.array([a is PinAction.OUT for a in actions], dtype=np.bool_)
        | np.isneginf(scores),
        quotas=tuple(quotas),
        members=np.array(
            [[c.groups.get(q.column) == q.value for c in candidates] for q in quotas],
            dtype=np.bool_,
        ).reshape(len(quotas), len(ids)),
        budget=budget_cents,
        bar=bar,
    )


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def _check_pin(pin: Pin, candidate: Candidate) -> None:
    _require(pin.reason.strip() != "", "a pin needs a reason")
    if pin.amount_cents is not None:
        _require(pin.action is PinAction.IN, "only a pin that funds has an amount")
        _require(0 < pin.amount_cents <= candidate.ask_cents, "an amount must not exceed the ask")


def _cost(candidate: Candidate, pin: Pin | None) -> int:
    if pin is None or pin.amount_cents is None:
        return candidate.ask_cents
    return pin.amount_cents
