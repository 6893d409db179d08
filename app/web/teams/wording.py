"""Codes of the matching become sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.teams.queries import MemberView, TeamDetail
from app.web.labels import LANGUAGE_NAMES, SECTOR_LABELS


@dataclass(frozen=True)
class ReasonView:
    """One reason on a team's page: what it says in bold, and in full."""

    icon: str
    title: str
    text: str


@dataclass(frozen=True)
class CoverRow:
    """One line of the coverage chart."""

    skill: str
    share: float
    who: str


def language_list(codes: Sequence[str]) -> str:
    """Return languages in their own words."""
    return ", ".join(LANGUAGE_NAMES.get(code, code) for code in codes)


def cover_rows(team: TeamDetail, *, viewer_id: int | None = None) -> list[CoverRow]:
    """Return the needed skills of a team with who brings them."""
    names = {member.person.id: member.person.display_name for member in team.members}
    rows = []
    for cover in team.cover:
        if viewer_id in cover.suppliers:
            who = _("you")
        elif len(cover.suppliers) == 1:
            who = names[cover.suppliers[0]]
        else:
            who = ngettext("%(num)s person", "%(num)s people", len(cover.suppliers))
        rows.append(CoverRow(team.skill_names[cover.skill], cover.share, who))
    return rows


def reasons_of(member: MemberView, team: TeamDetail) -> list[ReasonView]:
    """Return why somebody is in their team, the best reason first."""
    views = [_reason(reason, team) for reason in member.reasons]
    return [view for view in views if view is not None]


def _reason(reason: Mapping[str, Any], team: TeamDetail) -> ReasonView | None:
    values = reason.get("values", {})
    makers = {
        "rank": _rank,
        "brings": _brings,
        "only_sector": _sector,
        "shared_language": _language,
    }
    plain = {
        "pinned": ("lock", _("The organisers placed you here."), ""),
        "moved": ("people", _("The organisers placed you here by hand."), ""),
        "kept_together": ("people", _("You are with the people you asked for."), ""),
        "no_wishes": (
            "idea",
            _("You ranked no ideas."),
            _("So your skills and languages decided."),
        ),
        "outside_wishes": (
            "idea",
            _("None of your choices could be met."),
            _("Their teams were full, or shared no language with you."),
        ),
    }
    code = str(reason.get("code", ""))
    if code in makers:
        return makers[code](values, team)
    if code in plain:
        return ReasonView(*plain[code])
    return None


def _rank(values: Mapping[str, Any], team: TeamDetail) -> ReasonView:
    rank = int(values["rank"])
    titles = {
        1: _("It was your first choice."),
        2: _("It was your second choice."),
        3: _("It was your third choice."),
    }
    text = _("You ranked “%(idea)s” as number %(rank)s of %(count)s.",
             idea=team.idea_title, rank=rank, count=values["of"])  # fmt: skip
    return ReasonView("star", titles.get(rank, _("It was one of your choices.")), text)


def _brings(values: Mapping[str, Any], _team: TeamDetail) -> ReasonView:
    return ReasonView(
        "idea",
        _("You bring %(skill)s.", skill=values["label"]),
        _("The idea needs it, and you know it best here."),
    )


def _sector(values: Mapping[str, Any], _team: TeamDetail) -> ReasonView:
    label = SECTOR_LABELS.get(values["sector"], values["sector"])
    return ReasonView(
        "sprout",
        _("You see it from another side."),
        _("You are the only one here from: %(sector)s.", sector=label),
    )


def _language(values: Mapping[str, Any], _team: TeamDetail) -> ReasonView:
    return ReasonView(
        "globe",
        _("You can all talk."),
        _("Everybody here shares: %(languages)s.", languages=language_list(values["languages"])),
    )


def contradiction_sentences(
    report: Mapping[str, Any] | None, names: Mapping[int, str]
) -> list[str]:
    """Return why no teams could be formed, naming rules and people."""
    notices = (report or {}).get("contradictions", [])
    return [_contradiction(notice, names) for notice in notices]


def _contradiction(notice: Mapping[str, Any], names: Mapping[int, str]) -> str:
    values = notice.get("values", {})
    people = ", ".join(names.get(person, str(person)) for person in notice.get("people", []))
    code = notice.get("code")
    if code == "sizes":
        return _("%(people)s people cannot make %(teams)s teams of %(min)s to %(max)s.", **values)
    if code == "language_minority":
        languages = values.get("languages", "")
        shown = languages if isinstance(languages, str) else language_list(languages)
        return _(
            "Too few people share a language (%(languages)s) for a team: %(people)s.",
            languages=shown, people=people,
        )  # fmt: skip
    if code in {"too_many_pinned", "pinned_apart", "pinned_language", "pins_disagree"}:
        return _("These people cannot all stay where they are pinned: %(people)s.", people=people)
    if code in {"language"}:
        return _("No language is shared with: %(people)s.", people=people)
    return _("These people cannot be placed under the present rules: %(people)s.", people=people)
