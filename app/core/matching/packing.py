"""Do the keep-together units fit into the teams at all? Bin packing over their sizes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count

Patterns = tuple[tuple[int, ...], ...]

_EXACT_UP_TO_TEAMS = 300
_TRIES = 50_000


def pack_units(
    units: Sequence[int], loads: Sequence[int], min_size: int, max_size: int
) -> tuple[list[list[int]] | None, bool]:
    """Find teams for units so that every size stays within the bounds.

    Parameters
    ----------
    units : sequence of int
        Size of each unit that is free to go anywhere; those of one fill what is left.
    loads : sequence of int
        People already in each team.
    min_size, max_size : int

    Returns
    -------
    packing : list of lists or None
        Sizes of the units of two and more that go into each team.
    is_certain : bool
        With no packing: whether that is proved. False when the tries ran out.
    """
    total = sum(units) + sum(loads)
    if not min_size * len(loads) <= total <= max_size * len(loads) or max(loads) > max_size:
        return None, True
    sizes = Counter(size for size in units if size > 1)
    packing = _pack_evenly(sizes, loads, max_size)
    if packing is not None and _shortfall(packing, loads, min_size) <= units.count(1):
        return packing, True
    if len(loads) > _EXACT_UP_TO_TEAMS:
        return None, False
    return _pack_exactly(sizes, units.count(1), loads, min_size, max_size)


def _pack_evenly(
    sizes: Counter[int], loads: Sequence[int], max_size: int
) -> list[list[int]] | None:
    """Put the largest unit into the emptiest team, again and again."""
    packing: list[list[int]] = [[] for _ in loads]
    filled = list(loads)
    for size in sorted(sizes.elements(), reverse=True):
        team = min(range(len(filled)), key=filled.__getitem__)
        if filled[team] + size > max_size:
            return None
        packing[team].append(size)
        filled[team] += size
    return packing


def _shortfall(packing: list[list[int]], loads: Sequence[int], min_size: int) -> int:
    """People still needed to bring every team to the lower bound."""
    filled = (load + sum(team) for load, team in zip(loads, packing, strict=True))
    return sum(max(0, min_size - size) for size in filled)


def _pack_exactly(
    sizes: Counter[int], singles: int, loads: Sequence[int], min_size: int, max_size: int
) -> tuple[list[list[int]] | None, bool]:
    """Search every packing, team by team; teams of equal load differ in nothing."""
    kinds = tuple(sorted(sizes, reverse=True))
    order = sorted(range(len(loads)), key=lambda team: -loads[team])
    tries = count()

    @cache
    def place(at: int, left: tuple[int, ...], spare: int) -> Patterns | None:
        if at == len(order):
            return None if any(left) else ()
        if next(tries) > _TRIES:
            return None
        load = loads[order[at]]
        for pattern in _patterns(kinds, left, max_size - load):
            short = max(0, min_size - load - _people(pattern, kinds))
            rest = tuple(have - n for have, n in zip(left, pattern, strict=True))
            tail = place(at + 1, rest, spare - short) if short <= spare else None
            if tail is not None:
                return (pattern, *tail)
        return None

    found = place(0, tuple(sizes[kind] for kind in kinds), singles)
    if found is None:
        return None, next(tries) <= _TRIES
    packing: list[list[int]] = [[] for _ in loads]
    for team, pattern in zip(order, found, strict=True):
        packing[team] = [kind for n, kind in zip(pattern, kinds, strict=True) for _ in range(n)]
    return packing, True


def _patterns(
    kinds: tuple[int, ...], left: tuple[int, ...], room: int
) -> Iterator[tuple[int, ...]]:
    """Ways to take units into a team with room for some people, fullest first."""
    if not kinds:
        yield ()
        return
    for number in range(min(left[0], room // kinds[0]), -1, -1):
        for rest in _patterns(kinds[1:], left[1:], room - number * kinds[0]):
            yield (number, *rest)


def _people(pattern: tuple[int, ...], kinds: tuple[int, ...]) -> int:
    return sum(n * kind for n, kind in zip(pattern, kinds, strict=True))
