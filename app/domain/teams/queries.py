"""Read matching runs, teams and their members."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.core.team_coverage import SkillCover, cover_needs, coverage
from app.db import db
from app.domain.accounts import queries as accounts
from app.domain.accounts.queries import PersonView
from app.domain.ideas import queries as ideas
from app.domain.teams.models import MatchingRun, Team, TeamMember

PROPOSED = "proposed"
PUBLISHED = "published"


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
        return self.state == PUBLISHED


@dataclass(frozen=True)
class MembershipView:
    """A person's place in a team."""

    team_id: int
    user_id: int
    is_lead: bool


@dataclass(frozen=True)
class MemberView:
    """A member as the team's page shows them."""

    person: PersonView
    is_lead: bool
    is_pinned: bool
    answer: str
    change_reason: str
    reasons: tuple[dict[str, Any], ...]
    languages: tuple[str, ...]
    sector: str | None
    skills: tuple[accounts.SkillView, ...]


@dataclass(frozen=True)
class TeamDetail(TeamView):
    """A team with its members and what they cover of the idea's needs."""

    idea_title: str
    idea_language: str
    working_language: str | None
    members: tuple[MemberView, ...]
    cover: tuple[SkillCover, ...]
    skill_names: dict[str, str]

    @property
    def coverage(self) -> float:
        """Share of the needed levels that the team reaches, 0–1."""
        return coverage(self.cover)

    def member(self, user_id: int | None) -> MemberView | None:
        """Return one member."""
        return next((each for each in self.members if each.person.id == user_id), None)


@dataclass(frozen=True)
class RunView:
    """A matching run."""

    id: int
    event_id: int
    state: str
    progress: float
    effort: str
    seed: int
    report: dict[str, Any] | None
    message: str
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether it still waits or works."""
        return self.state in {"queued", "running"}


_TEAM_COLUMNS = (Team.id, Team.event_id, Team.idea_id, Team.name, Team.state)
_RUN_COLUMNS = (
    MatchingRun.id,
    MatchingRun.event_id,
    MatchingRun.state,
    MatchingRun.progress,
    MatchingRun.effort,
    MatchingRun.seed,
    MatchingRun.report,
    MatchingRun.message,
    MatchingRun.created_at,
    MatchingRun.finished_at,
)


def find_team(team_id: int) -> TeamView | None:
    """Return a team by its id."""
    row = db.session.execute(select(*_TEAM_COLUMNS).where(Team.id == team_id)).one_or_none()
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
                Team.state == PUBLISHED,
            )
            .order_by(TeamMember.team_id)
        )
    )


def list_published_teams(event_id: int) -> list[TeamView]:
    """Return an event's published teams by name."""
    rows = db.session.execute(
        select(*_TEAM_COLUMNS)
        .where(Team.event_id == event_id, Team.state == PUBLISHED)
        .order_by(Team.name, Team.id)
    )
    return [TeamView(*row) for row in rows]


