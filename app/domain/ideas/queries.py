"""Read ideas, comments and rankings."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.core.policy import Action, Actor, Facts, decide
from app.db import db
from app.domain.ideas.models import Idea, IdeaRank, IdeaSkill, IdeaSupport
from app.errors import Missing

DRAFT = "draft"
PITCHED = "pitched"
WITHDRAWN = "withdrawn"
RANKS_MAX = 5


@dataclass(frozen=True)
class NeededSkill:
    """A skill that an idea needs; `label` is its name, or what was typed for an unknown one."""

    key: str
    label: str
    level: int


@dataclass(frozen=True)
class IdeaView:
    """An idea with all that it says, read in two queries."""

    id: int
    event_id: int
    owner_id: int | None
    state: str
    is_hidden: bool
    revision: int
    draft_number: int | None
    title: str
    summary: str
    body: str
    language: str
    support_count: int
    comment_count: int
    created_at: datetime
    updated_at: datetime
    pitched_at: datetime | None
    origin_board_id: str | None
    origin_note_id: str | None
    imported: dict[str, Any] | None
    skills: tuple[NeededSkill, ...] = ()

    @property
    def is_listed(self) -> bool:
        """Whether everybody who sees the event's ideas sees this one."""
        return self.state == PITCHED and not self.is_hidden

    def is_owned_by(self, user_id: int | None) -> bool:
        """Return whether the idea belongs to a person."""
        return user_id is not None and self.owner_id == user_id

    def facts(self, event: Facts, user_id: int | None) -> Facts:
        """Return what the policy may know of the idea, given the facts of its event."""
        return replace(event, is_owner=self.is_owned_by(user_id), is_hidden=self.is_hidden)


_IDEA_COLUMNS = (
    Idea.id,
    Idea.event_id,
    Idea.owner_id,
    Idea.state,
    Idea.is_hidden,
    Idea.revision,
    Idea.draft_number,
    Idea.title,
    Idea.summary,
    Idea.body,
    Idea.language,
    Idea.support_count,
    Idea.comment_count,
    Idea.created_at,
    Idea.updated_at,
    Idea.pitched_at,
    Idea.origin_board_id,
    Idea.origin_note_id,
    Idea.imported,
)


def find_idea(idea_id: int) -> IdeaView | None:
    """Return an idea by its id, whatever its state."""
    ideas = _read_ideas(select(*_IDEA_COLUMNS).where(Idea.id == idea_id))
    return ideas[0] if ideas else None


def get_idea(event_id: int, idea_id: int, *, visible_to: Actor) -> IdeaView:
    """Return an idea of an event; raises Missing where the actor must not learn that it is there.

    A draft exists for its owner alone, a withdrawn idea for its owner and the staff. Whether a
    hidden idea may be read is the policy's question (`Action.VIEW_IDEA`), with its own reason.
    """
    idea = find_idea(idea_id)
    if idea is None or idea.event_id != event_id:
        raise Missing(str(idea_id))
    is_known = idea.state == PITCHED or idea.is_owned_by(visible_to.user_id)
    if not is_known and (idea.state == DRAFT or not decide(visible_to, Action.MODERATE)):
        raise Missing(str(idea_id))
    return idea


def find_draft(event_id: int, owner_id: int, number: int) -> IdeaView | None:
    """Return a person's idea by its number among theirs; it may be pitched by now."""
    ideas = _read_ideas(
        select(*_IDEA_COLUMNS).where(
            Idea.event_id == event_id, Idea.owner_id == owner_id, Idea.draft_number == number
        )
    )
    return ideas[0] if ideas else None


def next_draft_number(event_id: int, owner_id: int) -> int:
    """Return the number that a person's next new idea gets."""
    highest = db.session.scalar(
        select(func.max(Idea.draft_number)).where(
            Idea.event_id == event_id, Idea.owner_id == owner_id
        )
    )
    return (highest or 0) + 1


def list_own_ideas(event_id: int, owner_id: int) -> list[IdeaView]:
    """Return a person's ideas in an event, drafts and withdrawn ones too, the latest first."""
    return _read_ideas(
        select(*_IDEA_COLUMNS)
        .where(Idea.event_id == event_id, Idea.owner_id == owner_id)
        .order_by(Idea.id.desc())
    )


def list_idea_views(
    event_id: int, *, states: Collection[str] = (PITCHED,), include_hidden: bool = False
) -> list[IdeaView]:
    """Return an event's ideas in the order of their making, in two queries."""
    query = select(*_IDEA_COLUMNS).where(Idea.event_id == event_id, Idea.state.in_(states))
    if not include_hidden:
        query = query.where(Idea.is_hidden.is_(False))
    return _read_ideas(query.order_by(Idea.id))


def _read_ideas(query: Select[Any]) -> list[IdeaView]:
    rows = db.session.execute(query).all()
    needed = read_skills({row.id for row in rows}) if rows else {}
    return [IdeaView(**row._asdict(), skills=needed.get(row.id, ())) for row in rows]


