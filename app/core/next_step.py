"""The one thing a person should do now, from their roles, the phase and what is done already."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from app.core.phases import Phase
from app.core.policy import Role


class Step(StrEnum):
    """What to do now; pages turn it into words and a link."""

    # everybody
    AWAIT_START = "await_start"
    LOOK_AROUND = "look_around"
    READ_RESULTS = "read_results"
    AWAIT_RESULTS = "await_results"
    # participants
    ADD_SKILLS = "add_skills"
    PITCH_IDEA = "pitch_idea"
    RANK_IDEAS = "rank_ideas"
    AWAIT_TEAMS = "await_teams"
    ANSWER_PLACEMENT = "answer_placement"
    MEET_TEAM = "meet_team"
    FIND_TEAM = "find_team"
    OPEN_BOARD = "open_board"
    START_SUBMISSION = "start_submission"
    FINISH_SUBMISSION = "finish_submission"
    AWAIT_JURY = "await_jury"
    # jurors
    SCORE = "score"
    AWAIT_SHEETS = "await_sheets"
    SHEETS_DONE = "sheets_done"
    # the crew
    PUBLISH_EVENT = "publish_event"
    SETTLE_REPORTS = "settle_reports"
    INVITE_PEOPLE = "invite_people"
    COLLECT_IDEAS = "collect_ideas"
    FOLLOW_IDEAS = "follow_ideas"
    RUN_MATCHING = "run_matching"
    PUBLISH_TEAMS = "publish_teams"
    FOLLOW_TEAMS = "follow_teams"
    FOLLOW_BOARDS = "follow_boards"
    NAME_JURORS = "name_jurors"
    FOLLOW_SUBMISSIONS = "follow_submissions"
    ASSIGN_JURORS = "assign_jurors"
    FOLLOW_SHEETS = "follow_sheets"
    MAKE_SHORTLIST = "make_shortlist"
    PUBLISH_RESULTS = "publish_results"


class Progress(StrEnum):
    """How far a team's submission is."""

    NONE = "none"
    DRAFT = "draft"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class Moment:
    """Where the event stands: the running phase, if any, and whether all phases are over."""

    phase: Phase | None
    is_over: bool = False
    are_results_published: bool = False


@dataclass(frozen=True)
class OwnFacts:
    """What one person has done so far.

    Attributes
    ----------
    ideas : int
        Ideas that the person could rank now.
    has_team : bool
        The person belongs to a published team.
    has_answered : bool
        The person accepted the place, or asked for another.
    sheets_left, sheets : int
        Sheets to hand in, and all sheets given to the person as a juror.
    """

    has_skills: bool = False
    has_pitched: bool = False
    has_ranked: bool = False
    ideas: int = 0
    has_team: bool = False
    has_answered: bool = False
    submission: Progress = Progress.NONE
    sheets_left: int = 0
    sheets: int = 0


@dataclass(frozen=True)
class CrewFacts:
    """What the whole event has come to; all figures are counts."""

    is_published: bool = False
    open_reports: int = 0
    participants: int = 0
    ideas: int = 0
    proposed_teams: int = 0
    published_teams: int = 0
    jurors: int = 0
    submissions: int = 0
    sheets: int = 0
    sheets_left: int = 0
    has_shortlist: bool = False


def next_step(roles: Set[Role], moment: Moment, own: OwnFacts, crew: CrewFacts) -> Step:
    """Choose the one thing to do now.

    A person with several roles hears first of what others wait for: sheets, then the
    organiser's work, then the facilitator's, then their own part.

    Parameters
    ----------
    roles : set of Role
        Roles held in the event.
    moment : Moment
        Where the event stands.
    own : OwnFacts
        What the person has done.
    crew : CrewFacts
        What the event has come to; read only for organisers and facilitators.

    Returns
    -------
    Step
        Never more than one.
    """
    if Role.JUROR in roles and moment.phase is Phase.JUDGING and own.sheets_left:
        return Step.SCORE
    if Role.ORGANISER in roles:
        return organiser_step(moment, crew)
    if Role.FACILITATOR in roles:
        return facilitator_step(moment, crew)
    if Role.PARTICIPANT in roles:
        return participant_step(moment, own)
    if Role.JUROR in roles:
        return juror_step(moment, own)
    return Step.READ_RESULTS if moment.are_results_published else Step.LOOK_AROUND


