"""Moderators take ideas and comments out of sight, and show them again."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, current_actor
from app.core.policy import Action
from app.domain.ideas import listing, service
from app.errors import Missing
from app.web.ideas.blueprint import bp, idea_scope


@bp.post("/e/<event_slug>/ideas/<int:idea_id>/hide")
@allow(Action.MODERATE, idea_scope)
def hide_idea(event_slug: str, idea_id: int) -> Response:
    """Hide an idea, or show it again (`is_hidden` is 0)."""
    is_hidden = request.form.get("is_hidden") != "0"
    actor = current_actor()
    service.set_idea_hidden(actor, idea_id, is_hidden)
    flash(_("The idea is hidden.") if is_hidden else _("The idea can be seen again."), "toast")
    return redirect(url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id))


@bp.post("/e/<event_slug>/ideas/<int:idea_id>/comments/<int:comment_id>/hide")
@allow(Action.MODERATE, idea_scope)
def hide_comment(event_slug: str, idea_id: int, comment_id: int) -> Response:
    """Hide a comment, or show it again (`is_hidden` is 0)."""
    comment = listing.find_comment(comment_id)
    if comment is None or comment.idea_id != idea_id:
        raise Missing(str(comment_id))
    is_hidden = request.form.get("is_hidden") != "0"
    actor = current_actor()
    service.set_comment_hidden(actor, comment_id, is_hidden)
    flash(
        _("The comment is hidden.") if is_hidden else _("The comment can be seen again."), "toast"
    )
    address = url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id)
    return redirect(f"{address}#comment-{comment_id}")
