"""What is read of a jury, as frozen views."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.accounts.queries import PersonView
from app.domain.jury.rubric import CriterionInput, RubricInput

OPEN, DRAFT, SUBMITTED, RECUSED, VOID = "open", "draft", "submitted", "recused", "void"
LEFT_OUT = (RECUSED, VOID)


@dataclass(frozen=True)
class CriterionView:
    """A criterion of a stored rubric."""

    id: int
    name: str
    question: str
    weight: float
    is_independent: bool
    anchors: dict[str, str]

    @property
    def is_weighted(self) -> bool:
        """Whether a sheet needs a mark for it and the score counts it."""
        return self.weight > 0 and not self.is_independent


@dataclass(frozen=True)
class RubricView:
    """A stored rubric."""

    id: int
    scale_min: int
    scale_max: int
    reviews_per_submission: int
    policy: str
    frozen_at: datetime | None
    sha256: str | None
    criteria: tuple[CriterionView, ...]

    @property
    def weighted(self) -> tuple[CriterionView, ...]:
        """The criteria that a sheet must mark."""
        return tuple(each for each in self.criteria if each.is_weighted)

    def as_input(self) -> RubricInput:
        """Return the rubric as it would be stated."""
        return RubricInput(
            criteria=tuple(
                CriterionInput(
                    each.name, each.question, each.weight, each.is_independent, each.anchors
                )
                for each in self.criteria
            ),
            scale_min=self.scale_min,
            scale_max=self.scale_max,
            reviews_per_submission=self.reviews_per_submission,
            policy=self.policy,
        )


@dataclass(frozen=True)
class JurorView:
    """A juror on a panel; shown to organisers."""

    id: int
    event_id: int
    person: PersonView
    pseudonym: str
    organisation: str
    region: str
    max_load: int | None
    state: str
    replaced_by: int | None

    @property
    def is_active(self) -> bool:
        """Whether the juror judges still."""
        return self.state == "active"


@dataclass(frozen=True)
class ConflictView:
    """Why a juror does not judge a submission."""

    id: int
    juror_id: int
    submission_id: int
    source: str
    reason: str


@dataclass(frozen=True)
class ProgressRow:
    """How far a juror is; counts of sheets, no marks."""

    juror: JurorView
    assigned: int
    begun: int
    submitted: int
    left_out: int
    last_saved_at: datetime | None

    @property
    def open(self) -> int:
        """Sheets that are still to be handed in."""
        return self.assigned - self.submitted


@dataclass(frozen=True)
class CoverageRow:
    """How many sheets a submission has; no marks."""

    submission_id: int
    title: str
    track: str
    assigned: int
    submitted: int


@dataclass(frozen=True)
class QueueItem:
    """A submission in a juror's own queue."""

    assignment_id: int
    submission_id: int
    number: int
    title: str
    summary: str
    track: str
    state: str
    reason: str
    marked: int
    needed: int
    has_video: bool
    files: int
    others_submitted: int


@dataclass(frozen=True)
class SheetView:
    """The newest version of a juror's own sheet."""

    version: int
    is_submitted: bool
    scores: dict[int, int]
    comment: str
    private_note: str
    created_at: datetime


@dataclass(frozen=True)
class AssignmentView:
    """An assignment with whose it is."""

    id: int
    event_id: int
    juror_id: int
    user_id: int
    is_juror_active: bool
    submission_id: int
    state: str
    reason: str

    @property
    def is_left_out(self) -> bool:
        """Whether the juror abstained, has a conflict, or the sheet was voided."""
        return self.state in LEFT_OUT


@dataclass(frozen=True)
class RatingView:
    """A sheet that counts: the marks of the weighted criteria, in the rubric's order."""

    submission_id: int
    juror_id: int
    marks: tuple[int, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class FeedbackView:
    """What one juror says to a team, under a pseudonym."""

    submission_id: int
    pseudonym: str
    comment: str
    marks: dict[str, int]
