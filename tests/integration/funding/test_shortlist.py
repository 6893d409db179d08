"""From sheets to a preview and to published results."""

import pytest

from app import clock
from app.core.policy import Actor, Reason, Role
from app.db import db, transaction
from app.domain.funding import queries, service
from app.domain.funding.models import Shortlist, ShortlistEntry
from app.domain.funding.outcomes import SeveralGroups, Unconfirmed, Unfundable
from app.domain.funding.queries import PREVIEW, PUBLISHED, ShortlistView
from app.domain.journal import queries as journal
from app.domain.jury.models import ConflictOfInterest
from app.errors import Conflict, Denied, Invalid, Missing
from app.workflows.publish_results import publish_results
from tests.factories import Factory
from tests.integration.funding.juries import JudgedEvent

pytestmark = pytest.mark.usefixtures("context")
BUDGET_CENTS = 2_000_000


@pytest.fixture
def judged(make: Factory) -> JudgedEvent:
    return JudgedEvent(make)


def preview(judged: JudgedEvent, budget_cents: int = BUDGET_CENTS, **more: str) -> ShortlistView:
    policy = more.pop("policy", "rank")
    shortlist_id = service.preview_shortlist(
        judged.boss, judged.event_id, budget_cents, policy, **more
    )
    view = queries.find_shortlist(shortlist_id)
    assert view is not None
    return view


def actions(judged: JudgedEvent) -> list[str]:
    return [e.action for e in journal.list_entries(judged.event_id) if "funding" in e.action]


def test_a_preview_ranks_and_funds_what_fits(judged: JudgedEvent) -> None:
    view = preview(judged)
    assert [(e.title, e.rank, e.is_funded, e.amount_cents) for e in view.entries] == [
        ("Night library", 1, True, 840_000),
        ("Repair window", 2, True, 980_000),
        ("Open kiln", 3, False, 0),
        ("Water clock", 4, False, 0),
    ]
    assert [e.reason_code for e in view.entries] == [
        "policy_rank", "policy_rank", "no_money", "no_money",
    ]  # fmt: skip
    assert (view.state, view.policy, view.spent_cents) == (PREVIEW, "rank", 1_820_000)


def test_raw_and_adjusted_stand_side_by_side_with_what_is_uncertain(judged: JudgedEvent) -> None:
    first = preview(judged).entries[0]
    assert first.raw_mean == pytest.approx(26 / 3)
    assert first.score is not None
    assert first.lo90 is not None
    assert first.hi90 is not None
    assert first.p_funded is not None
    assert first.lo90 < first.score < first.hi90
    assert first.p_funded > 0.9
    assert (first.reviews, first.rank_lo) == (3, 1)
    assert list(first.criteria_means) == pytest.approx([26 / 3, 26 / 3])


def test_the_report_says_how_it_was_decided(judged: JudgedEvent) -> None:
    report = preview(judged).report
    assert (report["submissions"], report["sheets"], report["jurors"]) == (4, 12, 3)
    assert report["rubric"]["criteria"] == [
        {"name": "Need", "weight": 2.0},
        {"name": "Doable", "weight": 1.0},
    ]
    assert len(report["severities"]) == 3
    assert len(report["influence"]) == 3
    assert len(report["groups"]) == 1


def test_a_submission_without_sheets_comes_last_and_is_never_funded(make: Factory) -> None:
    judged = JudgedEvent(make, ((9, 8), (None, None), (4, 5)))
    view = preview(judged, 100_000_000)
    last = view.entries[-1]
    assert (last.title, last.rank, last.score, last.is_funded, last.reason_code) == (
        "Repair window", None, None, False, "unscored",
    )  # fmt: skip
    assert [e.title for e in view.funded] == ["Night library", "Open kiln"]


