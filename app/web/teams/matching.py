"""The organiser's matching room: run, look, move by hand, publish."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import allow, current_actor, event_scope
from app.core.policy import Action, Role
from app.domain.accounts import queries as accounts
from app.domain.ideas import queries as ideas
from app.domain.programmes import people as members
from app.domain.teams import queries, service
from app.domain.teams.queries import RunView
from app.errors import Conflict, Missing
from app.hub.binding import close_sockets
from app.jobs.mail import send_mail
from app.jobs.matching import run_matching
from app.jobs.queue import enqueue
from app.web.links import public_url_for
from app.web.navigation import organiser_places
from app.web.teams.blueprint import bp
from app.web.teams.wording import contradiction_sentences, cover_rows
from app.workflows.publish_teams import publish_teams

Page = str | Response | tuple[str, int]
PEOPLE_A_PAGE = 25
# What an organiser chooses between, and how much each term then counts.
STRATEGIES: dict[str, dict[str, float]] = {
    "balanced": {},
    "wishes": {"pref": 0.6, "cov": 0.2, "breadth": 0.05, "sec": 0.1, "bal": 0.05},
    "skills": {"pref": 0.15, "cov": 0.5, "breadth": 0.15, "sec": 0.1, "bal": 0.1},
}


@bp.get("/e/<event_slug>/matching")
@allow(Action.RUN_MATCHING, event_scope)
def matching_room(event_slug: str) -> Page:
    """Show where the matching stands and the teams that it proposes."""
    event_id = g.event.id
    run = queries.find_latest_run(event_id)
    teams = queries.list_teams(event_id, state=queries.PROPOSED)
    published = queries.count_teams(event_id, queries.PUBLISHED)
    waiting = _without_team(event_id)
    page = max(1, request.args.get("waiting", 1, type=int))
    shown = waiting[(page - 1) * PEOPLE_A_PAGE : page * PEOPLE_A_PAGE]
    named = set(shown) | {person for notice in _notices(run) for person in notice["people"]}
    people = accounts.list_people(named)
    return render_template(
        "teams/matching.html",
        run=run,
        run_text=_progress_text(run) if run else "",
        teams=[(team, cover_rows(team)) for team in teams],
        published=published,
        waiting=[people[user_id] for user_id in shown],
        waiting_count=len(waiting),
        waiting_page=page,
        waiting_pages=max(1, -(-len(waiting) // PEOPLE_A_PAGE)),
        subnav_items=organiser_places(g.event),
        problems=_problems(run, {key: view.display_name for key, view in people.items()}),
        counts={
            "people": len(waiting) + len(queries.list_placed_ids(event_id)),
            "ideas": ideas.count_ideas(event_id),
            "ranked": len(ideas.list_rankings(event_id)),
        },
        pinned=sum(member.is_pinned for team in teams for member in team.members),
        targets=[(team.id, team.name) for team in teams]
        or [(team.id, team.name) for team in queries.list_published_teams(event_id)],
        page_url=url_for("teams.matching_room", event_slug=event_slug),
    )


def _without_team(event_id: int) -> list[int]:
    placed = queries.list_placed_ids(event_id)
    return [
        user_id
        for user_id in members.list_member_ids(event_id, Role.PARTICIPANT)
        if user_id not in placed
    ]


def _notices(run: RunView | None) -> list[dict[str, list[int]]]:
    found: list[dict[str, list[int]]] = (run.report or {}).get("contradictions", []) if run else []
    return found


def _problems(run: RunView | None, names: dict[int, str]) -> list[str]:
    if run is None or run.state not in {"infeasible", "failed"}:
        return []
    if run.message == "too_few_people":
        return [_("There are fewer people without a team than one team needs.")]
    if run.state == "failed":
        return [_("The run stopped before its end. The teams are as they were; start it again.")]
    return contradiction_sentences(run.report, names) or [run.message]


@bp.post("/e/<event_slug>/matching/run")
@allow(Action.RUN_MATCHING, event_scope)
def start_matching(event_slug: str) -> Page:
    """Start a run in the background."""
    strategy = request.form.get("strategy", "balanced")
    latest = queries.find_latest_run(g.event.id)
    try:
        run_id = service.request_run(
            current_actor(),
            g.event.id,
            effort=request.form.get("effort", "fast"),
            seed=(latest.seed + 1) if latest else 0,
            weights=STRATEGIES.get(strategy, {}),
            keeps_pins=request.form.get("keeps_pins") == "y",
        )
    except Conflict as refusal:
        flash(refusal.message, "error")
    else:
        enqueue(run_matching, run_id)
    return redirect(url_for("teams.matching_room", event_slug=event_slug))


@bp.get("/e/<event_slug>/matching/runs/<int:run_id>")
@allow(Action.RUN_MATCHING, event_scope)
def matching_progress(event_slug: str, run_id: int) -> dict[str, object]:
    """Answer how far a run is, for pages without a socket."""
    run = queries.find_run(run_id)
    if run is None or run.event_id != g.event.id:
        raise Missing(event_slug)
    return progress_of(run)


def progress_of(run: RunView) -> dict[str, object]:
    """Return what the progress line is told."""
    state = {"queued": "running", "infeasible": "failed"}.get(run.state, run.state)
    return {"state": state, "share": run.progress, "text": _progress_text(run)}


def _progress_text(run: RunView) -> str:
    texts = {
        "queued": _("Waiting for its turn."),
        "running": _("Forming teams: %(percent)s %% done.", percent=round(run.progress * 100)),
        "done": _("Teams are proposed."),
        "cancelled": _("Cancelled. The teams are as they were."),
        "infeasible": _("No teams can be formed under these rules."),
        "failed": _("The run stopped before its end."),
    }
    return texts[run.state]


@bp.post("/e/<event_slug>/matching/runs/<int:run_id>/cancel")
@allow(Action.RUN_MATCHING, event_scope)
def cancel_matching(event_slug: str, run_id: int) -> Page:
    """Stop a run; the teams stay as they were."""
    service.cancel_run(current_actor(), g.event.id, run_id)
    flash(_("The run is being stopped. The teams stay as they were."), "toast")
    return redirect(url_for("teams.matching_room", event_slug=event_slug))


@bp.post("/e/<event_slug>/matching/place")
@allow(Action.RUN_MATCHING, event_scope)
def place(event_slug: str) -> Page:
    """Move a person into a team, or out of every team (`team_id` empty)."""
    user_id = request.form.get("user_id", 0, type=int)
    team_id = request.form.get("team_id", type=int)
    back = url_for("teams.matching_room", event_slug=event_slug)
    try:
        before = service.place_member(current_actor(), g.event.id, user_id, team_id)
    except Conflict as refusal:
        flash(refusal.message, "error")
        return redirect(back)
    close_sockets(user_id)
    person = accounts.list_people({user_id})[user_id].display_name
    undo = url_for("teams.undo_place", event_slug=event_slug, user_id=user_id, team_id=before or "")
    flash(
        {
            "text": _("%(person)s is moved.", person=person),
            "undo_url": undo,
            "undo_label": _("Undo"),
        },  # type: ignore[arg-type]  # base.html takes a dict for toasts with an undo
        "toast",
    )
    return redirect(back)


@bp.post("/e/<event_slug>/matching/place/undo")
@allow(Action.RUN_MATCHING, event_scope)
def undo_place(event_slug: str) -> Page:
    """Put a person back where they were."""
    user_id = request.args.get("user_id", 0, type=int)
    team_id = request.args.get("team_id", type=int)
    service.place_member(current_actor(), g.event.id, user_id, team_id)
    close_sockets(user_id)
    flash(_("Moved back."), "toast")
    return redirect(url_for("teams.matching_room", event_slug=event_slug))


@bp.post("/e/<event_slug>/matching/pin")
@allow(Action.RUN_MATCHING, event_scope)
def pin(event_slug: str) -> Page:
    """Pin a person to their team for the next run, or take the pin off."""
    user_id = request.form.get("user_id", 0, type=int)
    is_pinned = request.form.get("is_pinned") == "1"
    service.pin_member(current_actor(), g.event.id, user_id, is_pinned)
    return redirect(url_for("teams.matching_room", event_slug=event_slug))


@bp.route("/e/<event_slug>/matching/publish", methods=["GET", "POST"])
@allow(Action.RUN_MATCHING, event_scope)
def publish(event_slug: str) -> Page:
    """Ask once, then show the teams to their members and write to each."""
    if request.method == "GET" or "confirmed" not in request.form:
        return render_template(
            "teams/publish.html", count=queries.count_teams(g.event.id, queries.PROPOSED)
        )
    try:
        team_ids = publish_teams(current_actor(), g.event.id)
    except Conflict as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("teams.matching_room", event_slug=event_slug))
    _write_to_members(event_slug, team_ids)
    flash(
        ngettext("%(num)s team is published.", "%(num)s teams are published.", len(team_ids)),
        "toast",
    )
    return redirect(url_for("teams.list_teams", event_slug=event_slug))


def _write_to_members(event_slug: str, team_ids: list[int]) -> None:
    for team_id, name, address in queries.list_letters(team_ids):
        link = public_url_for("teams.show_team", event_slug=event_slug, team_id=team_id)
        send_mail(address, "team_published", team=name, event_name=g.event.name, link=link)
