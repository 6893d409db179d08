"""Everybody hears of exactly one thing to do, and of the right one."""

import pytest

from app.core.next_step import CrewFacts, Moment, OwnFacts, Progress, Step, next_step
from app.core.phases import Phase
from app.core.policy import Role

NOBODY = OwnFacts()
SKILLED = OwnFacts(has_skills=True)
PLACED = OwnFacts(has_skills=True, has_team=True, has_answered=True)
RUNNING = CrewFacts(is_published=True, participants=60, ideas=14)
TEAMED = CrewFacts(is_published=True, participants=60, ideas=14, published_teams=12, jurors=8)


def at(phase: Phase | None, own: OwnFacts) -> Step:
    return next_step({Role.PARTICIPANT}, Moment(phase), own, CrewFacts())


def crew_at(phase: Phase | None, crew: CrewFacts) -> Step:
    return next_step({Role.ORGANISER}, Moment(phase), NOBODY, crew)


@pytest.mark.parametrize(
    ("phase", "own", "step"),
    [
        (None, NOBODY, Step.ADD_SKILLS),
        (None, SKILLED, Step.AWAIT_START),
        (Phase.OPEN, NOBODY, Step.ADD_SKILLS),
        (Phase.OPEN, SKILLED, Step.PITCH_IDEA),
        (Phase.IDEAS, SKILLED, Step.PITCH_IDEA),
        (Phase.IDEAS, OwnFacts(has_skills=True, has_pitched=True, ideas=3), Step.RANK_IDEAS),
        (Phase.IDEAS, OwnFacts(has_skills=True, has_pitched=True), Step.AWAIT_TEAMS),
        (Phase.IDEAS, OwnFacts(has_skills=True, has_ranked=True, ideas=3), Step.AWAIT_TEAMS),
        (Phase.MATCHING, OwnFacts(has_skills=True, ideas=3), Step.RANK_IDEAS),
        (Phase.MATCHING, SKILLED, Step.AWAIT_TEAMS),
        (Phase.MATCHING, OwnFacts(has_team=True), Step.ANSWER_PLACEMENT),
        (Phase.MATCHING, PLACED, Step.MEET_TEAM),
        (Phase.JAM, NOBODY, Step.FIND_TEAM),
        (Phase.JAM, OwnFacts(has_team=True), Step.ANSWER_PLACEMENT),
        (Phase.JAM, PLACED, Step.OPEN_BOARD),
        (Phase.SUBMISSION, PLACED, Step.START_SUBMISSION),
        (
            Phase.SUBMISSION,
            OwnFacts(has_team=True, submission=Progress.DRAFT),
            Step.FINISH_SUBMISSION,
        ),
        (Phase.SUBMISSION, OwnFacts(has_team=True, submission=Progress.SUBMITTED), Step.AWAIT_JURY),
        (Phase.JUDGING, PLACED, Step.AWAIT_RESULTS),
        (Phase.RESULTS, PLACED, Step.AWAIT_RESULTS),
    ],
)
def test_a_participant_is_led_along_the_road(
    phase: Phase | None, own: OwnFacts, step: Step
) -> None:
    assert at(phase, own) == step


