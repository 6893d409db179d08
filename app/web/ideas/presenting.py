"""Ideas made ready for templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.domain.accounts.queries import PersonView, colour_of
from app.domain.ideas.listing import IdeaCard
from app.domain.ideas.queries import IdeaView
from app.web.labels import LANGUAGE_NAMES


@dataclass(frozen=True)
class CardView:
    """An idea as the card component shows it."""

    id: int
    title: str
    summary: str
    url: str
    colour: str
    lang: str
    languages: str
    by: str
    skills: tuple[str, ...]
    tag: str
    is_ranked: bool


@dataclass(frozen=True)
class Origin:
    """A field of an imported record; `url` only where it is safe to follow."""

    label: str
    text: str
    url: str | None


def foreign(language: str) -> str:
    """Return a language for `lang=`, or nothing where it is that of the page."""
    return "" if language == str(get_locale() or "en") else language


def name_of(owner: PersonView | None) -> str:
    """Return who pitched an idea."""
    return owner.display_name if owner else _("Somebody without an account here")


def cards_for(event_slug: str, cards: Iterable[IdeaCard]) -> list[CardView]:
    """Return cards with their addresses and words."""
    return [
        CardView(
            id=card.id,
            title=card.title,
            summary=card.summary,
            url=url_for("ideas.show_idea", event_slug=event_slug, idea_id=card.id),
            colour=colour_of(card.id),
            lang=foreign(card.language),
            languages=LANGUAGE_NAMES.get(card.language, card.language),
            by=name_of(card.owner),
            skills=tuple(skill.label for skill in card.skills),
            tag=_("hidden") if card.is_hidden else "",
            is_ranked=card.is_ranked,
        )
        for card in cards
    ]


def origins_of(idea: IdeaView) -> list[Origin]:
    """Return what an imported record tells besides title and text."""
    record: dict[str, Any] = idea.imported or {}
    labels = {
        "event_name": _("Event"),
        "category_name": _("Category"),
        "phase": _("Stage"),
        "team": _("Team"),
        "hashtag": _("Hashtag"),
        "url": _("Original page"),
        "webpage_url": _("Demo or presentation"),
        "source_url": _("Source"),
        "download_url": _("Download"),
        "contact_url": _("Contact"),
        "image_url": _("Picture"),
        "created_at": _("Made on"),
    }
    return [
        Origin(label, str(record[name]), safe_url(record[name]))
        for name, label in labels.items()
        if record.get(name)
    ]


def safe_url(value: object) -> str | None:
    """Return an address that may become a link: http and https alone."""
    text = str(value).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.netloc else None
