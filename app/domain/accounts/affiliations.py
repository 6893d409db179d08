"""Where people belong, for finding conflicts of interest; addresses themselves stay here."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.domain.accounts.models import User


@dataclass(frozen=True)
class Affiliation:
    """A person's organisation and the domain of their address, both case-folded."""

    organisation: str
    email_domain: str


def list_affiliations(user_ids: Collection[int]) -> dict[int, Affiliation]:
    """Return people's affiliations, in one query."""
    rows = db.session.execute(
        select(User.id, User.organisation, User.email).where(User.id.in_(user_ids))
    )
    return {
        row.id: Affiliation(
            organisation=" ".join(row.organisation.casefold().split()),
            email_domain=row.email.rpartition("@")[2].casefold(),
        )
        for row in rows
    }


def list_addresses(user_ids: Collection[int]) -> dict[int, str]:
    """Return where letters to people go, in one query; for mail alone, never for pages."""
    rows = db.session.execute(select(User.id, User.email).where(User.id.in_(user_ids)))
    return {row.id: row.email for row in rows}
