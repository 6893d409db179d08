"""Where the event stands, what to do now, and what was done."""

from flask import render_template, url_for
from flask_babel import gettext as _

from app.access import allow, current_event, event_scope
from app.core.policy import Action
from app.domain.accounts import queries as accounts
from app.domain.ideas import queries as ideas
from app.domain.journal import queries as journal
from app.domain.programmes import queries
from app.domain.programmes.queries import EventView
from app.web.navigation import organiser_places
from app.web.organise.blueprint import bp
from app.web.organise.journal_words import JournalLine, put_into_words
from app.web.progress import Situation, read_crew_situation
from app.web.schedule import phase_rows
from app.web.steps import card_for

Figure = tuple[str, str, str]


@bp.get("/e/<event_slug>/organise")
@allow(Action.MANAGE_EVENT, event_scope)
def control_room(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show where the event stands and the one thing to do now."""
    event = current_event()
    situation = read_crew_situation(event)
    programme = queries.find_programme_by_id(event.programme_id)
    return render_template(
        "organise/control_room.html",
        card=card_for(situation, event),
        phases=phase_rows(event),
        figures=_figures(event, situation),
        lines=_journal_lines(event, limit=8),
        is_programme_hidden=programme is not None and not programme.is_published,
        programme=programme,
        subnav_items=organiser_places(event),
    )


@bp.get("/e/<event_slug>/organise/journal")
@allow(Action.MANAGE_EVENT, event_scope)
def show_journal(event_slug: str) -> str:  # noqa: ARG001 — in the address
    """Show the latest entries of the journal in words."""
    event = current_event()
    return render_template(
        "organise/journal.html",
        lines=_journal_lines(event, limit=200),
        subnav_items=organiser_places(event),
    )


def _figures(event: EventView, situation: Situation) -> list[Figure]:
    """Return what the event has come to: name, figure, address."""
    crew = situation.crew
    ranked = len(ideas.list_rankings(event.id))
    sheets = f"{crew.sheets - crew.sheets_left} / {crew.sheets}"
    return [
        (
            _("Participants"),
            str(crew.participants),
            url_for("organise.list_people", event_slug=event.slug),
        ),
        (_("Ideas"), str(crew.ideas), url_for("ideas.list_ideas", event_slug=event.slug)),
        (_("People who ranked"), f"{ranked} / {crew.participants}", ""),
        (_("Teams published"), str(crew.published_teams), ""),
        (_("Submissions handed in"), f"{crew.submissions} / {crew.published_teams}", ""),
        (_("Jurors"), str(crew.jurors), ""),
        (_("Sheets handed in"), sheets, ""),
        (
            _("Open reports"),
            str(crew.open_reports),
            url_for("moderation.list_reports", event_slug=event.slug),
        ),
    ]


def _journal_lines(event: EventView, *, limit: int) -> list[JournalLine]:
    entries = journal.list_entries(event.id, limit=limit)
    named = {entry.actor_id for entry in entries} | {
        int(entry.subject_id) for entry in entries if entry.subject_type == "person"
    }
    people = accounts.list_people({user_id for user_id in named if user_id is not None})
    return [put_into_words(entry, people) for entry in entries]
