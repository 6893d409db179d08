"""Read submissions, their frozen snapshots and their deadlines."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core.phases import Phase
from app.core.submission_check import list_missing
from app.db import db
from app.domain.programmes.queries import EventView
from app.domain.submissions.models import (
    BudgetLine,
    DeadlineExtension,
    Snapshot,
    Submission,
    SubmissionFile,
)
from app.domain.submissions.views import (
    DraftView,
    FileHome,
    FileView,
    HandedIn,
    LineView,
    SnapshotView,
    SubmissionRow,
    TeamState,
)
from app.domain.teams import queries as teams
from app.domain.uploads import queries as uploads

_COLUMNS = (
    Submission.team_id,
    Submission.id,
    Submission.state,
    Submission.revision,
    Submission.title,
    Submission.summary,
    Submission.track,
    Submission.region,
    Submission.canvas,
    Submission.video_url,
    Submission.ask_cents,
    Submission.submitted_at,
    Submission.updated_at,
    Submission.updated_by,
    Submission.locked_at,
)


def find_draft(team_id: int) -> DraftView:
    """Return a team's draft with budget and files, empty when nothing was saved yet."""
    row = db.session.execute(select(*_COLUMNS).where(Submission.team_id == team_id)).one_or_none()
    if row is None:
        return DraftView(team_id=team_id)
    return replace(DraftView(*row), lines=_read_lines(row.id), files=_read_files(row.id))


def is_locked(team_id: int) -> bool:
    """Return whether the jury has begun to score a team's submission."""
    query = select(Submission.locked_at).where(Submission.team_id == team_id)
    return db.session.scalar(query) is not None


def _read_lines(submission_id: int) -> tuple[LineView, ...]:
    rows = db.session.execute(
        select(BudgetLine.label, BudgetLine.amount_cents)
        .where(BudgetLine.submission_id == submission_id)
        .order_by(BudgetLine.position, BudgetLine.id)
    )
    return tuple(LineView(*row) for row in rows)


def _read_files(submission_id: int) -> tuple[FileView, ...]:
    rows = db.session.execute(
        select(SubmissionFile.id, SubmissionFile.label, SubmissionFile.upload_id)
        .where(SubmissionFile.submission_id == submission_id, SubmissionFile.removed_at.is_(None))
        .order_by(SubmissionFile.id)
    ).all()
    stored = uploads.list_uploads({row.upload_id for row in rows})
    return tuple(FileView(row.id, row.label, stored[row.upload_id]) for row in rows)


_SNAPSHOT_COLUMNS = (
    Snapshot.id,
    Snapshot.submission_id,
    Snapshot.version,
    Snapshot.content,
    Snapshot.sha256,
    Snapshot.frozen_at,
)


def find_snapshot(submission_id: int) -> SnapshotView | None:
    """Return what was handed in last."""
    row = db.session.execute(
        select(*_SNAPSHOT_COLUMNS)
        .where(Snapshot.submission_id == submission_id)
        .order_by(Snapshot.version.desc())
        .limit(1)
    ).one_or_none()
    return SnapshotView(*row) if row else None


def list_snapshots(submission_ids: Collection[int]) -> list[SnapshotView]:
    """Return what was handed in last of each submission, in their order."""
    rows = db.session.execute(
        select(*_SNAPSHOT_COLUMNS)
        .where(Snapshot.submission_id.in_(submission_ids), Snapshot.version == _latest_version())
        .order_by(Snapshot.submission_id)
    )
    return [SnapshotView(*row) for row in rows]


def _latest_version() -> Any:
    newer = Snapshot.__table__.alias("newer")
    return (
        select(func.max(newer.c.version))
        .where(newer.c.submission_id == Snapshot.submission_id)
        .correlate(Snapshot)
        .scalar_subquery()
    )


