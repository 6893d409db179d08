"""A person's events, and their page in one of them."""

from datetime import datetime

from flask import Blueprint, g, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import clock
from app.access import Scope, allow, event_scope, find_actor, is_allowed
from app.core.phases import Phase
from app.core.policy import Action, Role
from app.domain.programmes import queries
from app.domain.programmes.queries import EventView
from app.domain.submissions.queries import deadline_of
from app.domain.submissions.views import TeamState
from app.web.event_words import KIND_LABELS, ROLE_LABELS
from app.web.progress import read_situation
from app.web.schedule import phase_rows, upcoming_rows, when_short
from app.web.steps import card_for

bp = Blueprint("home", __name__)


@bp.get("/now")
@allow(Action.USE_ACCOUNT)
def events() -> str | Response:
    """Go to the one event that runs, or list all events of the person."""
    found = queries.list_events_of(current_user.id)
    may_create = is_allowed(Action.CREATE_PROGRAMME)
    if may_create:
        programmes = queries.list_all_programmes()
    else:
        programmes = queries.list_organised_programmes(current_user.id)
    now = clock.now()
    current = [event for event in found if not _is_behind(event, now)]
    if len(current) == 1 and not programmes:
        return redirect(url_for("home.now", event_slug=current[0].slug))
    rows = [(event, when_short(event), KIND_LABELS[event.kind]) for event in found]
    return render_template(
        "home/events.html",
        coming=[row for row in reversed(rows) if row[0] in current],
        past=[row for row in rows if row[0] not in current],
        programmes=programmes,
        may_create=may_create,
    )


def _is_behind(event: EventView, now: datetime) -> bool:
    """Whether nothing is left to do in an event but to read its results."""
    return event.ends_at <= now and not event.facts().open_phases - {Phase.RESULTS}


@bp.get("/e/<event_slug>/now")
@allow(Action.VIEW_HOME, event_scope)
def now(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show what to do now, what comes next, the team and the deadline."""
    event: EventView = g.event
    actor = find_actor(event_id=event.id, programme_id=event.programme_id)
    situation = read_situation(event, actor)
    return render_template(
        "home/now.html",
        card=card_for(situation, event),
        team=situation.team,
        submission=situation.submission,
        phases=phase_rows(event),
        agenda_rows=upcoming_rows(queries.list_agenda(event.id), event),
        deadline_at=_deadline(event, situation.submission),
        now_at=clock.now(),
        roles=[ROLE_LABELS[role] for role in Role if role in actor.roles],
        is_participant=Role.PARTICIPANT in actor.roles,
        may_leave=is_allowed(
            Action.LEAVE_EVENT, Scope(event.id, event.programme_id, event.facts())
        ),
    )


def _deadline(event: EventView, submission: TeamState | None) -> datetime | None:
    """Return when handing in ends, for the person's team once there is one."""
    deadline_at = submission.deadline_at if submission else deadline_of(event)
    is_ahead = deadline_at is not None and deadline_at > clock.now()
    return deadline_at if is_ahead else None
