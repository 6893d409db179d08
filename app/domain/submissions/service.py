"""Write, hand in and freeze a team's submission."""

from datetime import datetime

from app import clock
from app.core.policy import Action, Actor, decide
from app.core.submission_check import Item, fingerprint, list_missing
from app.core.texts import typed_text
from app.db import transaction
from app.domain.journal import service as journal
from app.domain.programmes import queries as programmes
from app.domain.programmes.queries import EventView
from app.domain.submissions import queries
from app.domain.submissions.facts import submission_facts
from app.domain.submissions.inputs import (
    FILES_MAX,
    LABEL_CHARACTERS_MAX,
    REASON_CHARACTERS_MAX,
    DraftInput,
    LineInput,
    check_draft,
    too_long,
)
from app.domain.submissions.models import (
    DeadlineExtension,
    Snapshot,
    Submission,
    SubmissionFile,
)
from app.domain.submissions.rows import content_of, open_row, read_row, write_row
from app.domain.submissions.views import DraftView, SnapshotView
from app.domain.teams import queries as teams
from app.domain.teams.queries import TeamView
from app.domain.uploads.queries import Purpose
from app.domain.uploads.service import store_upload
from app.errors import Conflict, Denied, Invalid, Missing
from app.storage import FileStore
from app.translation import gettext as _

__all__ = [
    "DraftInput",
    "Incomplete",
    "LineInput",
    "StaleDraft",
    "attach_file",
    "extend_deadline",
    "hand_in",
    "lock_submission",
    "remove_file",
    "save_draft",
]


class StaleDraft(Conflict):
    """Somebody of the team saved in between; `theirs` is what stands now."""

    def __init__(self, theirs: DraftView) -> None:
        super().__init__(
            _("Somebody of your team saved a newer draft meanwhile. Yours is still here: compare.")
        )
        self.theirs = theirs


class Incomplete(Invalid):
    """The checklist has open items that must be done before handing in."""

    def __init__(self, missing: tuple[Item, ...]) -> None:
        super().__init__(_("Some parts are still missing. Your draft is kept."))
        self.missing = missing


def save_draft(actor: Actor, team_id: int, given: DraftInput, revision: int) -> int:
    """Store a team's draft and return the revision that the next save must name.

    Saving what is stored already changes nothing. Raises Denied, Missing, InvalidDraft, and
    StaleDraft when somebody else saved since `revision`.
    """
    checked = check_draft(given)
    with transaction() as session:
        event, team = _require(actor, Action.EDIT_SUBMISSION, team_id)
        row = open_row(session, event, team)
        if read_row(session, row) == checked:
            return row.revision
        if row.revision != revision:
            raise StaleDraft(queries.find_draft(team_id))
        write_row(session, row, checked)
        _touch(row, actor)
        return row.revision


def hand_in(actor: Actor, team_id: int, revision: int) -> SnapshotView:
    """Freeze the draft for the jury; again before the deadline makes a new version.

    Handing in what was handed in already makes none. Raises Denied, Missing, StaleDraft, and
    Incomplete with the items of the checklist that are open.
    """
    with transaction() as session:
        event, team = _require(actor, Action.EDIT_SUBMISSION, team_id)
        row = open_row(session, event, team)
        draft = queries.find_draft(team_id)
        if row.revision != revision:
            raise StaleDraft(draft)
        missing = list_missing(draft.checks(is_money_at_stake=event.budget_cents > 0))
        if missing:
            raise Incomplete(missing)
        content = content_of(event, team, draft)
        sha256 = fingerprint(content)
        latest = queries.find_snapshot(row.id)
        if latest is not None and latest.sha256 == sha256:
            return latest
        now = clock.now()
        snapshot = Snapshot(
            submission_id=row.id,
            version=latest.version + 1 if latest else 1,
            content=content,
            sha256=sha256,
            frozen_at=now,
        )
        session.add(snapshot)
        row.state, row.submitted_at, row.submitted_by = "submitted", now, actor.user_id
        session.flush()
        _note(actor, "submission.handed_in", row, version=snapshot.version, sha256=snapshot.sha256)
        return SnapshotView(
            snapshot.id, row.id, snapshot.version, content, sha256, snapshot.frozen_at
        )


