"""What the matching must know of an event, as the plain data of its headless contract."""

from collections.abc import Mapping
from typing import Any

from app.core.policy import Role
from app.domain.accounts import queries as accounts
from app.domain.ideas import queries as ideas
from app.domain.programmes import people as members
from app.domain.programmes.queries import EventView
from app.domain.teams import queries


def problem_data(
    event: EventView, settings: Mapping[str, Any], *, keeps_pins: bool = False
) -> dict[str, Any]:
    """Return the event's matching problem (design: the headless contract of `flask match`).

    Participants who are in a published team stay there and are left out. With `keeps_pins`
    the proposed teams are the slots, and their pinned members stay in them.
    """
    placed = queries.list_placed_ids(event.id, state="published")
    user_ids = [
        user_id
        for user_id in members.list_member_ids(event.id, Role.PARTICIPANT)
        if user_id not in placed
    ]
    profiles = accounts.list_matching_profiles(set(user_ids))
    rankings = ideas.list_rankings(event.id)
    slots, pins = _slots_and_pins(event.id) if keeps_pins else ([], {})
    needs = ideas.list_needed_skills(event.id)
    problem: dict[str, Any] = {
        "min_size": event.team_size_min,
        "max_size": event.team_size_max,
        "ideas": [{"idea": idea_id, "required": required} for idea_id, required in needs.items()],
        "people": [
            {
                "id": user_id,
                "skills": profiles[user_id].skills,
                "sector": profiles[user_id].sector,
                "languages": list(profiles[user_id].languages),
                "ranked_ideas": rankings.get(user_id, []),
                "pin_team": pins.get(user_id),
            }
            for user_id in user_ids
        ],
        "weights": dict(settings.get("weights", {})),
    }
    if slots:
        problem["teams"] = slots
    return problem


def _slots_and_pins(event_id: int) -> tuple[list[dict[str, Any]], dict[int, int]]:
    teams = queries.list_teams(event_id, state="proposed")
    slots = [{"team": team.id, "idea": team.idea_id} for team in teams]
    pins = {
        member.person.id: team.id for team in teams for member in team.members if member.is_pinned
    }
    return slots, pins
