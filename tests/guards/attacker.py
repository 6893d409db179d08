"""What an attacker knows of an event, and how they try it."""

import re
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from app import clock
from app.core.policy import Role
from app.db import Base, db, transaction
from app.domain.accounts.models import User
from app.domain.ideas.models import IdeaComment
from app.domain.jury.models import ConflictOfInterest
from app.domain.moderation.models import Report
from app.domain.programmes.models import AgendaItem
from app.domain.submissions.models import Submission
from app.domain.teams.models import MatchingRun
from tests.factories import Factory
from tests.guards.busy_event import BusyEvent
from tests.visitors import Visitor


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Return the routes that answer a method."""
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or set()))


def address_of(rule: Rule, values: dict[str, str]) -> str:
    """Return a route's address with values for its names."""
    return re.sub(r"<(?:\w+(?:\(.*?\))?:)?(\w+)>", lambda part: values[part[1]], rule.rule)


def make_busy(make: Factory) -> BusyEvent:
    """Return an event with two of everything."""
    event = BusyEvent(make)
    event.grow()
    event.grow()
    return event


def things_of(make: Factory, busy: BusyEvent) -> dict[str, str]:
    """Return what stands in the addresses of an event's things, some made here."""
    now, addresses, team_id = clock.now(), busy.addresses(), busy.team_id
    with make.app.app_context(), transaction() as session:
        submission_id = session.scalars(
            select(Submission.id).where(Submission.event_id == busy.event_id)
        ).first()
        run = MatchingRun(event_id=busy.event_id, state="done", created_at=now)
        conflict = ConflictOfInterest(
            juror_id=busy.juror_id, submission_id=submission_id, source="organiser", reason="-",
            created_at=now,
        )  # fmt: skip
        session.add_all((run, conflict))
        session.flush()
        person = session.get_one(User, busy.participant_id)
        return {
            **addresses,
            "event_slug": "busy",
            "idea_id": "1",
            "comment_id": str(session.scalars(select(IdeaComment.id)).first()),
            "assignment_id": addresses["sheet"],
            "conflict_id": str(conflict.id),
            "juror_id": str(busy.juror_id),
            "run_id": str(run.id),
            "public_id": person.public_id,
            "item_id": str(session.scalars(select(AgendaItem.id)).first()),
            "report_id": str(session.scalars(select(Report.id)).first()),
            "team_id": str(team_id),
            "submission_id": str(submission_id),
            "shortlist_id": "1",
        }


def make_attacker(make: Factory) -> Visitor:
    """Return somebody with every role, in an event of their own."""
    event_id = make.event(slug="own", are_teams_published=True)
    user_id = make.member(event_id, Role.ORGANISER)
    for role in (Role.FACILITATOR, Role.PARTICIPANT, Role.MENTOR, Role.JUROR):
        make.join(event_id, user_id, role)
    return make.visitor(user_id)


def everything_of(make: Factory, busy: BusyEvent) -> dict[str, str]:
    """Return a value for every name that stands in an address of this site."""
    addresses = busy.addresses()
    return {
        **things_of(make, busy), "token": "t", "code": "CODE1", "note_id": "n", "number": "1",
        "programme_slug": addresses["programme"], "board_id": addresses["board"],
        "filename": "none",
    }  # fmt: skip


def send(visitor: Visitor, method: str, address: str) -> int:
    """Return the status of a page, or of an empty form with its token."""
    if method == "GET":
        return visitor.get(address).status_code
    token = visitor.csrf_token("/profile")
    return visitor.client.post(address, data={"csrf_token": token}).status_code


def dump(make: Factory) -> dict[str, list[str]]:
    """Return every row of every table."""
    with make.app.app_context():
        rows = {
            table.name: sorted(map(repr, db.session.execute(table.select())))
            for table in Base.metadata.sorted_tables
        }
        db.session.rollback()
        return rows
