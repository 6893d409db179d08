"""The list of people as CSV, without e-mail addresses."""

from collections.abc import Sequence

from app.domain.accounts import queries as accounts
from app.domain.accounts.queries import ProfileView
from app.domain.programmes.people import MemberView
from app.web.csv_tables import defuse, write_table

COLUMNS = ("name", "roles", "skills", "learns", "languages", "sector", "place", "organisation",
           "availability")  # fmt: skip


def write_people(members: Sequence[MemberView]) -> str:
    """Return the table."""
    profiles = accounts.list_profiles({member.person.id for member in members})
    return write_table(COLUMNS, (_cells(each, profiles[each.person.id]) for each in members))


def _cells(member: MemberView, profile: ProfileView) -> tuple[str, ...]:
    cells = (
        profile.display_name,
        ", ".join(sorted({*member.roles, *member.programme_roles})),
        ", ".join(f"{skill.name}:{skill.level}" for skill in profile.has_skills),
        ", ".join(skill.name for skill in profile.wants_to_learn),
        ", ".join(profile.languages),
        profile.sector or "",
        profile.place,
        profile.organisation,
        profile.availability,
    )
    return tuple(defuse(cell) for cell in cells)
