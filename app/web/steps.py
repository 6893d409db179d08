"""The card that shows the one thing to do now, with its addresses."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from app.domain.programmes.queries import EventView
from app.web.event_words import PHASE_LABELS
from app.web.progress import Situation
from app.web.schedule import point_in_time
from app.web.step_words import CARDS


@dataclass(frozen=True)
class ShownCard:
    """A card with its addresses."""

    tag: str
    title: str
    text: str
    label: str
    url: str
    method: str
    aside_label: str
    aside_url: str


def card_for(situation: Situation, event: EventView) -> ShownCard:
    """Return the card for a situation."""
    card = CARDS[situation.step](situation)
    team_id = situation.team.id if situation.team else None
    return ShownCard(
        tag=_tag(event),
        title=card.title,
        text=card.text,
        label=card.label,
        url=_address(card.endpoint, event, team_id),
        method=card.method,
        aside_label=card.aside_label,
        aside_url=_address(card.aside_endpoint, event, team_id),
    )


def _tag(event: EventView) -> str:
    standing = event.standing()
    text = _("The event is over") if standing.is_over else _("Now")
    if standing.current:
        text = _(
            "Now: %(phase)s, until %(moment)s",
            phase=PHASE_LABELS[standing.current.phase],
            moment=point_in_time(standing.current.ends_at, event),
        )
    elif standing.upcoming:
        text = _("From %(moment)s", moment=point_in_time(standing.upcoming.starts_at, event))
    return str(text)


def _address(endpoint: str, event: EventView, team_id: int | None) -> str:
    if not endpoint:
        return ""
    needed = next(iter(current_app.url_map.iter_rules(endpoint))).arguments
    values: dict[str, Any] = {"event_slug": event.slug, "team_id": team_id}
    return url_for(endpoint, **{name: values[name] for name in needed})
