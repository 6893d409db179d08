"""Commands on ideas: drafting, pitching, withdrawing, hiding, importing.

What people say and choose about the ideas of others is in `responses`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.core.policy import Action, Actor
from app.db import transaction
from app.domain.ideas.inputs import IdeaInput, SkillInput, check, fill
from app.domain.ideas.models import Idea, IdeaComment
from app.domain.ideas.queries import DRAFT, PITCHED, WITHDRAWN
from app.domain.ideas.rows import (
    ZEROS,
    check_revision,
    event_facts,
    facts_of,
    find_or_make_draft,
    get_row,
    holds,
    new_row,
    require,
    write_row,
)
from app.domain.journal import service as journal
from app.errors import Conflict, Missing
from app.translation import gettext as _

__all__ = [
    "IdeaInput",
    "SavedDraft",
    "SkillInput",
    "bring_back_idea",
    "create_idea",
    "discard_draft",
    "edit_idea",
    "import_idea",
    "pitch_draft",
    "pitch_idea",
    "save_draft",
    "set_comment_hidden",
    "set_idea_hidden",
    "withdraw_idea",
]


@dataclass(frozen=True)
class SavedDraft:
    """Where a draft went, and the revision that the next save must name."""

    idea_id: int
    number: int
    revision: int


def create_idea(
    actor: Actor,
    event_id: int,
    given: IdeaInput,
    *,
    origin_board_id: str | None = None,
    origin_note_id: str | None = None,
) -> int:
    """Pitch an idea in one go and return its id; raises Denied, Missing, Invalid."""
    require(actor, Action.PITCH_IDEA, event_facts(event_id))
    check(given, is_draft=False)
    with transaction() as session:
        idea = new_row(session, actor, event_id, None)
        idea.origin_board_id, idea.origin_note_id = origin_board_id, origin_note_id
        write_row(session, idea, given)
        _pitch(idea, actor)
        return idea.id


def save_draft(
    actor: Actor, event_id: int, number: int, given: IdeaInput, *, revision: int = 0
) -> SavedDraft:
    """Store what somebody has typed so far, making the draft at the first save.

    `number` counts the person's ideas in the event (`queries.next_draft_number`). Saving what is
    stored already changes nothing. Raises Denied, Invalid, and Conflict when the draft was
    changed elsewhere since `revision`, or is no draft any more.
    """
    require(actor, Action.PITCH_IDEA, event_facts(event_id))
    check(given, is_draft=True)
    with transaction() as session:
        idea = find_or_make_draft(session, actor, event_id, number)
        if idea.state != DRAFT:
            raise Conflict(_("This idea has been pitched already; open it to edit it."))
        if not holds(session, idea, given):
            check_revision(idea, revision)
            write_row(session, idea, given)
        return SavedDraft(idea.id, number, idea.revision)


def pitch_draft(
    actor: Actor, event_id: int, number: int, given: IdeaInput, *, revision: int = 0
) -> int:
    """Store the last state of a draft and pitch it, in one commit; returns the idea's id.

    Pitching what is pitched already is quiet, so that a double click makes one idea. Raises
    Denied, Invalid and Conflict as `save_draft` does.
    """
    require(actor, Action.PITCH_IDEA, event_facts(event_id))
    check(given, is_draft=False)
    with transaction() as session:
        idea = find_or_make_draft(session, actor, event_id, number)
        if idea.state == DRAFT:
            if not holds(session, idea, given):
                check_revision(idea, revision)
                write_row(session, idea, given)
            _pitch(idea, actor)
        return idea.id


def pitch_idea(actor: Actor, idea_id: int) -> None:
    """Pitch a stored draft as it is; raises Denied, Missing, Invalid."""
    with transaction() as session:
        idea = get_row(session, idea_id, actor)
        require(actor, Action.EDIT_IDEA, facts_of(idea, actor))
        require(actor, Action.PITCH_IDEA, facts_of(idea, actor))
        stored = IdeaInput(idea.title, idea.summary, idea.body, idea.language)
        check(stored, is_draft=False)
        if idea.state == DRAFT:
            _pitch(idea, actor)


def edit_idea(actor: Actor, idea_id: int, given: IdeaInput, *, revision: int) -> None:
    """Change a pitched idea; raises Denied, Missing, Invalid, Conflict."""
    with transaction() as session:
        idea = get_row(session, idea_id, actor)
        require(actor, Action.EDIT_IDEA, facts_of(idea, actor))
        check(given, is_draft=False)
        if holds(session, idea, given):
            return
        check_revision(idea, revision)
        write_row(session, idea, given)
        _note("idea.edited", idea, actor)


def withdraw_idea(actor: Actor, idea_id: int) -> None:
    """Take an idea off the list; it keeps its comments and can come back."""
    with transaction() as session:
        idea = get_row(session, idea_id, actor)
        require(actor, Action.WITHDRAW_IDEA, facts_of(idea, actor))
        if idea.state == PITCHED:
            idea.state = WITHDRAWN
            _note("idea.withdrawn", idea, actor)


def bring_back_idea(actor: Actor, idea_id: int) -> None:
    """Put a withdrawn idea back on the list; raises Denied, Missing."""
    with transaction() as session:
        idea = get_row(session, idea_id, actor)
        require(actor, Action.WITHDRAW_IDEA, facts_of(idea, actor))
        if idea.state == WITHDRAWN:
            idea.state = PITCHED
            _note("idea.brought_back", idea, actor)


def discard_draft(actor: Actor, idea_id: int) -> None:
    """Throw one's own draft away; raises Missing, and Conflict once it is pitched."""
    with transaction() as session:
        idea = get_row(session, idea_id, actor)
        require(actor, Action.WITHDRAW_IDEA, facts_of(idea, actor))
        if idea.state != DRAFT:
            raise Conflict(_("This idea has been pitched already; you can withdraw it."))
        session.delete(idea)


