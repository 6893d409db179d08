"""Codes of ranking and shortlist become sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.templating import format_money

GROUP_LABELS = {"region": _l("region"), "organisation": _l("organisation")}
LISTED_MAX = 6


@dataclass(frozen=True)
class Remark:
    """Something to look at, or settled when `kind` is calm."""

    text: str
    kind: str = ""
    icon: str = "warn"


def points(value: float) -> str:
    """Return points of the scale with two decimals."""
    return str(format_decimal(value, format="0.00"))


def signed_points(value: float) -> str:
    """Return a difference in points, with its sign."""
    return str(format_decimal(value, format="+0.00;−0.00"))


def join_names(names: Sequence[str]) -> str:
    """Return names in a row, not too many."""
    more = len(names) - LISTED_MAX
    shown = ", ".join(f"“{name}”" for name in names[:LISTED_MAX])
    return shown + (" " + _("and %(count)s more", count=more) if more > 0 else "")


def reason_sentence(code: str, values: Mapping[str, Any], currency: str) -> str:
    """Return why a submission is funded or not."""

    def money(name: str) -> str:
        return format_money(int(values.get(name, 0)), currency)

    sentences: dict[str, Callable[[], str]] = {
        "policy_rank": lambda: _("Its place in the ranking."),
        "policy_value": lambda: _("Part of the selection with the most value for the budget."),
        "policy_money": lambda: _("Part of the selection with the most value and money together."),
        "policy_shares": lambda: _("Chosen by the jurors’ equal shares of the money."),
        "pinned_in": lambda: _("By decision: %(reason)s", reason=values["reason"]),
        "pinned_part": lambda: _("Less than asked for: %(reason)s", reason=values["reason"]),
        "pinned_out": lambda: _("Left out by decision: %(reason)s", reason=values["reason"]),
        "unscored": lambda: _("It has no scores, so it cannot be chosen."),
        "below_bar": lambda: _("Its score is not above the bar."),
        "no_money": lambda: _(
            "It asks for %(ask)s, and %(left)s is left.",
            ask=money("ask_cents"),
            left=money("left_cents"),
        ),
        "outvalued": lambda: _("Others bring more for the same money."),
    }
    return str(sentences[code]())


def contradiction_sentence(
    reasons: Sequence[tuple[str, Mapping[str, Any]]], titles: Mapping[str, str], currency: str
) -> str:
    """Return why no shortlist can be made."""
    code, values = reasons[0]
    if code == "pinned_unscored":
        names = [titles.get(key, key) for key in values["submissions"]]
        return str(
            _(
                "%(names)s has an amount by decision, but no scores any more. Take the amount "
                "back.",
                names=join_names(names),
            )
        )
    return str(
        _(
            "The amounts decided by hand come to %(pinned)s, more than %(budget)s.",
            pinned=format_money(int(values.get("pinned_cents", 0)), currency),
            budget=format_money(int(values.get("budget_cents", 0)), currency),
        )
    )


DOUBTS = {
    "scoring_open": _l("Scoring is open again: sheets may still change."),
    "sheets_open": _l("Some sheets that were given out have not been handed in."),
    "several_groups": _l("The jury falls into groups without a common juror."),
    "other_budget": _l("The budget is not the one that the event page names."),
    "nothing_funded": _l("Nothing is funded."),
    "no_reasons": _l("Some chosen projects have no reason that people can read."),
}


def remarks(
    report: Mapping[str, Any], titles: Mapping[str, str], jurors: Mapping[str, str]
) -> list[Remark]:
    """Return what a person should look at before publishing, doubts first."""
    found = [_outlying(each, titles, jurors) for each in report["outlying"]]
    found += [_bias(each) for each in report["biases"] if each["is_notable"]]
    found += [_note(each, jurors) for each in report["notes"] if each["code"] in _NOTES]
    if report["ties_drawn"]:
        found.append(
            Remark(
                ngettext(
                    "%(num)s tie was decided by lot.",
                    "%(num)s ties were decided by lot.",
                    report["ties_drawn"],
                )
            )
        )
    found += _influence(report, titles, jurors)
    if len(report["groups"]) == 1:
        linked = _("Every project is linked to every other through shared jurors, so one ranking "
                   "holds for all.")  # fmt: skip
        found.append(Remark(linked, "calm", "check"))
    return found


def _outlying(
    sheet: Mapping[str, Any], titles: Mapping[str, str], jurors: Mapping[str, str]
) -> Remark:
    return Remark(
        _(
            "“%(title)s”: %(juror)s gave %(score)s where %(expected)s was to be expected. Read the "
            "comment; nothing is removed by itself.",
            title=titles.get(sheet["submission_id"], ""),
            juror=jurors.get(sheet["juror_id"], ""),
            score=points(sheet["score"]),
            expected=points(sheet["expected"]),
        )
    )


def _bias(bias: Mapping[str, Any]) -> Remark:
    return Remark(
        _(
            "Jurors give projects of their own %(group)s %(points)s points (standard error "
            "%(error)s, %(pairs)s sheets).",
            group=GROUP_LABELS[bias["attribute"]],
            points=signed_points(bias["points"]),
            error=points(bias["standard_error"]),
            pairs=bias["pairs"],
        )
    )


_NOTES: dict[str, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    "several_groups": lambda _values, _jurors: _(
        "The jury falls into groups without a common juror. They are ranked together by decision; "
        "an order across groups is not certain."
    ),
    "variance_assumed": lambda _values, _jurors: _(
        "The sheets hardly differ, so the intervals rest on the scale alone."
    ),
    "one_juror": lambda _values, _jurors: _(
        "A single juror has judged, so strict and mild cannot be evened out."
    ),
    "single_reviews": lambda _values, _jurors: _(
        "No project has two sheets, so nobody can say how far jurors disagree."
    ),
    "juror_with_one_sheet": lambda values, jurors: _(
        "One sheet alone says how strict they are: %(names)s.",
        names=join_names([jurors.get(key, key) for key in values["jurors"]]),
    ),
    "unscored": lambda values, _jurors: ngettext(
        "%(num)s project has no sheet and stands last.",
        "%(num)s projects have no sheet and stand last.",
        int(values["submissions"]),
    ),
}


def _note(note: Mapping[str, Any], jurors: Mapping[str, str]) -> Remark:
    return Remark(str(_NOTES[note["code"]](note["values"], jurors)))


def _influence(
    report: Mapping[str, Any], titles: Mapping[str, str], jurors: Mapping[str, str]
) -> list[Remark]:
    changing = [each for each in report["influence"] if each["entered"] or each["left"]]
    is_policy = report["influence_by"] == "policy"
    whole = (
        _("the shortlist") if is_policy else _("the first %(count)s places", count=report["top"])
    )
    if not changing:
        same = _("Without any one juror %(whole)s would hold the same projects.", whole=whole)
        return [Remark(same, "calm", "info")]
    return [
        Remark(
            _(
                "Without the sheets of %(juror)s, %(whole)s would change. In: %(entered)s. "
                "Out: %(left)s.",
                juror=jurors.get(each["juror_id"], ""),
                whole=whole,
                entered=join_names([titles.get(key, "") for key in each["entered"]]) or "–",
                left=join_names([titles.get(key, "") for key in each["left"]]) or "–",
            ),
            icon="info",
        )
        for each in changing
    ]
