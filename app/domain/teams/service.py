"""Teams: moved by hand, published, answered, led and left."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.core.policy import Action, Actor, Facts, Role, decide
from app.db import transaction
from app.domain.ideas import queries as ideas
from app.domain.journal.service import record
from app.domain.programmes import people as members
from app.domain.programmes import queries as programmes
from app.domain.teams import queries
from app.domain.teams.matching import (
    cancel_run,
    fail_interrupted_runs,
    list_queued_runs,
    perform_run,
    request_run,
)
from app.domain.teams.models import Team, TeamMember
from app.errors import Conflict, Denied, Invalid, Missing
from app.translation import gettext as _

__all__ = [
    "answer_placement",
    "cancel_run",
    "create_team",
    "fail_interrupted_runs",
    "leave_team",
    "list_queued_runs",
    "perform_run",
    "pin_member",
    "place_member",
    "publish_teams",
    "rename_team",
    "request_run",
    "set_lead",
]

REASON_CHARACTERS_MAX = 500


def place_member(actor: Actor, event_id: int, user_id: int, team_id: int | None) -> int | None:
    """Put a person into a team, or out of every team; returns the team they were in before.

    Works on proposals and on published teams alike; in a published one the person is a member
    at once. Raises Denied, Missing, and Conflict when the team is full.
    """
    _require(actor, Action.RUN_MATCHING)
    with transaction() as session:
        if user_id not in members.list_member_ids(event_id, Role.PARTICIPANT):
            raise Missing(str(user_id))
        place = _find_place(session, event_id, user_id)
        before = place.team_id if place else None
        if before == team_id:
            return before
        if team_id is None:
            session.delete(place)
        else:
            team = _get_team(session, event_id, team_id)
            _demand_room(session, event_id, team)
            if place is not None:
                session.delete(place)
                session.flush()
            session.add(
                TeamMember(
                    team_id=team_id,
                    event_id=event_id,
                    user_id=user_id,
                    joined_at=clock.now(),
                    answer="accepted" if team.state == queries.PUBLISHED else "proposed",
                    reasons=[{"code": "moved", "values": {}, "people": [], "teams": []}],
                )
            )
        _note(actor, "team.member_placed", event_id, team_id or before, user_id=user_id,
              before=before, after=team_id)  # fmt: skip
        return before


def pin_member(actor: Actor, event_id: int, user_id: int, is_pinned: bool) -> None:
    """Keep a person where they are when the matching runs again; raises Denied, Missing."""
    _require(actor, Action.RUN_MATCHING)
    with transaction() as session:
        place = _find_place(session, event_id, user_id)
        if place is None:
            raise Missing(str(user_id))
        place.is_pinned = is_pinned
        _note(actor, "team.pinned" if is_pinned else "team.unpinned", event_id, place.team_id,
              user_id=user_id)  # fmt: skip


def create_team(
    actor: Actor,
    event_id: int,
    name: str,
    *,
    idea_id: int | None = None,
    is_published: bool = False,
) -> int:
    """Make an empty team by hand; raises Denied, Missing, Invalid."""
    _require(actor, Action.RUN_MATCHING)
    name = _check_name(name)
    if idea_id is not None:
        idea = ideas.find_idea(idea_id)
        if idea is None or idea.event_id != event_id:
            raise Missing(str(idea_id))
    with transaction() as session:
        team = Team(
            event_id=event_id,
            idea_id=idea_id,
            name=name,
            state=queries.PUBLISHED if is_published else queries.PROPOSED,
            created_at=clock.now(),
            published_at=clock.now() if is_published else None,
        )
        session.add(team)
        session.flush()
        _note(actor, "team.created", event_id, team.id, name=name)
        return team.id


def rename_team(actor: Actor, team_id: int, name: str) -> None:
    """Give a team another name; organisers and its lead may. Raises Denied, Missing, Invalid."""
    name = _check_name(name)
    with transaction() as session:
        team = session.get(Team, team_id)
        if team is None:
            raise Missing(str(team_id))
        _require(actor, Action.EDIT_TEAM, _facts(session, actor, team))
        team.name = name
        _note(actor, "team.renamed", team.event_id, team_id, name=name)


def publish_teams(actor: Actor, event_id: int) -> list[int]:
    """Show the proposed teams to their members and return their ids.

    An idea's owner leads the team that works on it; elsewhere the first member leads until the
    team chooses. Raises Denied, and Conflict when nothing is proposed or a team breaks the sizes.
    """
    _require(actor, Action.RUN_MATCHING)
    with transaction() as session:
        teams = session.scalars(
            select(Team)
            .where(Team.event_id == event_id, Team.state == queries.PROPOSED)
            .order_by(Team.id)
            .with_for_update()
        ).all()
        filled = [team for team in teams if _places(session, team.id)]
        if not filled:
            raise Conflict(_("There are no proposed teams to publish."))
        for team in teams:
            if team not in filled:
                session.delete(team)
        for team in filled:
            team.state, team.published_at = queries.PUBLISHED, clock.now()
            _choose_lead(session, team)
        _note(actor, "teams.published", event_id, None, teams=len(filled))
        return [team.id for team in filled]


def answer_placement(actor: Actor, team_id: int, *, accepts: bool, reason: str = "") -> None:
    """Accept one's place, or ask for a change with a reason; raises Denied, Missing, Invalid."""
    reason = reason.strip()
    if not accepts and not reason:
        raise Invalid(_("Say in a few words what should change."), field="reason")
    if len(reason) > REASON_CHARACTERS_MAX:
        raise Invalid(
            _("Use at most %(count)s characters.", count=REASON_CHARACTERS_MAX), field="reason"
        )
    with transaction() as session:
        team, place = _own_place(session, actor, team_id, Action.ANSWER_PLACEMENT)
        place.answer = "accepted" if accepts else "change_requested"
        place.change_reason = "" if accepts else reason
        act = "team.accepted" if accepts else "team.change_requested"
        _note(actor, act, team.event_id, team_id)


