"""The list of ideas, an idea's page, and what people say about it."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow, current_actor, event_scope, is_allowed, verdict_for
from app.core.phases import Phase
from app.core.policy import Action
from app.domain.accounts.queries import find_profile
from app.domain.ideas import listing, queries, responses
from app.domain.ideas.listing import IdeaFilter, Order
from app.domain.programmes.queries import EventView
from app.web.ideas.blueprint import bp, current_idea, idea_scope
from app.web.ideas.forms import CommentForm, FilterForm
from app.web.ideas.presenting import cards_for, foreign, name_of, origins_of
from app.web.labels import LANGUAGE_NAMES

Page = str | Response | tuple[str, int]


@bp.get("/e/<event_slug>/ideas")
@allow(Action.VIEW_IDEAS, event_scope)
def list_ideas(event_slug: str) -> Page:
    """List an event's ideas."""
    scope = event_scope(event_slug)
    form = FilterForm(request.args, is_member=current_user.is_authenticated)
    wanted = _filter_of(form, include_hidden=is_allowed(Action.MODERATE, scope))
    page = listing.find_ideas(g.event.id, wanted, page=_page_number() or 1, reader_id=_reader_id())
    arguments = {name: value for name, value in form.data.items() if value}
    return render_template(
        "ideas/list.html",
        form=form,
        found=page,
        cards=cards_for(event_slug, page.cards),
        is_narrow=wanted.is_narrow,
        list_url=url_for("ideas.list_ideas", event_slug=event_slug, **arguments),
        may_pitch=is_allowed(Action.PITCH_IDEA, scope),
        may_rank=is_allowed(Action.RANK_IDEAS, scope),
        rank_until_at=rank_until(g.event),
    )


def _filter_of(form: FilterForm, *, include_hidden: bool) -> IdeaFilter:
    needs_mine, reads_mine = form.needs.data == "mine", form.language.data == "mine"
    profile = find_profile(current_user.id) if needs_mine or reads_mine else None
    languages = None if form.language.data == "any" else frozenset({form.language.data})
    return IdeaFilter(
        text=form.q.data,
        skill_keys=frozenset(s.key for s in profile.has_skills) if profile and needs_mine else None,
        languages=frozenset(profile.languages) if profile and reads_mine else languages,
        order=Order(form.order.data),
        include_hidden=include_hidden,
    )


def _page_number() -> int | None:
    number = request.args.get("page", type=int)
    return number if number is not None and 0 < number < 1_000_000 else None


def _reader_id() -> int | None:
    return current_user.id if current_user.is_authenticated else None


def rank_until(event: EventView) -> Any:
    """Return until when people may rank, as far as it is known."""
    span = event.span_of(Phase.MATCHING) or event.span_of(Phase.IDEAS)
    return span.ends_at if span else None


@bp.get("/e/<event_slug>/ideas/<int:idea_id>")
@allow(Action.VIEW_IDEA, idea_scope)
def show_idea(event_slug: str, idea_id: int) -> Page:  # noqa: ARG001 — in the address
    """Show an idea; a draft opens in its form."""
    idea = current_idea()
    if idea.state == queries.DRAFT and idea.draft_number:
        return redirect(
            url_for("ideas.edit_draft", event_slug=event_slug, number=idea.draft_number)
        )
    return _idea_page(event_slug, CommentForm())


def _idea_page(event_slug: str, form: CommentForm) -> Page:
    idea = current_idea()
    scope = idea_scope(event_slug, idea.id)
    may_moderate = is_allowed(Action.MODERATE, scope)
    discussion = listing.read_discussion(idea, page=_page_number(), include_hidden=may_moderate)
    ranking = verdict_for(Action.RANK_IDEAS, scope)
    is_open = idea.is_listed
    text = render_template(
        "ideas/show.html",
        idea=idea,
        lang=foreign(idea.language),
        language_name=LANGUAGE_NAMES.get(idea.language, idea.language),
        owner=discussion.owner,
        owner_name=name_of(discussion.owner),
        origins=origins_of(idea),
        discussion=discussion,
        standing=queries.read_standing(idea, current_user.id) if _reader_id() else None,
        form=form,
        is_owner=idea.is_owned_by(_reader_id()),
        may_rank=bool(ranking) and is_open,
        may_support=is_open and is_allowed(Action.SUPPORT_IDEA, scope),
        may_comment=is_open and is_allowed(Action.COMMENT_IDEA, scope),
        may_edit=is_allowed(Action.EDIT_IDEA, scope),
        may_withdraw=is_allowed(Action.WITHDRAW_IDEA, scope),
        may_moderate=may_moderate,
        may_report=is_allowed(Action.REPORT_CONTENT, scope),
        page_url=url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea.id),
    )
    return (text, 422) if form.errors else text


@bp.post("/e/<event_slug>/ideas/<int:idea_id>/comments")
@allow(Action.COMMENT_IDEA, idea_scope)
def comment(event_slug: str, idea_id: int) -> Page:
    """Say something about an idea."""
    actor = current_actor()
    form = CommentForm()
    made: list[int] = []

    def command() -> None:
        made.append(responses.comment_on_idea(actor, idea_id, form.body.data or ""))

    if not form.succeeds(command):
        return _idea_page(event_slug, form)
    flash(_("Your comment is on the page."))
    address = url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id)
    return redirect(f"{address}#comment-{made[0]}")


@bp.post("/e/<event_slug>/ideas/<int:idea_id>/support")
@allow(Action.SUPPORT_IDEA, idea_scope)
def support(event_slug: str, idea_id: int) -> Response:
    """Support an idea, or take the support back (`is_supported` is 0)."""
    actor = current_actor()
    if request.form.get("is_supported") == "0":
        responses.unsupport_idea(actor, idea_id)
        flash(_("You took your support back."), "toast")
    else:
        responses.support_idea(actor, idea_id)
        flash(_("You support this idea."), "toast")
    return redirect(url_for("ideas.show_idea", event_slug=event_slug, idea_id=idea_id))