@pytest.mark.parametrize(
    ("phase", "crew", "step"),
    [
        (None, CrewFacts(), Step.PUBLISH_EVENT),
        (Phase.OPEN, CrewFacts(is_published=True), Step.INVITE_PEOPLE),
        (Phase.IDEAS, CrewFacts(is_published=True), Step.INVITE_PEOPLE),
        (Phase.IDEAS, CrewFacts(is_published=True, participants=3), Step.COLLECT_IDEAS),
        (Phase.IDEAS, RUNNING, Step.FOLLOW_IDEAS),
        (Phase.MATCHING, CrewFacts(is_published=True, participants=3), Step.COLLECT_IDEAS),
        (Phase.MATCHING, RUNNING, Step.RUN_MATCHING),
        (
            Phase.MATCHING,
            CrewFacts(is_published=True, participants=60, ideas=14, proposed_teams=12),
            Step.PUBLISH_TEAMS,
        ),
        (Phase.MATCHING, TEAMED, Step.FOLLOW_TEAMS),
        (Phase.JAM, RUNNING, Step.RUN_MATCHING),
        (
            Phase.JAM,
            CrewFacts(is_published=True, participants=60, ideas=14, published_teams=12),
            Step.NAME_JURORS,
        ),
        (Phase.JAM, TEAMED, Step.FOLLOW_BOARDS),
        (Phase.SUBMISSION, TEAMED, Step.FOLLOW_SUBMISSIONS),
        (Phase.JUDGING, TEAMED, Step.FOLLOW_SUBMISSIONS),
        (Phase.JUDGING, CrewFacts(is_published=True, submissions=12), Step.NAME_JURORS),
        (
            Phase.JUDGING,
            CrewFacts(is_published=True, submissions=12, jurors=8),
            Step.ASSIGN_JURORS,
        ),
        (
            Phase.JUDGING,
            CrewFacts(is_published=True, submissions=12, jurors=8, sheets=36, sheets_left=1),
            Step.FOLLOW_SHEETS,
        ),
        (
            Phase.JUDGING,
            CrewFacts(is_published=True, submissions=12, jurors=8, sheets=36),
            Step.MAKE_SHORTLIST,
        ),
        (
            Phase.RESULTS,
            CrewFacts(is_published=True, submissions=12, has_shortlist=True),
            Step.PUBLISH_RESULTS,
        ),
    ],
)
def test_an_organiser_is_led_along_the_road(
    phase: Phase | None, crew: CrewFacts, step: Step
) -> None:
    assert crew_at(phase, crew) == step


def test_reports_come_before_the_crew_s_other_work() -> None:
    reported = CrewFacts(is_published=True, open_reports=1)
    assert crew_at(Phase.JAM, reported) == Step.SETTLE_REPORTS
    facilitator = next_step({Role.FACILITATOR}, Moment(Phase.JAM), NOBODY, reported)
    assert facilitator == Step.SETTLE_REPORTS


@pytest.mark.parametrize(
    ("phase", "step"),
    [
        (None, Step.AWAIT_START),
        (Phase.IDEAS, Step.FOLLOW_IDEAS),
        (Phase.JAM, Step.FOLLOW_BOARDS),
        (Phase.JUDGING, Step.AWAIT_RESULTS),
    ],
)
def test_a_facilitator_is_where_people_are(phase: Phase | None, step: Step) -> None:
    assert next_step({Role.FACILITATOR}, Moment(phase), NOBODY, RUNNING) == step


@pytest.mark.parametrize(
    ("moment", "own", "step"),
    [
        (Moment(Phase.JAM), NOBODY, Step.AWAIT_SHEETS),
        (Moment(Phase.JUDGING), NOBODY, Step.AWAIT_SHEETS),
        (Moment(Phase.JUDGING), OwnFacts(sheets=3, sheets_left=3), Step.SCORE),
        (Moment(Phase.JUDGING), OwnFacts(sheets=3), Step.SHEETS_DONE),
        (Moment(Phase.RESULTS), OwnFacts(sheets=3), Step.AWAIT_RESULTS),
        (Moment(None, is_over=True), OwnFacts(sheets=3), Step.AWAIT_RESULTS),
        (Moment(Phase.RESULTS, are_results_published=True), NOBODY, Step.READ_RESULTS),
    ],
)
def test_a_juror_hears_of_sheets(moment: Moment, own: OwnFacts, step: Step) -> None:
    assert next_step({Role.JUROR}, moment, own, CrewFacts()) == step


def test_with_several_roles_sheets_come_first() -> None:
    own = OwnFacts(sheets=3, sheets_left=1)
    roles = {Role.JUROR, Role.ORGANISER, Role.PARTICIPANT}
    assert next_step(roles, Moment(Phase.JUDGING), own, TEAMED) == Step.SCORE
    assert next_step(roles, Moment(Phase.JAM), own, TEAMED) == Step.FOLLOW_BOARDS


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.FACILITATOR, Role.ORGANISER, Role.MENTOR])
def test_published_results_are_read_by_all(role: Role) -> None:
    moment = Moment(Phase.RESULTS, are_results_published=True)
    assert next_step({role}, moment, NOBODY, TEAMED) == Step.READ_RESULTS


def test_guests_look_around() -> None:
    for role in (Role.MENTOR, Role.PARTNER):
        assert next_step({role}, Moment(Phase.JAM), NOBODY, CrewFacts()) == Step.LOOK_AROUND
