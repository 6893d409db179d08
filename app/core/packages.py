"""Frictionless data packages of hackathons: read one, write one, lose nothing.

A package holds two inline resources, ``events`` (one row) and ``projects``. Cojam has columns
of its own for some fields; every other field is kept value by value beside them, so that an
export gives back what the import took. Source: the Data Package specification
(https://specs.frictionlessdata.io/data-package/) and the packages that hackathon platforms
publish.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from app.core.texts import plain_text

Record = dict[str, Any]

EVENT_TEXTS = {"name": "name", "summary": "summary", "description": "description",
               "location": "place"}  # fmt: skip
EVENT_MOMENTS = {"starts_at": "starts_at", "ends_at": "ends_at"}
PROJECT_TEXTS = {"name": "title", "summary": "summary", "longtext": "body"}
LIMITS = {"name": 200, "place": 200, "title": 200}
# Texts of one line: shown without the white space around them.
_ONE_LINE = frozenset({"name", "place", "title", "summary"})
KNOWN_RESOURCES = frozenset({"events", "projects"})


class NotAPackage(ValueError):
    """The file is no data package of an event; the message says why."""


@dataclass(frozen=True)
class EventRecord:
    """An event out of a package: Cojam's own fields, and the whole record beside them."""

    name: str
    summary: str
    description: str
    place: str
    starts_at: datetime
    ends_at: datetime
    record: Record


@dataclass(frozen=True)
class ProjectRecord:
    """A project out of a package."""

    title: str
    summary: str
    body: str
    record: Record


@dataclass(frozen=True)
class Report:
    """What became of a package: ``taken`` counts rows, ``mapped`` and ``kept`` name fields.

    ``notes`` tells of every value that could not be taken as it stands.
    """

    taken: Mapping[str, int]
    mapped: Sequence[str]
    kept: Sequence[str]
    left: Sequence[str]
    notes: Sequence[str]

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        counts = ", ".join(f"{count} {name}" for name, count in self.taken.items())
        return [
            f"taken: {counts}",
            f"mapped to fields of Cojam: {', '.join(self.mapped)}",
            f"kept beside them, unchanged: {', '.join(self.kept) or 'nothing'}",
            f"left out: {'; '.join(self.left) or 'nothing'}",
            *(f"note: {note}" for note in self.notes),
        ]


@dataclass(frozen=True)
class Package:
    """A package that was read."""

    event: EventRecord
    projects: Sequence[ProjectRecord]
    metadata: Record
    report: Report


@dataclass
class _Notes:
    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        self.lines.append(line)


def read_package(content: Any, zone: tzinfo, *, event_name: str | None = None) -> Package:
    """Read a package.

    Parameters
    ----------
    content : object
        The parsed JSON.
    zone : tzinfo
        In which times without an offset are meant.
    event_name : str, optional
        Which event to take from a package that holds several.

    Returns
    -------
    Package
        The event, all of its projects in order, and a report.

    Raises
    ------
    NotAPackage
        If this is no package, or holds no usable event.
    """
    if not isinstance(content, dict):
        raise NotAPackage("a data package is a JSON object")
    resources = _resources(content)
    notes = _Notes()
    event_row, is_only_event = _choose_event(_rows(resources, "events"), event_name)
    projects = [
        row
        for row in (_rows(resources, "projects") if "projects" in resources else [])
        if is_only_event or row.get("event_name") in (None, "", event_row.get("name"))
    ]
    event = _read_event(event_row, zone, notes)
    left = [
        f"resource {name!r} ({_size(resource)})"
        for name, resource in resources.items()
        if name not in KNOWN_RESOURCES
    ]
    if not is_only_event:
        left.append("the other events of the package and their projects")
    fields = {f"events.{key}" for key in event_row} | {
        f"projects.{key}" for row in projects for key in row
    }
    mapped = {f"events.{key}" for key in (*EVENT_TEXTS, *EVENT_MOMENTS)} | {
        f"projects.{key}" for key in PROJECT_TEXTS
    }
    return Package(
        event=event,
        projects=[_read_project(row, number, notes) for number, row in enumerate(projects, 1)],
        metadata={key: value for key, value in content.items() if key != "resources"},
        report=Report(
            taken={"event": 1, "projects": len(projects)},
            mapped=sorted(fields & mapped),
            kept=sorted(fields - mapped),
            left=left,
            notes=notes.lines,
        ),
    )


