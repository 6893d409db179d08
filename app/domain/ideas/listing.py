"""Pages of ideas and of comments: a constant number of queries whatever there is to show."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import FromClause, and_, func, select

from app.core.skills import normalise
from app.db import db
from app.domain.accounts.queries import PersonView, list_people
from app.domain.ideas.models import Idea, IdeaComment, IdeaRank, IdeaSkill, IdeaWords
from app.domain.ideas.queries import PITCHED, IdeaView, NeededSkill, read_skills

PAGE_SIZE = 25


class Order(StrEnum):
    """How a list of ideas may be ordered."""

    NEWEST = "newest"
    FEWEST = "fewest"
    TITLE = "title"


_ORDER_COLUMNS = {
    Order.NEWEST: Idea.pitched_at,
    Order.FEWEST: Idea.support_count,
    Order.TITLE: Idea.sort_title,
}


def _ordering(order: Order, columns: Any) -> tuple[Any, ...]:
    if order is Order.NEWEST:
        return columns.pitched_at.desc(), columns.id.desc()
    if order is Order.FEWEST:
        return columns.support_count, columns.id
    return columns.sort_title, columns.id


@dataclass(frozen=True)
class IdeaFilter:
    """Which ideas to show; None means any skill or any language."""

    text: str = ""
    skill_keys: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    order: Order = Order.NEWEST
    include_hidden: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether some of the event's ideas are left out."""
        return bool(self.text) or self.skill_keys is not None or self.languages is not None


@dataclass(frozen=True)
class IdeaCard:
    """An idea in a list; `is_ranked` is about the reader."""

    id: int
    owner: PersonView | None
    is_hidden: bool
    title: str
    summary: str
    language: str
    support_count: int
    comment_count: int
    is_ranked: bool
    skills: tuple[NeededSkill, ...]


@dataclass(frozen=True)
class IdeaPage:
    """One page of a list of ideas.

    `found` counts the ideas that pass the filter, `total` all that the reader may see,
    `ranked` those that the reader has put on their own list.
    """

    cards: tuple[IdeaCard, ...]
    found: int
    total: int
    ranked: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))