def read_skills(idea_ids: Iterable[int]) -> dict[int, tuple[NeededSkill, ...]]:
    """Return the needed skills of some ideas, in the order in which they were written."""
    rows = db.session.execute(
        select(IdeaSkill.idea_id, IdeaSkill.skill_key, IdeaSkill.label, IdeaSkill.level)
        .where(IdeaSkill.idea_id.in_(set(idea_ids)))
        .order_by(IdeaSkill.id)
    )
    grouped: defaultdict[int, list[NeededSkill]] = defaultdict(list)
    for idea_id, key, label, level in rows:
        grouped[idea_id].append(NeededSkill(key, label, level))
    return {idea_id: tuple(skills) for idea_id, skills in grouped.items()}


def list_needed_skills(event_id: int) -> dict[int, dict[str, int]]:
    """Return skill levels by key for each listed idea of an event; every listed idea is a key."""
    rows = db.session.execute(
        select(Idea.id, IdeaSkill.skill_key, IdeaSkill.level)
        .outerjoin(IdeaSkill, IdeaSkill.idea_id == Idea.id)
        .where(*listed(event_id))
        .order_by(Idea.id, IdeaSkill.id)
    )
    needed: dict[int, dict[str, int]] = {}
    for idea_id, key, level in rows:
        levels = needed.setdefault(idea_id, {})
        if key is not None:
            levels[key] = level
    return needed


def list_rankings(event_id: int) -> dict[int, list[int]]:
    """Return the listed ideas that each person ranked, first choice first."""
    rows = db.session.execute(
        select(IdeaRank.user_id, IdeaRank.idea_id)
        .join(Idea, Idea.id == IdeaRank.idea_id)
        .where(IdeaRank.event_id == event_id, *listed(event_id))
        .order_by(IdeaRank.user_id, IdeaRank.rank)
    )
    rankings: dict[int, list[int]] = {}
    for user_id, idea_id in rows:
        rankings.setdefault(user_id, []).append(idea_id)
    return rankings


def list_ranked(event_id: int, user_id: int) -> list[IdeaView]:
    """Return the listed ideas that one person ranked, first choice first."""
    return _read_ideas(
        select(*_IDEA_COLUMNS)
        .join(IdeaRank, IdeaRank.idea_id == Idea.id)
        .where(IdeaRank.user_id == user_id, *listed(event_id))
        .order_by(IdeaRank.rank)
    )


@dataclass(frozen=True)
class Standing:
    """What one person did with one idea."""

    is_supported: bool
    is_ranked: bool
    ranked_count: int

    @property
    def places_left(self) -> int:
        """How many more ideas the person may rank."""
        return RANKS_MAX - self.ranked_count


def read_standing(idea: IdeaView, user_id: int) -> Standing:
    """Return what a person did with an idea, in one query."""
    own = select(func.count()).select_from(IdeaRank).where(IdeaRank.user_id == user_id)
    supported = select(func.count()).where(
        IdeaSupport.idea_id == idea.id, IdeaSupport.user_id == user_id
    )
    chosen = own.join(Idea, Idea.id == IdeaRank.idea_id).where(*listed(idea.event_id))
    row = db.session.execute(
        select(
            supported.scalar_subquery(),
            own.where(IdeaRank.idea_id == idea.id).scalar_subquery(),
            chosen.scalar_subquery(),
        )
    ).one()
    return Standing(bool(row[0]), bool(row[1]), row[2])


def count_ideas(event_id: int) -> int:
    """Return how many ideas an event lists."""
    count = db.session.scalar(select(func.count()).select_from(Idea).where(*listed(event_id)))
    return count or 0


def has_pitched(user_id: int, event_id: int) -> bool:
    """Return whether a person has an idea among those of an event."""
    query = select(Idea.id).where(
        Idea.owner_id == user_id, Idea.event_id == event_id, Idea.state == PITCHED
    )
    return db.session.scalar(query.limit(1)) is not None


def has_ranked(user_id: int, event_id: int) -> bool:
    """Return whether a person has ranked at least one idea that is still listed."""
    query = (
        select(IdeaRank.id)
        .join(Idea, Idea.id == IdeaRank.idea_id)
        .where(IdeaRank.user_id == user_id, *listed(event_id))
    )
    return db.session.scalar(query.limit(1)) is not None


def listed(event_id: int) -> tuple[Any, ...]:
    """Return the conditions under which an idea is on its event's list."""
    return (Idea.event_id == event_id, Idea.state == PITCHED, Idea.is_hidden.is_(False))


@dataclass(frozen=True)
class IdeaRecord:
    """An idea as a data package wants it."""

    title: str
    summary: str
    body: str
    created_at: datetime
    updated_at: datetime
    imported: dict[str, Any] | None


def list_idea_records(event_id: int) -> list[IdeaRecord]:
    """Return every pitched idea of an event that is not hidden, in the order of arrival."""
    rows = db.session.execute(
        select(Idea.title, Idea.summary, Idea.body, Idea.created_at, Idea.updated_at, Idea.imported)
        .where(Idea.event_id == event_id, Idea.state == PITCHED, Idea.is_hidden.is_(False))
        .order_by(Idea.id)
    )
    return [IdeaRecord(*row) for row in rows]


@dataclass(frozen=True)
class IdeaTitle:
    """An idea by name."""

    id: int
    title: str
    language: str


def list_titles(idea_ids: Collection[int]) -> dict[int, IdeaTitle]:
    """Return titles by id, in one query."""
    rows = db.session.execute(
        select(Idea.id, Idea.title, Idea.language).where(Idea.id.in_(idea_ids))
    )
    return {row.id: IdeaTitle(*row) for row in rows}
