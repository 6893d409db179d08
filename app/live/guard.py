"""Every Socket.IO event states its action, like every route does."""

import functools
from collections.abc import Callable
from typing import Any

from app.access import Scope, require
from app.core.policy import Action
from app.errors import CojamError
from app.extensions import socketio

Handler = Callable[..., Any]
EVENTS: dict[str, Action] = {}


def on_event(
    name: str, action: Action, scoping: Callable[[dict[str, Any]], Scope]
) -> Callable[[Handler], Handler]:
    """Register a handler that runs only when the policy allows the action.

    `scoping` turns the payload into a `Scope`, raising Missing for what is not there. The
    acknowledgement is `{"ok": true, …}` or `{"ok": false, "error": reason}`.
    """

    def decorate(handler: Handler) -> Handler:
        @functools.wraps(handler)
        def guarded(payload: Any = None) -> dict[str, Any]:
            if not isinstance(payload, dict):
                return {"ok": False, "error": "bad_request"}
            try:
                require(action, scoping(payload))
                return {"ok": True, **(handler(payload) or {})}
            except CojamError as refusal:
                reason = getattr(refusal, "reason", type(refusal).__name__.lower())
                return {"ok": False, "error": str(reason)}
            except (KeyError, TypeError, ValueError):
                return {"ok": False, "error": "bad_request"}

        EVENTS[name] = action
        socketio.on(name)(guarded)
        return guarded

    return decorate
