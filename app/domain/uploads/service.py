"""Keep files that people add."""

import secrets

from app import clock
from app.core.ids import encode
from app.core.policy import Action, Actor, decide
from app.db import transaction
from app.domain.journal.service import record
from app.domain.uploads import queries
from app.domain.uploads.content import check_file
from app.domain.uploads.models import Upload
from app.domain.uploads.queries import Purpose, UploadView
from app.errors import Denied, Invalid
from app.storage import FileStore
from app.translation import gettext as _

UPLOADS_A_PERSON_MAX = 200
PUBLIC_ID_LENGTH = 20


def store_upload(
    actor: Actor,
    event_id: int,
    purpose: Purpose,
    file_name: str,
    data: bytes,
    *,
    files: FileStore,
    bytes_max: int,
) -> UploadView:
    """Check a file by its content and keep it; raises Denied, and Invalid with a reason."""
    verdict = decide(actor, Action.UPLOAD_FILE)
    if not verdict:
        raise Denied(reason=verdict.reason)
    if len(data) > bytes_max:
        megabytes = bytes_max // (1024 * 1024)
        raise Invalid(
            _("This file is too large: at most %(count)s MB.", count=megabytes), field="file"
        )
    if queries.count_uploads(event_id, actor.user_id) >= UPLOADS_A_PERSON_MAX:
        raise Invalid(_("You have added 200 files to this event already."), field="file")
    checked = check_file(file_name, data, is_picture_wanted=purpose is Purpose.IDEA)
    # The bytes come first: without its row a file is unseen, without its file a row is broken.
    digest = files.put(checked.data)
    with transaction() as session:
        upload = Upload(
            public_id=encode(secrets.token_bytes(24), PUBLIC_ID_LENGTH),
            owner_id=actor.user_id,
            event_id=event_id,
            sha256=digest,
            file_name=checked.file_name,
            media_type=checked.media_type,
            size_bytes=len(checked.data),
            purpose=purpose.value,
            created_at=clock.now(),
        )
        session.add(upload)
        session.flush()
        record(
            "file.added",
            "file",
            upload.public_id,
            actor_id=actor.user_id,
            event_id=event_id,
            name=checked.file_name,
        )
        return UploadView(
            upload.id,
            upload.public_id,
            upload.owner_id,
            event_id,
            digest,
            checked.file_name,
            checked.media_type,
            upload.size_bytes,
            purpose,
        )
