"""People, programmes and events for tests, with sensible values for all that is not named."""

import itertools
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app import clock
from app.core.phases import ORDER, Phase
from app.core.policy import Role
from app.core.submission_check import CANVAS_SECTIONS, fingerprint
from app.db import transaction
from app.domain.accounts.models import User
from app.domain.jury.models import Juror
from app.domain.programmes.models import Event, EventPhase, Membership, Programme
from app.domain.submissions.models import BudgetLine, Snapshot, Submission
from app.domain.teams.models import Team, TeamMember
from tests.visitors import Visitor


class Factory:
    """Makes rows; each method returns an id, so that nothing outlives its session."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._numbers = itertools.count(1)

    def user(self, name: str | None = None, **values: object) -> int:
        """Make a person with a confirmed address."""
        number = next(self._numbers)
        values = {
            "public_id": f"u{number:09d}",
            "email": f"person{number}@example.org",
            "email_verified_at": clock.now(),
            "display_name": name or f"Person {number}",
            "created_at": clock.now(),
            **values,
        }
        with self.app.app_context(), transaction() as session:
            user = User(**values)
            session.add(user)
            session.flush()
            return user.id

    def admin(self) -> int:
        """Make an administrator."""
        return self.user(is_admin=True)

    def event(
        self,
        phase: Phase | None = Phase.IDEAS,
        *,
        slug: str | None = None,
        members: dict[int, Role] | None = None,
        **values: object,
    ) -> int:
        """Make a published event of a published programme, in the given phase now.

        Each phase lasts ten days; `phase=None` leaves the event without phases.
        """
        number = next(self._numbers)
        now = clock.now()
        event_values = {
            "slug": slug or f"event-{number}",
            "name": f"Event {number}",
            "starts_at": now - timedelta(days=1),
            "ends_at": now + timedelta(days=1),
            "join_code": f"CODE{number}",
            "is_published": True,
            "created_at": now,
            **values,
        }
        with self.app.app_context(), transaction() as session:
            programme = Programme(
                slug=f"programme-{number}",
                name=f"Programme {number}",
                is_published=True,
                created_at=now,
            )
            session.add(programme)
            session.flush()
            event = Event(programme_id=programme.id, **event_values)
            session.add(event)
            session.flush()
            if phase is not None:
                for position, each in enumerate(ORDER):
                    shift = timedelta(days=10 * (position - ORDER.index(phase)))
                    session.add(
                        EventPhase(
                            event_id=event.id,
                            phase=each,
                            starts_at=now + shift - timedelta(days=1),
                            ends_at=now + shift + timedelta(days=9),
                        )
                    )
            for user_id, role in (members or {}).items():
                session.add(
                    Membership(user_id=user_id, event_id=event.id, role=role, created_at=now)
                )
            return event.id

    def member(self, event_id: int, role: Role = Role.PARTICIPANT, **values: object) -> int:
        """Make a person who holds a role in an event."""
        user_id = self.user(**values)  # type: ignore[arg-type]
        self.join(event_id, user_id, role)
        return user_id

    def join(self, event_id: int, user_id: int, role: Role = Role.PARTICIPANT) -> None:
        """Give a person a role in an event."""
        with self.app.app_context(), transaction() as session:
            session.add(
                Membership(user_id=user_id, event_id=event_id, role=role, created_at=clock.now())
            )

    def go_to(self, event_id: int, phase: Phase) -> None:
        """Move an event's dates so that the given phase runs now."""
        now = clock.now()
        with self.app.app_context(), transaction() as session:
            for row in session.scalars(select(EventPhase).where(EventPhase.event_id == event_id)):
                shift = timedelta(days=10 * (ORDER.index(Phase(row.phase)) - ORDER.index(phase)))
                row.starts_at = now + shift - timedelta(days=1)
                row.ends_at = now + shift + timedelta(days=9)

    def team(
        self, event_id: int, *user_ids: int, state: str = "published", **values: object
    ) -> int:
        """Make a team; the first person leads it."""
        number = next(self._numbers)
        with self.app.app_context(), transaction() as session:
            team = Team(
                event_id=event_id,
                **{"name": f"Team {number}", "state": state, "created_at": clock.now(), **values},
            )
            session.add(team)
            session.flush()
            for place, user_id in enumerate(user_ids):
                session.add(
                    TeamMember(
                        team_id=team.id,
                        event_id=event_id,
                        user_id=user_id,
                        is_lead=place == 0,
                        answer="accepted",
                        joined_at=clock.now(),
                    )
                )
            return team.id

    def submission(
        self,
        event_id: int,
        *user_ids: int,
        title: str | None = None,
        track: str = "",
        ask_cents: int = 100_000,
    ) -> int:
        """Make a submission that was handed in, of a new team."""
        number = next(self._numbers)
        team_id = self.team(event_id, *user_ids)
        title = title or f"Project {number}"
        content = {
            "event_id": event_id, "team_id": team_id, "team_name": f"Team {number}",
            "title": title, "summary": "What we want to do.", "track": track, "region": "",
            "canvas": dict.fromkeys(CANVAS_SECTIONS, "Some words."), "video_url": "",
            "ask_cents": ask_cents, "currency": "EUR",
            "budget": [{"label": "All of it", "amount_cents": ask_cents}], "files": [],
        }  # fmt: skip
        now = clock.now()
        with self.app.app_context(), transaction() as session:
            row = Submission(
                event_id=event_id, team_id=team_id, state="submitted", revision=1, title=title,
                summary=content["summary"], track=track, region="", canvas=content["canvas"],
                video_url="", ask_cents=ask_cents, submitted_at=now, updated_at=now,
            )  # fmt: skip
            session.add(row)
            session.flush()
            session.add(
                BudgetLine(
                    submission_id=row.id, position=0, label="All of it", amount_cents=ask_cents
                )
            )
            session.add(
                Snapshot(
                    submission_id=row.id,
                    version=1,
                    content=content,
                    sha256=fingerprint(content),
                    frozen_at=now,
                )
            )
            return row.id

    def juror(self, event_id: int, **values: object) -> int:
        """Make a person on the panel of an event, without any conflict; return the juror's id."""
        number = next(self._numbers)
        user_id = self.member(event_id, Role.JUROR, email=f"juror@house{number}.example")
        with self.app.app_context(), transaction() as session:
            juror = Juror(
                event_id=event_id,
                user_id=user_id,
                **{"pseudonym": f"Juror {number}", "created_at": clock.now(), **values},
            )
            session.add(juror)
            session.flush()
            return juror.id

    def visitor(self, user_id: int | None = None) -> Visitor:
        """Return a browser, signed in as a person when one is named."""
        visitor = Visitor(self.app)
        return visitor.sign_in_as(user_id) if user_id is not None else visitor