def participant_step(moment: Moment, own: OwnFacts) -> Step:
    """Choose what a participant does now; see `next_step`."""
    phase = moment.phase
    return _first(
        (moment.are_results_published, Step.READ_RESULTS),
        (moment.is_over or phase in {Phase.JUDGING, Phase.RESULTS}, Step.AWAIT_RESULTS),
        (own.has_team, _with_team(phase, own)),
        (phase in {Phase.JAM, Phase.SUBMISSION}, Step.FIND_TEAM),
        (not own.has_skills, Step.ADD_SKILLS),
        (phase is None, Step.AWAIT_START),
        otherwise=_before_teams(phase, own),
    )


def _first(*rules: tuple[bool, Step], otherwise: Step) -> Step:
    """Return the step of the first rule that holds."""
    return next((step for holds, step in rules if holds), otherwise)


def _with_team(phase: Phase | None, own: OwnFacts) -> Step:
    if phase is Phase.SUBMISSION:
        return {
            Progress.NONE: Step.START_SUBMISSION,
            Progress.DRAFT: Step.FINISH_SUBMISSION,
            Progress.SUBMITTED: Step.AWAIT_JURY,
        }[own.submission]
    if not own.has_answered:
        return Step.ANSWER_PLACEMENT
    return Step.OPEN_BOARD if phase is Phase.JAM else Step.MEET_TEAM


def _before_teams(phase: Phase | None, own: OwnFacts) -> Step:
    if own.has_ranked:
        return Step.AWAIT_TEAMS
    is_time_to_pitch = phase in {Phase.OPEN, Phase.IDEAS}
    if is_time_to_pitch and not own.has_pitched:
        return Step.PITCH_IDEA
    return Step.RANK_IDEAS if own.ideas else Step.AWAIT_TEAMS


def juror_step(moment: Moment, own: OwnFacts) -> Step:
    """Choose what a juror does now; see `next_step`."""
    if moment.are_results_published:
        return Step.READ_RESULTS
    if moment.phase is Phase.JUDGING and own.sheets:
        return Step.SCORE if own.sheets_left else Step.SHEETS_DONE
    if moment.is_over or moment.phase is Phase.RESULTS:
        return Step.AWAIT_RESULTS
    return Step.AWAIT_SHEETS


def facilitator_step(moment: Moment, crew: CrewFacts) -> Step:
    """Choose what a facilitator does now; see `next_step`."""
    if crew.open_reports:
        return Step.SETTLE_REPORTS
    if moment.are_results_published:
        return Step.READ_RESULTS
    if moment.phase in {Phase.JAM, Phase.SUBMISSION}:
        return Step.FOLLOW_BOARDS
    if moment.phase in {Phase.OPEN, Phase.IDEAS, Phase.MATCHING}:
        return Step.FOLLOW_IDEAS
    return Step.AWAIT_RESULTS if moment.is_over or moment.phase else Step.AWAIT_START


def organiser_step(moment: Moment, crew: CrewFacts) -> Step:
    """Choose what an organiser does now; see `next_step`."""
    phase = moment.phase
    return _first(
        (not crew.is_published, Step.PUBLISH_EVENT),
        (crew.open_reports > 0, Step.SETTLE_REPORTS),
        (moment.are_results_published, Step.READ_RESULTS),
        (
            moment.is_over or phase in {Phase.JUDGING, Phase.RESULTS},
            _towards_results(crew),
        ),
        (not crew.participants or phase in {None, Phase.OPEN}, Step.INVITE_PEOPLE),
        (not crew.ideas, Step.COLLECT_IDEAS),
        (phase is Phase.IDEAS, Step.FOLLOW_IDEAS),
        (not crew.proposed_teams and not crew.published_teams, Step.RUN_MATCHING),
        (not crew.published_teams, Step.PUBLISH_TEAMS),
        (phase is Phase.MATCHING, Step.FOLLOW_TEAMS),
        (not crew.jurors, Step.NAME_JURORS),
        (phase is Phase.JAM, Step.FOLLOW_BOARDS),
        otherwise=Step.FOLLOW_SUBMISSIONS,
    )


def _towards_results(crew: CrewFacts) -> Step:
    return _first(
        (crew.has_shortlist, Step.PUBLISH_RESULTS),
        (not crew.submissions, Step.FOLLOW_SUBMISSIONS),
        (not crew.jurors, Step.NAME_JURORS),
        (not crew.sheets, Step.ASSIGN_JURORS),
        (crew.sheets_left > 0, Step.FOLLOW_SHEETS),
        otherwise=Step.MAKE_SHORTLIST,
    )
