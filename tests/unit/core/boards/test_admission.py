"""Who may write what on a board, and when."""

import pytest

from app.core.boards.admission import (
    CLAIMS_PER_UPDATE_MAX,
    CLIENT_IDS_PER_BOARD_MAX,
    BoardFacts,
    Decision,
    Reason,
    Sender,
    UpdateShape,
    Verdict,
    decide,
    may_write,
)

ANN = Sender("user:ann", may_edit=True, may_moderate=False)
VIEWER = Sender("user:eve", may_edit=False, may_moderate=False)
MODERATOR = Sender("user:mod", may_edit=True, may_moderate=True)


def shape(
    authored: dict[int, list[tuple[int, int]]] | None = None,
    requires: dict[int, int] | None = None,
    deleted: list[tuple[int, int, int]] | None = None,
) -> UpdateShape:
    return UpdateShape(authored or {}, requires or {}, deleted or [], len(authored or {}))


def facts(**changes: object) -> BoardFacts:
    plain: dict[str, object] = {"known": {1: 5}, "owners": {1: "user:ann"}, "present": {"user:ann"}}
    return BoardFacts(**(plain | changes))  # type: ignore[arg-type]


def test_the_next_structs_of_ones_own_are_admitted() -> None:
    assert decide(shape({1: [(5, 8)]}), ANN, facts()) == Verdict(Decision.ADMIT)


def test_structs_that_overlap_the_known_ones_are_admitted() -> None:
    assert decide(shape({1: [(3, 8)]}), ANN, facts()) == Verdict(Decision.ADMIT)


@pytest.mark.parametrize("sender", [ANN, VIEWER, MODERATOR])
def test_what_the_board_has_already_passes_for_everyone(sender: Sender) -> None:
    assert decide(shape({1: [(0, 5)]}), sender, facts(is_locked=True)).decision is Decision.KNOWN
    assert decide(shape(), sender, facts(is_locked=True)).decision is Decision.KNOWN


def test_an_unseen_client_id_is_bound_to_its_deliverer() -> None:
    verdict = decide(shape({9: [(0, 2)]}), ANN, facts())
    assert verdict == Verdict(Decision.ADMIT, None, claims=(9,))


def test_too_many_unseen_ids_are_refused() -> None:
    many = {client: [(0, 1)] for client in range(100, 101 + CLAIMS_PER_UPDATE_MAX)}
    refusal = Verdict(Decision.REFUSE, Reason.TOO_LARGE)
    assert decide(shape(many), ANN, facts()) == refusal
    many.popitem()
    assert decide(shape(many), ANN, facts()).decision is Decision.ADMIT


def test_a_board_has_a_limit_of_client_ids() -> None:
    owners = dict.fromkeys(range(CLIENT_IDS_PER_BOARD_MAX), "user:ann")
    verdict = decide(shape({10**7: [(0, 1)]}), ANN, facts(owners=owners))
    assert verdict == Verdict(Decision.REFUSE, Reason.TOO_LARGE)


def test_structs_of_a_present_owner_wait_for_the_owner() -> None:
    verdict = decide(shape({1: [(5, 6)]}), MODERATOR, facts())
    assert verdict == Verdict(Decision.HOLD, Reason.FORGED)


def test_structs_of_an_absent_owner_are_refused() -> None:
    verdict = decide(shape({1: [(5, 6)]}), MODERATOR, facts(present=set()))
    assert verdict == Verdict(Decision.REFUSE, Reason.FORGED)


def test_structs_of_an_absent_owner_pass_while_a_restored_log_recovers() -> None:
    verdict = decide(shape({1: [(5, 6)]}), MODERATOR, facts(present=set(), is_recovering=True))
    assert verdict == Verdict(Decision.ADMIT, None, unverified=(1,))


@pytest.mark.parametrize(
    "update",
    [
        shape({1: [(6, 8)]}),
        shape({1: [(5, 6), (7, 8)]}),
        shape({1: [(5, 6)]}, requires={2: 1}),
        shape({1: [(5, 6)]}, deleted=[(1, 6, 7)]),
        shape(deleted=[(2, 0, 1)]),
    ],
    ids=["clock gap", "gap within", "unknown neighbour", "deletes ahead", "deletes the unknown"],
)
def test_what_builds_upon_the_unknown_is_held(update: UpdateShape) -> None:
    assert decide(update, ANN, facts()) == Verdict(Decision.HOLD, Reason.INCOMPLETE)


def test_an_update_may_build_upon_itself() -> None:
    update = shape({1: [(5, 9)]}, requires={1: 8}, deleted=[(1, 4, 9)])
    assert decide(update, ANN, facts()).decision is Decision.ADMIT


def test_viewers_may_repeat_deletions_but_make_none() -> None:
    known_deletions = {1: [(0, 2), (3, 5)]}
    old = shape(deleted=[(1, 3, 4)])
    new = shape(deleted=[(1, 1, 3)])
    assert decide(old, VIEWER, facts(deleted=known_deletions)).decision is Decision.KNOWN
    assert decide(new, VIEWER, facts(deleted=known_deletions)) == Verdict(
        Decision.REFUSE, Reason.READ_ONLY
    )
    assert decide(old, VIEWER, facts()) == Verdict(Decision.REFUSE, Reason.READ_ONLY)


@pytest.mark.parametrize(
    ("sender", "is_locked", "expected"),
    [
        (ANN, False, None),
        (ANN, True, Reason.LOCKED),
        (VIEWER, False, Reason.READ_ONLY),
        (VIEWER, True, Reason.READ_ONLY),
        (MODERATOR, True, None),
    ],
)
def test_who_may_write(sender: Sender, is_locked: bool, expected: Reason | None) -> None:
    assert may_write(sender, is_locked=is_locked) == expected
    verdict = decide(shape({9: [(0, 1)]}), sender, facts(is_locked=is_locked))
    assert verdict.reason == expected


def test_the_extent_reaches_over_structs_and_deletions() -> None:
    update = shape({1: [(0, 3), (5, 7)], 2: [(4, 9)]}, deleted=[(2, 0, 12), (3, 1, 2), (1, 0, 1)])
    assert update.extent() == {1: 7, 2: 12, 3: 2}
    assert (update.is_empty(), shape().is_empty()) == (False, True)
