"""Batched local search: many swaps and moves priced at once, the best disjoint ones made.

Simulated annealing in the sense of Kirkpatrick, Gelatt and Vecchi (Science 220, 1983), with
proposals priced in batches; of those accepted, each team takes part in at most one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.core.matching.features import BoolArray, FloatArray, IntArray
from app.core.matching.space import PENALTY, Space
from app.core.matching.state import State, pairs_apart, worth_of

_MOVE_SHARE = 0.15
_WISH_SHARE = 0.5
_REPAIR_SHARE = 0.2
_LOOK_FOR_VIOLATIONS_EVERY = 20
_COLD = 1e-9


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how warm to search.

    Attributes
    ----------
    batches : int
    batch_size : int, proposals in a batch
    heat : float, starting temperature in hundredths of a team
    stay : float, J that each person costs who sits elsewhere than `home`
    home : [P] int or None, the team of each person before, -1 for newcomers
    """

    batches: int
    batch_size: int
    heat: float
    stay: float = 0.0
    home: IntArray | None = None


@dataclass(frozen=True, slots=True)
class _Proposals:
    """Changes of pairs of teams: `gain` in J, and the seats that the two teams would have."""

    a: IntArray
    b: IntArray
    gain: FloatArray
    write: Callable[[State, IntArray], None]

    def winners(self, temperature: float, rng: np.random.Generator, greedy: bool) -> IntArray:
        """Accept by Metropolis, then let each team take part once."""
        luck = temperature * np.log(rng.random(len(self.gain)) + 1e-12)
        accepted = np.flatnonzero(self.gain > luck)
        if greedy:
            accepted = accepted[np.argsort(-self.gain[accepted], kind="stable")]
        rank = np.arange(len(accepted))
        first = np.empty(int(max(self.a.max(initial=0), self.b.max(initial=0))) + 1, np.int64)
        both = np.stack([self.a[accepted], self.b[accepted]], 1).ravel()
        # Of repeated indices the last value stays, so writing backwards keeps the first.
        first[both[::-1]] = np.repeat(rank, 2)[::-1]
        wins = (first[self.a[accepted]] == rank) & (first[self.b[accepted]] == rank)
        return np.asarray(accepted[wins], np.int64)


