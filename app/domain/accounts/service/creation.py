"""New people: from an import, a registration, as the first administrator."""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy.exc import IntegrityError

from app import clock
from app.core import ids
from app.core.people import CONSENT_VERSIONS, REQUIRED_CONSENTS, SITE_LOCALES, Consent
from app.db import db, transaction
from app.domain.accounts import consents as consent_queries
from app.domain.accounts import queries, tokens
from app.domain.accounts.addresses import parse_email
from app.domain.accounts.models import Consent as ConsentRow
from app.domain.accounts.models import User
from app.domain.accounts.passwords import check_password, hash_password
from app.domain.accounts.queries import SessionUser
from app.domain.accounts.service.profile import ProfileInput, SkillInput, parse_name, set_skills
from app.domain.accounts.tokens import Purpose
from app.domain.journal import service as journal
from app.errors import Conflict, Denied
from app.translation import gettext as _


def create_user(
    email: str,
    display_name: str,
    *,
    password_hash: str | None = None,
    is_verified: bool = False,
    is_demo: bool = False,
    locale: str = "en",
    consents: Collection[Consent] = (),
    profile: ProfileInput | None = None,
    skills: Sequence[SkillInput] = (),
    wants_to_learn: Sequence[str] = (),
) -> int:
    """Make an account; raises Invalid, Conflict.

    Without `is_verified` the address counts as confirmed once a mailed link was used.
    """
    address, name = parse_email(email), parse_name(display_name)
    with transaction() as session:
        if queries.find_by_email(address) is not None:
            raise Conflict(_("There is an account with this address already."), field="email")
        user = _add_user(address, name, locale)
        user.password_hash = password_hash
        user.is_demo = is_demo
        user.email_verified_at = clock.now() if is_verified else None
        if profile is not None:
            profile.apply_to(user)
        session.flush()
        give_consents(user.id, consents)
        if skills or wants_to_learn:
            set_skills(user.id, skills, wants_to_learn)
        return user.id


def issue_setup_token() -> str:
    """Return the secret that makes the first administrator; raises Denied once there is one."""
    with transaction():
        _demand_no_administrator()
        # The link printed last is the only one that works.
        tokens.revoke_tokens(purpose=Purpose.SETUP)
        return tokens.issue(Purpose.SETUP)


def check_setup(secret: str) -> None:
    """Raise SpentLink for a setup link that does not work, Denied once there is one."""
    _demand_no_administrator()
    tokens.get_token(secret, Purpose.SETUP)


def create_first_administrator(
    secret: str, display_name: str, email: str, password: str
) -> SessionUser:
    """Use the setup link up; raises SpentLink, Invalid, and Denied once there is one."""
    check_setup(secret)
    with transaction():
        _demand_no_administrator()
        tokens.use_token(secret, Purpose.SETUP)
        user_id = create_administrator(display_name, email, password)
        return queries.get_session_user(user_id)


def create_administrator(display_name: str, email: str, password: str) -> int:
    """Make an administrator from the command line; raises Invalid, Conflict."""
    password_hash = hash_password(check_password(password))
    with transaction() as session:
        user_id = create_user(
            email, display_name, password_hash=password_hash, is_verified=True,
            consents=REQUIRED_CONSENTS,
        )  # fmt: skip
        session.get_one(User, user_id).is_admin = True
        journal.record("grant_admin", "user", user_id, actor_id=None)
        return user_id


def give_consents(user_id: int, consents: Collection[Consent]) -> None:
    """Note consents to the present versions of their texts, leaving those that stand."""
    with transaction() as session:
        standing = consent_queries.list_consents(user_id)
        for kind in sorted(set(consents)):
            if kind in standing and standing[kind].is_current:
                continue
            session.add(
                ConsentRow(
                    user_id=user_id,
                    kind=kind,
                    version=CONSENT_VERSIONS[kind],
                    given_at=clock.now(),
                )
            )


def _demand_no_administrator() -> None:
    if queries.has_administrator():
        raise Denied(_("There is an administrator already. Ask them for what you need."))


def _add_user(email: str, display_name: str, locale: str) -> User:
    user = User(
        public_id=ids.encode(secrets.token_bytes(16), 10),
        email=email,
        display_name=display_name,
        locale=locale if locale in SITE_LOCALES else "en",
        created_at=clock.now(),
    )
    db.session.add(user)
    try:
        db.session.flush()
    except IntegrityError as taken:
        # Two at once may both have found the address free.
        raise Conflict(
            _("There is an account with this address already."), field="email"
        ) from taken
    return user
