"""Ideas as rows: found under lock, decided about, compared, written; for their commands."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.core.policy import Action, Actor, Facts, decide
from app.domain.ideas.inputs import IdeaInput, fill
from app.domain.ideas.models import Idea, IdeaSkill
from app.domain.ideas.queries import DRAFT
from app.domain.programmes import queries as programmes
from app.errors import Conflict, Denied, Missing
from app.translation import gettext as _

ZEROS = {"support_count": 0, "comment_count": 0, "is_hidden": False}


def event_facts(event_id: int) -> Facts:
    """Return what the policy may know of an event; raises Missing."""
    event = programmes.find_event_by_id(event_id)
    if event is None:
        raise Missing(str(event_id))
    return event.facts()


def require(actor: Actor, action: Action, facts: Facts) -> None:
    """Raise Denied with the policy's reason unless it allows."""
    verdict = decide(actor, action, facts)
    if not verdict:
        raise Denied(reason=verdict.reason)


def get_row(session: Session, idea_id: int, actor: Actor) -> Idea:
    """Return an idea's row, locked; raises Missing also for a draft of somebody else."""
    idea = session.get(Idea, idea_id, with_for_update=True, populate_existing=True)
    if idea is None or (idea.state == DRAFT and idea.owner_id != actor.user_id):
        raise Missing(str(idea_id))
    return idea


def facts_of(idea: Idea, actor: Actor) -> Facts:
    """Return what the policy may know of an idea and of who asks."""
    facts = event_facts(idea.event_id)
    is_owner = actor.user_id is not None and idea.owner_id == actor.user_id
    return Facts(
        is_published=facts.is_published,
        phase=facts.phase,
        open_phases=facts.open_phases,
        is_owner=is_owner,
        is_hidden=idea.is_hidden,
    )


def new_row(session: Session, actor: Actor, event_id: int, number: int | None) -> Idea:
    """Make an empty draft of somebody."""
    now = clock.now()
    idea = Idea(
        event_id=event_id,
        owner_id=actor.user_id,
        state=DRAFT,
        draft_number=number,
        revision=0,
        created_at=now,
        updated_at=now,
        **ZEROS,
    )
    session.add(idea)
    session.flush()
    return idea


def find_or_make_draft(session: Session, actor: Actor, event_id: int, number: int) -> Idea:
    """Return a person's draft by its number, locked; made at the first save."""
    wanted = (
        select(Idea)
        .where(
            Idea.event_id == event_id,
            Idea.owner_id == actor.user_id,
            Idea.draft_number == number,
        )
        .with_for_update()
    )
    idea = session.scalar(wanted)
    if idea is not None:
        return idea
    try:
        with session.begin_nested():
            return new_row(session, actor, event_id, number)
    except IntegrityError:
        # Another save of the same draft was quicker, on a database with several writers.
        return session.scalars(wanted).one()


def check_revision(idea: Idea, revision: int) -> None:
    """Raise Conflict when an idea was changed since its form was opened."""
    if idea.revision != revision:
        raise Conflict(
            _("This was changed in another window or by somebody else since you opened it.")
        )


def holds(session: Session, idea: Idea, given: IdeaInput) -> bool:
    """Whether a row says already what is given, as after an answer lost in the network."""
    if idea.revision == 0:
        return False
    stored = session.execute(
        select(IdeaSkill.skill_key, IdeaSkill.level)
        .where(IdeaSkill.idea_id == idea.id)
        .order_by(IdeaSkill.id)
    )
    probe = Idea(id=idea.id)
    skills = [(skill.skill_key, skill.level) for skill in fill(probe, given)]
    same = ("title", "summary", "body", "language")
    return skills == [tuple(row) for row in stored] and all(
        getattr(idea, name) == getattr(probe, name) for name in same
    )


def write_row(session: Session, idea: Idea, given: IdeaInput) -> None:
    """Store what is given, with its skills, as the next revision."""
    session.execute(delete(IdeaSkill).where(IdeaSkill.idea_id == idea.id))
    session.add_all(fill(idea, given))
    idea.revision += 1
    idea.updated_at = clock.now()
    session.flush()
