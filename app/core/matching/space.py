"""A problem packed for the search: skills, needs and sectors as bits, so a team is one OR.

A level v is written as its v lowest of four bits. The best level of a team in every skill is then
the OR of its members, and the covered part of a need is the number of bits both have.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.matching.features import (
    NOWHERE,
    BoolArray,
    Features,
    FloatArray,
    IntArray,
)
from app.core.matching.types import MAX_LEVEL

WordArray = NDArray[np.uint64]

PENALTY = 20.0
"""Cost of one graded violation, in hundredths of a team: above anything a team can gain."""

_WORD_BITS = 64
_DENSE_CELLS = 30_000_000


@dataclass(frozen=True, slots=True)
class Space:
    """One problem for C chains at once: chain c owns people c·N … and teams c·M ….

    W words of 64 bits; P = C·N people, T = C·M teams. Person P is the empty seat.

    Attributes
    ----------
    bits : tuple of W arrays [P + 1]
    need : tuple of W arrays [T]
    broad, sectors : tuple of W masks
    cov_gain : [T] float, J of one covered level of a need
    strength, protected : [P + 1]
    speaks : [P + 1, L] int
    unit : [P + 1] int, unit -1 for the empty seat
    movable : [P + 1] bool, neither pinned nor kept together with anyone
    neighbours : [P + 1, D] int, people to be kept apart, filled up with -1
    wish_first, wish_count : [N, R] int, where each ranked idea's teams are in `teams_by_idea`
    """

    features: Features
    chains: int
    seats: int
    bits: tuple[WordArray, ...]
    need: tuple[WordArray, ...]
    broad: tuple[np.uint64, ...]
    sectors: tuple[np.uint64, ...]
    cov_gain: FloatArray
    strength: FloatArray
    protected: IntArray
    speaks: IntArray
    unit: IntArray
    movable: BoolArray
    pinned: BoolArray
    neighbours: IntArray
    has_neighbours: BoolArray
    idea: IntArray
    person: IntArray
    utility: NDArray[np.float32] | None
    wish_first: IntArray
    wish_count: IntArray
    teams_by_idea: IntArray

    @property
    def empty(self) -> int:
        """P, the person who is nobody."""
        return self.chains * self.features.people_count

    @property
    def unit_gain(self) -> float:
        """J of one whole team's term before its weight: 100 / M."""
        return 100.0 / self.features.team_count

    def preference(self, people: IntArray, teams: IntArray) -> FloatArray:
        """J that the wishes of `people` add in `teams`; the shapes broadcast, empty seats add 0."""
        weight = self.features.problem.weights.pref * 100.0 / self.features.people_count
        who, idea = self.person[people], self.idea[teams]
        if self.utility is not None:
            return np.asarray(self.utility[who, idea] * weight, np.float64)
        utility = np.array(self.features.problem.norms.rank_utility)
        who = np.minimum(who, self.features.people_count - 1)
        hit = (self.features.ranked[who] == idea[..., None]) & (idea >= 0)[..., None]
        hit &= (people != self.empty)[..., None]
        return np.asarray((hit @ utility) * weight, np.float64)


def build_space(features: Features, chains: int) -> Space:
    """Pack a problem.

    Parameters
    ----------
    features : Features
    chains : int
        How many independent searches share the arrays, at least 1.

    Returns
    -------
    Space
    """
    people, teams = features.people_count, features.team_count
    problem = features.problem
    bits, need, broad, sectors = _pack(features)
    needed = np.maximum(features.need.sum(1, dtype=np.int64), 1)
    alone = np.bincount(features.unit)[features.unit] == 1
    pinned = features.pin != NOWHERE
    order = np.argsort(features.idea, kind="stable")
    first, count = _wish_teams(features, order)
    neighbours = _neighbours(features)
    shift = np.where(neighbours >= 0, people, 0)
    return Space(
        features=features,
        chains=chains,
        seats=problem.max_size,
        bits=tuple(np.append(np.tile(word, chains), np.uint64(0)) for word in bits),
        need=tuple(np.tile(word, chains) for word in need),
        broad=broad,
        sectors=sectors,
        cov_gain=np.tile(problem.weights.cov * 100.0 / teams / needed, chains),
        strength=np.append(np.tile(features.strength, chains), 0.0),
        protected=np.append(np.tile(features.protected.astype(np.int64), chains), 0),
        speaks=np.vstack(
            [np.tile(features.speaks, (chains, 1)), np.zeros((1, features.speaks.shape[1]))]
        ).astype(np.int64),
        unit=np.append(_per_chain(features.unit, chains, int(features.unit.max()) + 1), -1),
        movable=np.append(np.tile(alone & ~pinned, chains), False),
        pinned=np.append(np.tile(pinned, chains), False),
        neighbours=np.vstack(
            [neighbours + shift * chain for chain in range(chains)]
            + [np.full((1, neighbours.shape[1]), NOWHERE)]
        ),
        has_neighbours=np.append(np.tile((neighbours >= 0).any(1), chains), False),
        idea=np.tile(features.idea, chains),
        person=np.append(np.tile(np.arange(people), chains), people),
        utility=_dense_utility(features),
        wish_first=first,
        wish_count=count,
        teams_by_idea=order,
    )


