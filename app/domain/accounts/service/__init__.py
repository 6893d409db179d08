"""Everything that accounts can be told to do."""

from app.domain.accounts.passwords import hash_password
from app.domain.accounts.service.administration import (
    ban_person,
    grant_admin,
    unban_person,
    withdraw_admin,
)
from app.domain.accounts.service.creation import (
    check_setup,
    create_administrator,
    create_first_administrator,
    create_user,
    give_consents,
    issue_setup_token,
)
from app.domain.accounts.service.credentials import (
    EmailChange,
    change_password,
    confirm_email_change,
    request_email_change,
    request_password_reset,
    reset_password,
    set_consents,
)
from app.domain.accounts.service.profile import (
    ProfileInput,
    SkillInput,
    set_skills,
    update_profile,
)
from app.domain.accounts.service.registration import (
    Registration,
    confirm_address,
    register,
    request_confirmation,
)
from app.domain.accounts.service.sessions import sign_out_everywhere
from app.domain.accounts.service.sign_in import (
    Entry,
    request_magic_link,
    sign_in_with_password,
    use_magic_link,
)
from app.domain.accounts.tokens import IssuedLink, Purpose, SpentLink

__all__ = [
    "EmailChange",
    "Entry",
    "IssuedLink",
    "ProfileInput",
    "Purpose",
    "Registration",
    "SkillInput",
    "SpentLink",
    "ban_person",
    "change_password",
    "check_setup",
    "confirm_address",
    "confirm_email_change",
    "create_administrator",
    "create_first_administrator",
    "create_user",
    "give_consents",
    "grant_admin",
    "hash_password",
    "issue_setup_token",
    "register",
    "request_confirmation",
    "request_email_change",
    "request_magic_link",
    "request_password_reset",
    "reset_password",
    "set_consents",
    "set_skills",
    "sign_in_with_password",
    "sign_out_everywhere",
    "unban_person",
    "update_profile",
    "use_magic_link",
    "withdraw_admin",
]