def _resources(content: Record) -> dict[str, Record]:
    listed = content.get("resources")
    if not isinstance(listed, list) or not listed:
        raise NotAPackage("it has no list of resources")
    resources: dict[str, Record] = {}
    for number, resource in enumerate(listed):
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            raise NotAPackage(f"resources[{number}] has no name")
        resources[resource["name"]] = resource
    if "events" not in resources:
        raise NotAPackage("it has no resource named 'events'")
    return resources


def _rows(resources: Mapping[str, Record], name: str) -> list[Record]:
    data = resources[name].get("data")
    if data is None and "path" in resources[name]:
        raise NotAPackage(f"resource {name!r} lies in another file; only inline data can be read")
    if not isinstance(data, list):
        raise NotAPackage(f"resource {name!r} has no list of data")
    for number, row in enumerate(data):
        if not isinstance(row, dict):
            raise NotAPackage(f"resource {name!r}, row {number} is not an object")
    return data


def _size(resource: Record) -> str:
    data = resource.get("data")
    return f"{len(data)} rows" if isinstance(data, list) else "no inline rows"


def _choose_event(rows: list[Record], name: str | None) -> tuple[Record, bool]:
    if not rows:
        raise NotAPackage("resource 'events' is empty")
    if name is None:
        if len(rows) > 1:
            names = ", ".join(repr(row.get("name")) for row in rows)
            raise NotAPackage(f"it holds {len(rows)} events ({names}); name one of them")
        return rows[0], True
    chosen = [row for row in rows if row.get("name") == name]
    if len(chosen) != 1:
        raise NotAPackage(f"{len(chosen)} of its events have the name {name!r}")
    return chosen[0], len(rows) == 1


def _read_event(row: Record, zone: tzinfo, notes: _Notes) -> EventRecord:
    texts = {
        ours: _text(row, key, f"events.{key}", notes, ours) for key, ours in EVENT_TEXTS.items()
    }
    if not texts["name"].strip():
        raise NotAPackage("its event has no name")
    starts_at = _moment(row, "starts_at", zone, notes)
    ends_at = _moment(row, "ends_at", zone, notes)
    if starts_at is None or ends_at is None:
        starts_at = starts_at or (ends_at - timedelta(days=1) if ends_at else None)
        starts_at = starts_at or datetime(2000, 1, 1, tzinfo=UTC)
        ends_at = ends_at or starts_at + timedelta(days=1)
        notes.add(f"the event's dates are incomplete; taken as {starts_at} to {ends_at}")
    if ends_at <= starts_at:
        ends_at = starts_at + timedelta(hours=1)
        notes.add("the event ends before it begins; taken as one hour long")
    return EventRecord(**texts, starts_at=starts_at, ends_at=ends_at, record=dict(row))


def _read_project(row: Record, number: int, notes: _Notes) -> ProjectRecord:
    texts = {
        ours: _text(row, key, f"projects row {number}, {key}", notes, ours)
        for key, ours in PROJECT_TEXTS.items()
    }
    if not texts["title"].strip():
        texts["title"] = f"Project {number}"
        notes.add(f"projects row {number} has no name; shown as {texts['title']!r}")
    return ProjectRecord(**texts, record=dict(row))


def text_of(value: Any) -> str:
    """Return a value as text that any database can hold, without NUL and half characters."""
    if value is None:
        return ""
    return plain_text(value if isinstance(value, str) else str(value))


