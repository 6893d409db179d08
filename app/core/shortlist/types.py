"""What a funding shortlist is chosen from, by which rules, and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Value = str | int | float | tuple[str, ...]
"""Plain data, so that a reason can be stored, sent and translated. Names of money end in _cents."""


class Policy(StrEnum):
    """How money is given out; chosen and published before scoring starts.

    Attributes
    ----------
    RANK
        Down the ranking; what does not fit is skipped.
    VALUE
        The most value, ``v = max(score − bar, 0)``, that the budget buys.
    MONEY
        The most value times money.
    SHARES
        Every juror has an equal share of the budget to spend on what they scored well (method of
        equal shares, Peters, Pierczyński & Skowron 2021), completed down the ranking.
    """

    RANK = "rank"
    VALUE = "value"
    MONEY = "money"
    SHARES = "shares"


class PinAction(StrEnum):
    """What a pin decides."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A submission that asks for money.

    Attributes
    ----------
    rank, score : int and float, or None
        Of the ranking; without a score it is unscored and never shortlisted.
    ask_cents : int
        At least 0, in the smallest unit of the currency.
    groups : mapping of column to value
        What quotas look at: track, region, …
    """

    submission_id: str
    rank: int | None
    score: float | None
    ask_cents: int
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quota:
    """Bounds on the funded submissions whose `column` is `value`; None is no bound."""

    column: str
    value: str
    min_count: int | None = None
    max_count: int | None = None
    max_spend_cents: int | None = None

    @property
    def name(self) -> str:
        """As written in reasons."""
        return f"{self.column} = {self.value}"


@dataclass(frozen=True, slots=True)
class Pin:
    """A decision by people, with their reason; `amount_cents` below the ask funds it in part."""

    submission_id: str
    action: PinAction
    reason: str
    amount_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """One juror as a voter: their scores by submission id."""

    juror_id: str
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code and plain values (`explain.render_reason` makes English)."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one submission.

    Attributes
    ----------
    amount_cents : int
        What it gets; 0 when it is not funded.
    p_funded : float or None
        Share of the score draws in which the policy funds it, 0–1; None without draws.
    """

    submission_id: str
    is_funded: bool
    amount_cents: int
    reason: Reason
    p_funded: float | None


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The decisions, one per candidate in the order given.

    Attributes
    ----------
    value : float
        Σ max(score − bar, 0) over the funded.
    warnings : tuple of Reason
    """

    policy: Policy
    budget_cents: int
    spent_cents: int
    value: float
    decisions: tuple[Decision, ...]
    warnings: tuple[Reason, ...]

    @property
    def funded(self) -> tuple[str, ...]:
        """Ids of the funded, in the order given."""
        return tuple(d.submission_id for d in self.decisions if d.is_funded)


@dataclass(frozen=True, slots=True)
class Impossible:
    """No shortlist meets the rules: a smallest set of them that contradict each other."""

    reasons: tuple[Reason, ...]
