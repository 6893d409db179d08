"""What decisions about a jury rest on: whose sheet it is, who is in conflict, what is to assign."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.core.policy import Actor, Facts
from app.domain.accounts.affiliations import list_affiliations
from app.domain.jury import queries
from app.domain.jury.views import AssignmentView, JurorView
from app.domain.programmes.queries import EventView
from app.domain.submissions import queries as submissions
from app.domain.submissions.views import HandedIn
from app.domain.teams import queries as teams

# Half the world has its mail there, so an equal domain says nothing about two people.
FREE_MAIL_DOMAINS = frozenset(
    {
        "aol.com", "bk.ru", "fastmail.com", "freenet.de", "gmail.com", "gmx.at", "gmx.ch",
        "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com", "hotmail.com", "hotmail.de",
        "hotmail.gr", "i.ua", "icloud.com", "inbox.ru", "list.ru", "live.com", "mac.com",
        "mail.com", "mail.de",
        "mail.ru", "mailbox.org", "mailfence.com", "me.com", "meta.ua", "msn.com", "outlook.com",
        "outlook.de", "posteo.de", "posteo.net", "proton.me", "protonmail.com", "rambler.ru",
        "riseup.net", "systemli.org", "t-online.de", "tut.by", "tuta.com", "tutanota.com",
        "ukr.net", "web.de", "ya.ru", "yahoo.com", "yahoo.de", "yahoo.gr", "yahoo.ro", "yandex.by",
        "yandex.com", "yandex.ru", "zoho.com",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Detected:
    """A conflict that the data show: same_team, same_organisation or same_domain."""

    juror_id: int
    submission_id: int
    reason: str


def sheet_facts(actor: Actor, event: EventView, assignment: AssignmentView) -> Facts:
    """Return what the policy may know of one sheet for one person."""
    return replace(
        event.facts(),
        is_assigned=(
            actor.user_id is not None
            and assignment.user_id == actor.user_id
            and assignment.is_juror_active
        ),
        has_conflict=assignment.is_left_out,
    )


def detect_conflicts(event_id: int) -> list[Detected]:
    """Return the conflicts between active jurors and teams that the data show, in five queries.

    Same person in the team, same organisation, or the same e-mail domain unless half the world
    has its mail there; the strongest reason of each pair.
    """
    jurors = [juror for juror in queries.list_panel(event_id) if juror.is_active]
    members = teams.list_member_ids(event_id)
    people = {user_id for each in members.values() for user_id in each}
    known = list_affiliations(people | {juror.person.id for juror in jurors})
    found = []
    for submission in submissions.list_handed_in(event_id):
        team = members.get(submission.team_id, frozenset())
        organisations = {known[user_id].organisation for user_id in team} - {""}
        domains = {known[user_id].email_domain for user_id in team} - FREE_MAIL_DOMAINS
        for juror in jurors:
            own = known[juror.person.id]
            stated = " ".join(juror.organisation.casefold().split())
            reasons = {
                "same_team": juror.person.id in team,
                "same_organisation": bool({own.organisation, stated} & organisations),
                "same_domain": own.email_domain in domains,
            }
            reason = next((name for name, holds in reasons.items() if holds), None)
            if reason:
                found.append(Detected(juror.id, submission.id, reason))
    return found


@dataclass(frozen=True)
class Work:
    """Everything the assignment is decided from; ids as text, as the core wants them."""

    submissions: tuple[HandedIn, ...]
    jurors: tuple[JurorView, ...]
    needs: Mapping[str, int]
    conflicts: frozenset[tuple[str, str]]
    begun: tuple[tuple[str, str], ...]


def find_work(
    event_id: int,
    per_submission: int,
    begun: list[tuple[int, int]],
    barred: set[tuple[int, int]],
) -> Work:
    """Return the work to assign.

    `begun` are (submission, juror) of sheets that stay, `barred` those that must not be given.
    """
    handed_in = submissions.list_handed_in(event_id)
    jurors = [juror for juror in queries.list_panel(event_id) if juror.is_active]
    active, known = {juror.id for juror in jurors}, {each.id for each in handed_in}
    kept = dict.fromkeys(known, 0)
    for submission_id, _juror_id in begun:
        if submission_id in kept:
            kept[submission_id] += 1
    return Work(
        submissions=tuple(handed_in),
        jurors=tuple(jurors),
        needs={str(key): max(0, per_submission - count) for key, count in kept.items()},
        conflicts=frozenset((str(s), str(j)) for s, j in barred if s in known and j in active),
        begun=tuple((str(s), str(j)) for s, j in begun if s in known and j in active),
    )
