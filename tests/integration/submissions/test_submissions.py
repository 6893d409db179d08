"""A team writes, hands in and hands in again; deadlines and files."""

from datetime import timedelta
from pathlib import Path

import pytest

from app import clock
from app.core.phases import Phase
from app.core.policy import Actor, Reason, Role
from app.core.submission_check import CANVAS_SECTIONS, Item, fingerprint
from app.domain.journal import queries as journal
from app.domain.programmes import queries as programmes
from app.domain.submissions import queries, service
from app.domain.submissions.inputs import InvalidDraft
from app.domain.submissions.service import DraftInput, LineInput
from app.errors import Conflict, Denied, Invalid, Missing
from app.storage import FileStore
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")

WHOLE = DraftInput(
    title="Night library",
    summary="A room that stays open until two.",
    track="Reading",
    region="North",
    canvas=dict.fromkeys(CANVAS_SECTIONS, "Words"),
    video_url="https://video.example/1",
    ask="1.200,50",
    lines=[LineInput("Lamps", "200.50"), LineInput("Rent", "1 000"), LineInput("", "")],
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event(Phase.SUBMISSION, budget_cents=1_000_000)


@pytest.fixture
def member(make: Factory, event_id: int) -> Actor:
    return Actor(user_id=make.member(event_id), roles=frozenset({Role.PARTICIPANT}))


@pytest.fixture
def team_id(make: Factory, event_id: int, member: Actor) -> int:
    assert member.user_id is not None
    return make.team(event_id, member.user_id, name="Owls")


@pytest.fixture
def boss(make: Factory, event_id: int) -> Actor:
    return Actor(user_id=make.member(event_id, Role.ORGANISER), roles=frozenset({Role.ORGANISER}))


def test_a_draft_is_kept_with_amounts_in_cents(member: Actor, team_id: int) -> None:
    assert service.save_draft(member, team_id, WHOLE, 0) == 1
    draft = queries.find_draft(team_id)
    assert (draft.title, draft.ask_cents, draft.revision, draft.state) == (
        "Night library", 120_050, 1, "draft",
    )  # fmt: skip
    assert [(line.label, line.amount_cents) for line in draft.lines] == [
        ("Lamps", 20_050), ("Rent", 100_000),
    ]  # fmt: skip
    assert draft.updated_by == member.user_id


def test_saving_the_same_again_changes_nothing(member: Actor, team_id: int) -> None:
    service.save_draft(member, team_id, WHOLE, 0)
    assert service.save_draft(member, team_id, WHOLE, 0) == 1


def test_a_save_from_an_older_revision_is_told_what_stands(
    make: Factory, event_id: int, member: Actor, team_id: int
) -> None:
    service.save_draft(member, team_id, WHOLE, 0)
    with pytest.raises(service.StaleDraft) as stale:
        service.save_draft(member, team_id, DraftInput(title="Day library"), 0)
    assert (stale.value.theirs.title, stale.value.theirs.revision) == ("Night library", 1)
    assert queries.find_draft(team_id).title == "Night library"


def test_every_field_at_fault_is_named_and_nothing_is_stored(member: Actor, team_id: int) -> None:
    bad = DraftInput(
        title="x" * 201,
        video_url="javascript:alert(1)",
        ask="12a",
        lines=[LineInput("Lamps", "-5"), LineInput("Rent", "1.2000")],
        canvas={"problem": "x" * 5_001},
    )
    with pytest.raises(InvalidDraft) as invalid:
        service.save_draft(member, team_id, bad, 0)
    assert [field for field, _sentence in invalid.value.faults] == [
        "title", "problem", "ask", "lines-0-amount", "lines-1-amount", "video_url",
    ]  # fmt: skip
    assert queries.find_draft(team_id).id is None


def test_characters_that_no_database_holds_are_left_out(member: Actor, team_id: int) -> None:
    service.save_draft(member, team_id, DraftInput(title="a\x00b\ud800"), 0)
    assert queries.find_draft(team_id).title == "ab\ufffd"


def test_handing_in_freezes_a_snapshot_with_its_fingerprint(
    event_id: int, member: Actor, team_id: int
) -> None:
    revision = service.save_draft(member, team_id, WHOLE, 0)
    snapshot = service.hand_in(member, team_id, revision)
    assert (snapshot.version, snapshot.sha256) == (1, fingerprint(snapshot.content))
    assert snapshot.content["budget"] == [
        {"label": "Lamps", "amount_cents": 20_050}, {"label": "Rent", "amount_cents": 100_000},
    ]  # fmt: skip
    assert queries.count_submitted(event_id) == 1
    assert [entry.action for entry in journal.list_entries(event_id)] == ["submission.handed_in"]


def test_handing_in_again_makes_a_new_version_and_keeps_the_first(
    member: Actor, team_id: int
) -> None:
    revision = service.save_draft(member, team_id, WHOLE, 0)
    first = service.hand_in(member, team_id, revision)
    assert service.hand_in(member, team_id, revision) == first
    better = DraftInput(**{**vars(WHOLE), "title": "Night library, warmer"})
    revision = service.save_draft(member, team_id, better, revision)
    assert queries.find_snapshot(first.submission_id) == first
    second = service.hand_in(member, team_id, revision)
    assert (second.version, second.content["title"]) == (2, "Night library, warmer")
    assert [each.version for each in queries.list_snapshots([first.submission_id])] == [2]


def test_what_is_missing_keeps_it_from_being_handed_in(member: Actor, team_id: int) -> None:
    revision = service.save_draft(member, team_id, DraftInput(title="Night library"), 0)
    with pytest.raises(service.Incomplete) as incomplete:
        service.hand_in(member, team_id, revision)
    assert incomplete.value.missing == (Item.SUMMARY, Item.CANVAS, Item.BUDGET)
    assert queries.find_draft(team_id).state == "draft"


def test_handing_in_from_an_older_revision_is_refused(member: Actor, team_id: int) -> None:
    service.save_draft(member, team_id, WHOLE, 0)
    with pytest.raises(service.StaleDraft):
        service.hand_in(member, team_id, 0)


@pytest.mark.parametrize("phase", [Phase.MATCHING, Phase.JUDGING])
def test_outside_its_time_nothing_is_saved(
    make: Factory, event_id: int, member: Actor, team_id: int, phase: Phase
) -> None:
    make.go_to(event_id, phase)
    with pytest.raises(Denied) as denied:
        service.save_draft(member, team_id, WHOLE, 0)
    assert denied.value.reason == Reason.PHASE_CLOSED


def test_an_extension_opens_the_deadline_for_one_team(
    make: Factory, event_id: int, member: Actor, team_id: int, boss: Actor
) -> None:
    other = make.member(event_id)
    other_team = make.team(event_id, other)
    make.go_to(event_id, Phase.JUDGING)
    until_at = clock.now() + timedelta(hours=2)
    service.extend_deadline(boss, team_id, until_at, "The network was down.")
    assert service.save_draft(member, team_id, WHOLE, 0) == 1
    with pytest.raises(Denied):
        service.save_draft(Actor(user_id=other, roles=member.roles), other_team, WHOLE, 0)
    entry = journal.list_entries(event_id)[0]
    assert (entry.action, entry.detail["reason"], entry.actor_id) == (
        "submission.deadline_extended", "The network was down.", boss.user_id,
    )  # fmt: skip
    event = programmes.find_event_by_id(event_id)
    assert event is not None
    assert queries.deadline_of(event, queries.find_extension(team_id)) == until_at


def test_an_extension_that_has_passed_closes_again(
    make: Factory, event_id: int, member: Actor, team_id: int, boss: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    make.go_to(event_id, Phase.JUDGING)
    service.extend_deadline(boss, team_id, clock.now() + timedelta(hours=1), "Late train")
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Denied) as denied:
        service.save_draft(member, team_id, WHOLE, 0)
    assert denied.value.reason == Reason.PHASE_CLOSED


def test_an_extension_needs_an_organiser_a_reason_and_a_moment_to_come(
    member: Actor, team_id: int, boss: Actor
) -> None:
    soon = clock.now() + timedelta(hours=1)
    with pytest.raises(Denied):
        service.extend_deadline(member, team_id, soon, "Please")
    with pytest.raises(Invalid) as invalid:
        service.extend_deadline(boss, team_id, soon, "  ")
    assert invalid.value.field == "reason"
    with pytest.raises(Invalid) as invalid:
        service.extend_deadline(boss, team_id, clock.now() - timedelta(minutes=1), "Late")
    assert invalid.value.field == "until_at"
    assert queries.find_extension(team_id) is None


def test_once_scored_it_is_closed_even_with_more_time(
    member: Actor, team_id: int, boss: Actor
) -> None:
    revision = service.save_draft(member, team_id, WHOLE, 0)
    service.lock_submission(service.hand_in(member, team_id, revision).submission_id)
    with pytest.raises(Denied) as denied:
        service.save_draft(member, team_id, DraftInput(), revision)
    assert denied.value.reason == Reason.LOCKED
    with pytest.raises(Conflict):
        service.extend_deadline(boss, team_id, clock.now() + timedelta(days=1), "Late")


def test_only_members_of_a_published_team_write(
    make: Factory, event_id: int, member: Actor, team_id: int, boss: Actor
) -> None:
    stranger = Actor(user_id=make.member(event_id), roles=member.roles)
    proposed = make.team(event_id, make.member(event_id), state="proposed")
    for actor, each in ((stranger, team_id), (boss, team_id), (member, proposed)):
        with pytest.raises(Denied) as denied:
            service.save_draft(actor, each, WHOLE, 0)
        assert denied.value.reason == Reason.NOT_YOURS
    with pytest.raises(Missing):
        service.save_draft(member, 999_999, WHOLE, 0)


def test_a_file_leaves_the_draft_and_stays_in_what_was_handed_in(
    member: Actor, team_id: int, tmp_path: Path
) -> None:
    revision = service.save_draft(member, team_id, WHOLE, 0)
    file_id = service.attach_file(
        member, team_id, "plan.png", PNG, label="Plan", files=FileStore(tmp_path), bytes_max=10_000
    )
    file = queries.find_draft(team_id).files[0]
    assert (file.id, file.label, file.upload.media_type) == (file_id, "Plan", "image/png")
    snapshot = service.hand_in(member, team_id, revision)
    assert [each["public_id"] for each in snapshot.content["files"]] == [file.upload.public_id]
    service.remove_file(member, team_id, file_id)
    assert queries.find_draft(team_id).files == ()
    home = queries.find_file_home(file.upload.id)
    assert home is not None
    assert (home.team_id, home.submission_id) == (team_id, snapshot.submission_id)
    with pytest.raises(Missing):
        service.remove_file(member, team_id, file_id)


def test_organisers_see_where_every_team_stands(
    make: Factory, event_id: int, member: Actor, team_id: int
) -> None:
    silent = make.team(event_id, make.member(event_id), name="Zebras")
    revision = service.save_draft(member, team_id, WHOLE, 0)
    service.hand_in(member, team_id, revision)
    rows = queries.list_submissions(event_id)
    assert [(row.team_id, row.state, row.version, row.ask_cents) for row in rows] == [
        (team_id, "submitted", 1, 120_050), (silent, "none", 0, 0),
    ]  # fmt: skip
    assert [each.title for each in queries.list_handed_in(event_id)] == ["Night library"]


def test_home_learns_what_a_team_still_lacks(
    make: Factory, event_id: int, member: Actor, team_id: int
) -> None:
    event = programmes.find_event_by_id(event_id)
    assert event is not None
    assert member.user_id is not None
    state = queries.find_state_for_user(member.user_id, event)
    assert state is not None
    assert (state.team_name, state.state, state.missing) == ("Owls", "none", 4)
    span = event.span_of(Phase.SUBMISSION)
    assert span is not None
    assert state.deadline_at == span.ends_at
    assert queries.find_state_for_user(make.member(event_id), event) is None
