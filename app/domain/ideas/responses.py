"""What people say of the ideas of others, and which they choose."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.core.policy import Action, Actor
from app.db import transaction
from app.domain.ideas import queries
from app.domain.ideas.inputs import COMMENT_CHARACTERS_MAX, clean
from app.domain.ideas.models import Idea, IdeaComment, IdeaRank, IdeaSupport
from app.domain.ideas.queries import PITCHED, RANKS_MAX
from app.domain.ideas.rows import event_facts, facts_of, get_row, require
from app.domain.journal import service as journal
from app.errors import Conflict, Denied, Invalid
from app.translation import gettext as _

SAME_WORDS_WITHIN = timedelta(seconds=10)


def comment_on_idea(actor: Actor, idea_id: int, body: str) -> int:
    """Say something about an idea and return the comment's id; raises Denied, Missing, Invalid.

    The same words twice within seconds are a button pressed twice: they are one comment.
    """
    with transaction() as session:
        idea = _get_open(session, idea_id, actor, Action.COMMENT_IDEA)
        text = clean(body).strip()
        if not text:
            raise Invalid(_("Write something first."), field="body")
        if len(text) > COMMENT_CHARACTERS_MAX:
            raise Invalid(
                _(
                    "Use at most %(limit)s characters; these are %(count)s.",
                    limit=COMMENT_CHARACTERS_MAX,
                    count=len(text),
                ),
                field="body",
            )
        if (said := _said_just_now(session, idea, actor, text)) is not None:
            return said
        comment = IdeaComment(
            idea_id=idea.id, author_id=actor.user_id, body=text, created_at=clock.now()
        )
        session.add(comment)
        idea.comment_count += 1
        session.flush()
        journal.record(
            "comment.made", "comment", comment.id, actor_id=actor.user_id, event_id=idea.event_id
        )
        return comment.id


def support_idea(actor: Actor, idea_id: int) -> None:
    """Support an idea; doing it twice counts once. Raises Denied, Missing."""
    with transaction() as session:
        idea = _get_open(session, idea_id, actor, Action.SUPPORT_IDEA)
        try:
            with session.begin_nested():
                session.add(
                    IdeaSupport(idea_id=idea.id, user_id=_person(actor), created_at=clock.now())
                )
        except IntegrityError:
            return
        _add_support(session, idea_id, 1)


def unsupport_idea(actor: Actor, idea_id: int) -> None:
    """Take one's support back; doing it twice counts once. Raises Denied, Missing."""
    with transaction() as session:
        idea = _get_open(session, idea_id, actor, Action.SUPPORT_IDEA)
        taken = session.execute(
            delete(IdeaSupport)
            .where(IdeaSupport.idea_id == idea.id, IdeaSupport.user_id == _person(actor))
            .returning(IdeaSupport.id)
        ).first()
        if taken is not None:
            _add_support(session, idea_id, -1)


def rank_ideas(actor: Actor, event_id: int, idea_ids: Sequence[int]) -> list[int]:
    """Store which ideas a person would work on, first choice first; returns the order before.

    An empty list takes the ranking back. Raises Denied, and Invalid for more than five, for an
    idea named twice, and for one that is not listed.
    """
    require(actor, Action.RANK_IDEAS, event_facts(event_id))
    if len(idea_ids) > RANKS_MAX:
        raise Invalid(_("Choose at most %(count)s ideas.", count=RANKS_MAX), field="idea_id")
    if len(set(idea_ids)) != len(idea_ids):
        raise Invalid(_("Each idea has one place only."), field="idea_id")
    with transaction() as session:
        _hold_ranking(session, event_id, _person(actor))
        before = _read_order(session, event_id, _person(actor))
        _check_listed(session, event_id, idea_ids)
        if before != list(idea_ids):
            _store_order(session, event_id, _person(actor), idea_ids)
            journal.record(
                "ideas.ranked",
                "event",
                event_id,
                actor_id=actor.user_id,
                event_id=event_id,
                count=len(idea_ids),
            )
        return before


def add_to_ranking(actor: Actor, event_id: int, idea_id: int) -> list[int]:
    """Put an idea at the end of one's ranking; returns the order before.

    Raises Denied, and Invalid when five are chosen already or the idea is not listed.
    """
    with transaction() as session:
        _hold_ranking(session, event_id, _person(actor))
        order = _read_order(session, event_id, _person(actor))
        return rank_ideas(actor, event_id, order if idea_id in order else [*order, idea_id])


def remove_from_ranking(actor: Actor, event_id: int, idea_id: int) -> list[int]:
    """Take an idea off one's ranking; returns the order before. Raises Denied."""
    with transaction() as session:
        _hold_ranking(session, event_id, _person(actor))
        order = _read_order(session, event_id, _person(actor))
        return rank_ideas(actor, event_id, [other for other in order if other != idea_id])


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise Denied(reason="sign_in_first")
    return actor.user_id


def _said_just_now(session: Session, idea: Idea, actor: Actor, text: str) -> int | None:
    session.scalar(select(Idea.id).where(Idea.id == idea.id).with_for_update())
    return session.scalar(
        select(IdeaComment.id).where(
            IdeaComment.idea_id == idea.id,
            IdeaComment.author_id == actor.user_id,
            IdeaComment.body == text,
            IdeaComment.created_at > clock.now() - SAME_WORDS_WITHIN,
        )
    )


def _get_open(session: Session, idea_id: int, actor: Actor, action: Action) -> Idea:
    idea = get_row(session, idea_id, actor)
    require(actor, action, facts_of(idea, actor))
    if idea.state != PITCHED:
        raise Conflict(_("This idea is not on the list now."))
    return idea


def _add_support(session: Session, idea_id: int, step: int) -> None:
    # Counted by the database: two people at once would both add to the number they had read.
    session.execute(
        update(Idea)
        .where(Idea.id == idea_id)
        .values(support_count=Idea.support_count + step)
        .execution_options(synchronize_session=False)
    )


def _read_order(session: Session, event_id: int, user_id: int) -> list[int]:
    query = (
        select(IdeaRank.idea_id)
        .join(Idea, Idea.id == IdeaRank.idea_id)
        .where(IdeaRank.user_id == user_id, *queries.listed(event_id))
        .order_by(IdeaRank.rank)
    )
    return list(session.scalars(query))


def _check_listed(session: Session, event_id: int, idea_ids: Sequence[int]) -> None:
    listed = session.scalars(
        select(Idea.id).where(Idea.id.in_(set(idea_ids)), *queries.listed(event_id))
    )
    if set(listed) != set(idea_ids):
        raise Invalid(_("One of these ideas is no longer on the list."), field="idea_id")


def _store_order(session: Session, event_id: int, user_id: int, idea_ids: Sequence[int]) -> None:
    session.execute(
        delete(IdeaRank).where(IdeaRank.event_id == event_id, IdeaRank.user_id == user_id)
    )
    session.add_all(
        IdeaRank(event_id=event_id, user_id=user_id, idea_id=idea_id, rank=rank)
        for rank, idea_id in enumerate(idea_ids, start=1)
    )
    session.flush()


def _hold_ranking(session: Session, event_id: int, user_id: int) -> None:
    """Let a second window of the same person wait until this command is stored.

    SQLite has one writer at a time anyway. On PostgreSQL there may be no row yet to lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(event_id, user_id)))
