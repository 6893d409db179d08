"""Who sits where during the search, and what each team is worth at the moment."""

import numpy as np

from app.core.matching.features import FloatArray, IntArray
from app.core.matching.space import PENALTY, Space, WordArray


class State:
    """Seats of every chain's teams, with everything that a proposal needs to be priced.

    Attributes
    ----------
    seat : [T, K] int, people, filled seats first
    team, place : [P + 1] int, where each person sits
    size : [T] int
    strength : [T] float; protected : [T] int; speakers : [T, L] int
    without : W arrays [T, K], the OR of a team without the person in that seat
    worth : [T] float, J of the team's own terms and penalties, without wishes and keep-apart
    """

    def __init__(self, space: Space, team_of: IntArray) -> None:
        """Seat the people of every chain: `team_of` is [C, N], team indices within the chain."""
        self.space = space
        teams = space.features.team_count
        everyone = (team_of + teams * np.arange(space.chains)[:, None]).ravel()
        total = teams * space.chains
        self.team = np.append(everyone, 0)
        self.place = np.zeros(len(self.team), np.int64)
        self.size = np.bincount(everyone, minlength=total)
        self.seat = np.full((total, space.seats), space.empty, np.int64)
        order = np.argsort(everyone, kind="stable")
        start = np.cumsum(self.size) - self.size
        self.seat[everyone[order], np.arange(len(order)) - start[everyone[order]]] = order
        self.strength = np.zeros(total)
        self.protected = np.zeros(total, np.int64)
        self.speakers = np.zeros((total, space.speaks.shape[1]), np.int64)
        self.without = [np.zeros((total, space.seats), np.uint64) for _ in space.bits]
        self.worth = np.zeros(total)
        self.refresh(np.arange(total))

    def refresh(self, teams: IntArray) -> None:
        """Recompute everything about `teams` (each once) from their seats."""
        space, rows = self.space, self.seat[teams]
        row, column = np.nonzero(rows != space.empty)
        people = rows[row, column]
        self.team[people] = teams[row]
        self.place[people] = column
        self.size[teams] = size = np.bincount(row, minlength=len(teams))
        self.strength[teams] = strength = space.strength[rows].sum(1)
        self.protected[teams] = protected = space.protected[rows].sum(1)
        self.speakers[teams] = speakers = space.speaks[rows].sum(1)
        words = []
        for word, bits in enumerate(space.bits):
            without, whole = _or_without_each(bits[rows])
            self.without[word][teams] = without
            words.append(whole)
        self.worth[teams] = worth_of(
            space,
            teams,
            words,
            strength=strength,
            protected=protected,
            speakers=speakers,
            size=size,
        )

    def conflicts(self, people: IntArray, teams: IntArray, leaving: IntArray) -> IntArray:
        """Count those in a team whom each person must be kept apart from, `leaving` aside."""
        result = np.zeros(len(people), np.int64)
        some = np.flatnonzero(self.space.has_neighbours[people])
        if len(some):
            others = self.space.neighbours[people[some]]
            there = (others >= 0) & (self.team[others] == teams[some, None])
            result[some] = (there & (others != leaving[some, None])).sum(1)
        return result

    def teams_within_chain(self) -> IntArray:
        """Team of each person as [C, N], counted within the chain."""
        space = self.space
        shape = (space.chains, space.features.people_count)
        return np.asarray(self.team[:-1].reshape(shape) % space.features.team_count, np.int64)


def worth_of(
    space: Space,
    teams: IntArray,
    words: list[WordArray],
    *,
    strength: FloatArray,
    protected: IntArray,
    speakers: IntArray,
    size: IntArray,
) -> FloatArray:
    """J of teams' own terms (up to a constant) less the language penalty.

    Parameters
    ----------
    teams : [n] int, whose needs count
    words : W arrays [n], the OR of the members
    strength, protected, speakers, size : [n], [n], [n, L], [n]

    Returns
    -------
    [n] float
    """
    weights, norms, unit = (
        space.features.problem.weights,
        space.features.problem.norms,
        space.unit_gain,
    )
    met = broad = sectors = np.zeros(len(teams), np.int64)
    for word, need, broad_mask, sector_mask in zip(
        words, space.need, space.broad, space.sectors, strict=True
    ):
        met = met + np.bitwise_count(word & need[teams])
        if broad_mask:
            broad = broad + np.bitwise_count(word & broad_mask)
        if sector_mask:
            sectors = sectors + np.bitwise_count(word & sector_mask)
    worth = space.cov_gain[teams] * met
    worth += np.minimum(broad, norms.breadth_cap) * (weights.breadth * unit / norms.breadth_cap)
    worth += np.minimum(sectors, norms.sector_cap) * (weights.sec * unit / norms.sector_cap)
    worth -= np.abs(strength) * (weights.bal * unit / norms.balance_scale)
    if weights.solo:
        worth -= (protected == 1) * (weights.solo * unit)
    if speakers.shape[1]:
        worth -= (size - speakers.max(1)) * (PENALTY * unit)
    return np.asarray(worth, np.float64)


def pairs_apart(space: Space, rows: IntArray) -> IntArray:
    """Kept-apart pairs within each row of people [n, K]."""
    result = np.zeros(len(rows), np.int64)
    some: IntArray = np.flatnonzero(space.has_neighbours[rows].sum(1) > 1)
    if len(some):
        people = rows[some]
        others = space.neighbours[people]
        for seat in range(people.shape[1]):
            result[some] += (others == people[:, seat, None, None]).sum((1, 2))
    return result // 2


def _or_without_each(bits: WordArray) -> tuple[WordArray, WordArray]:
    """OR of each row [n, K] leaving out each column in turn [n, K], and of the whole row [n]."""
    seats = bits.shape[1]
    after = np.zeros_like(bits)
    for seat in range(seats - 2, -1, -1):
        after[:, seat] = after[:, seat + 1] | bits[:, seat + 1]
    before = np.zeros(len(bits), np.uint64)
    for seat in range(seats):
        after[:, seat] |= before
        before |= bits[:, seat]
    return after, before
