"""The first teams: a working language per slot, groups as units, then rounds of assignment.

Each round gives open slots one unit each by `scipy.optimize.linear_sum_assignment` (Crouse, IEEE
Trans. AES 52, 2016), for the wishes it fulfils, the needs it covers, a new kind of skill profile
and a new sector.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from app.core.matching.features import NOWHERE, BoolArray, FloatArray, IntArray, utility_matrix
from app.core.matching.packing import pack_units
from app.core.matching.space import Space

_BLOCK = 1_200
_NEW_ARCHETYPE = 0.05
_FORBIDDEN = -1e6
_PERMITTED = -1e5


def seed_teams(
    space: Space, archetype: IntArray, start: IntArray, rng: np.random.Generator
) -> IntArray:
    """Place everyone who has no place yet, every team within the bounds of size.

    Parameters
    ----------
    space : Space
        Of one chain.
    archetype : [N] int
    start : [N] int
        Teams of people already placed, -1 for the rest; pins go before it.
    rng : numpy Generator

    Returns
    -------
    [N] int
        Sizes and keep-together always hold if a packing is known; language and keep-apart as far
        as the rounds went.
    """
    seeding = _Seeding(space, archetype, rng)
    seeding.place_settled(start)
    seeding.choose_languages()
    seeding.place_groups()
    seeding.place_minorities()
    seeding.place_rest()
    return seeding.levelled()


class _Seeding:
    """Units and slots while places are given; U units."""

    def __init__(self, space: Space, archetype: IntArray, rng: np.random.Generator) -> None:
        features = space.features
        self.space, self.features, self.rng = space, features, rng
        self.min_size, self.max_size = features.problem.min_size, features.problem.max_size
        self.unit = features.unit
        units, teams = int(self.unit.max()) + 1, features.team_count
        first = np.unique(self.unit, return_index=True)[1]
        self.weight = np.bincount(self.unit, minlength=units)
        self.kind = archetype[first]
        self.speaks: BoolArray = np.ones((units, features.speaks.shape[1]), np.bool_)
        np.logical_and.at(self.speaks, self.unit, features.speaks)
        self.bits = [np.zeros(units, np.uint64) for _ in space.bits]
        for word, bits in zip(self.bits, space.bits, strict=True):
            np.bitwise_or.at(word, self.unit, bits[:-1])
        self.place = np.full(units, NOWHERE, np.int64)
        self.size = np.zeros(teams, np.int64)
        self.covered = [np.zeros(teams, np.uint64) for _ in space.bits]
        self.has_kind: BoolArray = np.zeros((teams, int(archetype.max()) + 1), np.bool_)
        self.shared: BoolArray = np.ones((teams, self.speaks.shape[1]), np.bool_)
        self.working = np.full(teams, NOWHERE, np.int64)
        self.rivals = self._rivals()

    def _rivals(self) -> dict[int, set[int]]:
        """Units that must be apart from each unit."""
        rivals: dict[int, set[int]] = {}
        for a, b in self.unit[self.features.apart].tolist():
            rivals.setdefault(a, set()).add(b)
            rivals.setdefault(b, set()).add(a)
        return rivals

    def put(self, units: IntArray, teams: IntArray) -> None:
        """Seat units, each in the team beside it."""
        self.place[units] = teams
        np.add.at(self.size, teams, self.weight[units])
        for covered, bits in zip(self.covered, self.bits, strict=True):
            np.bitwise_or.at(covered, teams, bits[units])
        self.has_kind[teams, self.kind[units]] = True
        np.logical_and.at(self.shared, teams, self.speaks[units])

    def place_settled(self, start: IntArray) -> None:
        """Seat pinned units, then those with a place from before while there is room."""
        pin = np.full(len(self.place), NOWHERE, np.int64)
        pin[self.unit] = self.features.pin
        pinned = np.flatnonzero(pin != NOWHERE)
        self.put(pinned, pin[pinned])
        before = np.full(len(self.place), NOWHERE, np.int64)
        before[self.unit[::-1]] = start[::-1]
        for unit in np.flatnonzero((before != NOWHERE) & (self.place == NOWHERE)):
            if self.size[before[unit]] + self.weight[unit] <= self.max_size:
                self.put(np.array([unit]), before[[unit]])

    def choose_languages(self) -> None:
        """Give every slot a language in which its team will work."""
        languages = self.speaks.shape[1]
        if not languages:
            return
        started = self.size > 0
        usual = self.shared[:, 0] | ~self.shared.any(1)
        self.working = np.where(started & ~usual, self.shared.argmax(1), 0)
        homeless = (self.place == NOWHERE) & ~self.speaks[:, 0]
        # A minority works in the language that most of it can use.
        while homeless.any():
            demand = (self.speaks[homeless] * self.weight[homeless, None]).sum(0)
            language = int(demand.argmax())
            if not demand[language]:
                return
            ours = homeless & self.speaks[:, language]
            self._reserve(language, np.flatnonzero(ours), int(demand[language]))
            homeless &= ~ours

    def _reserve(self, language: int, units: IntArray, people: int) -> None:
        """Reserve free slots for people of a language, those they wish for first."""
        free = np.flatnonzero((self.size == 0) & (self.working == 0))
        taken = self.working == language
        room = int((self.max_size - self.size[taken]).sum())
        speakers = int(self.weight[self.speaks[:, language]].sum())
        wanted = round((people - room) / ((self.min_size + self.max_size) / 2))
        number = max(wanted, 0 if room >= people else 1)
        number = min(number, max(1, speakers // self.min_size), len(free))
        votes = self._wishes(units, free).sum(0)
        self.working[free[np.argsort(-votes, kind="stable")[:number]]] = language

    def place_groups(self) -> None:
        """Seat units of several people, the largest first."""
        for size in sorted(set(self.weight[self.place == NOWHERE].tolist()), reverse=True):
            if size > 1:
                self._rounds(self._waiting(self.weight == size), np.arange(len(self.size)))

    def place_minorities(self) -> None:
        """Seat those who need a certain language, then fill their slots to the lower bound."""
        for language in range(1, self.speaks.shape[1]):
            slots = np.flatnonzero(self.working == language)
            if not len(slots):
                continue
            self._rounds(self._waiting(~self.speaks[:, 0] & self.speaks[:, language]), slots)
            helpers = self._waiting(self.speaks[:, language])
            missing = int(np.maximum(self.min_size - self.size[slots], 0).sum())
            keen = np.argsort(-self._wishes(helpers, slots).max(1, initial=0), kind="stable")
            self._rounds(helpers[keen[:missing]], slots, upto=self.min_size)

    def place_rest(self) -> None:
        """Seat everyone else, evenly."""
        everywhere = np.arange(len(self.size))
        self._rounds(self._waiting(), everywhere)
        for unit in self._waiting():
            room = np.flatnonzero(self.size + self.weight[unit] <= self.max_size)
            if len(room):
                fits = self._allowed(np.array([unit]), room)[0]
                best = np.lexsort((self.size[room], ~fits))[0]
                self.put(np.array([unit]), room[[best]])

    def _waiting(self, which: BoolArray | None = None) -> IntArray:
        waiting = self.place == NOWHERE
        return np.flatnonzero(waiting if which is None else waiting & which)

    def _rounds(self, units: IntArray, slots: IntArray, upto: int | None = None) -> None:
        """Give the emptiest of `slots` one unit each, until nobody waits or nothing fits."""
        upto = self.max_size if upto is None else upto
        units = self.rng.permutation(units)
        while len(units):
            room = slots[self.size[slots] + self.weight[units].min() <= upto]
            while len(room):
                lowest = room[self.size[room] == self.size[room].min()]
                seated = self._assign_blocks(units, lowest)
                if len(seated):
                    break
                room = np.setdiff1d(room, lowest)
            else:
                return
            units = units[self.place[units] == NOWHERE]

    def _assign_blocks(self, units: IntArray, slots: IntArray) -> IntArray:
        """Assign in blocks of slots for neighbouring ideas, each with those who wish for them."""
        if len(slots) <= _BLOCK:
            return self._assign(units[: 3 * len(slots) + 200], slots)
        ordered = slots[np.argsort(self.features.idea[slots], kind="stable")]
        blocks = np.array_split(ordered, -(-len(slots) // _BLOCK))
        home = self._home_block(units, blocks)
        seated = [self._assign(units[home == i][: 2 * len(b)], b) for i, b in enumerate(blocks)]
        return np.concatenate(seated)

    def _home_block(self, units: IntArray, blocks: list[IntArray]) -> IntArray:
        """Block of the best-ranked idea of each unit's first person; any block without one."""
        block_of_idea = np.full(int(self.features.idea.max()) + 2, NOWHERE, np.int64)
        for number, block in enumerate(blocks):
            block_of_idea[self.features.idea[block]] = number
        first = np.unique(self.unit, return_index=True)[1]
        wishes = self.features.ranked[first[units]]
        home = np.full(len(units), NOWHERE, np.int64)
        for rank in range(wishes.shape[1] - 1, -1, -1):
            block = np.where(wishes[:, rank] >= 0, block_of_idea[wishes[:, rank]], NOWHERE)
            home = np.where(block != NOWHERE, block, home)
        return np.where(home == NOWHERE, self.rng.integers(0, len(blocks), len(units)), home)

    def _assign(self, units: IntArray, slots: IntArray) -> IntArray:
        """Give each slot at most one unit, for the most J; return the units that got a place."""
        if not len(units) or not len(slots):
            return units[:0]
        value = np.where(self._allowed(units, slots), self._value(units, slots), _FORBIDDEN)
        rows, columns = linear_sum_assignment(value, maximize=True)
        good = value[rows, columns] > _PERMITTED
        rows, columns = rows[good], columns[good]
        seated: IntArray = units[rows]
        self.put(seated, slots[columns])
        return seated

    def _allowed(self, units: IntArray, slots: IntArray) -> BoolArray:
        """Whether each unit may go to each slot: language, room, keep-apart; [n, m]."""
        allowed = self.size[slots][None] + self.weight[units][:, None] <= self.max_size
        if self.speaks.shape[1]:
            allowed &= self.speaks[units][:, self.working[slots]]
        for row, unit in enumerate(units.tolist()):
            if unit in self.rivals:
                taken = [self.place[rival] for rival in self.rivals[unit]]
                allowed[row] &= ~np.isin(slots, taken)
        return np.asarray(allowed, np.bool_)

    def _value(self, units: IntArray, slots: IntArray) -> FloatArray:
        """J that each unit would add to each slot, [n, m]."""
        problem, space = self.features.problem, self.space
        value = self._wishes(units, slots) * (problem.weights.pref * 100 / len(self.unit))
        met = np.zeros_like(value)
        new_sector = np.zeros_like(value, dtype=np.bool_)
        for word, bits in enumerate(self.bits):
            covered = self.covered[word][slots]
            missing = space.need[word][slots] & ~covered
            met += np.bitwise_count(bits[units][:, None] & missing[None])
            fresh = space.sectors[word] & ~covered
            new_sector |= (bits[units][:, None] & fresh[None]) != 0
        unit_gain = space.unit_gain
        value += met * space.cov_gain[slots][None]
        value += ~self.has_kind[slots][:, self.kind[units]].T * (_NEW_ARCHETYPE * unit_gain)
        value += new_sector * (problem.weights.sec * unit_gain / problem.norms.sector_cap)
        return value

    def _wishes(self, units: IntArray, slots: IntArray) -> FloatArray:
        """Sum the utility of each unit's people in each slot, [n, m]."""
        row = np.full(len(self.weight), NOWHERE, np.int64)
        row[units] = np.arange(len(units))
        people = np.flatnonzero(row[self.unit] != NOWHERE)
        wishes = np.zeros((len(units), len(slots)))
        np.add.at(wishes, row[self.unit[people]], utility_matrix(self.features, people, slots))
        return wishes

    def levelled(self) -> IntArray:
        """Teams of the people, after bringing every team up to the lower bound."""
        for team in np.flatnonzero(self.size < self.min_size):
            while self.size[team] < self.min_size and self._bring_one(int(team)):
                pass
        placed = self.place[self.unit]
        if (placed == NOWHERE).any() or (self.size < self.min_size).any():
            return self._packed()
        return np.asarray(placed, np.int64)

    def _bring_one(self, team: int) -> bool:
        """Bring one unit from a team that can spare it, with a common language if possible."""
        spare = self.size[self.place] - self.weight >= self.min_size
        spare &= self.size[team] + self.weight <= self.max_size
        pin = np.full(len(self.place), NOWHERE, np.int64)
        pin[self.unit] = self.features.pin
        candidates = np.flatnonzero(spare & (pin == NOWHERE) & (self.place != NOWHERE))
        if not len(candidates):
            return False
        language = self.working[team]
        speaks = self.speaks[candidates, language] if self.speaks.shape[1] else candidates >= 0
        order = np.lexsort((-self.size[self.place[candidates]], ~speaks))
        unit = candidates[order[0]]
        self.size[self.place[unit]] -= self.weight[unit]
        self.put(np.array([unit]), np.array([team]))
        return True

    def _packed(self) -> IntArray:
        """Forget the wishes and place units as a packing of their sizes says."""
        pin = np.full(len(self.place), NOWHERE, np.int64)
        pin[self.unit] = self.features.pin
        loads = np.bincount(pin[pin >= 0], self.weight[pin >= 0], minlength=len(self.size))
        free = np.flatnonzero(pin == NOWHERE)
        packing, _ = pack_units(
            self.weight[free].tolist(),
            loads.astype(int).tolist(),
            self.min_size,
            self.max_size,
        )
        if packing is None:
            return np.asarray(self.place[self.unit], np.int64)
        place, size = pin.copy(), loads.astype(np.int64)
        waiting = {n: list(free[self.weight[free] == n]) for n in set(self.weight[free].tolist())}
        for team, units in enumerate(packing):
            for weight in units:
                place[waiting[weight].pop()] = team
                size[team] += weight
        for unit in waiting.get(1, []):
            short = size < self.min_size
            team = int(np.flatnonzero(short)[0]) if short.any() else int(size.argmin())
            place[unit] = team
            size[team] += 1
        return np.asarray(place[self.unit], np.int64)