def _per_chain(values: IntArray, chains: int, stride: int) -> IntArray:
    return np.concatenate([values + chain * stride for chain in range(chains)])


def _pack(
    features: Features,
) -> tuple[list[WordArray], list[WordArray], tuple[np.uint64, ...], tuple[np.uint64, ...]]:
    """Bits of people and of needs, and the masks of breadth and of sectors."""
    breadth_level = features.problem.norms.breadth_level
    rows: list[tuple[BoolArray, BoolArray, bool, bool]] = []
    nothing = np.zeros(features.team_count, np.bool_)
    for skill in range(len(features.skills)):
        deepest = int(features.need[:, skill].max())
        for level in range(1, MAX_LEVEL + 1):
            if level <= deepest or level == breadth_level:
                has = features.levels[:, skill] >= level
                needs = features.need[:, skill] >= level
                rows.append((has, needs, level == breadth_level, False))
    for sector in range(len(features.sectors)):
        rows.append((features.sector == sector, nothing, False, True))
    bits, need, broad, sectors = [], [], [], []
    for start in range(0, max(len(rows), 1), _WORD_BITS):
        word = rows[start : start + _WORD_BITS]
        bits.append(_word([row[0] for row in word], features.people_count))
        need.append(_word([row[1] for row in word], features.team_count))
        broad.append(np.uint64(sum(1 << i for i, row in enumerate(word) if row[2])))
        sectors.append(np.uint64(sum(1 << i for i, row in enumerate(word) if row[3])))
    return bits, need, tuple(broad), tuple(sectors)


def _word(columns: list[BoolArray], length: int) -> WordArray:
    word = np.zeros(length, np.uint64)
    for position, column in enumerate(columns):
        word |= column.astype(np.uint64) << np.uint64(position)
    return word


def _wish_teams(features: Features, order: IntArray) -> tuple[IntArray, IntArray]:
    """Where the teams of each person's ranked ideas begin in `order`, and how many they are."""
    ideas = features.idea[order]
    first = np.searchsorted(ideas, features.ranked)
    count = np.searchsorted(ideas, features.ranked, side="right") - first
    return first, np.where(features.ranked >= 0, count, 0)


def _neighbours(features: Features) -> IntArray:
    """People to keep apart from each person, [N, D] filled up with -1."""
    lists: list[list[int]] = [[] for _ in range(features.people_count)]
    for a, b in features.apart.tolist():
        lists[a].append(b)
        lists[b].append(a)
    table = np.full((len(lists), max(map(len, lists), default=0)), NOWHERE, np.int64)
    for row, others in enumerate(lists):
        table[row, : len(others)] = others
    return table


def _dense_utility(features: Features) -> NDArray[np.float32] | None:
    """Tabulate utility by person and idea, [N + 1, I + 1], zeros last; None if far too large."""
    ideas = int(features.idea.max()) + 1
    if (features.people_count + 1) * (ideas + 1) > _DENSE_CELLS:
        return None
    table = np.zeros((features.people_count + 1, ideas + 1), np.float32)
    for rank, utility in enumerate(features.problem.norms.rank_utility):
        who = np.flatnonzero(features.ranked[:, rank] >= 0)
        table[who, features.ranked[who, rank]] = utility
    return table
