"""Matching runs: asked for by an organiser, done by a job, seen while they work."""

import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update

from app import clock
from app.core.policy import Action, Actor, Facts, decide
from app.db import db, transaction
from app.domain.ideas import queries as ideas
from app.domain.journal.service import record
from app.domain.programmes import queries as programmes
from app.domain.programmes.queries import EventView
from app.domain.teams.facts import problem_data
from app.domain.teams.models import MatchingRun, Team, TeamMember
from app.errors import Conflict, Denied, Invalid, Missing
from app.translation import gettext as _

EFFORTS = ("fast", "normal", "thorough")
WEIGHTS = ("pref", "cov", "breadth", "sec", "bal", "solo")
_UNDER_WAY = ("queued", "running")
# Progress is stored at most this often, so that a run does not wear the disk.
_PROGRESS_EVERY_S = 0.3


def request_run(
    actor: Actor,
    event_id: int,
    *,
    effort: str = "fast",
    seed: int = 0,
    weights: Mapping[str, float] | None = None,
    keeps_pins: bool = False,
) -> int:
    """Store the wish for a run and return its id; the caller enqueues the job.

    Raises Denied, Invalid, and Conflict while another run is under way.
    """
    _require(actor)
    chosen = {name: float(value) for name, value in (weights or {}).items()}
    if effort not in EFFORTS:
        raise Invalid(_("Choose one of the list."), field="effort")
    if not set(chosen) <= set(WEIGHTS) or any(not 0 <= value <= 1 for value in chosen.values()):
        raise Invalid(_("A weight lies between 0 and 1."), field="weights")
    with transaction() as session:
        # Two organisers at once: the second waits here, and then finds the first one's run.
        programmes.lock_event(event_id)
        busy = session.scalar(
            select(MatchingRun.id).where(
                MatchingRun.event_id == event_id, MatchingRun.state.in_(_UNDER_WAY)
            )
        )
        if busy is not None:
            raise Conflict(_("A matching is under way already. Wait for it, or cancel it."))
        run = MatchingRun(
            event_id=event_id,
            seed=seed,
            effort=effort,
            settings={"weights": chosen, "keeps_pins": keeps_pins},
            started_by=actor.user_id,
            created_at=clock.now(),
        )
        session.add(run)
        session.flush()
        record("matching.started", "matching_run", run.id, actor_id=actor.user_id,
               event_id=event_id, effort=effort, seed=seed)  # fmt: skip
        return run.id


def cancel_run(actor: Actor, event_id: int, run_id: int) -> None:
    """Ask a run to stop; one that has not begun is cancelled at once. Raises Denied, Missing."""
    _require(actor)
    with transaction() as session:
        run = session.get(MatchingRun, run_id)
        if run is None or run.event_id != event_id:
            raise Missing(str(run_id))
        # Asked a second time, it is closed here: its worker may be gone, and never hear of it.
        is_unheard = run.state == "running" and run.is_cancel_requested
        run.is_cancel_requested = True
        if run.state == "queued" or is_unheard:
            run.state, run.finished_at = "cancelled", clock.now()
        record("matching.cancelled", "matching_run", run_id, actor_id=actor.user_id,
               event_id=event_id)  # fmt: skip


def fail_interrupted_runs() -> int:
    """Close runs that a stopped worker left behind; called when a worker starts."""
    with transaction() as session:
        result = session.execute(
            update(MatchingRun)
            .where(MatchingRun.state == "running")
            .values(state="failed", message="interrupted", finished_at=clock.now())
        )
        return int(result.rowcount)  # type: ignore[attr-defined]


def list_queued_runs() -> list[int]:
    """Return the runs that wait for a worker, in their order."""
    query = select(MatchingRun.id).where(MatchingRun.state == "queued").order_by(MatchingRun.id)
    return list(db.session.scalars(query))


def perform_run(run_id: int) -> None:
    """Do a run: read the problem, form teams, store them as proposals.

    Never leaves a run open: it ends as done, cancelled, infeasible or failed.
    """
    with transaction() as session:
        run = session.get(MatchingRun, run_id)
        if run is None or run.state != "queued":
            return
        run.state = "running"
        event = programmes.find_event_by_id(run.event_id)
        settings, seed, effort = dict(run.settings), run.seed, run.effort
    try:
        if event is None:
            raise Missing(str(run_id))
        _solve(run_id, event, settings, seed=seed, effort=effort)
    except Exception:
        _finish(run_id, "failed", message="failed")
        raise


