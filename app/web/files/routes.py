"""Give a file; what it was added for decides who may have it."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, current_app, send_file
from werkzeug.wrappers import Response

from app.access import Scope, allow, find_actor, require
from app.core.policy import Action
from app.domain.jury import queries as jury
from app.domain.programmes import queries as programmes
from app.domain.programmes.queries import EventView
from app.domain.submissions import queries as submissions
from app.domain.submissions.facts import submission_facts
from app.domain.teams import queries as teams
from app.domain.uploads.queries import Purpose, UploadView, find_upload
from app.errors import Missing
from app.storage import FileStore

bp = Blueprint("files", __name__)
# Even opened by itself, a file runs nothing and loads nothing.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@bp.get("/files/<public_id>")
@allow(Action.VIEW_SITE)
def download(public_id: str) -> Response:
    """Show a picture in place, and give everything else to be saved."""
    upload = find_upload(public_id)
    event = programmes.find_event_by_id(upload.event_id) if upload else None
    if upload is None or event is None:
        raise Missing(public_id)
    _READERS[upload.purpose](upload, event)
    files: FileStore = current_app.extensions["cojam_files"]
    response = send_file(
        files.path_of(upload.sha256),
        mimetype=upload.media_type,
        as_attachment=not upload.is_picture,
        download_name=upload.file_name,
        etag=upload.sha256,
    )
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _require_ideas(_upload: UploadView, event: EventView) -> None:
    """Pictures of ideas: for whoever may read the event's ideas."""
    require(Action.VIEW_IDEAS, Scope(event.id, event.programme_id, event.facts()))


def _require_submission(upload: UploadView, event: EventView) -> None:
    """Files of a submission: for its team, its jurors and the organisers."""
    actor = find_actor(event_id=event.id, programme_id=event.programme_id)
    home = submissions.find_file_home(upload.id)
    team = teams.find_team(home.team_id) if home else None
    if home is None or team is None:
        # Not yet part of a submission: only the one who added it knows of it.
        if actor.user_id is None or actor.user_id != upload.owner_id:
            raise Missing(upload.public_id)
        return
    facts = submission_facts(actor, event, team)
    if actor.user_id is not None:
        facts = replace(facts, is_assigned=jury.is_judging(actor.user_id, home.submission_id))
    require(Action.VIEW_SUBMISSION, Scope(event.id, event.programme_id, facts))


_READERS: dict[Purpose, Callable[[UploadView, EventView], None]] = {
    Purpose.IDEA: _require_ideas,
    Purpose.SUBMISSION: _require_submission,
}
