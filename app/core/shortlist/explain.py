"""Reasons in English, for commands, files and logs; pages translate the codes themselves."""

from collections.abc import Callable

from app.core.shortlist.types import Reason, Value

_TEXTS = {
    "policy_rank": "Funded in rank order.",
    "policy_value": "Funded: part of the selection with the most value for the budget.",
    "policy_money": "Funded: part of the selection with the most value times money.",
    "policy_shares": "Funded by the jurors' equal shares or, with what they left, in rank order.",
    "quota_minimum": "Funded to meet the minimum of {quotas}.",
    "pinned_in": "Funded by decision: {reason}",
    "pinned_part": "Funded in part by decision: {reason}",
    "pinned_out": "Left out by decision: {reason}",
    "unscored": "Not funded: it has no scores.",
    "below_bar": "Not funded: its score is not above the bar of {bar:g}.",
    "held_back": "Not funded: places or money are held back for the minimum of {quotas}.",
    "group_full": "Not funded: {quota} has its maximum of {max_count}.",
    "group_spent": "Not funded: of the money for {quota}, {left_cents} is left.",
    "no_money": "Not funded: it asks for {ask_cents}, and {left_cents} is left.",
    "outvalued": "Not funded: others bring more for the same money ({left_cents} is left).",
    "nothing_fits": "Nothing is funded: the budget is {budget_cents}, the lowest ask "
    "{cheapest_cents}.",
    "nobody_eligible": "Nothing is funded: no submission has a score above the bar.",
    "pinned_unscored": "Pinned in, but without scores, and so never shortlisted: {submissions}",
    "rule_budget": "the budget of {budget_cents} ({pinned_cents} of it pinned)",
    "rule_min": "at least {min_count} with {quota} ({eligible} can be chosen; the cheapest "
    "{min_count} of them cost {cheapest_cents})",
    "rule_max": "at most {max_count} with {quota} ({pinned} pinned)",
    "rule_spend": "at most {max_spend_cents} for {quota} ({pinned_cents} pinned)",
}


def render_reason(reason: Reason, money: Callable[[int], str]) -> str:
    """Return a reason as English text.

    Parameters
    ----------
    reason : Reason
    money : callable
        From cents to text.

    Raises
    ------
    KeyError
        On a code that has no text.
    """
    return _TEXTS[reason.code].format_map(
        {name: _render(name, value, money) for name, value in reason.values.items()}
    )


def render_contradiction(reasons: tuple[Reason, ...], money: Callable[[int], str]) -> str:
    """Return the reasons of an `Impossible` as one sentence.

    Parameters
    ----------
    reasons : tuple of Reason
    money : callable
        From cents to text.
    """
    texts = [render_reason(reason, money) for reason in reasons]
    if not reasons[0].code.startswith("rule_"):
        return "; ".join(texts)
    if len(texts) == 1:
        return f"This cannot be met: {texts[0]}."
    return f"These cannot be met together: {'; '.join(texts)}."


def _render(name: str, value: Value, money: Callable[[int], str]) -> str | int | float:
    if name.endswith("_cents") and isinstance(value, int):
        return money(value)
    return ", ".join(value) if isinstance(value, tuple) else value
