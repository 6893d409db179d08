"""Slots for a problem that names none: how many from the sizes, for which ideas from the votes."""

from collections.abc import Sequence

from app.core.matching.packing import pack_units
from app.core.matching.types import Idea, Norms, Person, Team

_COUNTS_TO_TRY = 20


def count_slots(units: Sequence[int], min_size: int, max_size: int) -> int:
    """Count the teams whose size is nearest to the middle of the bounds.

    Parameters
    ----------
    units : sequence of int
        Sizes of the groups that stay together; people on their own are units of one.
    min_size, max_size : int
        Bounds of a team's size, 1 ≤ min ≤ max.

    Returns
    -------
    int
        At least 1; a number for which the units can be packed, if there is one. When no number
        of teams fits the bounds (11 people in 4–5) the nearest one, which `check_problem` then
        refuses by name.
    """
    people = sum(units)
    fewest, most = -(-people // max_size), people // min_size
    wanted = round(2 * people / (min_size + max_size))
    nearest_first = sorted(range(fewest, most + 1), key=lambda count: (abs(count - wanted), count))
    for count in nearest_first[:_COUNTS_TO_TRY]:
        if pack_units(units, [0] * count, min_size, max_size)[0] is not None:
            return count
    return max(1, *nearest_first[:1]) if nearest_first else max(1, most)


def make_slots(
    count: int, people: Sequence[Person], ideas: Sequence[Idea] | None, norms: Norms
) -> tuple[Team, ...]:
    """Make slots t1, t2 … and give them to ideas by their votes.

    Each next slot goes to the idea with most utility per slot that it would then have (the
    D'Hondt method); pins to a slot by its name work as with named teams.

    Parameters
    ----------
    count : int
        How many slots to make.
    people : sequence of Person
    ideas : sequence of Idea or None
        None: the ideas are those that somebody ranked.
    norms : Norms
        `rank_utility` weighs the votes.

    Returns
    -------
    tuple of Team
        Without an idea where there are no ideas at all.
    """
    named = [idea.id for idea in ideas or ()]
    if ideas is None:
        named = list({str(w): w for p in people for w in p.ranked_ideas}.values())
    votes = {str(name): 0.0 for name in named}
    for person in people:
        for wish, utility in zip(person.ranked_ideas, norms.rank_utility, strict=False):
            if str(wish) in votes:
                votes[str(wish)] += utility
    slots = dict.fromkeys(votes, 0)
    teams = []
    for number in range(1, count + 1):
        idea = max(
            named, key=lambda i: (votes[str(i)] / (slots[str(i)] + 1), -slots[str(i)]), default=None
        )
        if idea is not None:
            slots[str(idea)] += 1
        teams.append(Team(f"t{number}", idea))
    return tuple(teams)
