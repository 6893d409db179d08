"""English for notices: what the command line says. The web translates the codes itself."""

from collections.abc import Mapping

from app.core.matching.types import Explanation, Id, Notice

_SENTENCES: Mapping[str, str] = {
    # contradictions
    "sizes": "{people} people cannot make {teams} teams of {min} to {max}",
    "group_too_large": (
        "keep_together ties {size} people into one group, but a team has at most {max}: "
        "already these are too many: {who}"
    ),
    "together_apart": "keep_apart parts {apart}, whom keep_together ties: {who}",
    "pins_disagree": "keep_together ties people pinned to different teams ({where}): {who}",
    "pinned_apart": "keep_apart parts {apart}, who are pinned to one team ({where}): {who}",
    "too_many_pinned": "{pinned} people are pinned to team {where}, which holds {max}: {who}",
    "too_many_apart": "keep_apart parts more people than there are teams ({teams}): {who}",
    "group_language": "keep_together ties people who share no language ({languages}): {who}",
    "pinned_language": "people pinned to team {where} share no language ({languages}): {who}",
    "language_minority": (
        "too few people share a language ({languages}) for a team of at least {min}: {who}"
    ),
    "groups_do_not_fit": (
        "the keep_together groups cannot be packed into {teams} teams of {min} to {max}: {who}"
    ),
    # violations
    "unplaced": "without a team: {who}",
    "size": "team {where} has {size} people instead of {min} to {max}",
    "language": "team {where} has no common language; outside {language}: {who}",
    "together": "keep_together is broken between teams {where}: {who}",
    "apart": "keep_apart is broken in team {where}: {who}",
    "pin": "the pin to team {where} is broken: {who}",
    # warnings
    "unknown_field": "{path} is not a field of a problem and was not read",
    "wish_without_team": "ranked ideas that have no team: {who}",
    "too_many_wishes": "only the first {counted} wishes count: {who}",
    "repeated_wish": "the same idea ranked twice; the better rank counts: {who}",
    "unknown_languages": "no languages given, taken to speak every language: {who}",
    "outside_choices": "placed outside all their choices: {who}",
    "weak_team": "team {where} covers less than half of what its idea needs ({coverage})",
    # reasons
    "pinned": "pinned to this team",
    "kept_together": "kept together with {who}",
    "rank": "wish number {rank} of {of}",
    "no_wishes": "ranked no ideas",
    "outside_wishes": "none of the {of} wishes could be met",
    "brings": "brings {label} at level {level} (needed: {need})",
    "coverage_without": "without them the team would cover {without} of its needs, not {with}",
    "only_sector": "the team's only voice from {sector}",
    "shared_language": "the team shares {languages}",
}
_NAMED_AT_MOST = 12


def render_notice(notice: Notice) -> str:
    """Say a notice in English.

    Parameters
    ----------
    notice : Notice
        Of any code this package gives.

    Returns
    -------
    str
        One sentence without a full stop.
    """
    values = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in notice.values.items()
    }
    return _SENTENCES[notice.code].format(
        who=_names(notice.people), where=_names(notice.teams), **values
    )


def render_explanation(explanation: Explanation) -> str:
    """Say in English why someone is in their team, the reasons parted by semicolons."""
    kind = [f"profile: {explanation.archetype}"] if explanation.archetype else []
    return "; ".join([*map(render_notice, explanation.reasons), *kind])


def _names(ids: tuple[Id, ...]) -> str:
    named = ", ".join(map(str, ids[:_NAMED_AT_MOST]))
    more = len(ids) - _NAMED_AT_MOST
    return f"{named} and {more} more" if more > 0 else named
