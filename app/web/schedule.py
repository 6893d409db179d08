"""Dates of an event in its own time zone: the phase strip, the agenda, from when to when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from flask_babel import get_locale
from flask_babel import gettext as _

from app import clock
from app.domain.programmes.queries import AgendaView, EventView
from app.web.event_words import PHASE_LABELS


@dataclass(frozen=True)
class PhaseRow:
    """One stop of the phase strip."""

    name: str
    note: str
    state: str


@dataclass(frozen=True)
class AgendaRow:
    """One line of the agenda as the component shows it."""

    time: str
    datetime: str
    title: str
    text: str
    state: str


@dataclass(frozen=True)
class AgendaDay:
    """The lines of one day."""

    name: str
    rows: tuple[AgendaRow, ...]


def zone_of(event: EventView) -> ZoneInfo:
    """Return the event's time zone."""
    return ZoneInfo(event.timezone)


def phase_rows(event: EventView) -> list[PhaseRow]:
    """Return the event's phases with their dates, and which are done."""
    now = clock.now()
    current = event.standing().current
    rows = []
    for span in event.spans:
        state = "current" if span == current else "done" if span.ends_at <= now else "next"
        if state == "current":
            note = _("until %(day)s", day=_short_day(span.ends_at, event))
        else:
            note = _short_range(span.starts_at, span.ends_at, event)
        rows.append(PhaseRow(str(PHASE_LABELS[span.phase]), note, state))
    return rows


def agenda_days(items: Iterable[AgendaView], event: EventView) -> list[AgendaDay]:
    """Return the agenda by day, in the event's own time."""
    zone = zone_of(event)
    days = groupby(items, key=lambda item: item.starts_at.astimezone(zone).date())
    return [
        AgendaDay(_long_day(day), tuple(_agenda_row(item, zone) for item in of_day))
        for day, of_day in days
    ]


def upcoming_rows(items: Sequence[AgendaView], event: EventView, limit: int = 5) -> list[AgendaRow]:
    """Return what runs now and what comes next, with the day where it is not today."""
    now = clock.now()
    zone = zone_of(event)
    today = now.astimezone(zone).date()
    rows = []
    for item in [item for item in items if item.ends_at > now][:limit]:
        row = _agenda_row(item, zone)
        day = item.starts_at.astimezone(zone).date()
        time = row.time if day == today else f"{_day_and_month(day)}, {row.time}"
        rows.append(AgendaRow(time, row.datetime, row.title, row.text, row.state))
    return rows


def when(event: EventView) -> str:
    """Return from when to when an event runs, in words."""
    zone = zone_of(event)
    first, last = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    if first.date() == last.date():
        return f"{_long_day(first.date(), with_year=True)}, {_clock(first)}–{_clock(last)}"
    return f"{_long_day(first.date())} – {_long_day(last.date(), with_year=True)}"


def when_short(event: EventView) -> str:
    """Return an event's days in as few letters as can be: 16–17 Oct, or 16–17 Oct 2025."""
    days = _short_range(event.starts_at, event.ends_at, event)
    year = event.ends_at.astimezone(zone_of(event)).year
    return days if year == clock.now().year else f"{days} {year}"


def point_in_time(moment: datetime, event: EventView) -> str:
    """Return a moment in the event's own time: Fri 16 Oct, 14:00."""
    text: str = format_datetime(moment, "EEE d MMM, HH:mm", zone_of(event), str(get_locale()))
    return text


def clock_time(moment: datetime, event: EventView) -> str:
    """Return the time of day in the event's own time: 16:00, with the day when it is not today."""
    zone = zone_of(event)
    local, today = moment.astimezone(zone), clock.now().astimezone(zone).date()
    return _clock(local) if local.date() == today else point_in_time(moment, event)


def _agenda_row(item: AgendaView, zone: ZoneInfo) -> AgendaRow:
    now = clock.now()
    is_past, is_running = item.ends_at <= now, item.starts_at <= now < item.ends_at
    return AgendaRow(
        _clock(item.starts_at.astimezone(zone)),
        item.starts_at.astimezone(zone).isoformat(),
        item.title,
        item.place,
        "past" if is_past else "current" if is_running else "next",
    )


def _short_range(starts_at: datetime, ends_at: datetime, event: EventView) -> str:
    zone = zone_of(event)
    first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
    if first == last:
        return _day_and_month(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day_and_month(last)}"
    return f"{_day_and_month(first)} – {_day_and_month(last)}"


def _short_day(moment: datetime, event: EventView) -> str:
    return _day_and_month(moment.astimezone(zone_of(event)).date())


def _day_and_month(day: date) -> str:
    text: str = format_date(day, "d MMM", locale=str(get_locale()))
    return text


def _long_day(day: date, *, with_year: bool = False) -> str:
    text: str = format_date(
        day, "EEEE d MMMM y" if with_year else "EEEE d MMMM", locale=str(get_locale())
    )
    return text


def _clock(moment: datetime) -> str:
    text: str = format_time(moment, "HH:mm", moment.tzinfo, str(get_locale()))
    return text
