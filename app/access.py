"""The person behind a request becomes an `Actor`; every route states its action here."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_login import current_user

from app.core.policy import Action, Actor, Facts, Verdict, decide
from app.domain.programmes import queries as programmes
from app.errors import Denied, Missing

View = Callable[..., Any]


@dataclass(frozen=True)
class Scope:
    """The event or programme that a request is about, with facts for the decision."""

    event_id: int | None = None
    programme_id: int | None = None
    facts: Facts = Facts()


Scoping = Callable[..., Scope]


def find_actor(*, event_id: int | None = None, programme_id: int | None = None) -> Actor:
    """Return the signed-in person with the roles held in an event or programme."""
    if not current_user.is_authenticated:
        return Actor()
    key = (event_id, programme_id)
    actors: dict[tuple[int | None, int | None], Actor] = g.setdefault("actors", {})
    if key not in actors:
        held = programmes.find_roles(current_user.id, event_id=event_id, programme_id=programme_id)
        actors[key] = Actor(
            user_id=current_user.id,
            roles=held.roles,
            is_admin=current_user.is_admin,
            is_banned=current_user.is_banned or held.is_banned,
        )
    return actors[key]


def is_allowed(action: Action, scope: Scope = Scope()) -> bool:
    """Return whether the person at hand may do something; for buttons and links."""
    return bool(verdict_for(action, scope))


def verdict_for(action: Action, scope: Scope = Scope()) -> Verdict:
    """Return the policy's answer for the person at hand."""
    actor = find_actor(event_id=scope.event_id, programme_id=scope.programme_id)
    return decide(actor, action, scope.facts)


def require(action: Action, scope: Scope = Scope()) -> Actor:
    """Return the actor, or raise Denied with the policy's reason."""
    actor = find_actor(event_id=scope.event_id, programme_id=scope.programme_id)
    verdict = decide(actor, action, scope.facts)
    if not verdict:
        raise Denied(reason=verdict.reason)
    return actor


def allow(action: Action, scoping: Scoping | None = None) -> Callable[[View], View]:
    """State the action of a route, and decide it before the route runs.

    `scoping` receives the route's URL values and answers with the `Scope` (raising Missing
    for what is not there). Without it the question is about the whole site.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            require(action, scoping(**kwargs) if scoping else Scope())
            return view(*args, **kwargs)

        guarded.policy_action = action  # type: ignore[attr-defined]  # read by the guard test
        return guarded

    return decorate


def event_scope(event_slug: str, **_values: Any) -> Scope:
    """Scope a request to the event in its address; keeps the event in `g.event`."""
    event = find_event_in_request(event_slug)
    return Scope(event_id=event.id, programme_id=event.programme_id, facts=event.facts())


def find_event_in_request(event_slug: str) -> programmes.EventView:
    """Return the event in the address, read once per request; raises Missing."""
    event: programmes.EventView | None = g.get("event")
    if event is None or event.slug != event_slug:
        event = programmes.find_event(event_slug)
        if event is None:
            raise Missing(event_slug)
        g.event = event
    return event


def current_event() -> programmes.EventView:
    """Return the event that `event_scope` found in the address."""
    event: programmes.EventView = g.event
    return event


def current_actor() -> Actor:
    """Return the person at hand with the roles held in the event of the address."""
    event = current_event()
    return find_actor(event_id=event.id, programme_id=event.programme_id)


def programme_scope(programme_slug: str, **_values: Any) -> Scope:
    """Scope a request to the programme in its address."""
    programme = programmes.find_programme(programme_slug)
    if programme is None:
        raise Missing(programme_slug)
    g.programme = programme
    return Scope(programme_id=programme.id, facts=Facts(is_published=programme.is_published))
