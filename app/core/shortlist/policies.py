"""The four policies, each from a case to the choice it makes."""

import heapq
from collections.abc import Sequence

import numpy as np

from app.core.shortlist.case import Case
from app.core.shortlist.ledger import Ledger
from app.core.shortlist.programme import solve
from app.core.shortlist.types import Ballot, BoolArray, FloatArray, IntArray, Policy

# Shares are paid in floating point; less than this part of a cost is not a debt.
PAID = 1e-9


def choose(case: Case, policy: Policy, ballots: Sequence[Ballot] = ()) -> BoolArray:
    """Return what a policy funds, shape (n,).

    Parameters
    ----------
    case : Case
        Can be met; see `programme.find_contradiction`.
    policy : Policy
    ballots : sequence of Ballot
        The voters of `Policy.SHARES`.
    """
    if policy is Policy.RANK:
        return walk(Ledger(case), case.order, case.values)
    if policy is Policy.SHARES:
        return share(case, Ledger(case), Voters(case, ballots))
    return _maximise(case, _weights(case, policy))


def choose_greedily(
    case: Case, policy: Policy, ledger: Ledger, voters: "Voters | None"
) -> BoolArray:
    """Return what the greedy form of a policy funds, shape (n,): quick, and nearly the same.

    Value goes by score per cent, value times money by score, which is the same per cent spent.
    """
    if policy is Policy.SHARES and voters is not None:
        return share(case, ledger, voters)
    if policy is Policy.VALUE:
        per_cent = case.values / np.maximum(case.costs, 1)
        return walk(ledger, np.lexsort([-case.scores, -per_cent]), case.values)
    return walk(ledger, case.order, case.values)


def walk(ledger: Ledger, order: IntArray, values: FloatArray) -> BoolArray:
    """Go down an order and take what fits; what is worth nothing is taken only for a minimum."""
    for index in order.tolist():
        if ledger.is_open(index):
            is_wanted = values[index] > 0 or ledger.is_needed(index)
            if is_wanted and ledger.may_take(index):
                ledger.take(index)
            else:
                ledger.pass_over(index)
    return ledger.taken


def _weights(case: Case, policy: Policy) -> FloatArray:
    if policy is Policy.VALUE:
        return case.values
    return case.values * case.costs


def _maximise(case: Case, weights: FloatArray) -> BoolArray:
    chosen = solve(case, weights)
    if chosen is None:
        raise ValueError("the rules contradict each other")
    polish(case, chosen)
    return chosen


def polish(case: Case, chosen: BoolArray) -> None:
    """Drop what is worth nothing and not needed, then add what still fits, in place.

    The solver stops within its gap and does not mind what is worth nothing: people do.

    Parameters
    ----------
    case : Case
    chosen : bool array, shape (n,)
        Keeps the rules, before and after.
    """
    for index in case.order[::-1]:
        if chosen[index] and case.values[index] == 0 and not case.pinned[index]:
            _flip_if_allowed(case, chosen, index)
    for index in case.order:
        if not chosen[index] and case.values[index] > 0:
            _flip_if_allowed(case, chosen, index)


def _flip_if_allowed(case: Case, chosen: BoolArray, index: int) -> None:
    chosen[index] ^= True
    if not case.is_allowed(chosen):
        chosen[index] ^= True


class Voters:
    """Who scored what, as positions; utilities are what a score lies above the bar.

    Parameters
    ----------
    case : Case
    ballots : sequence of Ballot
        Scores of unknown submissions are left out.
    """

    def __init__(self, case: Case, ballots: Sequence[Ballot]) -> None:
        rows = {name: index for index, name in enumerate(case.ids)}
        self.count = len(ballots)
        self._marks: list[list[tuple[int, float]]] = [[] for _ in rows]
        for voter, ballot in enumerate(ballots):
            for name, score in ballot.scores.items():
                if name in rows:
                    self._marks[rows[name]].append((voter, score))
        self._bar = case.bar
        self._scores = case.scores

    def utilities(self, index: int, score: float) -> list[tuple[int, float]]:
        """Return (voter, utility) of a candidate whose score has moved to `score`."""
        shift = score - self._scores[index]
        found = [(voter, mark + shift - self._bar) for voter, mark in self._marks[index]]
        return [(voter, utility) for voter, utility in found if utility > 0]


def share(case: Case, ledger: Ledger, voters: Voters) -> BoolArray:
    """Run the method of equal shares, then complete it down the ranking.

    Every voter holds an equal part of what the pins leave of the budget. In each round the
    candidate is bought that costs its supporters least per unit of utility (ρ): each pays ρ times
    their utility, or all they have left. What nobody can buy is left to the completion.
    """
    spare = case.budget - int(case.costs[ledger.taken].sum())
    purses = [spare / max(voters.count, 1)] * voters.count
    marks = {
        index: voters.utilities(index, float(case.scores[index]))
        for index in case.order.tolist()
        if ledger.is_open(index) and case.values[index] > 0
    }
    # ρ only ever rises as purses empty: an old ρ is a lower bound, and few need to be made anew.
    queue = [(0.0, place, index) for place, index in enumerate(marks)]
    while queue:
        _, place, index = heapq.heappop(queue)
        rho = _price(int(case.costs[index]), marks[index], purses)
        if rho is None:
            continue
        if queue and (rho, place) > queue[0][:2]:
            heapq.heappush(queue, (rho, place, index))
        elif ledger.may_take(index):
            ledger.take(index)
            for voter, utility in marks[index]:
                purses[voter] -= min(purses[voter], rho * utility)
        else:
            ledger.pass_over(index)
    return walk(ledger, case.order, case.values)


def _price(cost: int, marks: list[tuple[int, float]], purses: list[float]) -> float | None:
    """Return the least ρ with ``Σ min(purse, ρ·utility) = cost``; None when it cannot be paid."""
    if sum(purses[voter] for voter, _ in marks) < cost * (1 - PAID):
        return None
    left, weight = float(cost), sum(utility for _, utility in marks)
    poorest_first = sorted((purses[voter] / utility, utility) for voter, utility in marks)
    rho = 0.0
    for limit, utility in poorest_first:
        rho = left / weight
        if rho <= limit:
            return rho
        left -= limit * utility
        weight -= utility
    return rho
