"""What everybody may read, and what the jury says to a team."""

from datetime import datetime

from flask import render_template

from app.access import Scope, allow, current_actor, current_event, is_allowed
from app.core.policy import Action
from app.domain.funding import queries
from app.domain.funding.facts import feedback_facts
from app.domain.funding.queries import PUBLISHED, ShortlistView
from app.domain.jury import queries as jury
from app.domain.jury.queries import FEEDBACK_SHEETS_MIN
from app.domain.teams import queries as teams
from app.web.funding.blueprint import bp, current_team, feedback_scope, results_scope
from app.web.funding.presenting import budget_items, hash_parts, mean_row, public_means
from app.web.funding.wording import reason_sentence
from app.web.labels import POLICY_LABELS


@bp.get("/e/<event_slug>/results")
@allow(Action.VIEW_RESULTS, results_scope)
def show_results(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show what is funded, with reasons, and how it was decided."""
    event = current_event()
    view = queries.find_latest(event.id, PUBLISHED)
    if view is None:
        return render_template("funding/no_results.html")
    frozen_at = view.report["rubric"]["frozen_at"]
    return render_template(
        "public/results.html",
        view=view,
        items=budget_items(view),
        reasons={
            each.submission_id: each.public_reason
            or reason_sentence(each.reason_code, each.reason_values, event.currency)
            for each in view.funded
        },
        means={each.submission_id: public_means(each, view.report) for each in view.funded},
        policy=POLICY_LABELS[view.policy],
        frozen_at=datetime.fromisoformat(frozen_at) if frozen_at else None,
        fingerprint=hash_parts(view.report["rubric"]["sha256"]),
        team_id=_own_team_id(view),
    )


def _own_team_id(view: ShortlistView) -> int | None:
    """Return the reader's team, when the jury has judged it and they may read what it says."""
    event, actor = current_event(), current_actor()
    if actor.user_id is None:
        return None
    judged = {each.team_id for each in view.entries}
    for team_id in teams.list_team_ids_of(actor.user_id, event.id):
        team = teams.find_team(team_id) if team_id in judged else None
        if team is not None:
            facts = feedback_facts(actor, event, team)
            scope = Scope(event.id, event.programme_id, facts)
            return team_id if is_allowed(Action.VIEW_FEEDBACK, scope) else None
    return None


@bp.get("/e/<event_slug>/teams/<int:team_id>/feedback")
@allow(Action.VIEW_FEEDBACK, feedback_scope)
def feedback(event_slug: str, team_id: int) -> str:  # noqa: ARG001 — in the address
    """Show a team what the jury says, without saying who."""
    event = current_event()
    found = queries.list_feedback(team_id)
    rubric = jury.find_rubric(event.id)
    scale = (rubric.scale_min, rubric.scale_max) if rubric else (0, 1)
    return render_template(
        "funding/feedback.html",
        team=current_team(),
        feedback=found,
        means=[mean_row(each.name, each.mean, scale) for each in found.means] if found else [],
        scale=scale,
        fewest=FEEDBACK_SHEETS_MIN,
    )
