"""An event in which ideas are pitched, with people in it."""

from dataclasses import dataclass

import pytest

from app.core.phases import Phase
from app.core.policy import Actor, Role
from tests.factories import Factory


@dataclass(frozen=True)
class Jam:
    """An event in its idea phase, and who is in it."""

    event_id: int
    owner: Actor
    reader: Actor
    staff: Actor
    stranger: Actor


def make_jam(make: Factory, phase: Phase | None = Phase.IDEAS) -> Jam:
    """Make an event with an idea owner, a reader, a facilitator and somebody from outside."""
    event_id = make.event(phase)

    def actor(role: Role) -> Actor:
        return Actor(make.member(event_id, role), frozenset({role}))

    return Jam(
        event_id,
        actor(Role.PARTICIPANT),
        actor(Role.PARTICIPANT),
        actor(Role.FACILITATOR),
        Actor(make.user()),
    )


@pytest.fixture
def jam(make: Factory) -> Jam:
    """Return an event in its idea phase."""
    return make_jam(make)
