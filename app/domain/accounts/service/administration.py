"""What administrators do with people's accounts; each act is in the journal."""

from sqlalchemy import select

from app.core.policy import Action, Actor
from app.db import db, transaction
from app.domain.accounts.models import User
from app.domain.accounts.service.decision import demand
from app.domain.accounts.service.sessions import end_sessions
from app.domain.journal import service as journal
from app.errors import Conflict, Invalid, Missing
from app.translation import gettext as _

REASON_LENGTH_MAX = 1000


def ban_person(actor: Actor, user_id: int, reason: str) -> None:
    """Shut a person out of the whole site; raises Denied, Missing, Invalid, Conflict."""
    demand(actor, Action.ADMINISTER)
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say why; it is kept in the journal."), field="reason")
    if len(reason) > REASON_LENGTH_MAX:
        raise Invalid(
            _("Keep this to %(count)s characters at most.", count=REASON_LENGTH_MAX),
            field="reason",
        )
    with transaction() as session:
        user = _get_user(user_id)
        if user.is_admin:
            raise Conflict(_("Take the administrator's rights away first."))
        user.is_banned = True
        user.ban_reason = reason
        session.flush()
        end_sessions(user_id)
        journal.record("ban_person", "user", user_id, actor_id=actor.user_id, reason=reason)


def unban_person(actor: Actor, user_id: int) -> None:
    """Let a person in again; raises Denied, Missing."""
    demand(actor, Action.ADMINISTER)
    with transaction():
        user = _get_user(user_id)
        user.is_banned = False
        user.ban_reason = ""
        journal.record("unban_person", "user", user_id, actor_id=actor.user_id)


def grant_admin(actor: Actor, user_id: int) -> None:
    """Make a person an administrator; raises Denied, Missing, Conflict."""
    demand(actor, Action.ADMINISTER)
    with transaction():
        user = _get_user(user_id)
        if user.is_banned:
            raise Conflict(_("Somebody who is shut out cannot be an administrator."))
        user.is_admin = True
        journal.record("grant_admin", "user", user_id, actor_id=actor.user_id)


def withdraw_admin(actor: Actor, user_id: int) -> None:
    """Take an administrator's rights away; raises Denied, Missing, and Conflict for the last."""
    demand(actor, Action.ADMINISTER)
    with transaction() as session:
        # All of them are locked, so that two cannot withdraw each other at the same moment.
        administrators = session.scalars(
            select(User.id).where(User.is_admin.is_(True)).order_by(User.id).with_for_update()
        ).all()
        user = _get_user(user_id)
        if administrators == [user_id]:
            raise Conflict(_("The last administrator stays. Make somebody else one first."))
        user.is_admin = False
        journal.record("withdraw_admin", "user", user_id, actor_id=actor.user_id)


def _get_user(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise Missing("user")
    return user
