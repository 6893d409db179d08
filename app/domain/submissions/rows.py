"""A team's submission as rows: opened under lock, compared, written, frozen; for its commands."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.core.policy import Reason
from app.domain.programmes.queries import EventView
from app.domain.submissions.inputs import CheckedDraft
from app.domain.submissions.models import BudgetLine, Submission
from app.domain.submissions.views import DraftView
from app.domain.teams.queries import TeamView
from app.errors import Denied


def open_row(session: Session, event: EventView, team: TeamView) -> Submission:
    """Return the team's row under lock, made at the first save."""
    own = select(Submission).where(Submission.team_id == team.id).with_for_update()
    row = session.scalar(own)
    if row is not None:
        # Asked again under the lock: the jury may have scored it since the facts were read.
        if row.locked_at is not None:
            raise Denied(reason=Reason.LOCKED)
        return row
    try:
        with session.begin_nested():
            row = Submission(
                event_id=event.id,
                team_id=team.id,
                state="draft",
                revision=0,
                title="",
                summary="",
                track="",
                region="",
                canvas={},
                video_url="",
                ask_cents=0,
                updated_at=clock.now(),
            )
            session.add(row)
        return row
    except IntegrityError:  # a team mate's first save came first
        return session.scalars(own).one()


def read_row(session: Session, row: Submission) -> CheckedDraft:
    """Return what stands in the same form as what comes in."""
    lines = session.execute(
        select(BudgetLine.label, BudgetLine.amount_cents)
        .where(BudgetLine.submission_id == row.id)
        .order_by(BudgetLine.position)
    )
    return CheckedDraft(
        title=row.title,
        summary=row.summary,
        track=row.track,
        region=row.region,
        canvas=row.canvas,
        video_url=row.video_url,
        ask_cents=row.ask_cents,
        lines=tuple((line.label, line.amount_cents) for line in lines),
    )


def write_row(session: Session, row: Submission, checked: CheckedDraft) -> None:
    """Store a checked draft in its row, with its budget line by line."""
    row.title, row.summary = checked.title, checked.summary
    row.track, row.region = checked.track, checked.region
    row.canvas, row.video_url = checked.canvas, checked.video_url
    row.ask_cents = checked.ask_cents
    session.execute(delete(BudgetLine).where(BudgetLine.submission_id == row.id))
    session.add_all(
        BudgetLine(submission_id=row.id, position=position, label=label, amount_cents=cents)
        for position, (label, cents) in enumerate(checked.lines)
    )


def content_of(event: EventView, team: TeamView, draft: DraftView) -> dict[str, object]:
    """Return what is frozen; plain values only, so that everybody gets the same fingerprint."""
    return {
        "event_id": event.id,
        "team_id": team.id,
        "team_name": team.name,
        "title": draft.title,
        "summary": draft.summary,
        "track": draft.track,
        "region": draft.region,
        "canvas": draft.canvas or {},
        "video_url": draft.video_url,
        "ask_cents": draft.ask_cents,
        "currency": event.currency,
        "budget": [
            {"label": line.label, "amount_cents": line.amount_cents} for line in draft.lines
        ],
        "files": [
            {
                "public_id": file.upload.public_id,
                "file_name": file.upload.file_name,
                "label": file.label,
                "media_type": file.upload.media_type,
                "size_bytes": file.upload.size_bytes,
                "sha256": file.upload.sha256,
            }
            for file in draft.files
        ],
    }