def set_lead(actor: Actor, team_id: int, user_id: int) -> None:
    """Make a member the team's lead; organisers and the present lead may.

    Raises Denied and Missing.
    """
    with transaction() as session:
        team = session.get(Team, team_id)
        if team is None:
            raise Missing(str(team_id))
        _require(actor, Action.EDIT_TEAM, _facts(session, actor, team))
        place = _find_place(session, team.event_id, user_id)
        if place is None or place.team_id != team_id:
            raise Missing(str(user_id))
        session.execute(
            update(TeamMember).where(TeamMember.team_id == team_id).values(is_lead=False)
        )
        place.is_lead = True
        _note(actor, "team.lead_changed", team.event_id, team_id, user_id=user_id)


def leave_team(actor: Actor, team_id: int) -> None:
    """Leave a published team; the next member leads when the lead goes. Raises Denied, Missing."""
    with transaction() as session:
        team, place = _own_place(session, actor, team_id, Action.LEAVE_TEAM)
        session.delete(place)
        session.flush()
        if place.is_lead:
            _choose_lead(session, team)
        _note(actor, "team.left", team.event_id, team_id, user_id=actor.user_id)


def _check_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("Give the team a name."), field="name")
    if len(name) > 120:
        raise Invalid(_("Use at most %(count)s characters.", count=120), field="name")
    return name


def _own_place(
    session: Session, actor: Actor, team_id: int, action: Action
) -> tuple[Team, TeamMember]:
    team = session.get(Team, team_id)
    if team is None or team.state != queries.PUBLISHED:
        raise Missing(str(team_id))
    _require(actor, action, _facts(session, actor, team))
    place = _find_place(session, team.event_id, actor.user_id or 0)
    if place is None or place.team_id != team_id:
        raise Missing(str(team_id))
    return team, place


def _facts(session: Session, actor: Actor, team: Team) -> Facts:
    place = _find_place(session, team.event_id, actor.user_id or 0)
    is_member = place is not None and place.team_id == team.id and team.state == queries.PUBLISHED
    return Facts(is_member=is_member, is_lead=is_member and place is not None and place.is_lead)


def _find_place(session: Session, event_id: int, user_id: int) -> TeamMember | None:
    return session.scalar(
        select(TeamMember).where(TeamMember.event_id == event_id, TeamMember.user_id == user_id)
    )


def _get_team(session: Session, event_id: int, team_id: int) -> Team:
    team = session.get(Team, team_id)
    if team is None or team.event_id != event_id:
        raise Missing(str(team_id))
    return team


def _places(session: Session, team_id: int) -> list[TeamMember]:
    return list(
        session.scalars(
            select(TeamMember).where(TeamMember.team_id == team_id).order_by(TeamMember.id)
        )
    )


def _demand_room(session: Session, event_id: int, team: Team) -> None:
    event = programmes.find_event_by_id(event_id)
    if event is None:
        raise Missing(str(event_id))
    if len(_places(session, team.id)) >= event.team_size_max:
        raise Conflict(
            _(
                "“%(team)s” is full: a team has at most %(count)s people.",
                team=team.name,
                count=event.team_size_max,
            )
        )


def _choose_lead(session: Session, team: Team) -> None:
    places = _places(session, team.id)
    if not places:
        return
    idea = ideas.find_idea(team.idea_id) if team.idea_id is not None else None
    owner = next((place for place in places if idea and place.user_id == idea.owner_id), None)
    for place in places:
        place.is_lead = False
    (owner or places[0]).is_lead = True


def _require(actor: Actor, action: Action, facts: Facts | None = None) -> None:
    verdict = decide(actor, action, facts)
    if not verdict:
        raise Denied(reason=verdict.reason)


def _note(actor: Actor, action: str, event_id: int, team_id: int | None, **detail: object) -> None:
    record(action, "team", team_id or 0, actor_id=actor.user_id, event_id=event_id, **detail)