def set_idea_hidden(actor: Actor, idea_id: int, is_hidden: bool) -> None:
    """Take an idea out of sight, or show it again, for moderators; raises Denied, Missing."""
    with transaction() as session:
        idea = get_row(session, idea_id, actor)
        require(actor, Action.MODERATE, facts_of(idea, actor))
        if idea.is_hidden != is_hidden:
            idea.is_hidden = is_hidden
            _note("idea.hidden" if is_hidden else "idea.shown", idea, actor)


def set_comment_hidden(actor: Actor, comment_id: int, is_hidden: bool) -> None:
    """Take a comment out of sight, or show it again, for moderators; raises Denied, Missing."""
    with transaction() as session:
        comment = session.get(IdeaComment, comment_id, with_for_update=True)
        if comment is None:
            raise Missing(str(comment_id))
        idea = get_row(session, comment.idea_id, actor)
        require(actor, Action.MODERATE, facts_of(idea, actor))
        if comment.is_hidden != is_hidden:
            comment.is_hidden = is_hidden
            idea.comment_count += -1 if is_hidden else 1
            action = "comment.hidden" if is_hidden else "comment.shown"
            journal.record(
                action, "comment", comment.id, actor_id=actor.user_id, event_id=idea.event_id
            )


def import_idea(
    event_id: int,
    given: IdeaInput,
    *,
    imported: dict[str, Any],
    created_at: datetime | None = None,
    owner_id: int | None = None,
) -> int:
    """Store an idea of a data package as it stands there and return its id.

    Nothing is cut or refused: limits are for forms. Markup is sanitised when it is shown.
    """
    with transaction() as session:
        now = clock.now()
        idea = Idea(
            event_id=event_id,
            owner_id=owner_id,
            state=PITCHED,
            imported=imported,
            created_at=created_at or now,
            updated_at=now,
            pitched_at=created_at or now,
            revision=0,
            **ZEROS,
        )
        session.add(idea)
        session.flush()
        session.add_all(fill(idea, given))
        session.flush()
        return idea.id


def _pitch(idea: Idea, actor: Actor) -> None:
    idea.state = PITCHED
    idea.pitched_at = clock.now()
    _note("idea.pitched", idea, actor)


def _note(action: str, idea: Idea, actor: Actor) -> None:
    journal.record(action, "idea", idea.id, actor_id=actor.user_id, event_id=idea.event_id)