class Search:
    """One run of the search over a state; `run` leaves the state at its result."""

    def __init__(self, space: Space, state: State, schedule: Schedule, seed: int) -> None:
        self.space, self.state, self.schedule = space, state, schedule
        self.rng = np.random.default_rng(seed)
        self.singles = np.flatnonzero(space.movable)
        grouped = ~space.movable & ~space.pinned
        grouped[space.empty] = False
        self.grouped = np.flatnonzero(grouped)
        self.trouble: IntArray = np.zeros(0, np.int64)

    def run(self, on_batch: Callable[[int], None]) -> None:
        """Make every batch; `on_batch` is told the number of each, and may raise to stop."""
        movable = len(self.singles) + len(self.grouped)
        if not movable or self.space.features.team_count < 2:
            return
        group_share = len(self.grouped) / movable
        for batch in range(self.schedule.batches):
            on_batch(batch)
            done = batch / self.schedule.batches
            if batch % _LOOK_FOR_VIOLATIONS_EVERY == 0:
                self.trouble = self._teams_in_trouble()
            propose = self._singles if self.rng.random() >= group_share else self._groups
            self._apply(propose(), self._temperature(done), greedy=done > 0.5)

    def _temperature(self, done: float) -> float:
        if done >= 0.9:
            return _COLD
        return self.space.unit_gain * self.schedule.heat * 0.1 * (1 - done) ** 2 + _COLD

    def _apply(self, proposals: _Proposals, temperature: float, greedy: bool) -> None:
        winners = proposals.winners(temperature, self.rng, greedy)
        if len(winners):
            proposals.write(self.state, winners)
            changed = np.concatenate([proposals.a[winners], proposals.b[winners]])
            self.state.refresh(changed)

    def _teams_in_trouble(self) -> IntArray:
        """Teams that break a rule, of all chains."""
        state, space = self.state, self.space
        bad = np.zeros(len(state.size), np.bool_)
        if state.speakers.shape[1]:
            bad |= state.speakers.max(1) < state.size
        if space.neighbours.shape[1]:
            people = np.flatnonzero(space.has_neighbours)
            clash = state.conflicts(people, state.team[people], people) > 0
            bad[state.team[people[clash]]] = True
        return np.flatnonzero(bad)

    def _draw(self, pool: IntArray) -> tuple[IntArray, IntArray]:
        """Draw people of a pool, and for each a team that they might go to."""
        space, rng, count = self.space, self.rng, self.schedule.batch_size
        teams = space.features.team_count
        people = pool[rng.integers(0, len(pool), count)]
        if len(self.trouble):
            people = self._drawn_to_trouble(people)
        person = space.person[people]
        chain = people // space.features.people_count
        target = rng.integers(0, teams, count)
        rank = rng.integers(0, space.wish_first.shape[1], count)
        number = space.wish_count[person, rank]
        wish = (rng.random(count) < _WISH_SHARE) & (number > 0)
        which = space.wish_first[person, rank] + (rng.random(count) * number).astype(np.int64)
        target = np.where(wish, space.teams_by_idea[np.minimum(which, teams - 1)], target)
        target = target + chain * teams
        if len(self.trouble):
            target = self._where_understood(people, target)
        return people, target

    def _drawn_to_trouble(self, people: IntArray) -> IntArray:
        """Replace some of the people drawn by movable ones from teams that break a rule."""
        seated = self.state.seat[self.trouble].ravel()
        seated = seated[seated != self.space.empty]
        seated = seated[self.space.movable[seated]]
        if not len(seated):
            return people
        swap = self.rng.random(len(people)) < _REPAIR_SHARE
        chosen = seated[self.rng.integers(0, len(seated), len(people))]
        # Only single people are drawn to: a pool of groups has its own way of proposing.
        swap &= self.space.movable[people]
        return np.where(swap, chosen, people)

    def _where_understood(self, people: IntArray, target: IntArray) -> IntArray:
        """Send people of a team without a common language to teams that share one with them."""
        state, space = self.state, self.space
        languages = space.speaks.shape[1]
        in_trouble = np.isin(state.team[people], self.trouble) & (
            self.rng.random(len(people)) < 0.7
        )
        if not languages:
            return target
        target = target.copy()
        choice = self.rng.integers(0, languages, len(people))
        for language in range(languages):
            pick = in_trouble & (choice == language) & (space.speaks[people, language] == 1)
            where = np.flatnonzero(pick)
            shared = np.flatnonzero(state.speakers[:, language] == state.size)
            if len(where) and len(shared):
                candidate = shared[self.rng.integers(0, len(shared), len(where))]
                same_chain = (
                    candidate // space.features.team_count
                    == people[where] // space.features.people_count
                )
                target[where[same_chain]] = candidate[same_chain]
        return target

    def _stay(self, people: IntArray, teams: IntArray) -> FloatArray:
        """J for sitting at home; shapes broadcast."""
        if self.schedule.home is None:
            return np.zeros(people.shape)
        home = self.schedule.home[people]
        return np.asarray((home == teams) * self.schedule.stay, np.float64)

    def _singles(self) -> _Proposals:
        """Swap one person with another, or move one to a free seat."""
        space, state, rng = self.space, self.state, self.rng
        if not len(self.singles):
            return self._groups()
        p, b = self._draw(self.singles)
        a, size_b = state.team[p], state.size[b]
        problem = space.features.problem
        move = rng.random(len(p)) < _MOVE_SHARE
        move &= (size_b < problem.max_size) & (state.size[a] > problem.min_size)
        seat_b = np.where(move, size_b, (rng.random(len(p)) * size_b).astype(np.int64))
        q = np.where(move, space.empty, state.seat[b, np.minimum(seat_b, space.seats - 1)])
        keep = np.flatnonzero((a != b) & (move | space.movable[q]))
        p, q, a, b, seat_b = (v[keep] for v in (p, q, a, b, seat_b))
        move = move[keep]
        gain = self._price_singles((p, q), (a, b), move, seat_b)
        seat_a = state.place[p]

        def write(state: State, i: IntArray) -> None:
            state.seat[a[i], seat_a[i]] = q[i]
            state.seat[b[i], seat_b[i]] = p[i]
            left = a[i[move[i]]]
            state.seat[left] = np.sort(state.seat[left], 1)

        return _Proposals(a, b, gain, write)

    def _price_singles(
        self,
        people: tuple[IntArray, IntArray],
        pair: tuple[IntArray, IntArray],
        move: BoolArray,
        seat_b: IntArray,
    ) -> FloatArray:
        """Gain of putting p of `people` (p, q) into b of `pair` (a, b), and q or nobody into a."""
        space, state, (p, q), (a, b) = self.space, self.state, people, pair
        teams, here, there = (np.concatenate(v) for v in ((a, b), (p, q), (q, p)))
        seats = np.concatenate([state.place[p], seat_b])
        words = [
            w[teams, seats] | bits[there] for w, bits in zip(state.without, space.bits, strict=True)
        ]
        after = worth_of(
            space,
            teams,
            words,
            strength=state.strength[teams] - space.strength[here] + space.strength[there],
            protected=state.protected[teams] - space.protected[here] + space.protected[there],
            speakers=state.speakers[teams] - space.speaks[here] + space.speaks[there],
            size=state.size[teams] + np.concatenate([-move.astype(np.int64), move]),
        )
        gain = after - state.worth[teams] + space.preference(there, teams)
        gain -= space.preference(here, teams)
        gain += self._stay(there, teams) - self._stay(here, teams)
        if space.neighbours.shape[1]:
            clashes = state.conflicts(there, teams, here) - state.conflicts(here, teams, here)
            gain -= clashes * (PENALTY * space.unit_gain)
        return np.asarray(gain[: len(p)] + gain[len(p) :], np.float64)

    def _groups(self) -> _Proposals:
        """Exchange everyone kept together with one person for members of another team."""
        space, state = self.space, self.state
        pool = self.grouped if len(self.grouped) else self.singles
        p, b = self._draw(pool)
        a = state.team[p]
        differ = np.flatnonzero(a != b)
        p, a, b = p[differ], a[differ], b[differ]
        row_a, row_b = state.seat[a], state.seat[b]
        leaves_a = space.unit[row_a] == space.unit[p][:, None]
        leaves_b, possible = self._counterpart(row_b, leaves_a.sum(1), state.size[a], state.size[b])
        keep = np.flatnonzero(possible)
        a, b, row_a, row_b = (v[keep] for v in (a, b, row_a, row_b))
        leaves_a, leaves_b = leaves_a[keep], leaves_b[keep]
        new_a = self._exchanged(row_a, leaves_a, row_b, leaves_b)
        new_b = self._exchanged(row_b, leaves_b, row_a, leaves_a)
        before, after = np.concatenate([row_a, row_b]), np.concatenate([new_a, new_b])
        gain = self._price_rows(np.concatenate([a, b]), before, after)

        def write(state: State, i: IntArray) -> None:
            state.seat[a[i]] = new_a[i]
            state.seat[b[i]] = new_b[i]

        return _Proposals(a, b, gain[: len(a)] + gain[len(a) :], write)

    def _counterpart(
        self, rows: IntArray, leaving: IntArray, size_a: IntArray, size_b: IntArray
    ) -> tuple[BoolArray, BoolArray]:
        """Who of the other team comes in exchange, [n, K]; and whether the exchange is possible."""
        space, rng, problem = self.space, self.rng, self.space.features.problem
        low = np.maximum(
            0, np.maximum(problem.min_size - size_a + leaving, size_b + leaving - problem.max_size)
        )
        high = np.minimum(
            size_b,
            np.minimum(problem.max_size - size_a + leaving, size_b + leaving - problem.min_size),
        )
        nudge = np.array([-1, 0, 0, 0, 1])[rng.integers(0, 5, len(rows))]
        count = np.clip(leaving + nudge, low, np.maximum(low, high))
        order_of_unit = rng.random(int(space.unit.max()) + 2)
        turn = (order_of_unit[space.unit[rows]] + rng.random((len(rows), 1))) % 1.0
        turn[(rows == space.empty) | space.pinned[rows]] = 2.0
        order = np.argsort(turn, axis=1, kind="stable")
        ahead = np.argsort(order, axis=1) < count[:, None]
        line = np.arange(len(rows))
        unit = space.unit[rows]
        ordered = np.take_along_axis(unit, order, 1)
        padded = np.hstack([np.full((len(rows), 1), -2), ordered, np.full((len(rows), 1), -3)])
        whole_units = padded[line, count] != padded[line, count + 1]
        free = ~(ahead & (turn >= 2.0)).any(1)
        return ahead, (low <= high) & whole_units & free

    def _exchanged(
        self, row: IntArray, leaves: BoolArray, other: IntArray, comes: BoolArray
    ) -> IntArray:
        """Rows after an exchange, filled seats first."""
        empty = self.space.empty
        both = np.hstack([np.where(leaves, empty, row), np.where(comes, other, empty)])
        return np.asarray(np.sort(both, 1)[:, : self.space.seats], np.int64)

    def _price_rows(self, teams: IntArray, before: IntArray, after: IntArray) -> FloatArray:
        """Gain of each team if it had the people `after` instead of `before`, [n, K] each."""
        space, state = self.space, self.state
        words = [np.bitwise_or.reduce(bits[after], axis=1) for bits in space.bits]
        worth = worth_of(
            space,
            teams,
            words,
            strength=space.strength[after].sum(1),
            protected=space.protected[after].sum(1),
            speakers=space.speaks[after].sum(1),
            size=(after != space.empty).sum(1),
        )
        where = teams[:, None]
        wishes = space.preference(after, where) - space.preference(before, where)
        gain = worth - state.worth[teams] + wishes.sum(1)
        if self.schedule.home is not None:
            gain += (self._stay(after, where) - self._stay(before, where)).sum(1)
        if space.neighbours.shape[1]:
            clashes = pairs_apart(space, after) - pairs_apart(space, before)
            gain -= clashes * (PENALTY * space.unit_gain)
        return np.asarray(gain, np.float64)