def find_ideas(
    event_id: int, wanted: IdeaFilter, *, page: int = 1, reader_id: int | None = None
) -> IdeaPage:
    """Return a page of an event's ideas, in three queries; the last page when `page` is beyond."""
    page = max(page, 1)
    rows = _read_page(event_id, wanted, page, reader_id)
    if rows:
        found, total, ranked = rows[0][-3:]
    else:
        found, total, ranked = db.session.execute(
            select(*_counts(event_id, wanted, reader_id, _found(event_id, wanted)))
        ).one()
        page = max(1, -(-found // PAGE_SIZE))
        rows = _read_page(event_id, wanted, page, reader_id) if found else []
    return IdeaPage(_cards(rows), found, total, ranked, page)


def _cards(rows: list[Any]) -> tuple[IdeaCard, ...]:
    if not rows:
        return ()
    skills = read_skills(row.id for row in rows)
    people = list_people({row.owner_id for row in rows if row.owner_id is not None})
    return tuple(
        IdeaCard(
            id=row.id,
            owner=people.get(row.owner_id),
            is_hidden=row.is_hidden,
            title=row.title,
            summary=row.summary,
            language=row.language,
            support_count=row.support_count,
            comment_count=row.comment_count,
            is_ranked=row.rank is not None,
            skills=skills.get(row.id, ()),
        )
        for row in rows
    )


def _counts(
    event_id: int, wanted: IdeaFilter, reader_id: int | None, found: FromClause
) -> tuple[Any, Any, Any]:
    """Return what counts the ideas found, all that may be seen, and those the reader ranked."""
    counting = select(func.count()).select_from(Idea)
    everything = IdeaFilter(include_hidden=wanted.include_hidden)
    total = counting.where(*_conditions(event_id, everything))
    # Written so that the reader's five places are read first, not the event's ideas.
    is_listed = select(Idea.id).where(
        Idea.id == IdeaRank.idea_id, *_conditions(event_id, IdeaFilter())
    )
    ranked = (
        select(func.count())
        .select_from(IdeaRank)
        .where(IdeaRank.event_id == event_id, IdeaRank.user_id == reader_id, is_listed.exists())
    )
    return (
        select(func.count()).select_from(found).scalar_subquery().label("found"),
        total.scalar_subquery().label("total"),
        ranked.scalar_subquery().label("ranked"),
    )


def _found(event_id: int, wanted: IdeaFilter) -> FromClause:
    """Return the ideas that pass the filter, to be counted and to be cut into a page.

    Words and skills are looked for once, and the result is used twice. Everything else is found
    in an index that knows the order, where counting and cutting apart read far less. The one
    column that orders is in that index, so that no row of an idea is read.
    """
    found = select(Idea.id, _ORDER_COLUMNS[wanted.order]).where(*_conditions(event_id, wanted))
    if wanted.text or wanted.skill_keys is not None:
        return found.cte("found").prefix_with("MATERIALIZED")
    return found.subquery("found")


def _read_page(event_id: int, wanted: IdeaFilter, page: int, reader_id: int | None) -> list[Any]:
    found = _found(event_id, wanted)
    # The ids come from an index alone, so that a late page does not read the ideas before it.
    ids = (
        select(found.c.id)
        .order_by(*_ordering(wanted.order, found.c))
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
        .subquery("ids")
    )
    query = (
        select(
            Idea.id,
            Idea.owner_id,
            Idea.is_hidden,
            Idea.title,
            Idea.summary,
            Idea.language,
            Idea.support_count,
            Idea.comment_count,
            IdeaRank.rank,
            *_counts(event_id, wanted, reader_id, found),
        )
        .join(ids, ids.c.id == Idea.id)
        .outerjoin(IdeaRank, and_(IdeaRank.idea_id == Idea.id, IdeaRank.user_id == reader_id))
        .order_by(*_ordering(wanted.order, Idea))
    )
    return list(db.session.execute(query))


def _conditions(event_id: int, wanted: IdeaFilter) -> list[Any]:
    conditions: list[Any] = [Idea.event_id == event_id, Idea.state == PITCHED]
    # Naming both values keeps the index in use where staff see everything.
    conditions.append(Idea.is_hidden.in_((False, True) if wanted.include_hidden else (False,)))
    if wanted.languages is not None:
        conditions.append(Idea.language.in_(sorted(wanted.languages)))
    if wanted.skill_keys is not None:
        needing = select(IdeaSkill.idea_id).where(
            IdeaSkill.skill_key.in_(sorted(wanted.skill_keys))
        )
        conditions.append(Idea.id.in_(needing))
    if words := normalise(wanted.text).split():
        holding = select(IdeaWords.idea_id).where(
            IdeaWords.event_id == event_id,
            *(IdeaWords.text.contains(word, autoescape=True) for word in words),
        )
        conditions.append(Idea.id.in_(holding))
    return conditions


@dataclass(frozen=True)
class CommentView:
    """A remark on an idea, with who made it (None once their account is gone)."""

    id: int
    author: PersonView | None
    body: str
    is_hidden: bool
    created_at: datetime


@dataclass(frozen=True)
class Discussion:
    """One page of an idea's comments, with the idea's owner, read together."""

    owner: PersonView | None
    comments: tuple[CommentView, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // PAGE_SIZE))


def read_discussion(
    idea: IdeaView, *, page: int | None = None, include_hidden: bool = False
) -> Discussion:
    """Return a page of comments, the oldest first, in two queries; the last page by default.

    Whoever sees hidden comments too costs one more query, to count them.
    """
    conditions = [IdeaComment.idea_id == idea.id]
    count = idea.comment_count
    if include_hidden:
        counting = select(func.count()).select_from(IdeaComment).where(*conditions)
        count = db.session.scalar(counting) or 0
    else:
        conditions.append(IdeaComment.is_hidden.is_(False))
    pages = max(1, -(-count // PAGE_SIZE))
    page = pages if page is None else min(max(page, 1), pages)
    query = (
        select(
            IdeaComment.id,
            IdeaComment.author_id,
            IdeaComment.body,
            IdeaComment.is_hidden,
            IdeaComment.created_at,
        )
        .where(*conditions)
        .order_by(IdeaComment.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    rows = db.session.execute(query).all()
    speakers = {row.author_id for row in rows} | {idea.owner_id}
    people = list_people({user_id for user_id in speakers if user_id is not None})
    comments = tuple(
        CommentView(row.id, people.get(row.author_id), row.body, row.is_hidden, row.created_at)
        for row in rows
    )
    owner = people.get(idea.owner_id) if idea.owner_id is not None else None
    return Discussion(owner, comments, count, page)


@dataclass(frozen=True)
class CommentSubject:
    """What moderation needs to know of a comment."""

    id: int
    idea_id: int
    event_id: int
    author_id: int | None
    body: str
    is_hidden: bool


def find_comment(comment_id: int) -> CommentSubject | None:
    """Return a comment by its id, hidden or not."""
    row = db.session.execute(
        select(
            IdeaComment.id,
            IdeaComment.idea_id,
            Idea.event_id,
            IdeaComment.author_id,
            IdeaComment.body,
            IdeaComment.is_hidden,
        )
        .join(Idea, Idea.id == IdeaComment.idea_id)
        .where(IdeaComment.id == comment_id)
    ).one_or_none()
    return CommentSubject(*row) if row else None
