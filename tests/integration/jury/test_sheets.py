"""A juror's sheets: drafts, versions, freezing, leaving out, and who sees which marks."""

import pytest

from app.core.phases import Phase
from app.core.policy import Actor, Reason, Role
from app.db import db
from app.domain.journal import queries as journal
from app.domain.jury import queries, service, sheets
from app.domain.jury.models import SheetVersion
from app.domain.submissions import queries as submissions
from app.errors import Denied, Invalid, Missing
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")


class Jury:
    """An event in judging with jurors and assigned submissions."""

    def __init__(self, make: Factory, jurors: int = 3, projects: int = 2) -> None:
        self.make = make
        self.event_id = make.event(Phase.JUDGING)
        boss_id = make.member(self.event_id, Role.ORGANISER)
        self.boss = Actor(user_id=boss_id, roles=frozenset({Role.ORGANISER}))
        self.juror_ids = [make.juror(self.event_id) for _ in range(jurors)]
        self.submission_ids = [
            make.submission(self.event_id, make.member(self.event_id)) for _ in range(projects)
        ]
        service.assign_jury(self.boss, self.event_id, jurors)
        rubric = queries.find_rubric(self.event_id)
        assert rubric is not None
        self.criteria = [each.id for each in rubric.criteria]

    def actor(self, place: int) -> Actor:
        panel = queries.list_panel(self.event_id)
        return Actor(user_id=panel[place].person.id, roles=frozenset({Role.JUROR}))

    def sheets_of(self, place: int) -> list[int]:
        return sheets.list_assignment_ids(self.juror_ids[place])

    def close(self) -> None:
        self.make.go_to(self.event_id, Phase.RESULTS)
        db.session.rollback()  # a new look at what has changed

    def marks(self, mark: int = 7) -> dict[int, int]:
        return dict.fromkeys(self.criteria, mark)


@pytest.fixture
def jury(make: Factory) -> Jury:
    return Jury(make)


def versions(assignment_id: int) -> list[tuple[int, bool, str]]:
    db.session.expire_all()
    rows = db.session.query(SheetVersion).filter_by(assignment_id=assignment_id)
    return [(r.version, r.is_submitted, r.comment) for r in rows.order_by(SheetVersion.version)]


def test_drafts_write_over_each_other_and_handed_in_versions_stay(jury: Jury) -> None:
    me, sheet = jury.actor(0), jury.sheets_of(0)[0]
    service.record_sheet(me, sheet, {jury.criteria[0]: 4}, comment="one")
    service.record_sheet(me, sheet, {jury.criteria[0]: 5}, comment="two")
    assert versions(sheet) == [(1, False, "two")]
    service.record_sheet(me, sheet, jury.marks(), comment="three", is_submitted=True)
    assert versions(sheet) == [(1, True, "three")]
    service.record_sheet(me, sheet, jury.marks(6), comment="four")
    service.record_sheet(me, sheet, jury.marks(6), comment="five")
    assert versions(sheet) == [(1, True, "three"), (2, False, "five")]
    service.record_sheet(me, sheet, jury.marks(6), comment="six", is_submitted=True)
    assert versions(sheet) == [(1, True, "three"), (2, True, "six")]


def test_an_autosave_that_comes_late_does_not_reopen_a_sheet(jury: Jury) -> None:
    me, sheet = jury.actor(0), jury.sheets_of(0)[0]
    service.record_sheet(me, sheet, jury.marks(), comment="done", is_submitted=True)
    service.record_sheet(me, sheet, jury.marks(), comment="done")
    assert versions(sheet) == [(1, True, "done")]


def test_every_weighted_criterion_is_needed_to_hand_in(jury: Jury) -> None:
    me, sheet = jury.actor(0), jury.sheets_of(0)[0]
    with pytest.raises(service.IncompleteSheet) as incomplete:
        service.record_sheet(me, sheet, {jury.criteria[1]: 5}, is_submitted=True)
    assert incomplete.value.criterion_ids == (
        jury.criteria[0], jury.criteria[2], jury.criteria[3],
    )  # fmt: skip
    assert versions(sheet) == []


