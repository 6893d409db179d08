"""What the policy may know of a team's submission."""

from dataclasses import replace

from app import clock
from app.core.phases import Phase
from app.core.policy import Actor, Facts
from app.domain.programmes.queries import EventView
from app.domain.submissions import queries
from app.domain.teams import queries as teams
from app.domain.teams.queries import TeamView


def submission_facts(actor: Actor, event: EventView, team: TeamView) -> Facts:
    """Return the facts of a team's submission for one person, in three queries."""
    extended_until_at = queries.find_extension(team.id)
    membership = None if actor.user_id is None else teams.find_membership(team.id, actor.user_id)
    facts = event.facts()
    is_extended = extended_until_at is not None and clock.now() < extended_until_at
    return replace(
        facts,
        is_member=membership is not None and team.is_published,
        is_lead=membership is not None and membership.is_lead,
        is_locked=queries.is_locked(team.id),
        open_phases=facts.open_phases | ({Phase.SUBMISSION} if is_extended else set()),
    )