def test_groups_without_a_common_juror_need_a_reason(make: Factory) -> None:
    judged = JudgedEvent(make, ((9, 8, None), (7, 8, None), (5, 6, None), (None, None, 9)))
    with pytest.raises(SeveralGroups) as refusal:
        preview(judged)
    assert [(g.titles, g.pseudonyms) for g in refusal.value.groups] == [
        (("Night library", "Repair window", "Open kiln"), ("Juror A", "Juror B")),
        (("Water clock",), ("Juror C",)),
    ]
    assert queries.find_latest(judged.event_id, PREVIEW) is None
    view = preview(judged, override="The panels agreed on the scale beforehand.")
    assert view.settings.override == "The panels agreed on the scale beforehand."
    assert len(view.report["groups"]) == 2
    assert "several_groups" in [note["code"] for note in view.report["notes"]]
    entry = journal.list_entries(judged.event_id, limit=1)[0]
    assert entry.detail["override"] == "The panels agreed on the scale beforehand."
    # The reason once given holds for the next preview too.
    assert preview(judged, 3_000_000).settings.override == view.settings.override


def test_the_newest_preview_counts_and_the_older_is_gone(judged: JudgedEvent) -> None:
    first = preview(judged)
    second = preview(judged, 900_000)
    assert second.id > first.id
    assert db.session.query(Shortlist.id).all() == [(second.id,)]
    assert db.session.query(ShortlistEntry).count() == 4
    latest = queries.find_latest(judged.event_id, PREVIEW)
    assert latest is not None
    assert latest.budget_cents == 900_000


