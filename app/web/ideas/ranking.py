"""My five ideas: choosing and ordering them."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow, current_actor, event_scope, is_allowed, verdict_for
from app.core.policy import Action
from app.domain.ideas import queries, responses
from app.domain.ideas.queries import RANKS_MAX
from app.errors import Invalid
from app.web.errors import explain_refusal
from app.web.ideas.blueprint import bp, current_idea, idea_scope
from app.web.ideas.presenting import foreign
from app.web.ideas.reading import rank_until
from app.web.links import local_path

Page = str | Response | tuple[str, int]


@bp.get("/e/<event_slug>/ranking")
@allow(Action.VIEW_HOME, event_scope)
def show_ranking(event_slug: str) -> Page:
    """Show one's own ranking; to be changed while the event lets people choose."""
    return _ranking_page(event_slug)


def _ranking_page(event_slug: str, problem: str = "") -> Page:
    scope = event_scope(event_slug)
    verdict = verdict_for(Action.RANK_IDEAS, scope)
    ranked = queries.list_ranked(g.event.id, current_user.id)
    text = render_template(
        "ideas/ranking.html",
        ranked=[(idea, foreign(idea.language)) for idea in ranked],
        free=range(len(ranked) + 1, RANKS_MAX + 1),
        may_rank=bool(verdict),
        reason="" if verdict else explain_refusal(verdict.reason),
        problem=problem,
        before=",".join(str(idea.id) for idea in ranked),
        until_at=rank_until(g.event),
        has_pitched=queries.has_pitched(current_user.id, g.event.id),
        may_pitch=is_allowed(Action.PITCH_IDEA, scope),
    )
    return (text, 422) if problem else text


@bp.post("/e/<event_slug>/ranking")
@allow(Action.RANK_IDEAS, event_scope)
def save_ranking(event_slug: str) -> Page:
    """Store the order; without script a button also moves one idea (`act` is "up:12")."""
    order = _sent_order()
    act, _colon, name = request.form.get("act", "").partition(":")
    if act and name.isdecimal() and len(name) < 10 and int(name) in order:
        order = _moved(order, act, int(name))
    try:
        stored_before = responses.rank_ideas(current_actor(), g.event.id, order)
    except Invalid as refusal:
        return _ranking_page(event_slug, refusal.message)
    opened_with = _numbers(request.form.get("before", ""))
    before = opened_with if request.form.get("before") is not None else stored_before
    _flash_with_undo(event_slug, _("Your ranking is saved."), before, order)
    return redirect(url_for("ideas.show_ranking", event_slug=event_slug))


@bp.post("/e/<event_slug>/ranking/autosave")
@allow(Action.RANK_IDEAS, event_scope)
def autosave_ranking(event_slug: str) -> dict[str, bool]:  # noqa: ARG001 — in the address
    """Store the order while it is being made."""
    responses.rank_ideas(current_actor(), g.event.id, _sent_order())
    return {"is_saved": True}


@bp.post("/e/<event_slug>/ranking/undo")
@allow(Action.RANK_IDEAS, event_scope)
def undo_ranking(event_slug: str) -> Page:
    """Bring an earlier order back (`order`, ideas separated by commas)."""
    try:
        responses.rank_ideas(current_actor(), g.event.id, _numbers(request.args.get("order", "")))
    except Invalid as refusal:
        return _ranking_page(event_slug, refusal.message)
    flash(_("Your ranking is as it was before."), "toast")
    return redirect(url_for("ideas.show_ranking", event_slug=event_slug))


@bp.post("/e/<event_slug>/ideas/<int:idea_id>/rank")
@allow(Action.RANK_IDEAS, idea_scope)
def rank_one(event_slug: str, idea_id: int) -> Response:
    """Put an idea at the end of one's five, or take it off (`is_ranked` is 0)."""
    title = current_idea().title
    back = local_path(request.form.get("next")) or url_for(
        "ideas.show_idea", event_slug=event_slug, idea_id=idea_id
    )
    try:
        if request.form.get("is_ranked") == "0":
            before = responses.remove_from_ranking(current_actor(), g.event.id, idea_id)
            said, after = _("“%(title)s” is off your list.", title=title), None
        else:
            before = responses.add_to_ranking(current_actor(), g.event.id, idea_id)
            said, after = _("“%(title)s” is one of your five.", title=title), None
    except Invalid as refusal:
        flash(refusal.message, "error")
        return redirect(back)
    _flash_with_undo(event_slug, said, before, after)
    return redirect(back)


def _flash_with_undo(
    event_slug: str, said: str, before: list[int], after: list[int] | None
) -> None:
    if before == after:
        flash(said, "toast")
        return
    order = ",".join(map(str, before))
    undo_url = url_for("ideas.undo_ranking", event_slug=event_slug, order=order)
    flash({"text": said, "undo_url": undo_url}, "toast")  # type: ignore[arg-type]


def _sent_order() -> list[int]:
    return _numbers(",".join(request.form.getlist("idea_id")))


def _numbers(text: str) -> list[int]:
    """Return the numbers of a list; what is none becomes 0, which is no idea."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return [int(part) if part.isdecimal() and len(part) < 10 else 0 for part in parts]


def _moved(order: list[int], act: str, idea_id: int) -> list[int]:
    place = order.index(idea_id)
    rest = [other for other in order if other != idea_id]
    if act == "remove":
        return rest
    step = {"up": -1, "down": 1}.get(act, 0)
    rest.insert(max(0, place + step), idea_id)
    return rest