def _text(row: Record, key: str, where: str, notes: _Notes, ours: str) -> str:
    value = row.get(key)
    text = text_of(value)
    if value is not None and text != value:
        notes.add(f"{where} is not plain text; shown as text, kept as it was")
    if ours in _ONE_LINE:
        text = text.strip()
    limit = LIMITS.get(ours)
    if limit is not None and len(text) > limit:
        notes.add(f"{where} has {len(text)} characters; the first {limit} are shown, all are kept")
        text = text[:limit]
    return text


def parse_moment(value: Any, zone: tzinfo) -> datetime | None:
    """Return an ISO 8601 moment in UTC, or None; without an offset it is meant in ``zone``."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def _moment(row: Record, key: str, zone: tzinfo, notes: _Notes) -> datetime | None:
    moment = parse_moment(row.get(key), zone)
    if moment is None and row.get(key) not in (None, ""):
        notes.add(f"events.{key} is no date that can be read: {row[key]!r}; kept as it was")
    return moment


@dataclass(frozen=True)
class EventState:
    """An event as it stands in Cojam, for the export."""

    name: str
    summary: str
    description: str
    place: str
    starts_at: datetime
    ends_at: datetime
    record: Record | None
    metadata: Record | None


@dataclass(frozen=True)
class ProjectState:
    """An idea as it stands in Cojam, for the export."""

    title: str
    summary: str
    body: str
    created_at: datetime
    updated_at: datetime
    record: Record | None


def write_package(
    event: EventState, projects: Iterable[ProjectState], zone: tzinfo, *, slug: str, now: datetime
) -> Record:
    """Make a package that imports again to the same event.

    A field whose value is still what the import made of its record is written as it was
    imported; a field that was changed since is written as it stands now.

    Parameters
    ----------
    event : EventState
        The event.
    projects : iterable of ProjectState
        Its ideas, in order.
    zone : tzinfo
        The event's time zone; times are written in it without an offset.
    slug : str
        Name of the package.
    now : datetime
        Moment of the export.

    Returns
    -------
    dict
        Ready for JSON.
    """
    metadata = dict(event.metadata or {})
    metadata.update({"name": slug, "title": event.name, "created": _local(now, zone)})
    metadata.setdefault("version", "0.2.0")
    metadata.setdefault("licenses", [])
    metadata.setdefault("keywords", ["hackathon", "co-creation"])
    return {
        **metadata,
        "resources": [
            {"name": "events", "data": [_event_row(event, zone, now)]},
            {
                "name": "projects",
                "data": [
                    _project_row(project, number, event, zone)
                    for number, project in enumerate(projects, 1)
                ],
            },
        ],
    }


def _event_row(event: EventState, zone: tzinfo, now: datetime) -> Record:
    if event.record is None:
        row: Record = {
            "id": 1,
            "has_started": event.starts_at <= now,
            "has_finished": event.ends_at <= now,
        }
    else:
        row = dict(event.record)
    known = _read_event(row, zone, _Notes()) if row.get("name") else None
    for key, ours in EVENT_TEXTS.items():
        if known is None or getattr(known, ours) != getattr(event, ours):
            row[key] = getattr(event, ours)
    for key, ours in EVENT_MOMENTS.items():
        if known is None or getattr(known, ours) != getattr(event, ours):
            row[key] = _local(getattr(event, ours), zone)
    return row


def _project_row(project: ProjectState, number: int, event: EventState, zone: tzinfo) -> Record:
    if project.record is None:
        row: Record = {
            "id": number,
            "event_name": event.name,
            "created_at": _local(project.created_at, zone),
            "updated_at": _local(project.updated_at, zone),
            "is_challenge": False,
        }
        known = None
    else:
        row = dict(project.record)
        known = _read_project(row, number, _Notes())
    for key, ours in PROJECT_TEXTS.items():
        if known is None or getattr(known, ours) != getattr(project, ours):
            row[key] = getattr(project, ours)
    return row


def _local(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")