def _solve(
    run_id: int, event: EventView, settings: dict[str, Any], *, seed: int, effort: str
) -> None:
    # The solver loads scipy and scikit-learn, which pages must never pay for.
    from app.core.matching import (  # noqa: PLC0415
        Cancelled,
        ProblemError,
        check_problem,
        form_teams,
        parse_problem,
    )

    keeps_pins = bool(settings.get("keeps_pins"))
    data = problem_data(event, settings, keeps_pins=keeps_pins)
    if len(data["people"]) < event.team_size_min:
        _finish(run_id, "infeasible", message="too_few_people")
        return
    try:
        problem = parse_problem(data)
    except ProblemError as error:
        _finish(run_id, "infeasible", message=str(error))
        return
    contradictions = check_problem(problem)
    if contradictions:
        _finish(run_id, "infeasible", report={"contradictions": _plain(contradictions)})
        return
    meter = _Meter(run_id)
    try:
        result = form_teams(
            problem, seed=seed, effort=effort,
            warm=_present_places(event.id) if keeps_pins else None,
            on_progress=meter.show, is_cancelled=meter.is_cancelled,
        )  # fmt: skip
    except Cancelled:
        _finish(run_id, "cancelled")
        return
    if result.evaluation.violations:
        violations = _plain(result.evaluation.violations)
        _finish(run_id, "infeasible", report={"contradictions": violations})
        return
    _store(run_id, event, result)


class _Meter:
    """Writes progress down from time to time, and looks whether to stop."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id
        self.next_s = 0.0
        self.is_stopped = False

    def show(self, share: float) -> None:
        if time.monotonic() < self.next_s:
            return
        self.next_s = time.monotonic() + _PROGRESS_EVERY_S
        with transaction() as session:
            session.execute(
                update(MatchingRun)
                .where(MatchingRun.id == self.run_id)
                .values(progress=round(min(share, 1.0), 3))
            )
            self.is_stopped = bool(
                session.scalar(
                    select(MatchingRun.is_cancel_requested).where(MatchingRun.id == self.run_id)
                )
            )

    def is_cancelled(self) -> bool:
        return self.is_stopped


def _present_places(event_id: int) -> dict[Any, Any]:
    rows = db.session.execute(
        select(TeamMember.user_id, TeamMember.team_id).where(TeamMember.event_id == event_id)
    )
    return {row.user_id: row.team_id for row in rows}


def _plain(notices: Any) -> list[dict[str, Any]]:
    return [
        {
            "code": notice.code,
            "values": dict(notice.values),
            "people": list(notice.people),
            "teams": list(notice.teams),
        }
        for notice in notices
    ]


def _finish(
    run_id: int, state: str, *, message: str = "", report: dict[str, Any] | None = None
) -> None:
    with transaction() as session:
        run = session.get(MatchingRun, run_id)
        if run is None or run.state != "running":
            return
        run.state, run.message, run.report, run.finished_at = state, message, report, clock.now()


def _store(run_id: int, event: EventView, result: Any) -> None:
    """Put the proposed teams in the place of the earlier proposals, in one commit."""
    reports = {str(team.team): team for team in result.evaluation.teams}
    titles = ideas.list_titles({team.idea for team in reports.values() if team.idea is not None})
    reasons = {explanation.person: explanation for explanation in result.explanations}
    with transaction() as session:
        run = session.get(MatchingRun, run_id)
        if run is None or run.state != "running":
            return  # closed by somebody else meanwhile
        if run.is_cancel_requested:
            _finish(run_id, "cancelled")
            return
        pinned = set(
            session.scalars(
                select(TeamMember.user_id).where(
                    TeamMember.event_id == event.id, TeamMember.is_pinned.is_(True)
                )
            )
        )
        session.execute(delete(Team).where(Team.event_id == event.id, Team.state == "proposed"))
        used: dict[str, int] = {}
        for number, slot in enumerate(reports.values(), 1):
            title = titles[slot.idea].title if slot.idea in titles else _("Team %(n)s", n=number)
            used[title] = used.get(title, 0) + 1
            team = Team(
                event_id=event.id,
                idea_id=slot.idea,
                run_id=run_id,
                name=(title if used[title] == 1 else f"{title} {used[title]}")[:120],
                working_language=slot.shared_languages[0] if slot.shared_languages else None,
                created_at=clock.now(),
            )
            session.add(team)
            session.flush()
            session.add_all(
                TeamMember(
                    team_id=team.id, event_id=event.id, user_id=person, joined_at=clock.now(),
                    is_pinned=person in pinned,
                    reasons=_plain(reasons[person].reasons) if person in reasons else [],
                )
                for person in slot.members
            )  # fmt: skip
        evaluation = result.evaluation
        run.state, run.progress, run.finished_at = "done", 1.0, clock.now()
        run.report = {
            "score": round(evaluation.score, 3),
            "terms": {name: round(getattr(evaluation.terms, name), 4) for name in WEIGHTS},
            "warnings": _plain(evaluation.warnings),
            "iterations": result.iterations,
        }
        record("matching.done", "matching_run", run_id, actor_id=run.started_by,
               event_id=event.id, score=run.report["score"], teams=len(reports))  # fmt: skip


def _require(actor: Actor) -> None:
    verdict = decide(actor, Action.RUN_MATCHING, Facts())
    if not verdict:
        raise Denied(reason=verdict.reason)
