"""Which needed skills a team has, who brings them, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SkillCover:
    """One needed skill of a team.

    Attributes
    ----------
    skill : str
        Key of the skill.
    need, best : int
        Level that is needed (1–4), and the best level in the team (0–4).
    suppliers : tuple of int
        Members at that best level, in their own order; empty when nobody has the skill.
    """

    skill: str
    need: int
    best: int
    suppliers: tuple[int, ...]

    @property
    def share(self) -> float:
        """How much of the need is met, 0–1."""
        return min(self.best, self.need) / self.need


def cover_needs(
    needs: Mapping[str, int], members: Mapping[int, Mapping[str, int]]
) -> tuple[SkillCover, ...]:
    """Hold a team's skills against what its idea needs.

    Parameters
    ----------
    needs : mapping of skill key to level 1–4
        Skills with a need of 0 are left out.
    members : mapping of person id to a mapping of skill key to level 0–4
        The team.

    Returns
    -------
    tuple of SkillCover
        In the order of ``needs``.
    """
    rows = []
    for skill, need in needs.items():
        if need < 1:
            continue
        best = max((levels.get(skill, 0) for levels in members.values()), default=0)
        suppliers = tuple(
            person for person, levels in members.items() if best and levels.get(skill, 0) == best
        )
        rows.append(SkillCover(skill, need, best, suppliers))
    return tuple(rows)


def coverage(rows: tuple[SkillCover, ...]) -> float:
    """Return the share of all needed levels that the team reaches, 0–1.

    The `cov` term of the matching objective: Σ min(best, need) / Σ need; 1 for no needs.
    """
    needed = sum(row.need for row in rows)
    if not needed:
        return 1.0
    return sum(min(row.best, row.need) for row in rows) / needed
