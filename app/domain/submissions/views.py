"""What is read of submissions, as frozen views."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.submission_check import Check, Draft, check_submission
from app.domain.uploads.queries import UploadView


@dataclass(frozen=True)
class LineView:
    """A line of a budget."""

    label: str
    amount_cents: int


@dataclass(frozen=True)
class FileView:
    """A file of a submission, with what the team calls it."""

    id: int
    label: str
    upload: UploadView


@dataclass(frozen=True)
class DraftView:
    """What a team has written so far; all empty before the first save."""

    team_id: int
    id: int | None = None
    state: str = "draft"
    revision: int = 0
    title: str = ""
    summary: str = ""
    track: str = ""
    region: str = ""
    canvas: dict[str, str] | None = None
    video_url: str = ""
    ask_cents: int = 0
    submitted_at: datetime | None = None
    updated_at: datetime | None = None
    updated_by: int | None = None
    locked_at: datetime | None = None
    lines: tuple[LineView, ...] = ()
    files: tuple[FileView, ...] = ()

    def checks(self, *, is_money_at_stake: bool) -> tuple[Check, ...]:
        """Return the checklist."""
        return check_submission(
            Draft(
                title=self.title,
                summary=self.summary,
                canvas=self.canvas or {},
                lines=[(line.label, line.amount_cents) for line in self.lines],
                ask_cents=self.ask_cents,
                video_url=self.video_url,
                files=len(self.files),
                is_money_at_stake=is_money_at_stake,
            )
        )


@dataclass(frozen=True)
class SnapshotView:
    """A submission as it was handed in."""

    id: int
    submission_id: int
    version: int
    content: dict[str, Any]
    sha256: str
    frozen_at: datetime


@dataclass(frozen=True)
class SubmissionRow:
    """A published team and where its submission stands, for organisers."""

    team_id: int
    team_name: str
    submission_id: int | None
    title: str
    track: str
    region: str
    ask_cents: int
    state: str  # none, draft, submitted
    version: int
    submitted_at: datetime | None
    extended_until_at: datetime | None


@dataclass(frozen=True)
class HandedIn:
    """What the jury and the shortlist need of a submission that was handed in."""

    id: int
    team_id: int
    title: str
    track: str
    region: str
    ask_cents: int


@dataclass(frozen=True)
class TeamState:
    """Where a person's team stands, for the home page."""

    team_id: int
    team_name: str
    state: str  # none, draft, submitted
    deadline_at: datetime | None
    submitted_at: datetime | None
    missing: int


@dataclass(frozen=True)
class FileHome:
    """Where an uploaded file belongs, so that its readers can be decided."""

    event_id: int
    team_id: int
    submission_id: int
