"""Where an event stands: its dated phases and what is open in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise


class Phase(StrEnum):
    """The stops of an event, in order."""

    OPEN = "open"
    IDEAS = "ideas"
    MATCHING = "matching"
    JAM = "jam"
    SUBMISSION = "submission"
    JUDGING = "judging"
    RESULTS = "results"


ORDER: tuple[Phase, ...] = tuple(Phase)


@dataclass(frozen=True)
class PhaseSpan:
    """One phase with its beginning and end (UTC, the end excluded)."""

    phase: Phase
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Standing:
    """Where an event stands at one moment.

    Attributes
    ----------
    current : PhaseSpan or None
        The running phase; the later one where two overlap.
    upcoming : PhaseSpan or None
        The next phase to begin.
    is_over : bool
        True when every phase has ended.
    """

    current: PhaseSpan | None
    upcoming: PhaseSpan | None
    is_over: bool


def standing(spans: Iterable[PhaseSpan], now: datetime) -> Standing:
    """Find the running and the next phase.

    Parameters
    ----------
    spans : iterable of PhaseSpan
        The event's phases in any order.
    now : datetime
        Timezone-aware moment.

    Returns
    -------
    Standing
        With ``is_over`` False for an event without phases.
    """
    ordered = sorted(spans, key=lambda span: (span.starts_at, ORDER.index(span.phase)))
    running = [span for span in ordered if span.starts_at <= now < span.ends_at]
    later = [span for span in ordered if span.starts_at > now]
    is_over = bool(ordered) and all(span.ends_at <= now for span in ordered)
    return Standing(
        current=running[-1] if running else None,
        upcoming=later[0] if later else None,
        is_over=is_over,
    )


def check_schedule(spans: Sequence[PhaseSpan]) -> list[tuple[Phase, str]]:
    """Name what is wrong with a schedule.

    Parameters
    ----------
    spans : sequence of PhaseSpan
        The event's phases.

    Returns
    -------
    list of (Phase, str)
        The phase at fault and a code: ``ends_before_start``, ``twice`` or ``out_of_order``
        (a phase begins before an earlier stop of the road does). Empty when all is well.
    """
    faults: list[tuple[Phase, str]] = []
    seen: dict[Phase, PhaseSpan] = {}
    for span in spans:
        if span.ends_at <= span.starts_at:
            faults.append((span.phase, "ends_before_start"))
        if span.phase in seen:
            faults.append((span.phase, "twice"))
        seen[span.phase] = span
    present = [seen[phase] for phase in ORDER if phase in seen]
    for earlier, later in pairwise(present):
        if later.starts_at < earlier.starts_at:
            faults.append((later.phase, "out_of_order"))
    return faults


def spread_phases(starts_at: datetime, ends_at: datetime) -> list[PhaseSpan]:
    """Propose a schedule for an event that has only a beginning and an end.

    Registration and ideas run before the event, the jam during it, judging and results
    after it; an organiser adjusts the dates afterwards.

    Parameters
    ----------
    starts_at, ends_at : datetime
        Timezone-aware bounds with ``starts_at < ends_at``.

    Returns
    -------
    list of PhaseSpan
        All seven phases, back to back except that people may register until the jam.

    Raises
    ------
    ValueError
        If the event ends before it begins.
    """
    if ends_at <= starts_at:
        raise ValueError("an event must end after it begins")
    day = timedelta(days=1)
    hand_in = starts_at + (ends_at - starts_at) * 0.8
    return [
        PhaseSpan(Phase.OPEN, starts_at - 28 * day, starts_at - 21 * day),
        PhaseSpan(Phase.IDEAS, starts_at - 21 * day, starts_at - 5 * day),
        PhaseSpan(Phase.MATCHING, starts_at - 5 * day, starts_at),
        PhaseSpan(Phase.JAM, starts_at, hand_in),
        PhaseSpan(Phase.SUBMISSION, hand_in, ends_at),
        PhaseSpan(Phase.JUDGING, ends_at, ends_at + 14 * day),
        PhaseSpan(Phase.RESULTS, ends_at + 14 * day, ends_at + 104 * day),
    ]
