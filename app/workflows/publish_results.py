"""Publishing results: everybody may read them, and each member of a team gets a letter."""

from dataclasses import dataclass

from app.core.policy import Actor
from app.db import transaction
from app.domain.funding import service
from app.domain.teams import queries as teams


@dataclass(frozen=True)
class ResultLetter:
    """Who is told what; `amount_cents` is 0 for a team that was not chosen."""

    address: str
    team_id: int
    title: str
    amount_cents: int


def publish_results(
    actor: Actor, shortlist_id: int, *, is_confirmed: bool = False
) -> list[ResultLetter]:
    """Publish a shortlist and return the letters to send.

    Raises Denied, Missing, Conflict, Unconfirmed.
    """
    with transaction():
        results = service.publish(actor, shortlist_id, is_confirmed=is_confirmed)
        entries = {each.team_id: each for each in results.entries}
        return [
            ResultLetter(address, team_id, entries[team_id].title, entries[team_id].amount_cents)
            for team_id, _name, address in teams.list_letters(list(entries))
        ]
