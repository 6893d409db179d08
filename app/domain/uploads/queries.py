"""Read what is known of uploaded files."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.domain.uploads.models import Upload


class Purpose(StrEnum):
    """What a file was added for; it decides who may open it."""

    IDEA = "idea"
    SUBMISSION = "submission"


@dataclass(frozen=True)
class UploadView:
    """A stored file."""

    id: int
    public_id: str
    owner_id: int | None
    event_id: int
    sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    purpose: Purpose

    @property
    def is_picture(self) -> bool:
        """Whether a page may show it in place."""
        return self.media_type.startswith("image/")


_COLUMNS = (
    Upload.id,
    Upload.public_id,
    Upload.owner_id,
    Upload.event_id,
    Upload.sha256,
    Upload.file_name,
    Upload.media_type,
    Upload.size_bytes,
    Upload.purpose,
)


def find_upload(public_id: str) -> UploadView | None:
    """Return a file by its public id."""
    row = db.session.execute(select(*_COLUMNS).where(Upload.public_id == public_id)).one_or_none()
    return _view(row) if row else None


def list_uploads(upload_ids: Collection[int]) -> dict[int, UploadView]:
    """Return files by id, in one query."""
    rows = db.session.execute(select(*_COLUMNS).where(Upload.id.in_(upload_ids)))
    return {row.id: _view(row) for row in rows}


def count_uploads(event_id: int, owner_id: int | None) -> int:
    """Return how many files a person added to an event."""
    query = select(func.count(Upload.id)).where(
        Upload.event_id == event_id, Upload.owner_id == owner_id
    )
    return db.session.scalar(query) or 0


def _view(row: Any) -> UploadView:
    return UploadView(**{**row._mapping, "purpose": Purpose(row.purpose)})
