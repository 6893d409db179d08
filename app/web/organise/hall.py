"""The hall's screen: what happens now, how long it lasts, what comes next, how to get in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template
from flask_babel import gettext as _

from app import clock
from app.access import allow, current_event, event_scope
from app.core.phases import Phase, PhaseSpan
from app.core.policy import Action
from app.domain.funding import queries as funding
from app.domain.programmes import queries
from app.domain.programmes.queries import AgendaView, EventView
from app.domain.submissions import queries as submissions
from app.domain.teams import queries as teams
from app.web.event_words import PHASE_LABELS
from app.web.links import public_url_for
from app.web.organise.blueprint import bp
from app.web.organise.codes import draw_code
from app.web.schedule import AgendaRow, clock_time, point_in_time, upcoming_rows

# From here on days say more than a clock of hours.
CLOCK_MAX = timedelta(hours=48)


@dataclass(frozen=True)
class Until:
    """What the clock runs towards."""

    label: str
    at: datetime

    @property
    def days(self) -> int:
        """Whole days left; 0 as long as a clock says more."""
        left = self.at - clock.now()
        return left.days if left >= CLOCK_MAX else 0


@dataclass(frozen=True)
class HandIn:
    """How many teams have handed in."""

    done: int
    teams: int


@bp.get("/e/<event_slug>/hall")
@allow(Action.MODERATE, event_scope)
def hall(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show the projector's screen."""
    event = current_event()
    now = clock.now()
    programme = queries.find_programme_by_id(event.programme_id)
    agenda = queries.list_agenda(event.id)
    running = next((item for item in agenda if item.starts_at <= now < item.ends_at), None)
    until = _until(event, running, agenda)
    return render_template(
        "organise/hall.html",
        programme=programme,
        kicker=_kicker(event, running),
        heading=_heading(event, running),
        until=until,
        now_at=now,
        coming=_coming(event, agenda),
        handed_in=_handed_in(event),
        qr_code=draw_code(public_url_for("programmes.join", code=event.join_code)),
        address=public_url_for("programmes.enter_code"),
    )


def _span(event: EventView) -> PhaseSpan | None:
    return event.standing().current


def _kicker(event: EventView, running: AgendaView | None) -> str:
    span = _span(event)
    if span is None:
        return running.title if running else ""
    if span.phase is Phase.SUBMISSION and running:
        return _("Now: %(what)s", what=running.title)
    return _("Now: %(what)s", what=PHASE_LABELS[span.phase])


def _heading(event: EventView, running: AgendaView | None) -> str:
    """Return the one thing to read from the last row: the hand-in, the agenda, or the phase."""
    span = _span(event)
    if span and span.phase is Phase.SUBMISSION:
        return _("Hand in your project by %(time)s", time=clock_time(span.ends_at, event))
    if running:
        return running.title
    if span is None:
        is_over = event.standing().is_over
        return _("Thank you for coming") if is_over else _("Welcome")
    if span.phase is Phase.RESULTS and funding.is_published(event.id):
        return _("The results are out")
    calls = {
        Phase.OPEN: _("Join, and say what you can do"),
        Phase.IDEAS: _("Pitch your idea"),
        Phase.MATCHING: _("Rank the ideas you would work on"),
        Phase.JAM: _("Build it with your team"),
        Phase.JUDGING: _("The jury is at work"),
        Phase.RESULTS: _("The results come soon"),
    }
    return calls[span.phase]


def _until(event: EventView, running: AgendaView | None, agenda: list[AgendaView]) -> Until | None:
    """Return what the clock counts down to: the deadline, the agenda's next turn, the phase."""
    standing = event.standing()
    span, now = standing.current, clock.now()
    if span and span.phase is Phase.SUBMISSION:
        return Until(_("Time left"), span.ends_at)
    if running:
        return Until(_("Time left"), running.ends_at)
    following = next((item for item in agenda if item.starts_at > now), None)
    end_at = span.ends_at if span else standing.upcoming.starts_at if standing.upcoming else None
    if following and (end_at is None or following.starts_at < end_at):
        return Until(_("Until “%(title)s”", title=following.title), following.starts_at)
    if end_at is None:
        return None
    return Until(_("Time left") if span else _("It begins in"), end_at)


def _coming(event: EventView, agenda: list[AgendaView]) -> list[AgendaRow]:
    """Return the next two lines of the agenda; without any, the next phase."""
    now = clock.now()
    rows = upcoming_rows([item for item in agenda if item.starts_at > now], event, 2)
    upcoming = event.standing().upcoming
    if rows or upcoming is None:
        return rows
    title = str(PHASE_LABELS[upcoming.phase])
    return [AgendaRow(point_in_time(upcoming.starts_at, event), "", title, "", "next")]


def _handed_in(event: EventView) -> HandIn | None:
    if Phase.SUBMISSION not in event.facts().open_phases:
        return None
    total = teams.count_teams(event.id, teams.PUBLISHED)
    return HandIn(submissions.count_submitted(event.id), total) if total else None
