"""The integer programme behind the shortlist: best choice, feasibility, and the cause of neither.

``max Σ w_i x_i`` subject to ``Σ cost_i x_i ≤ B``, counts and spending per group, pins; x binary
(HiGHS branch and cut through `scipy.optimize.milp`, relative gap 1e-4).

Only scipy itself is imported; it loads its parts when they are used, so that web workers, which
import this module's callers and never solve, stay light.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy

from app.core.shortlist.case import Case
from app.core.shortlist.types import BoolArray, FloatArray, IntArray, Reason, Value

GAP = 1e-4


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the programme: ``low ≤ Σ coefficients_i x_i ≤ high`` in whole numbers.

    Attributes
    ----------
    kind : str
        ``budget``, ``min``, ``max`` or ``spend``.
    quota : int
        Position of the quota; −1 for the budget.
    """

    kind: str
    quota: int
    coefficients: IntArray
    low: int | None
    high: int | None

    def excess(self, chosen: BoolArray) -> int:
        """Return by how much a choice breaks the rule, 0 when it keeps it."""
        total = int(self.coefficients[chosen].sum())
        over = total - self.high if self.high is not None else 0
        under = self.low - total if self.low is not None else 0
        return max(over, under, 0)

    def tightened(self, by: int) -> "Rule":
        """Return the rule with less room."""
        return Rule(
            self.kind,
            self.quota,
            self.coefficients,
            None if self.low is None else self.low + by,
            None if self.high is None else self.high - by,
        )


def list_rules(case: Case) -> tuple[Rule, ...]:
    """Return the rows of a case: the budget first, then each quota's bounds in their order."""
    rules = [Rule("budget", -1, case.costs, None, case.budget)]
    for index, (quota, members) in enumerate(zip(case.quotas, case.members, strict=True)):
        count = members.astype(np.int64)
        if quota.min_count:
            rules.append(Rule("min", index, count, quota.min_count, None))
        if quota.max_count is not None:
            rules.append(Rule("max", index, count, None, quota.max_count))
        if quota.max_spend_cents is not None:
            rules.append(Rule("spend", index, count * case.costs, None, quota.max_spend_cents))
    return tuple(rules)


def solve(
    case: Case,
    weights: FloatArray,
    *,
    rules: tuple[Rule, ...] | None = None,
    must: BoolArray | None = None,
    must_not: BoolArray | None = None,
) -> BoolArray | None:
    """Return a choice of largest weight within the rules, or None when there is none.

    Parameters
    ----------
    case : Case
    weights : float array, shape (n,)
    rules : tuple of Rule or None
        None: all of the case.
    must, must_not : bool arrays, shape (n,), or None
        Beyond pins and exclusions.
    """
    rules = list_rules(case) if rules is None else rules
    low = case.pinned if must is None else case.pinned | must
    high = ~case.excluded if must_not is None else ~(case.excluded | must_not)
    if (low & ~high).any():
        return None
    trial = rules
    while True:
        chosen = _solve_once(weights, trial, low, high)
        if chosen is None:
            return None
        excess = [rule.excess(chosen) for rule in rules]
        if not any(excess):
            return chosen
        # The solver keeps rules to a tolerance; money is kept to the cent.
        trial = tuple(r.tightened(e) if e else r for r, e in zip(trial, excess, strict=True))


def _solve_once(
    weights: FloatArray, rules: tuple[Rule, ...], low: BoolArray, high: BoolArray
) -> BoolArray | None:
    scales = [_scale(rule.coefficients) for rule in rules]
    rows: Any = scipy.sparse.csr_array(
        np.array([r.coefficients / scale for r, scale in zip(rules, scales, strict=True)]).reshape(
            len(rules), len(weights)
        )
    )
    lows = [-np.inf if r.low is None else r.low / s for r, s in zip(rules, scales, strict=True)]
    highs = [np.inf if r.high is None else r.high / s for r, s in zip(rules, scales, strict=True)]
    found = scipy.optimize.milp(
        -weights / max(float(np.abs(weights).max(initial=0.0)), 1e-12),
        integrality=np.ones(len(weights)),
        bounds=scipy.optimize.Bounds(low.astype(float), high.astype(float)),
        constraints=scipy.optimize.LinearConstraint(rows, np.array(lows), np.array(highs))
        if rules
        else None,
        options={"mip_rel_gap": GAP},
    )
    if found.x is None:
        return None
    chosen: BoolArray = found.x > 0.5
    return chosen


def _scale(coefficients: IntArray) -> float:
    """Return a divisor that makes a row about 1 wide and keeps it exact.

    The common divisor (asks are often whole hundreds) leaves small whole numbers, and a power of
    two shifts them without rounding; a solver that works to 1e-6 then seldom misses by a cent.
    """
    common = max(1, int(np.gcd.reduce(coefficients)))
    largest = max(1, int(coefficients.max(initial=0)) // common)
    return float(common * 2 ** (largest.bit_length() - 1))


def find_contradiction(case: Case) -> tuple[Reason, ...]:
    """Return a smallest set of rules that no choice can meet together; empty when all can be met.

    Rules are left out one by one and taken back when the rest could then be met (a deletion
    filter, Chinneck & Dravnieks 1991). Pins are decisions and stay.
    """
    if (unscored := case.pinned & case.excluded).any():
        names = tuple(name for name, bad in zip(case.ids, unscored, strict=True) if bad)
        return (Reason("pinned_unscored", {"submissions": names}),)
    nothing = np.zeros(len(case.ids))
    rules = list_rules(case)
    if solve(case, nothing, rules=rules) is not None:
        return ()
    for rule in rules:
        rest = tuple(other for other in rules if other is not rule)
        if solve(case, nothing, rules=rest) is None:
            rules = rest
    return tuple(_describe(case, rule) for rule in rules)


def _describe(case: Case, rule: Rule) -> Reason:
    """Return a rule with the facts that a person needs to see why it cannot be met."""
    if rule.kind == "budget":
        pinned = int(case.costs[case.pinned].sum())
        return Reason("rule_budget", {"budget_cents": case.budget, "pinned_cents": pinned})
    quota, members = case.quotas[rule.quota], case.members[rule.quota]
    if rule.kind == "min":
        costs = np.sort(case.costs[members & ~case.excluded])
        values: dict[str, Value] = {
            "quota": quota.name,
            "min_count": quota.min_count or 0,
            "eligible": len(costs),
            "cheapest_cents": int(costs[: quota.min_count].sum()),
        }
        return Reason("rule_min", values)
    pinned = members & case.pinned
    if rule.kind == "max":
        return Reason(
            "rule_max",
            {"quota": quota.name, "max_count": quota.max_count or 0, "pinned": int(pinned.sum())},
        )
    return Reason(
        "rule_spend",
        {
            "quota": quota.name,
            "max_spend_cents": quota.max_spend_cents or 0,
            "pinned_cents": int(case.costs[pinned].sum()),
        },
    )
