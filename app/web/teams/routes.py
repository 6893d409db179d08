"""Teams as their members and everybody else see them."""

from dataclasses import replace

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Scope, allow, current_actor, is_allowed
from app.core.policy import Action
from app.domain.boards import queries as boards
from app.domain.funding.facts import results_facts
from app.domain.jury import queries as jury
from app.domain.submissions import queries as submissions
from app.domain.teams import queries, service
from app.errors import Invalid
from app.hub.binding import close_sockets
from app.web.teams.blueprint import bp, current_team, team_scope, teams_scope
from app.web.teams.wording import cover_rows, language_list, reasons_of

Page = str | Response | tuple[str, int]
TEAMS_A_PAGE = 25


@bp.get("/e/<event_slug>/teams")
@allow(Action.VIEW_TEAMS, teams_scope)
def list_teams(event_slug: str) -> Page:
    """List the published teams, one's own first."""
    page = max(1, request.args.get("page", 1, type=int))
    teams, pages = queries.list_teams_page(g.event.id, page=page, page_size=TEAMS_A_PAGE)
    viewer = current_user.id if current_user.is_authenticated else None
    return render_template(
        "teams/list.html",
        teams=[(team, cover_rows(team)) for team in teams],
        own_ids=set(queries.list_team_ids_of(viewer, g.event.id)) if viewer else set(),
        page=page,
        pages=pages,
        page_url=url_for("teams.list_teams", event_slug=event_slug),
        may_match=is_allowed(Action.RUN_MATCHING, teams_scope(event_slug)),
    )


@bp.get("/e/<event_slug>/teams/<int:team_id>")
@allow(Action.VIEW_TEAM, team_scope)
def show_team(event_slug: str, team_id: int) -> Page:
    """Show a team: who, why, what they can do together, and what comes next."""
    return _team_page(event_slug, team_id)


def _team_page(event_slug: str, team_id: int, *, problem: str = "", typed: str = "") -> Page:
    scope = team_scope(event_slug, team_id)
    team = current_team()
    viewer = current_user.id if current_user.is_authenticated else None
    own = team.member(viewer)
    text = render_template(
        "teams/show.html",
        team=team,
        own=own,
        reasons=reasons_of(own, team) if own else [],
        rows=cover_rows(team, viewer_id=viewer),
        language_list=language_list,
        accepted=sum(member.answer == "accepted" for member in team.members),
        board=boards.find_team_board(team.id),
        may_edit=is_allowed(Action.EDIT_TEAM, scope),
        may_view_board=is_allowed(Action.VIEW_BOARD, scope),
        may_view_submission=is_allowed(Action.VIEW_SUBMISSION, scope),
        may_read_feedback=_may_read_feedback(scope, team_id),
        problem=problem,
        typed=typed,
    )
    return (text, 422) if problem else text


def _may_read_feedback(scope: Scope, team_id: int) -> bool:
    """Return whether the jury has judged the team and the reader may see what it says.

    Asks the database only once scoring has closed.
    """
    if not jury.is_scoring_closed(g.event):
        return False
    facts = replace(results_facts(g.event), is_member=scope.facts.is_member)
    return is_allowed(Action.VIEW_FEEDBACK, replace(scope, facts=facts)) and any(
        each.team_id == team_id for each in submissions.list_handed_in(g.event.id)
    )


@bp.post("/e/<event_slug>/teams/<int:team_id>/answer")
@allow(Action.ANSWER_PLACEMENT, team_scope)
def answer(event_slug: str, team_id: int) -> Page:
    """Accept one's place, or ask for a change."""
    accepts = request.form.get("answer") == "accept"
    reason = request.form.get("reason", "")
    try:
        service.answer_placement(current_actor(), team_id, accepts=accepts, reason=reason)
    except Invalid as refusal:
        return _team_page(event_slug, team_id, problem=refusal.message, typed=reason)
    flash(
        _("You are in. Your team knows.")
        if accepts
        else _("Your wish is with the organisers. You stay in the team until they decide."),
        "toast",
    )
    return redirect(url_for("teams.show_team", event_slug=event_slug, team_id=team_id))


@bp.post("/e/<event_slug>/teams/<int:team_id>/name")
@allow(Action.EDIT_TEAM, team_scope)
def rename(event_slug: str, team_id: int) -> Page:
    """Give the team another name."""
    name = request.form.get("name", "")
    try:
        service.rename_team(current_actor(), team_id, name)
    except Invalid as refusal:
        return _team_page(event_slug, team_id, problem=refusal.message, typed=name)
    flash(_("The team has its new name."), "toast")
    return redirect(url_for("teams.show_team", event_slug=event_slug, team_id=team_id))


@bp.post("/e/<event_slug>/teams/<int:team_id>/lead")
@allow(Action.EDIT_TEAM, team_scope)
def change_lead(event_slug: str, team_id: int) -> Page:
    """Make another member the lead."""
    user_id = request.form.get("user_id", 0, type=int)
    service.set_lead(current_actor(), team_id, user_id)
    flash(_("The team has a new lead."), "toast")
    return redirect(url_for("teams.show_team", event_slug=event_slug, team_id=team_id))


@bp.route("/e/<event_slug>/teams/<int:team_id>/leave", methods=["GET", "POST"])
@allow(Action.LEAVE_TEAM, team_scope)
def leave(event_slug: str, team_id: int) -> Page:
    """Ask once, by name, then leave the team."""
    if request.method == "GET" or "confirmed" not in request.form:
        return render_template("teams/leave.html", team=current_team())
    name = current_team().name
    service.leave_team(current_actor(), team_id)
    close_sockets(current_user.id)
    flash(_("You have left “%(team)s”.", team=name), "toast")
    return redirect(url_for("home.now", event_slug=event_slug))
