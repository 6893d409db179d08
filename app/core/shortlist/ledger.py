"""The running account of a greedy policy: what is given, what is left, what is held back.

Money and seats that the minimums still need are held back, so that a candidate is taken only when
every minimum can still be met. Quotas of one column never share a member, and then the cheapest
open candidates of each group decide exactly. Quotas of several columns may overlap; there the
account asks the integer programme whenever its known way to finish no longer holds.
"""

import bisect
import copy

import numpy as np

from app.core.shortlist.case import Case
from app.core.shortlist.programme import solve
from app.core.shortlist.types import BoolArray


class Ledger:
    """Takes and passes over candidates one by one; starts with the pinned taken.

    Parameters
    ----------
    case : Case
        Can be met; see `programme.find_contradiction`.
    is_exact : bool
        False leaves the integer programme out: minimums of several columns may then be missed,
        which is good enough for a probability.
    """

    def __init__(self, case: Case, *, is_exact: bool = True) -> None:
        self._case = case
        self._costs = case.costs.tolist()
        self._left = case.budget
        self._taken = np.zeros(len(case.ids), dtype=np.bool_)
        self._passed = case.excluded.copy()
        self._groups_of: list[list[int]] = [[] for _ in case.ids]
        for quota, index in zip(*np.nonzero(case.members), strict=True):
            self._groups_of[index].append(int(quota))
        self._seats = [q.max_count for q in case.quotas]
        self._purses = [q.max_spend_cents for q in case.quotas]
        self._needs = [q.min_count or 0 for q in case.quotas]
        self._open = [
            sorted((self._costs[i], int(i)) for i in np.flatnonzero(row & ~case.excluded))
            if need
            else []
            for need, row in zip(self._needs, case.members, strict=True)
        ]
        columns: dict[str, list[int]] = {}
        for index, quota in enumerate(case.quotas):
            columns.setdefault(quota.column, []).append(index)
        self._columns = [[g for g in c if self._needs[g]] for c in columns.values()]
        self._asks_programme = is_exact and case.has_minimums and len(columns) > 1
        self._witness: BoolArray | None = None
        for index in np.flatnonzero(case.pinned):
            self.take(int(index))

    def copy(self) -> "Ledger":
        """Return an account in the same state that goes its own way."""
        twin = copy.copy(self)
        twin._taken, twin._passed = self._taken.copy(), self._passed.copy()
        twin._seats, twin._purses, twin._needs = [*self._seats], [*self._purses], [*self._needs]
        twin._open = [[*waiting] for waiting in self._open]
        return twin

    @property
    def taken(self) -> BoolArray:
        """What has been taken, shape (n,)."""
        return self._taken

    def is_open(self, index: int) -> bool:
        """Whether a candidate is neither taken nor passed over."""
        return not (self._taken[index] or self._passed[index])

    def is_needed(self, index: int) -> bool:
        """Whether some group of a candidate is still below its minimum."""
        return any(self._needs[group] for group in self._groups_of[index])

    def may_take(self, index: int) -> bool:
        """Whether a candidate fits, and every minimum can still be met after it."""
        cost = self._costs[index]
        if cost > self._left:
            return False
        for group in self._groups_of[index]:
            seats, purse = self._seats[group], self._purses[group]
            if seats == 0 or (purse is not None and cost > purse):
                return False
        return self._leaves_enough(index) and self._keeps_witness(index)

    def take(self, index: int) -> None:
        """Take a candidate."""
        cost = self._costs[index]
        self._taken[index] = True
        self._left -= cost
        for group in self._groups_of[index]:
            self._close(group, index)
            self._needs[group] = max(self._needs[group] - 1, 0)
            if (seats := self._seats[group]) is not None:
                self._seats[group] = seats - 1
            if (purse := self._purses[group]) is not None:
                self._purses[group] = purse - cost

    def pass_over(self, index: int) -> None:
        """Leave a candidate out for good."""
        self._passed[index] = True
        for group in self._groups_of[index]:
            self._close(group, index)

    def _close(self, group: int, index: int) -> None:
        waiting, entry = self._open[group], (self._costs[index], index)
        place = bisect.bisect_left(waiting, entry)
        if place < len(waiting) and waiting[place] == entry:
            del waiting[place]

    def _held_back(self, group: int, index: int, mine: bool) -> int | None:
        """Return the least money a group's minimum needs beside a candidate; None: too few left."""
        need = self._needs[group] - mine
        if need <= 0:
            return 0
        cheapest = [cost for cost, i in self._open[group][: need + 1] if i != index][:need]
        return sum(cheapest) if len(cheapest) == need else None

    def _leaves_enough(self, index: int) -> bool:
        cost = self._costs[index]
        for column in self._columns:
            total = 0
            for group in column:
                mine = group in self._groups_of[index]
                held = self._held_back(group, index, mine)
                if held is None:
                    return False
                purse = self._purses[group]
                if purse is not None and held + (cost if mine else 0) > purse:
                    return False
                total += held
            if total > self._left - cost:
                return False
        return True

    def _keeps_witness(self, index: int) -> bool:
        """Whether some way to finish contains a candidate; remembers the way."""
        if not self._asks_programme or not any(self._needs):
            return True
        with_it = self._taken.copy()
        with_it[index] = True
        if self._witness is not None:
            # A way found earlier may hold what was passed over since; taking it back is no option.
            known = (self._witness & ~self._passed) | with_it
            if self._case.is_allowed(known):
                self._witness = known
                return True
        found = solve(
            self._case,
            -self._case.costs.astype(float),
            must=with_it,
            must_not=self._passed,
        )
        if found is not None:
            self._witness = found
        return found is not None
