"""The rubric: what a jury judges by, what may stand in it, and its fingerprint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.submission_check import fingerprint
from app.errors import Invalid
from app.translation import gettext as _

POLICIES = ("rank", "value", "money", "shares")
CRITERIA_MAX = 12
NAME_CHARACTERS_MAX = 80
TEXT_CHARACTERS_MAX = 500
WEIGHT_MAX = 100
SCALE_MAX = 20
REVIEWS_MAX = 10


def N_(text: str) -> str:  # noqa: N802 — the name that string extraction knows
    """Mark a text for translation where it is only named, not yet shown."""
    return text


@dataclass(frozen=True)
class CriterionInput:
    """One criterion as an organiser states it; `anchors` by mark: {"1": "…", "10": "…"}."""

    name: str
    question: str = ""
    weight: float = 1.0
    is_independent: bool = False
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RubricInput:
    """A rubric as an organiser states it."""

    criteria: Sequence[CriterionInput]
    scale_min: int = 1
    scale_max: int = 10
    reviews_per_submission: int = 3
    policy: str = "rank"


DEFAULT_CRITERIA = (
    CriterionInput(
        N_("Need"),
        N_("Does it answer a real need of people here?"),
        2.0,
        anchors={"1": N_("hardly"), "10": N_("clearly")},
    ),
    CriterionInput(
        N_("Sharing"),
        N_("Who can use it, and who is kept out?"),
        2.0,
        anchors={"1": N_("few"), "10": N_("anyone")},
    ),
    CriterionInput(
        N_("Doable"),
        N_("Could this team do it in six months?"),
        1.0,
        anchors={"1": N_("unlikely"), "10": N_("surely")},
    ),
    CriterionInput(
        N_("Money well spent"),
        N_("Does the budget fit the plan?"),
        1.0,
        anchors={"1": N_("no"), "10": N_("yes")},
    ),
)


def default_rubric() -> RubricInput:
    """Return the rubric that an event begins with, in the language at hand."""
    return RubricInput(
        criteria=tuple(
            CriterionInput(
                _(each.name),
                _(each.question),
                each.weight,
                anchors={mark: _(text) for mark, text in each.anchors.items()},
            )
            for each in DEFAULT_CRITERIA
        )
    )


def check_rubric(given: RubricInput) -> None:
    """Refuse a rubric that cannot be judged by; raises Invalid naming the field."""
    if not (0 <= given.scale_min < given.scale_max <= SCALE_MAX):
        raise Invalid(
            _("The scale runs upwards, from 0 or more to at most %(most)s.", most=SCALE_MAX),
            field="scale_max",
        )
    if not 1 <= given.reviews_per_submission <= REVIEWS_MAX:
        raise Invalid(
            _("Choose from 1 to %(most)s sheets for each submission.", most=REVIEWS_MAX),
            field="reviews_per_submission",
        )
    if given.policy not in POLICIES:
        raise Invalid(_("Choose a funding rule from the list."), field="policy")
    if not 1 <= len(given.criteria) <= CRITERIA_MAX:
        raise Invalid(
            _("A rubric has from 1 to %(most)s criteria.", most=CRITERIA_MAX), field="criteria"
        )
    for number, criterion in enumerate(given.criteria):
        _check_criterion(criterion, number, given)
    names = [each.name.strip().casefold() for each in given.criteria]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise Invalid(_("Two criteria have this name."), field=f"criteria-{number}-name")
    if not any(each.weight > 0 and not each.is_independent for each in given.criteria):
        raise Invalid(
            _("At least one criterion must count towards the score."), field="criteria-0-weight"
        )


def _check_criterion(criterion: CriterionInput, number: int, given: RubricInput) -> None:
    field = f"criteria-{number}-"
    if not criterion.name.strip():
        raise Invalid(_("Give the criterion a name."), field=f"{field}name")
    if len(criterion.name) > NAME_CHARACTERS_MAX:
        raise Invalid(
            _("Keep it to %(count)s characters.", count=NAME_CHARACTERS_MAX), field=f"{field}name"
        )
    if not 0 <= criterion.weight <= WEIGHT_MAX or criterion.weight * 100 % 1:
        raise Invalid(
            _("A weight is a number from 0 to %(most)s, with two decimals.", most=WEIGHT_MAX),
            field=f"{field}weight",
        )
    if criterion.weight == 0 and not criterion.is_independent:
        raise Invalid(
            _("Give it a weight above 0, or show it beside the score only."),
            field=f"{field}weight",
        )
    if any(len(text) > TEXT_CHARACTERS_MAX for text in _texts(criterion)):
        raise Invalid(
            _("Keep it to %(count)s characters.", count=TEXT_CHARACTERS_MAX),
            field=f"{field}question",
        )
    marks = {str(mark) for mark in range(given.scale_min, given.scale_max + 1)}
    if not set(criterion.anchors) <= marks:
        raise Invalid(_("Anchor texts belong to marks of the scale."), field=f"{field}question")


def _texts(criterion: CriterionInput) -> list[str]:
    return [criterion.question, *criterion.anchors.values()]


def fingerprint_rubric(given: RubricInput) -> str:
    """Return the hash that is published when the rubric freezes."""
    return fingerprint(
        {
            "scale": [given.scale_min, given.scale_max],
            "reviews_per_submission": given.reviews_per_submission,
            "policy": given.policy,
            "criteria": [
                {
                    "name": each.name,
                    "question": each.question,
                    "weight": each.weight,
                    "is_independent": each.is_independent,
                    "anchors": dict(each.anchors),
                }
                for each in given.criteria
            ],
        }
    )
