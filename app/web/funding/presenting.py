"""A shortlist as its pages show it: numbers become words, widths and rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from flask_babel import format_percent
from flask_babel import gettext as _

from app.domain.funding.queries import EntryView, ShortlistView
from app.domain.jury.queries import FEEDBACK_SHEETS_MIN
from app.web.funding.wording import points, reason_sentence, signed_points

PAGE_SIZE = 25


@dataclass(frozen=True)
class BudgetItem:
    """One part of the budget line."""

    name: str
    cents: int


@dataclass(frozen=True)
class Axis:
    """The part of the scale that a picture shows."""

    low: float
    high: float


@dataclass(frozen=True)
class RankRow:
    """One line of the ranking."""

    entry: EntryView
    groups: str
    score: str
    raw: str
    interval: str
    span: str
    chance: str
    reason: str

    @property
    def is_partial(self) -> bool:
        """Whether it gets less than it asks for."""
        return self.entry.is_funded and self.entry.amount_cents < self.entry.ask_cents


@dataclass(frozen=True)
class RankingPage:
    """The part of a ranking that one page shows, on the axis of the whole."""

    entries: tuple[EntryView, ...]
    rows: list[RankRow]
    axis: Axis
    page: int
    pages: int


@dataclass(frozen=True)
class SeverityRow:
    """How strict a juror is, with what is uncertain about it."""

    name: str
    value: float
    low: float
    high: float
    text: str
    interval: str
    is_notable: bool


@dataclass(frozen=True)
class MeanRow:
    """A criterion's mean as a bar."""

    name: str
    share: float
    text: str


def budget_items(view: ShortlistView) -> list[BudgetItem]:
    """Return what the budget funds, the best first."""
    return [BudgetItem(each.title, each.amount_cents) for each in view.funded]


def axis_of(entries: Sequence[EntryView]) -> Axis:
    """Return whole points that hold every interval and raw mean."""
    values = [
        value
        for each in entries
        for value in (each.lo90, each.hi90, each.raw_mean)
        if value is not None
    ]
    low, high = floor(min(values, default=0.0)), ceil(max(values, default=1.0))
    return Axis(low, max(high, low + 1))


def ranking_page(view: ShortlistView, currency: str, asked: int) -> RankingPage:
    """Return a page of a ranking; an asked page beyond the ends is the nearest one."""
    pages = max(1, -(-len(view.entries) // PAGE_SIZE))
    page = min(max(asked, 1), pages)
    here = view.entries[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows = [rank_row(each, currency) for each in here]
    return RankingPage(here, rows, axis_of(view.entries), page, pages)


def rank_row(entry: EntryView, currency: str) -> RankRow:
    """Return one line of the ranking."""
    has_score = entry.score is not None
    return RankRow(
        entry=entry,
        groups=" · ".join(filter(None, (entry.team_name, entry.track, entry.region))),
        score=points(entry.score) if entry.score is not None else "",
        raw=points(entry.raw_mean) if entry.raw_mean is not None else "",
        interval=_interval(entry.lo90, entry.hi90) if has_score else "",
        span=_span(entry.rank_lo, entry.rank_hi),
        chance=format_percent(entry.p_funded) if entry.p_funded is not None and has_score else "",
        reason=reason_sentence(entry.reason_code, entry.reason_values, currency),
    )


def _span(best: int | None, worst: int | None) -> str:
    if best is None or worst is None:
        return ""
    return str(best) if best == worst else str(_("%(low)s to %(high)s", low=best, high=worst))


def _interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return str(_("%(low)s to %(high)s", low=points(low), high=points(high)))


def severity_rows(report: dict[str, Any], jurors: dict[str, str]) -> tuple[list[SeverityRow], Axis]:
    """Return the jurors from strict to mild, and an axis with 0 in its middle."""
    found = sorted(report["severities"], key=lambda each: (each["severity"], each["juror_id"]))
    widest = max((max(-each["lo90"], each["hi90"]) for each in found), default=1.0) or 1.0
    rows = [
        SeverityRow(
            name=jurors.get(each["juror_id"], ""),
            value=each["severity"],
            low=each["lo90"],
            high=each["hi90"],
            text=signed_points(each["severity"]),
            interval=_(
                "%(low)s to %(high)s",
                low=signed_points(each["lo90"]),
                high=signed_points(each["hi90"]),
            ),
            is_notable=each["lo90"] > 0 or each["hi90"] < 0,
        )
        for each in found
    ]
    return rows, Axis(-widest, widest)


def public_means(entry: EntryView, report: dict[str, Any]) -> list[MeanRow]:
    """Return a project's means for everybody; none where so few sheets give a juror away."""
    if entry.reviews < FEEDBACK_SHEETS_MIN:
        return []
    names = [each["name"] for each in report["rubric"]["criteria"]]
    scale = report["rubric"]["scale"]
    return [
        mean_row(name, mean, scale) for name, mean in zip(names, entry.criteria_means, strict=True)
    ]


def mean_row(name: str, mean: float, scale: Sequence[float]) -> MeanRow:
    """Return a mean as a bar over the scale."""
    low, high = scale
    return MeanRow(name, (mean - low) / (high - low), points(mean))


def hash_parts(digest: str | None) -> list[str]:
    """Return a fingerprint in parts, between which a narrow screen may break the line."""
    return [digest[i : i + 8] for i in range(0, len(digest), 8)] if digest else []