@pytest.mark.parametrize("mark", [0, 11, -1])
def test_a_mark_outside_the_scale_is_refused(jury: Jury, mark: int) -> None:
    with pytest.raises(Invalid) as invalid:
        service.record_sheet(jury.actor(0), jury.sheets_of(0)[0], {jury.criteria[0]: mark})
    assert invalid.value.field == f"score-{jury.criteria[0]}"


def test_a_mark_for_an_unknown_criterion_is_refused(jury: Jury) -> None:
    with pytest.raises(Invalid):
        service.record_sheet(jury.actor(0), jury.sheets_of(0)[0], {999_999: 5})


def test_a_comment_has_an_end(jury: Jury) -> None:
    with pytest.raises(Invalid) as invalid:
        service.record_sheet(jury.actor(0), jury.sheets_of(0)[0], {}, comment="x" * 5_001)
    assert invalid.value.field == "comment"


def test_the_first_mark_freezes_rubric_and_submission(jury: Jury) -> None:
    me, sheet = jury.actor(0), jury.sheets_of(0)[0]
    service.record_sheet(me, sheet, {}, comment="only words")
    rubric = queries.find_rubric(jury.event_id)
    assert rubric is not None
    assert rubric.frozen_at is None
    service.record_sheet(me, sheet, {jury.criteria[0]: 5})
    rubric = queries.find_rubric(jury.event_id)
    assert rubric is not None
    assert rubric.frozen_at is not None
    frozen = [
        entry.detail["sha256"]
        for entry in journal.list_entries(jury.event_id)
        if entry.action == "jury.rubric_frozen"
    ]
    assert frozen == [rubric.sha256]
    assignment = sheets.find_assignment(sheet)
    assert assignment is not None
    locked = {
        row.team_id: submissions.is_locked(row.team_id)
        for row in submissions.list_submissions(jury.event_id)
    }
    team_id = next(
        each.team_id
        for each in submissions.list_handed_in(jury.event_id)
        if each.id == assignment.submission_id
    )
    assert [key for key, value in locked.items() if value] == [team_id]


def test_a_sheet_can_be_changed_until_judging_closes(jury: Jury) -> None:
    me, sheet = jury.actor(0), jury.sheets_of(0)[0]
    service.record_sheet(me, sheet, jury.marks(3), is_submitted=True)
    service.record_sheet(me, sheet, jury.marks(8), is_submitted=True)
    jury.close()
    with pytest.raises(Denied) as denied:
        service.record_sheet(me, sheet, jury.marks(9), is_submitted=True)
    assert denied.value.reason == Reason.PHASE_CLOSED
    assert [rating.marks for rating in queries.list_ratings(jury.event_id)] == [(8, 8, 8, 8)]


def test_nobody_writes_on_the_sheet_of_another(jury: Jury) -> None:
    sheet = jury.sheets_of(0)[0]
    for actor in (jury.actor(1), jury.boss):
        with pytest.raises(Denied):
            service.record_sheet(actor, sheet, jury.marks(), is_submitted=True)
        with pytest.raises(Denied):
            service.declare_conflict(actor, sheet, "I know them")
    with pytest.raises(Missing):
        service.record_sheet(jury.actor(0), 999_999, {})


def test_a_declared_conflict_ends_the_work_and_voids_what_was_handed_in(jury: Jury) -> None:
    me = jury.actor(0)
    first, second = jury.sheets_of(0)
    service.record_sheet(me, first, jury.marks(), is_submitted=True)
    service.declare_conflict(me, first, "We share a flat.")
    service.declare_conflict(me, second, "My sister leads it.")
    states = [sheets.find_assignment(each) for each in (first, second)]
    assert [(each.state, each.reason) for each in states if each] == [
        ("void", "We share a flat."), ("recused", "My sister leads it."),
    ]  # fmt: skip
    assert versions(first) == [(1, True, "")]
    assert [each.source for each in queries.list_conflicts(jury.event_id)] == ["declared"] * 2
    with pytest.raises(Denied) as denied:
        service.record_sheet(me, first, jury.marks())
    assert denied.value.reason == Reason.CONFLICT_OF_INTEREST