def attach_file(
    actor: Actor,
    team_id: int,
    file_name: str,
    data: bytes,
    *,
    label: str = "",
    files: FileStore,
    bytes_max: int,
) -> int:
    """Add a file to the draft and return its id; raises Denied, Missing, Invalid."""
    label = typed_text(label)
    if len(label) > LABEL_CHARACTERS_MAX:
        raise Invalid(too_long(LABEL_CHARACTERS_MAX), field="label")
    with transaction() as session:
        event, team = _require(actor, Action.EDIT_SUBMISSION, team_id)
        row = open_row(session, event, team)
        if len(queries.find_draft(team_id).files) >= FILES_MAX:
            raise Invalid(
                _("%(count)s files are the most. Remove one first.", count=FILES_MAX), field="file"
            )
        upload = store_upload(
            actor,
            event.id,
            Purpose.SUBMISSION,
            file_name,
            data,
            files=files,
            bytes_max=bytes_max,
        )
        file = SubmissionFile(submission_id=row.id, upload_id=upload.id, label=label)
        session.add(file)
        row.updated_at = clock.now()
        session.flush()
        _note(actor, "submission.file_added", row, file=upload.public_id)
        return file.id


def remove_file(actor: Actor, team_id: int, file_id: int) -> None:
    """Take a file out of the draft; what was handed in keeps it. Raises Denied, Missing."""
    with transaction() as session:
        event, team = _require(actor, Action.EDIT_SUBMISSION, team_id)
        row = open_row(session, event, team)
        file = session.get(SubmissionFile, file_id)
        if file is None or file.submission_id != row.id or file.removed_at is not None:
            raise Missing(f"file {file_id}")
        row.updated_at = file.removed_at = clock.now()
        _note(actor, "submission.file_removed", row, file=file_id)


def extend_deadline(actor: Actor, team_id: int, until_at: datetime, reason: str) -> None:
    """Give one team more time, with a reason that the journal keeps.

    Raises Denied, Missing, Invalid, and Conflict once the jury has begun to score it.
    """
    reason = typed_text(reason)
    with transaction() as session:
        event, team = _require(actor, Action.EXTEND_DEADLINE, team_id)
        if not reason:
            raise Invalid(_("Say why. The reason is kept in the journal."), field="reason")
        if len(reason) > REASON_CHARACTERS_MAX:
            raise Invalid(too_long(REASON_CHARACTERS_MAX), field="reason")
        if until_at <= clock.now():
            raise Invalid(_("Choose a moment that is still to come."), field="until_at")
        if queries.is_locked(team_id):
            raise Conflict(
                _("The jury has begun to score this submission, so it stays as it was handed in.")
            )
        session.add(
            DeadlineExtension(
                team_id=team_id,
                until_at=until_at,
                reason=reason,
                granted_by=actor.user_id,
                granted_at=clock.now(),
            )
        )
        journal.record(
            "submission.deadline_extended",
            "team",
            team_id,
            actor_id=actor.user_id,
            event_id=event.id,
            team=team.name,
            until_at=until_at.isoformat(),
            reason=reason,
        )


def lock_submission(submission_id: int) -> None:
    """Close a submission at its first score, so that all jurors judge the same; for the jury."""
    with transaction() as session:
        row = session.get(Submission, submission_id)
        if row is None:
            raise Missing(f"submission {submission_id}")
        if row.locked_at is None:
            row.locked_at = clock.now()


def _require(actor: Actor, action: Action, team_id: int) -> tuple[EventView, TeamView]:
    team = teams.find_team(team_id)
    event = programmes.find_event_by_id(team.event_id) if team else None
    if team is None or event is None:
        raise Missing(f"team {team_id}")
    verdict = decide(actor, action, submission_facts(actor, event, team))
    if not verdict:
        raise Denied(reason=verdict.reason)
    return event, team


def _touch(row: Submission, actor: Actor) -> None:
    row.revision += 1
    row.updated_at, row.updated_by = clock.now(), actor.user_id


def _note(actor: Actor, action: str, row: Submission, **detail: object) -> None:
    journal.record(
        action,
        "submission",
        row.id,
        actor_id=actor.user_id,
        event_id=row.event_id,
        team_id=row.team_id,
        **detail,
    )
