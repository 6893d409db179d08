"""Read what people agreed to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.people import CONSENT_VERSIONS, Consent
from app.db import db
from app.domain.accounts.models import Consent as ConsentRow


@dataclass(frozen=True)
class ConsentView:
    """A consent that stands, and to which version of its text."""

    kind: Consent
    version: str
    given_at: datetime

    @property
    def is_current(self) -> bool:
        """Whether the text is still the one that was agreed to."""
        return self.version == CONSENT_VERSIONS[self.kind]


def list_consents(user_id: int) -> dict[Consent, ConsentView]:
    """Return the consents of a person that stand, the latest of each kind."""
    rows = db.session.execute(
        select(ConsentRow.kind, ConsentRow.version, ConsentRow.given_at)
        .where(ConsentRow.user_id == user_id, ConsentRow.withdrawn_at.is_(None))
        .order_by(ConsentRow.id)
    )
    return {
        Consent(row.kind): ConsentView(Consent(row.kind), row.version, row.given_at) for row in rows
    }


def has_consented(user_id: int, kind: Consent) -> bool:
    """Return whether a person agrees to the present version of a text."""
    standing = list_consents(user_id)
    return kind in standing and standing[kind].is_current


def list_consenting(user_ids: set[int], kind: Consent) -> set[int]:
    """Return those of the people who agree to the present version of a text, in one query."""
    return set(
        db.session.scalars(
            select(ConsentRow.user_id).where(
                ConsentRow.user_id.in_(user_ids),
                ConsentRow.kind == kind,
                ConsentRow.version == CONSENT_VERSIONS[kind],
                ConsentRow.withdrawn_at.is_(None),
            )
        )
    )