@pytest.mark.parametrize(("budget_cents", "policy", "field"), [
    (-1, "rank", "budget"), (1_000_000_001, "rank", "budget"), (1, "lottery", "policy"),
])  # fmt: skip
def test_a_budget_or_rule_that_cannot_be(
    judged: JudgedEvent, budget_cents: int, policy: str, field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        preview(judged, budget_cents, policy=policy)
    assert invalid.value.field == field


def test_there_must_be_something_to_rank(make: Factory) -> None:
    judged = JudgedEvent(make, ((None, None), (None, None)))
    with pytest.raises(Conflict, match="No juror has handed in"):
        preview(judged)


def test_nothing_is_computed_while_scoring_is_open(judged: JudgedEvent) -> None:
    judged.reopen()
    with pytest.raises(Denied) as denied:
        preview(judged)
    assert denied.value.reason == Reason.SCORING_OPEN


@pytest.mark.parametrize("roles", [
    frozenset({Role.PARTICIPANT}), frozenset({Role.JUROR}), frozenset({Role.FACILITATOR}),
])  # fmt: skip
def test_only_organisers_see_the_ranking(judged: JudgedEvent, roles: frozenset[Role]) -> None:
    with pytest.raises(Denied) as denied:
        service.preview_shortlist(Actor(user_id=1, roles=roles), judged.event_id, 1, "rank")
    assert denied.value.reason == Reason.NOT_YOUR_ROLE


def test_an_organiser_whose_team_competes_is_in_conflict(judged: JudgedEvent) -> None:
    actor = Actor(user_id=judged.member_ids[3], roles=frozenset({Role.ORGANISER}))
    with pytest.raises(Denied) as denied:
        service.try_shortlist(actor, judged.event_id, 1, "rank")
    assert denied.value.reason == Reason.CONFLICT_OF_INTEREST


def test_an_organiser_with_a_conflict_as_a_juror_stays_out(judged: JudgedEvent) -> None:
    actor = Actor(user_id=judged.juror_user_id(0), roles=frozenset({Role.ORGANISER, Role.JUROR}))
    assert service.try_shortlist(actor, judged.event_id, 0, "rank").spent_cents == 0
    with transaction() as session:
        session.add(
            ConflictOfInterest(
                juror_id=judged.juror_ids[0],
                submission_id=judged.submission_ids[3],
                source="declared",
                reason="My sister",
                created_at=clock.now(),
            )
        )
    with pytest.raises(Denied) as denied:
        service.try_shortlist(actor, judged.event_id, 0, "rank")
    assert denied.value.reason == Reason.CONFLICT_OF_INTEREST


def test_a_juror_who_scores_again_sees_no_marks_of_others(judged: JudgedEvent) -> None:
    view = preview(judged)
    judged.reopen()
    actor = Actor(user_id=judged.juror_user_id(0), roles=frozenset({Role.ORGANISER}))
    with pytest.raises(Denied) as denied:
        service.set_public_reason(actor, view.id, judged.submission_ids[0], "x")
    assert denied.value.reason == Reason.CONFLICT_OF_INTEREST


def test_a_trial_says_who_enters_and_leaves_and_stores_nothing(judged: JudgedEvent) -> None:
    before = preview(judged, 1_000_000)
    trial = service.try_shortlist(judged.boss, judged.event_id, 1_200_000, "value")
    ids = judged.submission_ids
    assert trial.leaves == frozenset({ids[0]} - trial.funded_ids)
    assert trial.enters == trial.funded_ids - {ids[0]}
    assert trial.spent_cents <= 1_200_000
    more = service.try_shortlist(judged.boss, judged.event_id, 2_000_000, "rank")
    assert (more.enters, more.leaves) == (frozenset({ids[1]}), frozenset())
    assert queries.find_latest(judged.event_id, PREVIEW) == before


def test_reasons_are_kept_in_the_next_preview(judged: JudgedEvent) -> None:
    view = preview(judged)
    service.set_public_reason(judged.boss, view.id, judged.submission_ids[0], "  It was tried. ")
    assert [e.public_reason for e in preview(judged, 900_000).entries] == [
        "It was tried.", "", "", "",
    ]  # fmt: skip
    with pytest.raises(Invalid) as invalid:
        service.set_public_reason(judged.boss, view.id, judged.submission_ids[0], "x" * 2_001)
    assert invalid.value.field == "text"


def test_less_than_was_asked_for_makes_room_for_others(judged: JudgedEvent) -> None:
    view = preview(judged)
    service.set_partial_amount(
        judged.boss, view.id, judged.submission_ids[1], 400_000, "Without the van."
    )
    changed = queries.find_shortlist(view.id)
    assert changed is not None
    assert [(e.amount_cents, e.reason_code) for e in changed.entries] == [
        (840_000, "policy_rank"), (400_000, "pinned_part"), (690_000, "policy_rank"),
        (0, "no_money"),
    ]  # fmt: skip
    assert changed.entries[1].reason_values == {"reason": "Without the van."}
    # It holds in the next preview, until it is taken back.
    again = preview(judged, 2_100_000)
    assert again.entries[1].amount_cents == 400_000
    service.set_partial_amount(judged.boss, again.id, judged.submission_ids[1], None, "")
    back = queries.find_shortlist(again.id)
    assert back is not None
    assert [e.amount_cents for e in back.entries] == [840_000, 980_000, 0, 0]
    assert actions(judged)[:2] == ["funding.amount_taken_back", "funding.previewed"]


@pytest.mark.parametrize(("amount_cents", "reason", "field"), [
    (980_000, "Why not", "amount"), (0, "Why not", "amount"), (-5, "Why not", "amount"),
    (10_000, "  ", "reason"), (10_000, "x" * 2_001, "reason"),
])  # fmt: skip
def test_a_part_is_below_the_ask_and_has_a_reason(
    judged: JudgedEvent, amount_cents: int, reason: str, field: str
) -> None:
    view = preview(judged)
    with pytest.raises(Invalid) as invalid:
        service.set_partial_amount(
            judged.boss, view.id, judged.submission_ids[1], amount_cents, reason
        )
    assert invalid.value.field == field
    assert queries.find_shortlist(view.id) == view


def test_what_was_decided_by_hand_must_fit_the_budget(judged: JudgedEvent) -> None:
    view = preview(judged)
    service.set_partial_amount(judged.boss, view.id, judged.submission_ids[1], 400_000, "Less.")
    with pytest.raises(Unfundable) as refusal:
        preview(judged, 300_000)
    assert [code for code, _values in refusal.value.reasons] == ["rule_budget"]
    kept = queries.find_latest(judged.event_id, PREVIEW)
    assert kept is not None
    assert kept.budget_cents == BUDGET_CENTS


def test_publishing_makes_results_of_a_preview(judged: JudgedEvent) -> None:
    view = preview(judged)
    for place, text in enumerate(("It was tried.", "Rent is promised.")):
        service.set_public_reason(judged.boss, view.id, judged.submission_ids[place], text)
    assert queries.is_published(judged.event_id) is False
    results = service.publish(judged.boss, view.id)
    assert (results.state, results.published_at is None) == (PUBLISHED, False)
    assert queries.is_published(judged.event_id) is True
    assert queries.find_latest(judged.event_id, PUBLISHED) == results
    entry = journal.list_entries(judged.event_id, limit=1)[0]
    assert entry.action == "funding.published"
    assert entry.detail["funded"] == {
        str(judged.submission_ids[0]): 840_000,
        str(judged.submission_ids[1]): 980_000,
    }


def test_published_results_stand(judged: JudgedEvent) -> None:
    view = preview(judged)
    service.publish(judged.boss, view.id, is_confirmed=True)
    with pytest.raises(Conflict, match="are published"):
        service.publish(judged.boss, view.id, is_confirmed=True)
    with pytest.raises(Conflict, match="are published"):
        service.set_public_reason(judged.boss, view.id, judged.submission_ids[0], "Other words")
    with pytest.raises(Conflict):
        service.set_partial_amount(judged.boss, view.id, judged.submission_ids[0], 100, "Less")


@pytest.mark.parametrize("doubt", ["scoring_open", "sheets_open", "other_budget", "no_reasons"])
def test_doubts_ask_for_a_confirmation(judged: JudgedEvent, doubt: str) -> None:
    view = preview(judged, 1_900_000 if doubt == "other_budget" else BUDGET_CENTS)
    if doubt != "no_reasons":
        for each in view.funded:
            service.set_public_reason(judged.boss, view.id, each.submission_id, "Good.")
    if doubt == "scoring_open":
        judged.reopen()
    if doubt == "sheets_open":
        judged.add_open_sheet()
    with pytest.raises(Unconfirmed) as refusal:
        service.publish(judged.boss, view.id)
    assert refusal.value.doubts == (doubt,)
    assert queries.is_published(judged.event_id) is False
    assert service.publish(judged.boss, view.id, is_confirmed=True).state == PUBLISHED


def test_another_rule_than_the_published_one_is_for_looking_only(judged: JudgedEvent) -> None:
    view = preview(judged, policy="value")
    with pytest.raises(Conflict, match="another rule"):
        service.publish(judged.boss, view.id, is_confirmed=True)
    assert queries.is_published(judged.event_id) is False


def test_sheets_that_changed_need_a_new_preview(judged: JudgedEvent) -> None:
    view = preview(judged)
    judged.void(judged.submission_ids[0])
    with pytest.raises(Conflict, match="Sheets have changed"):
        service.publish(judged.boss, view.id, is_confirmed=True)
    again = preview(judged)
    assert [e.title for e in again.funded] == ["Repair window", "Open kiln"]
    assert service.publish(judged.boss, again.id, is_confirmed=True).id == again.id


def test_a_preview_that_is_gone_is_missing(judged: JudgedEvent) -> None:
    first = preview(judged)
    preview(judged)
    with pytest.raises(Missing):
        service.publish(judged.boss, first.id, is_confirmed=True)
    with pytest.raises(Missing):
        service.set_public_reason(judged.boss, preview(judged).id, 999_999, "x")


def test_every_member_of_a_team_gets_a_letter(judged: JudgedEvent) -> None:
    letters = publish_results(judged.boss, preview(judged).id, is_confirmed=True)
    assert [(letter.title, letter.amount_cents) for letter in letters] == [
        ("Night library", 840_000), ("Repair window", 980_000), ("Open kiln", 0),
        ("Water clock", 0),
    ]  # fmt: skip
    assert len({letter.address for letter in letters}) == 4


@pytest.mark.parametrize("policy", ["rank", "value", "money", "shares"])
def test_every_rule_keeps_the_budget(make: Factory, policy: str) -> None:
    judged = JudgedEvent(make, policy=policy)
    view = preview(judged, 1_700_000, policy=policy)
    assert 0 < view.spent_cents <= 1_700_000
    assert service.publish(judged.boss, view.id, is_confirmed=True).policy == policy
