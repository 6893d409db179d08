"""How the services of this noun ask the policy."""

from app.core.policy import Action, Actor, Reason, decide
from app.errors import Denied


def demand(actor: Actor, action: Action) -> None:
    """Raise Denied unless the policy allows the action."""
    verdict = decide(actor, action)
    if not verdict:
        raise Denied(reason=verdict.reason)


def demand_own_account(actor: Actor) -> int:
    """Return the id of the person who changes their own account; raises Denied."""
    demand(actor, Action.USE_ACCOUNT)
    if actor.user_id is None:
        raise Denied(reason=Reason.SIGN_IN_FIRST)
    return actor.user_id
