"""The demo's sign-ins, one a role; they work only where DEMO allows it."""

from app.domain.accounts import queries as accounts

PASSWORD = "open-rooms-demo"  # noqa: S105 — printed at each start, and refused where it matters
SIGN_INS = (
    ("administrator", "admin@example.org", "Admin"),
    ("organiser", "organiser@example.org", "Mira O."),
    ("facilitator", "facilitator@example.org", "Tomasz F."),
    ("juror", "juror1@example.net", "Juror 1"),
    ("participant", "person01@example.org", ""),
)


def list_demo_sign_ins() -> list[tuple[str, str, str]]:
    """Return role, address and password of the demo people who are there."""
    return [
        (role, email, PASSWORD)
        for role, email, _name in SIGN_INS
        if (account := accounts.find_by_email(email)) is not None and account.is_demo
    ]
