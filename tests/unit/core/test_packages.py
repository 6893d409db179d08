"""Data packages: what is read comes back, what is wrong is named."""

import copy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.core.packages import (
    EventState,
    NotAPackage,
    Package,
    ProjectState,
    parse_moment,
    read_package,
    write_package,
)

ZURICH = ZoneInfo("Europe/Zurich")
NOW = datetime(2024, 1, 1, tzinfo=UTC)


def package(**event: Any) -> dict[str, Any]:
    return {
        "name": "event-1",
        "title": "Jam",
        "licenses": [{"name": "CC0-1.0"}],
        "resources": [
            {
                "name": "events",
                "data": [
                    {"id": 7, "name": "Jam", "starts_at": "2022-11-04T09:00",
                     "ends_at": "2022-11-05T16:30", "summary": "", "description": "<b>x</b>",
                     "location": "Hall", "has_finished": True, **event}
                ],
            },
            {
                "name": "projects",
                "data": [
                    {"id": 1, "name": "One", "summary": "s", "longtext": "l" * 20_000,
                     "stats": {"total": 3}, "ident": None},
                    {"id": 2, "name": "One", "summary": "t", "longtext": "javascript:alert(1)"},
                ],
            },
        ],
    }  # fmt: skip


def export(read: Package, **changes: Any) -> dict[str, Any]:
    event = read.event
    state = EventState(
        **{
            "name": event.name, "summary": event.summary, "description": event.description,
            "place": event.place, "starts_at": event.starts_at, "ends_at": event.ends_at,
            "record": event.record, "metadata": read.metadata, **changes,
        }
    )  # fmt: skip
    projects = [ProjectState(p.title, p.summary, p.body, NOW, NOW, p.record) for p in read.projects]
    return write_package(state, projects, ZURICH, slug="jam", now=NOW)


def test_an_event_and_all_of_its_projects_are_read() -> None:
    read = read_package(package(), ZURICH)
    assert read.event.starts_at == datetime(2022, 11, 4, 8, 0, tzinfo=UTC)
    assert [p.title for p in read.projects] == ["One", "One"]
    assert len(read.projects[0].body) == 20_000
    assert read.report.taken == {"event": 1, "projects": 2}
    assert "projects.stats" in read.report.kept
    assert read.report.notes == []
    assert read.report.left == []


def test_an_export_gives_back_every_value() -> None:
    original = package()
    written = export(read_package(copy.deepcopy(original), ZURICH))
    assert written["resources"] == original["resources"]
    assert written["licenses"] == original["licenses"]


def test_an_export_tells_what_was_changed_since() -> None:
    written = export(
        read_package(package(), ZURICH),
        name="New name",
        ends_at=datetime(2022, 11, 6, 12, 0, tzinfo=UTC),
    )
    row = written["resources"][0]["data"][0]
    assert (row["name"], row["ends_at"], row["location"]) == (
        "New name",
        "2022-11-06T13:00",
        "Hall",
    )


def test_an_event_made_here_is_exported_and_read_again() -> None:
    state = EventState("Ours", "s", "d", "p", NOW, datetime(2024, 1, 2, tzinfo=UTC), None, None)
    ideas = [ProjectState("Idea", "a", "b", NOW, NOW, None)]
    again = read_package(write_package(state, ideas, ZURICH, slug="ours", now=NOW), ZURICH)
    assert (again.event.name, again.event.starts_at, again.event.ends_at) == (
        "Ours",
        state.starts_at,
        state.ends_at,
    )
    assert [(p.title, p.summary, p.body) for p in again.projects] == [("Idea", "a", "b")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([], "a data package is a JSON object"),
        ({}, "it has no list of resources"),
        ({"resources": []}, "it has no list of resources"),
        ({"resources": [1]}, "resources[0] has no name"),
        ({"resources": [{"name": "x"}]}, "it has no resource named 'events'"),
        ({"resources": [{"name": "events"}]}, "resource 'events' has no list of data"),
        (
            {"resources": [{"name": "events", "path": "e.csv"}]},
            "resource 'events' lies in another file; only inline data can be read",
        ),
        ({"resources": [{"name": "events", "data": []}]}, "resource 'events' is empty"),
        (
            {"resources": [{"name": "events", "data": [3]}]},
            "resource 'events', row 0 is not an object",
        ),
        ({"resources": [{"name": "events", "data": [{"name": " "}]}]}, "its event has no name"),
        (
            {"resources": [{"name": "events", "data": [{"name": "a"}, {"name": "b"}]}]},
            "it holds 2 events ('a', 'b'); name one of them",
        ),
    ],
)
def test_what_is_no_package_is_refused_with_a_reason(content: Any, reason: str) -> None:
    with pytest.raises(NotAPackage) as refusal:
        read_package(content, ZURICH)
    assert str(refusal.value) == reason


def test_one_of_several_events_can_be_chosen() -> None:
    content = package()
    content["resources"][0]["data"].append({"name": "Other"})
    content["resources"][1]["data"][1]["event_name"] = "Other"
    content["resources"].append({"name": "sponsors", "data": [1, 2]})
    read = read_package(content, ZURICH, event_name="Jam")
    assert len(read.projects) == 1
    assert read.report.left == [
        "resource 'sponsors' (2 rows)",
        "the other events of the package and their projects",
    ]
    with pytest.raises(NotAPackage, match="0 of its events"):
        read_package(content, ZURICH, event_name="None such")


def test_odd_values_are_taken_with_a_note() -> None:
    content = package(name="n" * 300, starts_at="soon", summary=5)
    content["resources"][1]["data"][0]["name"] = None
    read = read_package(content, ZURICH)
    assert (len(read.event.name), read.event.summary, read.projects[0].title) == (
        200,
        "5",
        "Project 1",
    )
    assert read.event.starts_at == datetime(2022, 11, 4, 15, 30, tzinfo=UTC)
    assert len(read.report.notes) == 5
    assert export(read)["resources"][0]["data"][0] == content["resources"][0]["data"][0]


def test_dates_that_contradict_each_other_are_mended() -> None:
    read = read_package(package(ends_at="2022-11-01T00:00"), ZURICH)
    assert (read.event.ends_at - read.event.starts_at).total_seconds() == 3600
    none = read_package(package(starts_at="", ends_at=None), ZURICH)
    assert none.event.starts_at == datetime(2000, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-11-04T09:00+02:00", datetime(2022, 11, 4, 7, 0, tzinfo=UTC)),
        ("nonsense", None),
        (5, None),
        ("0001-01-01T00:00", None),
    ],
)
def test_moments(value: Any, expected: datetime | None) -> None:
    assert parse_moment(value, ZURICH) == expected


def test_the_report_speaks_in_lines() -> None:
    lines = read_package(package(), ZURICH).report.lines()
    assert lines[0] == "taken: 1 event, 2 projects"
    assert lines[3] == "left out: nothing"
