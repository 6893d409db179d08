"""Read teams and their members."""

from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.domain.teams.models import Team, TeamMember


@dataclass(frozen=True)
class TeamView:
    """A team by name."""

    id: int
    event_id: int
    idea_id: int | None
    name: str
    state: str

    @property
    def is_published(self) -> bool:
        """Whether its members know of it."""
        return self.state == "published"


@dataclass(frozen=True)
class MembershipView:
    """A person's place in a team."""

    team_id: int
    user_id: int
    is_lead: bool


def find_team(team_id: int) -> TeamView | None:
    """Return a team by its id."""
    row = db.session.execute(
        select(Team.id, Team.event_id, Team.idea_id, Team.name, Team.state).where(
            Team.id == team_id
        )
    ).one_or_none()
    return TeamView(*row) if row else None


def find_membership(team_id: int, user_id: int) -> MembershipView | None:
    """Return a person's place in a team."""
    row = db.session.execute(
        select(TeamMember.team_id, TeamMember.user_id, TeamMember.is_lead).where(
            TeamMember.team_id == team_id, TeamMember.user_id == user_id
        )
    ).one_or_none()
    return MembershipView(*row) if row else None


def list_team_ids_of(user_id: int, event_id: int) -> list[int]:
    """Return the published teams of an event in which a person is; none or one."""
    return list(
        db.session.scalars(
            select(TeamMember.team_id)
            .join(Team, Team.id == TeamMember.team_id)
            .where(
                TeamMember.user_id == user_id,
                TeamMember.event_id == event_id,
                Team.state == "published",
            )
            .order_by(TeamMember.team_id)
        )
    )


def list_published_teams(event_id: int) -> list[TeamView]:
    """Return an event's published teams by name."""
    rows = db.session.execute(
        select(Team.id, Team.event_id, Team.idea_id, Team.name, Team.state)
        .where(Team.event_id == event_id, Team.state == "published")
        .order_by(Team.name, Team.id)
    )
    return [TeamView(*row) for row in rows]


def list_member_ids(event_id: int) -> dict[int, frozenset[int]]:
    """Return the people of each published team of an event."""
    members: dict[int, set[int]] = {}
    for team_id, user_id in db.session.execute(
        select(TeamMember.team_id, TeamMember.user_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(Team.event_id == event_id, Team.state == "published")
    ):
        members.setdefault(team_id, set()).add(user_id)
    return {team_id: frozenset(user_ids) for team_id, user_ids in members.items()}
