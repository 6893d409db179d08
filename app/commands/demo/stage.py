"""One edition of the demo's jam, and what has been built of it so far."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.commands.demo.cast import Cast
from app.commands.demo.handins import REASONS
from app.commands.demo.ideas import DemoIdea
from app.commands.demo.people import DemoPerson
from app.core.phases import Phase
from app.core.policy import Actor
from app.domain.funding import queries as shortlists
from app.domain.funding import service as funding
from app.domain.programmes import queries
from app.domain.programmes.queries import EventView


@dataclass(frozen=True)
class Edition:
    """What distinguishes one edition from another; days are counted from now."""

    name: str
    summary: str
    ideas: Sequence[DemoIdea]
    people: int
    day: int
    budget_cents: int
    phases: Mapping[Phase, tuple[float, float]]
    sheets_done: float
    has_results: bool
    is_before_the_jam: bool = False


@dataclass
class Stage:
    """An edition with its event and its people."""

    event: EventView
    edition: Edition
    cast: Cast
    idea_ids: list[int] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(11))

    @property
    def participants(self) -> list[tuple[int, DemoPerson]]:
        """The people who take part in this edition."""
        return self.cast.participants[: self.edition.people]

    def actor(self, user_id: int) -> Actor:
        """Return a person with the roles that they hold in the event."""
        held = queries.find_actor_roles(user_id, self.event)
        return Actor(user_id=user_id, roles=held.roles)

    def publish_results(self) -> None:
        """Let the organiser preview and publish the shortlist."""
        organiser = self.actor(self.cast.organiser)
        shortlist_id = funding.preview_shortlist(
            organiser, self.event.id, self.edition.budget_cents, "rank"
        )
        preview = shortlists.find_shortlist(shortlist_id)
        for position, entry in enumerate(preview.funded if preview else ()):
            reason = REASONS[position % len(REASONS)]
            funding.set_public_reason(organiser, shortlist_id, entry.submission_id, reason)
        funding.publish(organiser, shortlist_id, is_confirmed=True)
