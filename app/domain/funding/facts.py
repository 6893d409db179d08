"""What decisions about funding rest on: who may look, and the sheets that count."""

from dataclasses import asdict, replace

from app.core.policy import Actor, Facts
from app.core.submission_check import fingerprint
from app.domain.funding import queries
from app.domain.funding.outcomes import Inputs
from app.domain.jury import queries as jury
from app.domain.programmes.queries import EventView
from app.domain.submissions import queries as submissions
from app.domain.teams import queries as teams
from app.domain.teams.queries import TeamView
from app.errors import Conflict
from app.translation import gettext as _


def shortlist_facts(actor: Actor, event: EventView) -> Facts:
    """Return the facts of an event's shortlist for one person, in up to five queries.

    In conflict is who stands in a team that handed in, who has a conflict of interest as a juror,
    and a juror whose sheets are open: they would see the marks of others.
    """
    has_conflict = actor.user_id is not None and _has_conflict(actor.user_id, event)
    return replace(event.facts(), has_conflict=has_conflict)


def _has_conflict(user_id: int, event: EventView) -> bool:
    competing = {each.team_id for each in submissions.list_handed_in(event.id)}
    if not competing.isdisjoint(teams.list_team_ids_of(user_id, event.id)):
        return True
    juror_id = jury.find_juror_id(event.id, user_id)
    if juror_id is None:
        return False
    stated = (each.juror_id == juror_id for each in jury.list_conflicts(event.id))
    return not jury.is_scoring_closed(event) or any(stated)


def results_facts(event: EventView) -> Facts:
    """Return the facts of an event's results: public from their publication on."""
    return replace(event.facts(), is_published=queries.is_published(event.id))


def feedback_facts(actor: Actor, event: EventView, team: TeamView) -> Facts:
    """Return the facts of what the jury says to one team."""
    is_member = (
        actor.user_id is not None
        and team.is_published
        and teams.find_membership(team.id, actor.user_id) is not None
    )
    return replace(results_facts(event), is_member=is_member)


def find_inputs(event: EventView) -> Inputs:
    """Return what the shortlist is computed from, in a constant number of queries.

    Raises Denied while scoring is open, and Conflict when there is nothing to rank.
    """
    ratings = tuple(jury.list_ratings(event.id))
    handed_in = tuple(submissions.list_handed_in(event.id))
    rubric = jury.find_rubric(event.id)
    if not handed_in:
        raise Conflict(_("Nothing was handed in, so there is nothing to rank."))
    if not ratings or rubric is None:
        raise Conflict(_("No juror has handed in a sheet, so there is nothing to rank."))
    digest = fingerprint(
        {
            "submissions": [asdict(each) for each in handed_in],
            "ratings": [asdict(each) for each in ratings],
        }
    )
    return Inputs(
        submissions=handed_in,
        jurors=tuple(jury.list_panel(event.id)),
        ratings=ratings,
        rubric=rubric,
        sha256=digest,
    )
