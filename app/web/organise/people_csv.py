"""The list of people as CSV, without e-mail addresses, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Sequence

from app.domain.accounts import queries as accounts
from app.domain.programmes.people import MemberView

COLUMNS = ("name", "roles", "skills", "learns", "languages", "sector", "place", "organisation",
           "availability")  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def write_people(members: Sequence[MemberView]) -> str:
    """Return the table, with a byte order mark so that spreadsheets read UTF-8."""
    profiles = accounts.list_profiles({member.person.id for member in members})
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for member in members:
        profile = profiles[member.person.id]
        roles = sorted({*member.roles, *member.programme_roles})
        cells = (
            profile.display_name,
            ", ".join(roles),
            ", ".join(f"{skill.name}:{skill.level}" for skill in profile.has_skills),
            ", ".join(skill.name for skill in profile.wants_to_learn),
            ", ".join(profile.languages),
            profile.sector or "",
            profile.place,
            profile.organisation,
            profile.availability,
        )
        writer.writerow([defuse(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def defuse(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
