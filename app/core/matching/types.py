"""The matching problem, and what is said about an answer to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Id = int | str
"""A person, team or idea as the caller names it; `7` and `"7"` are the same one."""

OnProgress = Callable[[float], None]
IsCancelled = Callable[[], bool]
Value = str | int | float | None | Sequence["Value"] | Mapping[str, "Value"]
"""Plain data, so that a reason can be stored, sent and translated."""

MAX_LEVEL = 4


class ProblemError(ValueError):
    """A problem that is not well formed.

    Parameters
    ----------
    path : str
        Where, as a JSON path without the leading ``$.``: ``people[3].skills.python``.
    reason : str
        What is wrong there, in plain words.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


class Cancelled(Exception):
    """The caller's `is_cancelled` answered yes; there is no result."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts; `J` reaches 100 when the first five add up to 1."""

    pref: float = 0.35
    cov: float = 0.30
    breadth: float = 0.10
    sec: float = 0.15
    bal: float = 0.10
    solo: float = 0.05


@dataclass(frozen=True, slots=True)
class Norms:
    """Caps and scales of the terms."""

    breadth_cap: int = 14
    breadth_level: int = 3
    balance_scale: float = 4.47
    sector_cap: int = 3
    rank_utility: tuple[float, ...] = (1.0, 0.8, 0.6, 0.4, 0.2)


@dataclass(frozen=True, slots=True)
class Person:
    """One participant.

    Attributes
    ----------
    skills : mapping of skill key to level 0–4
    languages : tuple of str
        Empty means unknown, which is compatible with every language.
    protected : bool
        Opted into the group that should not be outnumbered one to all.
    ranked_ideas : tuple
        Best first; ideas without a team in this problem are kept and never obtained.
    pin_team : id or None
        The team this person must be in.
    """

    id: Id
    skills: Mapping[str, int] = field(default_factory=dict)
    sector: str | None = None
    languages: tuple[str, ...] = ()
    protected: bool = False
    ranked_ideas: tuple[Id, ...] = ()
    pin_team: Id | None = None


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea and the level (1–4) of each skill that it needs."""

    id: Id
    required: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Team:
    """A slot to be filled, for an idea or for none."""

    id: Id
    idea: Id | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """People, slots and rules; made by `parse_problem`, or by hand with the same guarantees.

    Attributes
    ----------
    keep_together, keep_apart : tuple of tuples of person ids, each of two or more people
    skill_labels : mapping of skill key to the name it was first given
    notes : tuple of Notice
        What the reader of the problem should know about how it was read.
    """

    people: tuple[Person, ...]
    teams: tuple[Team, ...]
    ideas: tuple[Idea, ...] = ()
    min_size: int = 4
    max_size: int = 6
    keep_together: tuple[tuple[Id, ...], ...] = ()
    keep_apart: tuple[tuple[Id, ...], ...] = ()
    weights: Weights = Weights()
    norms: Norms = Norms()
    skill_labels: Mapping[str, str] = field(default_factory=dict)
    notes: tuple["Notice", ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth saying, as a code and plain values (`explain.render_notice` makes English).

    Used for warnings, for violations, and for contradictions found before solving.
    """

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    people: tuple[Id, ...] = ()
    teams: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of the objective, each in 0–1 before its weight (`bal` may be negative)."""

    pref: float
    cov: float
    breadth: float
    sec: float
    bal: float
    solo: float


@dataclass(frozen=True, slots=True)
class SkillSupply:
    """One needed skill of a team: who has it at the best level, and what is missing."""

    skill: str
    need: int
    best: int
    suppliers: tuple[Id, ...]

    @property
    def gap(self) -> int:
        """Levels that nobody in the team reaches."""
        return max(0, self.need - self.best)


@dataclass(frozen=True, slots=True)
class TeamReport:
    """One team and its own terms; `terms.pref` is the mean over its members."""

    team: Id
    idea: Id | None
    members: tuple[Id, ...]
    terms: Terms
    supply: tuple[SkillSupply, ...]
    shared_languages: tuple[str, ...]
    sectors: tuple[str, ...]

    @property
    def is_weak(self) -> bool:
        """Whether the team covers less than half of what its idea needs."""
        return self.terms.cov < 0.5


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an assignment is worth: `score` is J, 0–100."""

    score: float
    terms: Terms
    teams: tuple[TeamReport, ...]
    violations: tuple[Notice, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Archetype:
    """A kind of skill profile found among the people; `skills` are its most telling ones."""

    name: str
    skills: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one person is in their team; `reasons` are codes with values, best reason first."""

    person: Id
    team: Id
    archetype: str | None
    reasons: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Teams, what they are worth, and why each person is where they are."""

    assignment: Mapping[Id, Id]
    evaluation: Evaluation
    explanations: tuple[Explanation, ...]
    archetypes: tuple[Archetype, ...]
    seed: int
    effort: str
    iterations: int
