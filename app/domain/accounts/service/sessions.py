"""The end of a person's sessions everywhere at once."""

from sqlalchemy import update

from app.core.policy import Actor
from app.db import transaction
from app.domain.accounts import tokens
from app.domain.accounts.models import User
from app.domain.accounts.service.decision import demand_own_account


def sign_out_everywhere(actor: Actor) -> None:
    """End every session of the actor and make outstanding links worthless; raises Denied."""
    user_id = demand_own_account(actor)
    with transaction():
        end_sessions(user_id)


def end_sessions(user_id: int) -> None:
    """End every session of a person, and revoke the links that would begin another."""
    with transaction() as session:
        session.execute(
            update(User).where(User.id == user_id).values(session_epoch=User.session_epoch + 1)
        )
        tokens.revoke_tokens(user_id=user_id)
