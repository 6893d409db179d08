"""The policy decides every action, and refuses with the right reason."""

import pytest

from app.core.phases import Phase
from app.core.policy import OPERATOR, RULES, Action, Actor, Facts, Reason, Role, decide

VISITOR = Actor()
NOBODY = Actor(user_id=1)
PARTICIPANT = Actor(user_id=1, roles=frozenset({Role.PARTICIPANT}))
ORGANISER = Actor(user_id=1, roles=frozenset({Role.ORGANISER}))
JUROR = Actor(user_id=1, roles=frozenset({Role.JUROR}))
ADMIN = Actor(user_id=1, is_admin=True)


def test_every_action_has_a_rule() -> None:
    assert set(RULES) == set(Action)


@pytest.mark.parametrize("action", list(Action))
def test_a_visitor_reads_at_most_what_is_public(action: Action) -> None:
    allowed = decide(VISITOR, action).allowed
    assert allowed == (action in {Action.VIEW_SITE, Action.SIGN_IN})


@pytest.mark.parametrize(
    "action", [Action.VIEW_EVENT, Action.VIEW_IDEAS, Action.VIEW_IDEA, Action.VIEW_RESULTS]
)
def test_published_things_are_open_to_visitors(action: Action) -> None:
    assert decide(VISITOR, action, Facts(is_published=True)).allowed


@pytest.mark.parametrize("action", list(Action))
def test_a_banned_person_keeps_only_their_account(action: Action) -> None:
    banned = Actor(user_id=1, roles=frozenset(Role), is_banned=True)
    facts = Facts(is_published=True, is_member=True, is_owner=True, open_phases=frozenset(Phase))
    expected = action in {Action.VIEW_SITE, Action.SIGN_IN, Action.USE_ACCOUNT}
    assert decide(banned, action, facts).allowed == expected


def test_an_idea_is_edited_by_its_owner_while_ideas_are_open() -> None:
    own = Facts(is_owner=True, open_phases=frozenset({Phase.IDEAS}))
    assert decide(PARTICIPANT, Action.EDIT_IDEA, own).allowed
    late = Facts(is_owner=True, open_phases=frozenset({Phase.JUDGING}))
    assert decide(PARTICIPANT, Action.EDIT_IDEA, late).reason is Reason.PHASE_CLOSED
    foreign = Facts(open_phases=frozenset({Phase.IDEAS}))
    assert decide(PARTICIPANT, Action.EDIT_IDEA, foreign).reason is Reason.NOT_YOURS
    assert decide(ORGANISER, Action.EDIT_IDEA, foreign).allowed


def test_a_hidden_idea_is_seen_by_staff_and_owner_only() -> None:
    hidden = Facts(is_published=True, is_hidden=True)
    assert decide(VISITOR, Action.VIEW_IDEA, hidden).reason is Reason.HIDDEN
    assert decide(ORGANISER, Action.VIEW_IDEA, hidden).allowed
    assert decide(PARTICIPANT, Action.VIEW_IDEA, Facts(is_hidden=True, is_owner=True)).allowed


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(is_assigned=True, open_phases=frozenset({Phase.JUDGING})), Reason.ALLOWED),
        (Facts(open_phases=frozenset({Phase.JUDGING})), Reason.NOT_YOURS),
        (Facts(is_assigned=True), Reason.PHASE_CLOSED),
        (
            Facts(is_assigned=True, is_locked=True, open_phases=frozenset({Phase.JUDGING})),
            Reason.LOCKED,
        ),
        (
            Facts(is_assigned=True, has_conflict=True, open_phases=frozenset({Phase.JUDGING})),
            Reason.CONFLICT_OF_INTEREST,
        ),
    ],
)
def test_a_juror_scores_assigned_sheets_without_conflict(facts: Facts, reason: Reason) -> None:
    assert decide(JUROR, Action.SCORE, facts).reason is reason