def test_abstaining_needs_a_reason_and_is_missing_never_zero(jury: Jury) -> None:
    me, (first, second) = jury.actor(0), jury.sheets_of(0)
    with pytest.raises(Invalid):
        service.abstain(me, first, " ")
    service.abstain(me, first, "I could not open the plan.")
    service.record_sheet(me, second, jury.marks(5), is_submitted=True)
    jury.close()
    assert len(queries.list_ratings(jury.event_id)) == 1
    assert queries.list_conflicts(jury.event_id) == []


def test_ratings_are_closed_to_everybody_until_scoring_has_closed(jury: Jury) -> None:
    for place in range(3):
        for sheet in jury.sheets_of(place):
            service.record_sheet(
                jury.actor(place), sheet, jury.marks(place + 4), comment=f"by {place}",
                private_note="for me", is_submitted=True,
            )  # fmt: skip
    for read in (queries.list_ratings, queries.list_feedback):
        with pytest.raises(Denied) as denied:
            read(jury.event_id)
        assert denied.value.reason == Reason.SCORING_OPEN
    jury.close()
    ratings = queries.list_ratings(jury.event_id)
    assert [(r.submission_id, r.juror_id, r.marks[0]) for r in ratings] == [
        (submission_id, juror_id, place + 4)
        for submission_id in jury.submission_ids
        for place, juror_id in enumerate(jury.juror_ids)
    ]
    assert ratings[0].weights == (2.0, 2.0, 1.0, 1.0)


def test_feedback_comes_from_three_sheets_on_without_names_or_notes(jury: Jury) -> None:
    full, thin = jury.submission_ids
    for place in range(3):
        for sheet in jury.sheets_of(place):
            assignment = sheets.find_assignment(sheet)
            assert assignment is not None
            if assignment.submission_id == full or place < 2:
                service.record_sheet(
                    jury.actor(place), sheet, jury.marks(place + 4), comment=f"words {place}",
                    private_note="secret", is_submitted=True,
                )  # fmt: skip
    jury.close()
    feedback = queries.list_feedback(jury.event_id)
    assert list(feedback) == [full]
    assert sorted(view.comment for view in feedback[full]) == ["words 0", "words 1", "words 2"]
    assert "secret" not in repr(feedback)
    assert thin not in feedback


def test_a_queue_counts_marks_and_begins_where_sheets_are_fewest(jury: Jury) -> None:
    other, mine = jury.actor(1), jury.juror_ids[0]
    by_submission = {
        view.submission_id: view.id
        for view in map(sheets.find_assignment, jury.sheets_of(1))
        if view
    }
    first = sheets.list_queue(jury.event_id, mine)[0]
    service.record_sheet(other, by_submission[first.submission_id], jury.marks(), is_submitted=True)
    queue = sheets.list_queue(jury.event_id, mine)
    upcoming = sheets.next_of(queue)
    assert upcoming is not None
    assert upcoming.number == 2
    service.record_sheet(jury.actor(0), queue[0].assignment_id, {jury.criteria[0]: 3})
    queue = sheets.list_queue(jury.event_id, mine)
    assert [(item.state, item.marked, item.needed) for item in queue] == [
        ("draft", 1, 4), ("open", 0, 4),
    ]  # fmt: skip
    upcoming = sheets.next_of(queue)
    assert upcoming is not None
    assert upcoming.number == 1
    for item in queue:
        service.abstain(jury.actor(0), item.assignment_id, "ill")
    assert sheets.next_of(sheets.list_queue(jury.event_id, mine)) is None
