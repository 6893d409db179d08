"""What a shortlist is computed from and what comes out; light enough for every worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from app.domain.jury.views import JurorView, RatingView, RubricView
from app.domain.submissions.views import HandedIn
from app.errors import Conflict, Infeasible
from app.translation import gettext as _


@dataclass(frozen=True)
class PartialAmount:
    """Less than was asked for, by decision of people."""

    amount_cents: int
    reason: str


@dataclass(frozen=True)
class Settings:
    """What people decided beside budget and policy.

    Attributes
    ----------
    override : str
        Why groups of the jury without a common juror are ranked jointly; empty: they are not.
    partial : mapping of submission id to PartialAmount
    """

    override: str = ""
    partial: Mapping[int, PartialAmount] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return stored settings."""
        pins = stored.get("pins", {})
        return cls(
            override=stored.get("override", ""),
            partial={int(key): PartialAmount(**value) for key, value in pins.items()},
        )

    def to_json(self) -> dict[str, Any]:
        """Return the settings as they are stored."""
        pins = {
            str(key): {"amount_cents": each.amount_cents, "reason": each.reason}
            for key, each in sorted(self.partial.items())
        }
        return {"override": self.override, "pins": pins}


@dataclass(frozen=True)
class Inputs:
    """The sheets that count and what they judge."""

    submissions: tuple[HandedIn, ...]
    jurors: tuple[JurorView, ...]
    ratings: tuple[RatingView, ...]
    rubric: RubricView
    sha256: str


@dataclass(frozen=True)
class Line:
    """One submission in a computed shortlist."""

    submission_id: int
    rank: int | None
    score: float | None
    raw_mean: float | None
    reviews: int
    lo90: float | None
    hi90: float | None
    rank_lo: int | None
    rank_hi: int | None
    disagreement: float | None
    criteria_means: list[float]
    p_funded: float | None
    is_funded: bool
    amount_cents: int
    reason_code: str
    reason_values: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A computed shortlist: the lines in order of rank, and the report."""

    lines: tuple[Line, ...]
    report: dict[str, Any]

    @property
    def funded_ids(self) -> frozenset[int]:
        """The submissions that get money."""
        return frozenset(line.submission_id for line in self.lines if line.is_funded)


@dataclass(frozen=True)
class Trial:
    """What would change under another budget or policy; nothing of it is stored."""

    budget_cents: int
    policy: str
    spent_cents: int
    funded_ids: frozenset[int]
    enters: frozenset[int]
    leaves: frozenset[int]


@dataclass(frozen=True)
class JuryGroup:
    """Submissions and jurors that share no juror with the others, by name."""

    titles: tuple[str, ...]
    pseudonyms: tuple[str, ...]


class SeveralGroups(Infeasible):
    """No joint ranking without a stated reason; the first group is the largest, others float."""

    def __init__(self, groups: tuple[JuryGroup, ...]) -> None:
        super().__init__(
            _(
                "The jury falls into %(count)s groups without a common juror, so their scores "
                "cannot be compared.",
                count=len(groups),
            )
        )
        self.groups = groups


class Unfundable(Infeasible):
    """Budget and decisions contradict each other; `reasons` are codes with their values."""

    def __init__(self, reasons: tuple[tuple[str, dict[str, Any]], ...]) -> None:
        super().__init__(_("The budget does not reach for what was decided by hand."))
        self.reasons = reasons


class Unconfirmed(Conflict):
    """Publishing is possible, but only by somebody who has read the doubts."""

    def __init__(self, doubts: tuple[str, ...]) -> None:
        super().__init__(_("Read what stands in doubt, and confirm."))
        self.doubts = doubts
