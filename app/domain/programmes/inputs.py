"""What an organiser states about an event and its agenda, and what is wrong with it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from app.errors import Invalid
from app.translation import gettext as _

NAME_LENGTH_MAX = 200
TEAM_SIZE_LIMIT = 50
BUDGET_CENTS_MAX = 1_000_000_000_00


class EventKind(StrEnum):
    """What sort of meeting an event is."""

    JAM = "jam"
    WORKSHOP = "workshop"
    WEBINAR = "webinar"
    DISCUSSION = "discussion"
    TRAINING = "training"
    COHORT = "cohort"
    VISIT = "visit"
    PITCH = "pitch"


@dataclass(frozen=True)
class EventInput:
    """Everything an organiser states about an event, its phases and agenda aside."""

    name: str
    starts_at: datetime
    ends_at: datetime
    kind: str = EventKind.JAM
    summary: str = ""
    description: str = ""
    place: str = ""
    timezone: str = "Europe/Berlin"
    team_size_min: int = 4
    team_size_max: int = 6
    budget_cents: int = 0
    currency: str = "EUR"
    # Every field of an imported data package that has no column of its own.
    imported: dict[str, Any] | None = None


@dataclass(frozen=True)
class AgendaInput:
    """A line of the agenda as an organiser states it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""


@cache
def timezone_names() -> tuple[str, ...]:
    """Return the names of all time zones, in order."""
    return (*sorted(name for name in available_timezones() if "/" in name), "UTC")


def check_name(name: str, field: str = "name") -> str:
    """Return a name without outer white space; raises Invalid when it is empty or too long."""
    name = name.strip()
    if not name:
        raise Invalid(_("Give it a name."), field=field)
    if len(name) > NAME_LENGTH_MAX:
        raise Invalid(
            _("Keep it under %(count)s characters.", count=NAME_LENGTH_MAX + 1), field=field
        )
    return name


def check_event(stated: EventInput) -> None:
    """Refuse an event that cannot be; raises Invalid naming the field."""
    check_name(stated.name)
    if stated.kind not in set(EventKind):
        raise Invalid(_("Choose a kind of event from the list."), field="kind")
    if stated.timezone not in available_timezones():
        raise Invalid(_("Choose a time zone from the list."), field="timezone")
    if stated.ends_at <= stated.starts_at:
        raise Invalid(_("The event must end after it begins."), field="ends_at")
    if not 1 <= stated.team_size_min <= TEAM_SIZE_LIMIT:
        raise Invalid(_("Choose a team size from 1 to 50."), field="team_size_min")
    if not stated.team_size_min <= stated.team_size_max <= TEAM_SIZE_LIMIT:
        raise Invalid(
            _("The largest team has at least as many people as the smallest, and at most 50."),
            field="team_size_max",
        )
    if not 0 <= stated.budget_cents <= BUDGET_CENTS_MAX:
        raise Invalid(_("The budget lies between nothing and a thousand million."), field="budget")
    if len(stated.currency) != 3 or not stated.currency.isalpha():
        raise Invalid(_("A currency has three letters, like EUR."), field="currency")


def check_agenda_item(stated: AgendaInput) -> None:
    """Refuse an agenda item that cannot be; raises Invalid naming the field."""
    check_name(stated.title, field="title")
    if stated.ends_at <= stated.starts_at:
        raise Invalid(_("It must end after it begins."), field="ends_at")
