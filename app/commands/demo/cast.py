"""Who plays in the demo."""

from dataclasses import dataclass, field

from app.commands.demo.people import DemoPerson, draw_people
from app.commands.demo.signins import PASSWORD, SIGN_INS
from app.core.people import Consent
from app.core.policy import OPERATOR
from app.domain.accounts import service as accounts

JURORS = 8


@dataclass
class Cast:
    """User ids by part."""

    admin: int = 0
    organiser: int = 0
    facilitator: int = 0
    jurors: list[int] = field(default_factory=list)
    participants: list[tuple[int, DemoPerson]] = field(default_factory=list)


def make_people(count: int) -> Cast:
    """Make everybody's account; they share one password, which is printed at each start."""
    password_hash = accounts.hash_password(PASSWORD)
    consents = frozenset({Consent.TERMS, Consent.CONTACT, Consent.DIRECTORY})

    def make(email: str, name: str, **more: object) -> int:
        return accounts.create_user(
            email, name, password_hash=password_hash, is_verified=True, is_demo=True,
            consents=consents, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    cast = Cast()
    names = {role: (email, name) for role, email, name in SIGN_INS}
    cast.admin = make(*names["administrator"])
    accounts.grant_admin(OPERATOR, cast.admin)
    cast.organiser = make(*names["organiser"])
    cast.facilitator = make(*names["facilitator"])
    for number in range(1, JURORS + 1):
        house = accounts.ProfileInput(organisation=f"House {'ABCDEFGH'[number - 1]}")
        cast.jurors.append(make(juror_address(number), f"Juror {number}", profile=house))
    for person in draw_people(count):
        profile = accounts.ProfileInput(
            languages=person.languages,
            sector=person.sector,
            place=person.place,
            availability=person.availability,
        )
        user_id = make(
            person.email,
            person.name,
            profile=profile,
            skills=[accounts.SkillInput(label, level) for label, level in person.skills],
            wants_to_learn=[person.wants_to_learn],
        )
        cast.participants.append((user_id, person))
    return cast


def juror_address(number: int) -> str:
    """Return the address of a juror, counted from 1."""
    return f"juror{number}@example.net"
