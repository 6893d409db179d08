"""The organisers' list of submissions."""

from flask import g, render_template, request

from app import clock
from app.access import allow, event_scope
from app.core.policy import Action
from app.domain.submissions import queries
from app.web.navigation import organiser_places
from app.web.submissions.blueprint import bp

PAGE_SIZE = 25


@bp.get("/e/<event_slug>/submissions")
@allow(Action.EXTEND_DEADLINE, event_scope)
def list_submissions(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show where every team stands with its submission."""
    rows = queries.list_submissions(g.event.id)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "submissions/list.html",
        rows=rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        total=len(rows),
        handed_in=sum(row.state == "submitted" for row in rows),
        deadline_at=queries.deadline_of(g.event),
        now_at=clock.now(),
        page=page,
        pages=pages,
        subnav_items=organiser_places(g.event),
    )
