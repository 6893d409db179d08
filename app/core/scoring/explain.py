"""Notes in English, for commands, reports and logs; pages translate the codes themselves."""

from app.core.scoring.types import Note, Value

MAX_LISTED = 12

_TEXTS = {
    "several_groups": (
        "The jury falls into {groups} groups without a common juror, so scores cannot be compared "
        "across them. The largest has {largest} submissions; floating free of it: {floating}."
    ),
    "variance_assumed": (
        "{sheets} sheets do not vary enough to estimate anything; intervals rest on the scale."
    ),
    "one_juror": "Only {juror} has judged: severity cannot be told from quality.",
    "single_reviews": (
        "No submission has two sheets ({submissions} in all): disagreement cannot be measured."
    ),
    "juror_with_one_sheet": "Severity rests on a single sheet for: {jurors}.",
    "unscored": "{submissions} submissions have no sheet; they are listed last, without a rank.",
    "ties_drawn": "Ties decided by the seeded draw: {ties}.",
    "override": "Ranked jointly by override: {reason}",
    "own_group_bias": (
        "Jurors give submissions of their own {attribute} {points:+.2f} points "
        "(standard error {standard_error:.2f}, {pairs} sheets)."
    ),
    "outlying_sheets": "Sheets far from what is expected, for a person to look at: {sheets}.",
    "too_few_jurors": (
        "Submission {submission} needs {needed} reviews, but only {free} jurors are free for it; "
        "conflicts: {conflicts}."
    ),
    "too_little_room": (
        "Submissions {submissions} need {needed} reviews, but the jurors free for them have room "
        "for {room} ({jurors}); conflicts: {conflicts}."
    ),
    "uneven_loads": (
        "Conflicts keep the load of these jurors from lying within one of {level}: {jurors}."
    ),
}


def render_note(note: Note) -> str:
    """Return a note as one English sentence.

    Parameters
    ----------
    note : Note

    Raises
    ------
    KeyError
        On a code that has no sentence.
    """
    return _TEXTS[note.code].format_map({k: _render(v) for k, v in note.values.items()})


def _render(value: Value) -> str | int | float:
    """Return a value for a sentence; long lists are cut short, and nothing is called none."""
    if not isinstance(value, tuple):
        return value
    if not value:
        return "none"
    parts = [part if isinstance(part, str) else f"[{_render(part)}]" for part in value]
    more = len(parts) - MAX_LISTED
    return ", ".join(parts[:MAX_LISTED]) + (f" and {more} more" if more > 0 else "")