def list_member_ids(event_id: int) -> dict[int, frozenset[int]]:
    """Return the people of each published team of an event."""
    members: dict[int, set[int]] = {}
    for team_id, user_id in db.session.execute(
        select(TeamMember.team_id, TeamMember.user_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(Team.event_id == event_id, Team.state == PUBLISHED)
    ):
        members.setdefault(team_id, set()).add(user_id)
    return {team_id: frozenset(user_ids) for team_id, user_ids in members.items()}


def list_placed_ids(event_id: int, *, state: str | None = None) -> set[int]:
    """Return who is in a team of the event, whatever its state or in one state."""
    query = select(TeamMember.user_id).where(TeamMember.event_id == event_id)
    if state is not None:
        query = query.join(Team, Team.id == TeamMember.team_id).where(Team.state == state)
    return set(db.session.scalars(query))


def count_teams(event_id: int, state: str) -> int:
    """Return how many teams of an event are in a state."""
    query = select(func.count()).where(Team.event_id == event_id, Team.state == state)
    return db.session.scalar(query) or 0


def list_teams(event_id: int, *, state: str) -> list[TeamDetail]:
    """Return an event's teams with members and coverage, in six queries."""
    return _read_details(
        select(Team)
        .where(Team.event_id == event_id, Team.state == state)
        .order_by(Team.name, Team.id)
    )


def list_teams_page(event_id: int, *, page: int, page_size: int) -> tuple[list[TeamDetail], int]:
    """Return one page of an event's published teams, and how many pages there are."""
    pages = max(1, -(-count_teams(event_id, PUBLISHED) // page_size))
    page = min(page, pages)
    query = (
        select(Team)
        .where(Team.event_id == event_id, Team.state == PUBLISHED)
        .order_by(Team.name, Team.id)
        .offset((page - 1) * page_size)
        .limit(page_size)
    )
    return _read_details(query), pages


def list_letters(team_ids: Collection[int]) -> list[tuple[int, str, str]]:
    """Return team id, team name and address of every member of some teams, for letters."""
    rows = db.session.execute(
        select(Team.id, Team.name, TeamMember.user_id)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(Team.id.in_(team_ids))
        .order_by(Team.id, TeamMember.id)
    ).all()
    addresses = accounts.list_addresses({row.user_id for row in rows})
    return [(row.id, row.name, addresses[row.user_id]) for row in rows]


def find_team_detail(team_id: int) -> TeamDetail | None:
    """Return one team with members and coverage."""
    teams = _read_details(select(Team).where(Team.id == team_id))
    return teams[0] if teams else None


def _read_details(query: Select[Team]) -> list[TeamDetail]:
    teams = db.session.scalars(query).all()
    if not teams:
        return []
    rows = db.session.scalars(
        select(TeamMember)
        .where(TeamMember.team_id.in_([team.id for team in teams]))
        .order_by(TeamMember.is_lead.desc(), TeamMember.id)
    ).all()
    user_ids = {row.user_id for row in rows}
    profiles = accounts.list_matching_profiles(user_ids)
    shown = ideas.list_titles({team.idea_id for team in teams if team.idea_id is not None})
    needs = ideas.read_skills(shown)
    by_team: dict[int, list[TeamMember]] = {team.id: [] for team in teams}
    for row in rows:
        by_team[row.team_id].append(row)
    return [_detail(team, by_team[team.id], profiles, shown, needs) for team in teams]


def _detail(
    team: Team,
    rows: list[TeamMember],
    profiles: dict[int, accounts.MatchingProfile],
    shown: dict[int, ideas.IdeaTitle],
    needs: dict[int, tuple[ideas.NeededSkill, ...]],
) -> TeamDetail:
    idea = shown.get(team.idea_id or 0)
    needed = needs.get(team.idea_id or 0, ())
    return TeamDetail(
        id=team.id,
        event_id=team.event_id,
        idea_id=team.idea_id,
        name=team.name,
        state=team.state,
        idea_title=idea.title if idea else "",
        idea_language=idea.language if idea else "",
        working_language=team.working_language,
        members=tuple(_member(row, profiles[row.user_id]) for row in rows),
        cover=cover_needs(
            {skill.key: skill.level for skill in needed},
            {row.user_id: profiles[row.user_id].skills for row in rows},
        ),
        skill_names={skill.key: skill.label for skill in needed},
    )


def _member(row: TeamMember, profile: accounts.MatchingProfile) -> MemberView:
    return MemberView(
        person=profile.person,
        is_lead=row.is_lead,
        is_pinned=row.is_pinned,
        answer=row.answer,
        change_reason=row.change_reason,
        reasons=tuple(row.reasons),
        languages=profile.languages,
        sector=profile.sector,
        skills=profile.views,
    )


def find_run(run_id: int) -> RunView | None:
    """Return a matching run by its id."""
    row = db.session.execute(select(*_RUN_COLUMNS).where(MatchingRun.id == run_id)).one_or_none()
    return RunView(*row) if row else None


def find_latest_run(event_id: int) -> RunView | None:
    """Return the newest matching run of an event."""
    row = db.session.execute(
        select(*_RUN_COLUMNS)
        .where(MatchingRun.event_id == event_id)
        .order_by(MatchingRun.id.desc())
        .limit(1)
    ).one_or_none()
    return RunView(*row) if row else None


def is_cancel_requested(run_id: int) -> bool:
    """Return whether the organiser asked a run to stop."""
    return bool(
        db.session.scalar(select(MatchingRun.is_cancel_requested).where(MatchingRun.id == run_id))
    )