def list_handed_in(event_id: int) -> list[HandedIn]:
    """Return the submissions that were handed in, as the jury sees them: from the snapshots."""
    rows = db.session.execute(
        select(Submission.id, Submission.team_id, Snapshot.content)
        .join(Snapshot, Snapshot.submission_id == Submission.id)
        .where(Submission.event_id == event_id, Snapshot.version == _latest_version())
        .order_by(Submission.id)
    )
    return [
        HandedIn(
            id=row.id,
            team_id=row.team_id,
            title=row.content["title"],
            track=row.content["track"],
            region=row.content["region"],
            ask_cents=row.content["ask_cents"],
        )
        for row in rows
    ]


def list_submissions(event_id: int) -> list[SubmissionRow]:
    """Return every published team with the state of its submission, by team name."""
    stored = {
        row.team_id: row
        for row in db.session.execute(
            select(*_COLUMNS, func.max(Snapshot.version).label("version"))
            .outerjoin(Snapshot, Snapshot.submission_id == Submission.id)
            .where(Submission.event_id == event_id)
            .group_by(Submission.id)
        )
    }
    named = teams.list_published_teams(event_id)
    extended = _read_extensions([team.id for team in named])
    rows = []
    for team in named:
        row = stored.get(team.id)
        rows.append(
            SubmissionRow(
                team_id=team.id,
                team_name=team.name,
                submission_id=row.id if row else None,
                title=row.title if row else "",
                track=row.track if row else "",
                region=row.region if row else "",
                ask_cents=row.ask_cents if row else 0,
                state=row.state if row else "none",
                version=(row.version or 0) if row else 0,
                submitted_at=row.submitted_at if row else None,
                extended_until_at=extended.get(team.id),
            )
        )
    return rows


def count_submitted(event_id: int) -> int:
    """Return how many submissions were handed in."""
    query = select(func.count()).where(
        Submission.event_id == event_id, Submission.state == "submitted"
    )
    return db.session.scalar(query) or 0


def _read_extensions(team_ids: Sequence[int]) -> dict[int, datetime]:
    """Return the end that was granted last to each team."""
    rows = db.session.execute(
        select(DeadlineExtension.team_id, DeadlineExtension.until_at)
        .where(DeadlineExtension.team_id.in_(team_ids))
        .order_by(DeadlineExtension.id)
    )
    return {row.team_id: row.until_at for row in rows}


def find_extension(team_id: int) -> datetime | None:
    """Return until when a team's deadline was extended."""
    return _read_extensions([team_id]).get(team_id)


def deadline_of(event: EventView, extended_until_at: datetime | None = None) -> datetime | None:
    """Return when a team's hand-in closes: the end of submission (or jam), or the extension."""
    span = event.span_of(Phase.SUBMISSION) or event.span_of(Phase.JAM)
    ends = [span.ends_at] if span else []
    if extended_until_at is not None:
        ends.append(extended_until_at)
    return max(ends, default=None)


def find_state_for_user(user_id: int, event: EventView) -> TeamState | None:
    """Return where a person's team stands with its submission; None without a team."""
    team_ids = teams.list_team_ids_of(user_id, event.id)
    team = teams.find_team(team_ids[0]) if team_ids else None
    if team is None:
        return None
    draft = find_draft(team.id)
    return TeamState(
        team_id=team.id,
        team_name=team.name,
        state=draft.state if draft.id is not None else "none",
        deadline_at=deadline_of(event, find_extension(team.id)),
        submitted_at=draft.submitted_at,
        missing=len(list_missing(draft.checks(is_money_at_stake=event.budget_cents > 0))),
    )


def find_file_home(upload_id: int) -> FileHome | None:
    """Return the submission that a file belongs to, now or in a snapshot that was handed in."""
    row = db.session.execute(
        select(Submission.event_id, Submission.team_id, Submission.id)
        .join(SubmissionFile, SubmissionFile.submission_id == Submission.id)
        .where(SubmissionFile.upload_id == upload_id)
    ).first()
    return FileHome(*row) if row else None
