"""Read shortlists, and what the jury says to a team.

A preview is for organisers: what everybody may read is the published one alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.policy import Reason
from app.db import db
from app.domain.funding.models import Shortlist, ShortlistEntry
from app.domain.funding.outcomes import Settings
from app.domain.ideas import queries as ideas
from app.domain.ideas.queries import IdeaTitle
from app.domain.jury import queries as jury
from app.domain.jury.views import FeedbackView
from app.domain.submissions import queries as submissions
from app.domain.submissions.views import HandedIn
from app.domain.teams import queries as teams
from app.domain.teams.queries import TeamView
from app.errors import Denied, Missing

PREVIEW, PUBLISHED = "preview", "published"


@dataclass(frozen=True)
class EntryView:
    """One submission in a shortlist."""

    submission_id: int
    team_id: int
    team_name: str
    idea: IdeaTitle | None
    title: str
    track: str
    region: str
    ask_cents: int
    rank: int | None
    score: float | None
    raw_mean: float | None
    reviews: int
    lo90: float | None
    hi90: float | None
    rank_lo: int | None
    rank_hi: int | None
    p_funded: float | None
    disagreement: float | None
    criteria_means: tuple[float, ...]
    is_funded: bool
    amount_cents: int
    reason_code: str
    reason_values: dict[str, Any]
    public_reason: str


@dataclass(frozen=True)
class ShortlistView:
    """A shortlist with its entries, the best first and the unscored last."""

    id: int
    event_id: int
    state: str
    policy: str
    budget_cents: int
    settings: Settings
    report: dict[str, Any]
    created_at: datetime
    published_at: datetime | None
    entries: tuple[EntryView, ...]

    @property
    def funded(self) -> tuple[EntryView, ...]:
        """The entries that get money."""
        return tuple(each for each in self.entries if each.is_funded)

    @property
    def others(self) -> tuple[EntryView, ...]:
        """The entries that get none."""
        return tuple(each for each in self.entries if not each.is_funded)

    @property
    def spent_cents(self) -> int:
        """What the funded get together."""
        return sum(each.amount_cents for each in self.entries)


@dataclass(frozen=True)
class CriterionMean:
    """What the jury gave for one criterion, on average."""

    name: str
    mean: float


@dataclass(frozen=True)
class CommentView:
    """What one juror wrote, under the juror's other name."""

    pseudonym: str
    text: str


@dataclass(frozen=True)
class TeamFeedback:
    """What the jury says to a team; no mark can be traced to a juror."""

    title: str
    sheets: int
    means: tuple[CriterionMean, ...]
    comments: tuple[CommentView, ...]


_COLUMNS = (
    Shortlist.id,
    Shortlist.event_id,
    Shortlist.state,
    Shortlist.policy,
    Shortlist.budget_cents,
    Shortlist.settings,
    Shortlist.report,
    Shortlist.created_at,
    Shortlist.published_at,
)
_ENTRY_COLUMNS = (
    ShortlistEntry.rank,
    ShortlistEntry.score,
    ShortlistEntry.raw_mean,
    ShortlistEntry.reviews,
    ShortlistEntry.lo90,
    ShortlistEntry.hi90,
    ShortlistEntry.rank_lo,
    ShortlistEntry.rank_hi,
    ShortlistEntry.p_funded,
    ShortlistEntry.disagreement,
    ShortlistEntry.criteria_means,
    ShortlistEntry.is_funded,
    ShortlistEntry.amount_cents,
    ShortlistEntry.reason_code,
    ShortlistEntry.reason_values,
    ShortlistEntry.public_reason,
)


def is_published(event_id: int) -> bool:
    """Return whether an event's results are public."""
    query = select(Shortlist.id).where(Shortlist.event_id == event_id, Shortlist.state == PUBLISHED)
    return db.session.scalar(query.limit(1)) is not None


def find_latest(event_id: int, state: str) -> ShortlistView | None:
    """Return the newest shortlist of an event in a state, in five queries."""
    return _find(
        select(*_COLUMNS)
        .where(Shortlist.event_id == event_id, Shortlist.state == state)
        .order_by(Shortlist.id.desc())
        .limit(1)
    )


def find_shortlist(shortlist_id: int) -> ShortlistView | None:
    """Return a shortlist by its id, in five queries."""
    return _find(select(*_COLUMNS).where(Shortlist.id == shortlist_id))


def _find(query: Any) -> ShortlistView | None:
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    values["settings"] = Settings.from_json(values["settings"])
    return ShortlistView(**values, entries=_read_entries(row.id, row.event_id))


def _read_entries(shortlist_id: int, event_id: int) -> tuple[EntryView, ...]:
    rows = db.session.execute(
        select(ShortlistEntry.submission_id, *_ENTRY_COLUMNS)
        .where(ShortlistEntry.shortlist_id == shortlist_id)
        .order_by(ShortlistEntry.rank.is_(None), ShortlistEntry.rank, ShortlistEntry.submission_id)
    ).all()
    handed_in = {each.id: each for each in submissions.list_handed_in(event_id)}
    named = {team.id: team for team in teams.list_published_teams(event_id)}
    titles = ideas.list_titles({team.idea_id for team in named.values() if team.idea_id})
    return tuple(
        _entry(dict(row._mapping), handed_in[row.submission_id], named, titles)
        for row in rows
        if row.submission_id in handed_in
    )


def _entry(
    values: dict[str, Any],
    submission: HandedIn,
    named: dict[int, TeamView],
    titles: dict[int, IdeaTitle],
) -> EntryView:
    team = named.get(submission.team_id)
    values["criteria_means"] = tuple(values["criteria_means"])
    return EntryView(
        **values,
        team_id=submission.team_id,
        team_name=team.name if team else "",
        idea=titles.get(team.idea_id or 0) if team else None,
        title=submission.title,
        track=submission.track,
        region=submission.region,
        ask_cents=submission.ask_cents,
    )


def list_feedback(team_id: int) -> TeamFeedback | None:
    """Return what the jury says to a team; None where fewer than three sheets say it.

    Raises Missing, and Denied before the results are published or while scoring is open again.
    """
    team = teams.find_team(team_id)
    if team is None:
        raise Missing(f"team {team_id}")
    if not is_published(team.event_id):
        raise Denied(reason=Reason.NOT_PUBLIC_YET)
    own = next((e for e in submissions.list_handed_in(team.event_id) if e.team_id == team_id), None)
    if own is None:
        return None
    sheets = jury.list_feedback(team.event_id).get(own.id, [])
    rubric = jury.find_rubric(team.event_id)
    if not sheets or rubric is None:
        return None
    return TeamFeedback(
        title=own.title,
        sheets=len(sheets),
        means=tuple(
            CriterionMean(each.name, mean)
            for each in rubric.criteria
            if (mean := _mean_of(each.name, sheets)) is not None
        ),
        comments=tuple(
            CommentView(each.pseudonym, each.comment) for each in sheets if each.comment
        ),
    )


def _mean_of(name: str, sheets: list[FeedbackView]) -> float | None:
    """Return a criterion's mean; None where so few marked it that one could be guessed."""
    marks = [each.marks[name] for each in sheets if name in each.marks]
    return sum(marks) / len(marks) if len(marks) >= jury.FEEDBACK_SHEETS_MIN else None
