"""The journal in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.policy import Role
from app.domain.accounts.queries import PersonView
from app.domain.journal.queries import JournalView
from app.web.event_words import ROLE_LABELS

# {who} did it; {person} is the one it was done to; the rest comes from the entry's detail.
WORDS = {
    "event.created": _l("{who} made the event"),
    "event.changed": _l("{who} changed the event page"),
    "event.published": _l("{who} published the event"),
    "event.unpublished": _l("{who} took the event back"),
    "event.phases_set": _l("{who} set the phases"),
    "event.join_code_renewed": _l("{who} made a new join code"),
    "event.joined": _l("{who} joined"),
    "event.left": _l("{who} left"),
    "agenda.added": _l("{who} added “{title}” to the agenda"),
    "agenda.changed": _l("{who} changed “{title}” on the agenda"),
    "agenda.removed": _l("{who} took “{title}” off the agenda"),
    "role.granted": _l("{who} gave {person} the role {role}"),
    "role.withdrawn": _l("{who} took the role {role} from {person}"),
    "person.banned": _l("{who} shut {person} out: {reason}"),
    "person.unbanned": _l("{who} let {person} back in"),
    "report.made": _l("{who} reported something"),
    "report.hidden": _l("{who} hid what was reported"),
    "report.dismissed": _l("{who} let a reported thing stand"),
    "report.reopened": _l("{who} opened a report again"),
    "file.added": _l("{who} added the file “{name}”"),
    "idea.pitched": _l("{who} pitched an idea"),
    "idea.edited": _l("{who} edited an idea"),
    "idea.withdrawn": _l("{who} withdrew an idea"),
    "idea.brought_back": _l("{who} brought an idea back"),
    "idea.hidden": _l("{who} hid an idea"),
    "idea.shown": _l("{who} showed an idea again"),
    "ideas.ranked": _l("{who} ranked ideas"),
    "comment.made": _l("{who} commented on an idea"),
    "comment.hidden": _l("{who} hid a comment"),
    "comment.shown": _l("{who} showed a comment again"),
    "matching.started": _l("{who} started the matching"),
    "matching.cancelled": _l("{who} stopped the matching"),
    "matching.done": _l("The matching proposed teams"),
    "teams.published": _l("{who} published the teams"),
    "team.created": _l("{who} made a team"),
    "team.renamed": _l("{who} renamed a team"),
    "team.accepted": _l("{who} accepted their place in a team"),
    "team.change_requested": _l("{who} asked for another team"),
    "team.left": _l("{who} left their team"),
    "team.lead_changed": _l("{who} changed who leads a team"),
    "team.member_placed": _l("{who} moved somebody to another team"),
    "team.pinned": _l("{who} fixed somebody's place"),
    "team.unpinned": _l("{who} freed somebody's place"),
    "board.created": _l("{who} made a board"),
    "board.renamed": _l("{who} renamed a board"),
    "board.locked": _l("{who} locked a board"),
    "board.unlocked": _l("{who} unlocked a board"),
    "note.hidden": _l("{who} hid a note"),
    "note.put_back": _l("{who} put a note back"),
    "submission.handed_in": _l("{who} handed in for their team"),
    "submission.file_added": _l("{who} added a file to a submission"),
    "submission.file_removed": _l("{who} took a file out of a submission"),
    "submission.deadline_extended": _l("{who} gave a team more time: {reason}"),
    "jury.juror_added": _l("{who} added a juror"),
    "jury.juror_replaced": _l("{who} replaced a juror"),
    "jury.rubric_set": _l("{who} set what the jury judges by"),
    "jury.rubric_frozen": _l("The first score froze what the jury judges by"),
    "jury.assigned": _l("{who} gave the jurors their submissions"),
    "jury.reminded": _l("{who} reminded the jurors"),
    "jury.conflict_added": _l("{who} noted a conflict of interest"),
    "jury.conflict_declared": _l("{who} declared a conflict of interest"),
    "jury.conflict_removed": _l("{who} removed a conflict of interest"),
    "jury.abstained": _l("{who} left a submission to other jurors"),
    "jury.sheet_handed_in": _l("{who} handed in a sheet"),
    "funding.previewed": _l("{who} made a preview of the shortlist"),
    "funding.reason_written": _l("{who} wrote a reason for the results page"),
    "funding.amount_set": _l("{who} set an amount below what was asked for: {reason}"),
    "funding.amount_taken_back": _l("{who} took an amount back to what was asked for"),
    "funding.published": _l("{who} published the results"),
}


@dataclass(frozen=True)
class JournalLine:
    """One line of the journal for people."""

    at: datetime
    text: str


def put_into_words(entry: JournalView, people: Mapping[int, PersonView]) -> JournalLine:
    """Return a sentence for an entry; an act without words of its own is named by its code."""
    actor = people.get(entry.actor_id or 0)
    values = {
        **{name: str(value) for name, value in entry.detail.items()},
        "who": actor.display_name if actor else _("Somebody"),
    }
    if entry.subject_type == "person":
        person = people.get(int(entry.subject_id))
        values["person"] = person.display_name if person else _("somebody")
    if values.get("role") in set(Role):
        values["role"] = str(ROLE_LABELS[Role(values["role"])])
    words = str(WORDS.get(entry.action, "{who}: " + entry.action.replace("_", " ")))
    return JournalLine(entry.at, _fill(words, values))


def _fill(words: str, values: Mapping[str, str]) -> str:
    """Put values into words; what somebody typed is never taken for a place to fill."""
    parts = words.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _brace, rest = part.partition("}")
        filled.append(values.get(name, "…") + rest)
    return "".join(filled)
