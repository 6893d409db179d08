"""A table of people becomes accounts with a role in an event, in one commit."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.policy import Actor, Role
from app.core.rosters import RosterRow
from app.db import transaction
from app.domain.accounts import queries as account_queries
from app.domain.accounts import service as accounts
from app.domain.programmes import membership as programmes
from app.errors import CojamError


@dataclass(frozen=True)
class RowOutcome:
    """What became of a row: ``added``, ``joined`` (the account was there), ``refused``."""

    row: RosterRow
    state: str
    errors: tuple[str, ...] = ()


class _DryRun(Exception):
    pass


def import_people(
    actor: Actor, event_id: int, rows: Sequence[RosterRow], *, is_dry_run: bool = False
) -> list[RowOutcome]:
    """Store the rows without errors and report on each; a dry run stores nothing.

    Somebody who has an account keeps their own profile and is only added to the event.
    """
    outcomes: list[RowOutcome] = []
    try:
        with transaction():
            outcomes.extend(_store(actor, event_id, row) for row in rows)
            if is_dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcomes


def _store(actor: Actor, event_id: int, row: RosterRow) -> RowOutcome:
    if row.errors:
        return RowOutcome(row, "refused", row.errors)
    try:
        with transaction() as session, session.begin_nested():
            known = account_queries.find_by_email(row.email)
            user_id = known.id if known is not None else _create(row)
            programmes.grant_role(actor, event_id, user_id, Role.PARTICIPANT)
    except CojamError as refusal:
        return RowOutcome(row, "refused", (refusal.message,))
    return RowOutcome(row, "joined" if known is not None else "added")


def _create(row: RosterRow) -> int:
    return accounts.create_user(
        row.email,
        row.name,
        profile=accounts.ProfileInput(sector=row.sector, place=row.place, languages=row.languages),
        skills=[accounts.SkillInput(skill.label, skill.level) for skill in row.skills],
    )
