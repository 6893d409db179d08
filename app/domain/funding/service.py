"""Commands from scores to published results."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.core.policy import Action, Actor, decide
from app.core.submission_check import AMOUNT_MAX_CENTS
from app.core.texts import typed_text
from app.db import transaction
from app.domain.funding import queries
from app.domain.funding.facts import find_inputs, shortlist_facts
from app.domain.funding.models import Shortlist, ShortlistEntry
from app.domain.funding.outcomes import (
    Outcome,
    PartialAmount,
    Settings,
    Trial,
    Unconfirmed,
)
from app.domain.funding.queries import PREVIEW, PUBLISHED, EntryView, ShortlistView
from app.domain.journal import service as journal
from app.domain.jury import queries as jury
from app.domain.jury.rubric import POLICIES
from app.domain.programmes import queries as programmes
from app.domain.programmes.queries import EventView
from app.domain.submissions.inputs import too_long
from app.errors import Conflict, Denied, Invalid, Missing
from app.translation import gettext as _

TEXT_CHARACTERS_MAX = 2_000


def preview_shortlist(
    actor: Actor, event_id: int, budget_cents: int, policy: str, override: str = ""
) -> int:
    """Compute ranking and shortlist and keep them as the event's preview; return its id.

    What was written and decided on the preview before stays. Raises Denied, Missing, Invalid,
    Conflict, SeveralGroups without an `override`, Unfundable.
    """
    event = _require(actor, event_id)
    override = _check_text(override, "override")
    before = queries.find_latest(event_id, PREVIEW)
    settings = before.settings if before else Settings()
    settings = replace(settings, override=override or settings.override)
    outcome = _calculate(event, budget_cents, policy, settings)
    with transaction() as session:
        _require_unchanged(session, event_id, before)
        written = _read_reasons(session, before.id) if before else {}
        row = Shortlist(
            event_id=event_id,
            state=PREVIEW,
            policy=policy,
            budget_cents=budget_cents,
            created_by=actor.user_id,
            created_at=clock.now(),
        )
        _store(session, row, settings, outcome, written)
        # After the new one is there: a database may give the number of a deleted row again, and
        # a page that is open would then act on what it never showed.
        session.execute(
            delete(Shortlist).where(
                Shortlist.event_id == event_id, Shortlist.state == PREVIEW, Shortlist.id != row.id
            )
        )
        detail = {"override": override} if override else {}
        _note(actor, "funding.previewed", row, policy=policy, budget_cents=budget_cents, **detail)
        return row.id


def try_shortlist(actor: Actor, event_id: int, budget_cents: int, policy: str) -> Trial:
    """Return what another budget or policy would change in the preview; store nothing.

    Raises Denied, Missing, Invalid, Conflict, SeveralGroups, Unfundable.
    """
    event = _require(actor, event_id)
    before = queries.find_latest(event_id, PREVIEW)
    settings = before.settings if before else Settings()
    outcome = _calculate(event, budget_cents, policy, settings)
    present = frozenset(each.submission_id for each in before.funded) if before else frozenset()
    return Trial(
        budget_cents=budget_cents,
        policy=policy,
        spent_cents=sum(line.amount_cents for line in outcome.lines),
        funded_ids=outcome.funded_ids,
        enters=outcome.funded_ids - present,
        leaves=present - outcome.funded_ids,
    )


def set_public_reason(actor: Actor, shortlist_id: int, submission_id: int, text: str) -> None:
    """Write what everybody will read beside a place; raises Denied, Missing, Conflict, Invalid."""
    text = _check_text(text, "text")
    view, _event, entry = _require_entry(actor, shortlist_id, submission_id)
    with transaction() as session:
        row = _lock_preview(session, view.id)
        session.scalars(
            select(ShortlistEntry).where(
                ShortlistEntry.shortlist_id == row.id,
                ShortlistEntry.submission_id == entry.submission_id,
            )
        ).one().public_reason = text
        _note(actor, "funding.reason_written", row, submission_id=submission_id)


def set_partial_amount(
    actor: Actor, shortlist_id: int, submission_id: int, amount_cents: int | None, reason: str
) -> None:
    """Fund a submission with less than it asks for, for a reason; None takes that back.

    The rest of the shortlist is chosen anew around it. Raises Denied, Missing, Conflict, Invalid,
    SeveralGroups, Unfundable.
    """
    view, event, entry = _require_entry(actor, shortlist_id, submission_id)
    partial = {k: each for k, each in view.settings.partial.items() if k != submission_id}
    if amount_cents is not None:
        partial[submission_id] = _check_partial(entry, amount_cents, reason)
    settings = replace(view.settings, partial=partial)
    outcome = _calculate(event, view.budget_cents, view.policy, settings)
    with transaction() as session:
        row = _lock_preview(session, view.id)
        _require_unchanged(session, view.event_id, view)
        _store(session, row, settings, outcome, _read_reasons(session, row.id))
        _note(
            actor,
            "funding.amount_set" if amount_cents is not None else "funding.amount_taken_back",
            row,
            submission_id=submission_id,
            **({"amount_cents": amount_cents, "reason": reason} if amount_cents else {}),
        )


def list_doubts(event: EventView, view: ShortlistView) -> tuple[str, ...]:
    """Return what somebody who publishes a preview should have read, as codes."""
    has_open_sheets = any(row.open > 0 for row in jury.list_progress(event.id))
    doubts = {
        "scoring_open": not jury.is_scoring_closed(event),
        "sheets_open": has_open_sheets,
        "several_groups": len(view.report["groups"]) > 1,
        "other_budget": event.budget_cents > 0 and view.budget_cents != event.budget_cents,
        "nothing_funded": not view.funded,
        "no_reasons": any(not each.public_reason for each in view.funded),
    }
    return tuple(code for code, holds in doubts.items() if holds)


def publish(actor: Actor, shortlist_id: int, *, is_confirmed: bool = False) -> ShortlistView:
    """Make a preview the event's results and return them.

    Raises Denied, Missing, Conflict (published before, another rule than the one published before
    scoring, sheets changed since), and Unconfirmed where there are doubts.
    """
    view = _get(shortlist_id)
    event = _require(actor, view.event_id)
    with transaction() as session:
        row = _lock_preview(session, view.id)
        view = _get(shortlist_id)
        _require_publishable(event, view)
        doubts = list_doubts(event, view)
        if doubts and not is_confirmed:
            raise Unconfirmed(doubts)
        row.state, row.published_at = PUBLISHED, clock.now()
        session.flush()
        _note(
            actor,
            "funding.published",
            row,
            policy=view.policy,
            budget_cents=view.budget_cents,
            rubric_sha256=view.report["rubric"]["sha256"],
            funded={str(each.submission_id): each.amount_cents for each in view.funded},
            doubts=list(doubts),
        )
        return _get(shortlist_id)


def _require_publishable(event: EventView, view: ShortlistView) -> None:
    rubric = jury.find_rubric(event.id)
    if rubric is None or view.policy != rubric.policy:
        raise Conflict(
            _(
                "This preview follows another rule than the one that was set before scoring. It "
                "can be looked at, not published: make a preview by the rule that was set."
            )
        )
    if jury.is_scoring_closed(event) and find_inputs(event).sha256 != view.report["inputs_sha256"]:
        raise Conflict(_("Sheets have changed since this preview. Make the preview again."))


def _calculate(event: EventView, budget_cents: int, policy: str, settings: Settings) -> Outcome:
    # SciPy comes with it: wanted by these commands alone, so that web workers stay light.
    from app.domain.funding.computing import compute_shortlist  # noqa: PLC0415

    if policy not in POLICIES:
        raise Invalid(_("Choose a funding rule from the list."), field="policy")
    if not 0 <= budget_cents <= AMOUNT_MAX_CENTS:
        raise Invalid(_("A budget is from 0 to 10,000,000."), field="budget")
    return compute_shortlist(find_inputs(event), budget_cents, policy, settings)


def _store(
    session: Session,
    row: Shortlist,
    settings: Settings,
    outcome: Outcome,
    written: Mapping[int, str],
) -> None:
    row.settings, row.report = settings.to_json(), outcome.report
    session.add(row)
    session.flush()
    session.execute(delete(ShortlistEntry).where(ShortlistEntry.shortlist_id == row.id))
    session.add_all(
        ShortlistEntry(
            shortlist_id=row.id,
            public_reason=written.get(line.submission_id, ""),
            **asdict(line),
        )
        for line in outcome.lines
    )
    session.flush()


def _read_reasons(session: Session, shortlist_id: int) -> dict[int, str]:
    rows = session.execute(
        select(ShortlistEntry.submission_id, ShortlistEntry.public_reason).where(
            ShortlistEntry.shortlist_id == shortlist_id
        )
    )
    return {row.submission_id: row.public_reason for row in rows}


def _require_unchanged(session: Session, event_id: int, before: ShortlistView | None) -> None:
    """Refuse when somebody else decided something while this was computed."""
    row = session.execute(
        select(Shortlist.id, Shortlist.settings)
        .where(Shortlist.event_id == event_id, Shortlist.state == PREVIEW)
        .order_by(Shortlist.id.desc())
        .limit(1)
    ).one_or_none()
    now = (row.id, row.settings) if row else None
    then = (before.id, before.settings.to_json()) if before else None
    if now != then:
        raise Conflict(_("Somebody else has just changed the preview. Look at it and try again."))


def _lock_preview(session: Session, shortlist_id: int) -> Shortlist:
    row = session.scalar(select(Shortlist).where(Shortlist.id == shortlist_id).with_for_update())
    if row is None:
        raise Conflict(_("Somebody else has just changed the preview. Look at it and try again."))
    if row.state != PREVIEW:
        raise Conflict(_("These results are published and stand as they are."))
    return row


def _check_partial(entry: EntryView, amount_cents: int, reason: str) -> PartialAmount:
    if not 0 < amount_cents < entry.ask_cents:
        raise Invalid(
            _("The amount lies above 0 and below what the team asks for."), field="amount"
        )
    reason = _check_text(reason, "reason")
    if not reason:
        raise Invalid(_("Write the reason."), field="reason")
    return PartialAmount(amount_cents, reason)


def _check_text(text: str, field: str) -> str:
    text = typed_text(text)
    if len(text) > TEXT_CHARACTERS_MAX:
        raise Invalid(too_long(TEXT_CHARACTERS_MAX), field=field)
    return text


def _get(shortlist_id: int) -> ShortlistView:
    view = queries.find_shortlist(shortlist_id)
    if view is None:
        raise Missing(f"shortlist {shortlist_id}")
    return view


def _require_entry(
    actor: Actor, shortlist_id: int, submission_id: int
) -> tuple[ShortlistView, EventView, EntryView]:
    view = _get(shortlist_id)
    event = _require(actor, view.event_id)
    entry = next((each for each in view.entries if each.submission_id == submission_id), None)
    if entry is None:
        raise Missing(f"submission {submission_id}")
    return view, event, entry


def _require(actor: Actor, event_id: int) -> EventView:
    event = programmes.find_event_by_id(event_id)
    if event is None:
        raise Missing(f"event {event_id}")
    verdict = decide(actor, Action.MANAGE_SHORTLIST, shortlist_facts(actor, event))
    if not verdict:
        raise Denied(reason=verdict.reason)
    return event


def _note(actor: Actor, action: str, row: Shortlist, **detail: object) -> None:
    journal.record(
        action,
        "shortlist",
        row.id,
        actor_id=actor.user_id,
        event_id=row.event_id,
        **detail,
    )