def test_an_administrator_does_not_judge_or_speak_for_others() -> None:
    everything = Facts(is_assigned=True, is_member=True, open_phases=frozenset(Phase))
    assert decide(ADMIN, Action.MANAGE_EVENT).allowed
    assert decide(ADMIN, Action.SCORE, everything).reason is Reason.NOT_YOUR_ROLE
    assert decide(ADMIN, Action.MANAGE_SHORTLIST).reason is Reason.NOT_YOUR_ROLE
    published = Facts(is_published=True)
    assert decide(ADMIN, Action.VIEW_FEEDBACK, published).reason is Reason.NOT_YOURS
    assert decide(ADMIN, Action.VIEW_RESULTS, published).allowed


def test_a_board_is_open_to_its_team_and_an_event_board_to_all_insiders() -> None:
    assert decide(PARTICIPANT, Action.EDIT_BOARD, Facts(is_member=True)).allowed
    assert decide(PARTICIPANT, Action.EDIT_BOARD, Facts(is_event_board=True)).allowed
    assert decide(PARTICIPANT, Action.EDIT_BOARD).reason is Reason.NOT_YOURS
    locked = Facts(is_member=True, is_locked=True)
    assert decide(PARTICIPANT, Action.EDIT_BOARD, locked).reason is Reason.LOCKED
    assert decide(PARTICIPANT, Action.VIEW_BOARD, locked).allowed
    facilitator = Actor(user_id=3, roles=frozenset({Role.FACILITATOR}))
    assert decide(facilitator, Action.EDIT_BOARD, locked).allowed
    outsider = decide(NOBODY, Action.VIEW_BOARD, Facts(is_event_board=True))
    assert outsider.reason is Reason.NOT_YOUR_ROLE


@pytest.mark.parametrize("action", list(Action))
def test_the_operator_at_the_server_may_do_everything(action: Action) -> None:
    assert decide(OPERATOR, action).allowed


def test_a_sheet_is_opened_by_its_own_juror_alone() -> None:
    assert decide(JUROR, Action.VIEW_SHEET, Facts(is_assigned=True)).allowed
    assert decide(JUROR, Action.VIEW_SHEET).reason is Reason.NOT_YOURS
    conflicted = Facts(is_assigned=True, has_conflict=True)
    assert decide(JUROR, Action.VIEW_SHEET, conflicted).reason is Reason.CONFLICT_OF_INTEREST
    assert decide(JUROR, Action.RECUSE, conflicted).allowed
    assert decide(JUROR, Action.RECUSE).reason is Reason.NOT_YOURS
    for action in (Action.VIEW_SHEET, Action.RECUSE):
        assert decide(ADMIN, action, Facts(is_assigned=True)).reason is Reason.NOT_YOUR_ROLE
        assert decide(ORGANISER, action, Facts(is_assigned=True)).reason is Reason.NOT_YOUR_ROLE


def test_a_submission_that_the_jury_has_begun_to_score_is_closed() -> None:
    open_now = frozenset({Phase.SUBMISSION})
    mine = Facts(is_member=True, open_phases=open_now)
    assert decide(PARTICIPANT, Action.EDIT_SUBMISSION, mine).allowed
    scored = Facts(is_member=True, is_locked=True, open_phases=open_now)
    assert decide(PARTICIPANT, Action.EDIT_SUBMISSION, scored).reason is Reason.LOCKED


@pytest.mark.parametrize(
    ("actor", "facts", "reason"),
    [
        (NOBODY, Facts(is_owner=True), Reason.ALLOWED),
        (ORGANISER, Facts(), Reason.ALLOWED),
        (PARTICIPANT, Facts(is_published=True), Reason.ALLOWED),
        (PARTICIPANT, Facts(), Reason.KEPT_PRIVATE),
        (NOBODY, Facts(is_published=True), Reason.NOT_YOUR_ROLE),
        (VISITOR, Facts(is_published=True), Reason.SIGN_IN_FIRST),
    ],
)
def test_a_person_is_seen_by_staff_and_by_others_if_they_agreed(
    actor: Actor, facts: Facts, reason: Reason
) -> None:
    assert decide(actor, Action.VIEW_PERSON, facts).reason is reason
