"""Forms of the jury area."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.domain.jury.rubric import CRITERIA_MAX, POLICIES
from app.domain.jury.service import CriterionInput, RubricInput
from app.domain.jury.views import RubricView, SheetView
from app.errors import Invalid
from app.web.addressee import AddresseeForm
from app.web.forms import CojamForm, strip
from app.web.labels import POLICY_LABELS

CONFLICT_LABELS = {
    "same_team": _l("in the same team"),
    "same_organisation": _l("same organisation"),
    "same_domain": _l("same mail domain"),
    "replaced": _l("replaced"),
}


class SheetForm(CojamForm):
    """The words of a sheet; the marks depend on the rubric and are read by `marks`."""

    comment = TextAreaField(_l("Comment for the team"))
    private_note = TextAreaField(_l("Note for yourself"))

    def seen_version(self) -> int | None:
        """Return which version of the submission the page showed."""
        seen = request.form.get("seen", "")
        return int(seen) if seen.isdecimal() and len(seen) < 10 else None

    def marks(self, rubric: RubricView) -> dict[int, int]:
        """Return the marks that were chosen, by criterion."""
        chosen = {each.id: request.form.get(f"score-{each.id}", "") for each in rubric.criteria}
        return {
            key: int(mark) for key, mark in chosen.items() if mark.isdecimal() and mark.isascii()
        }


def sheet_form(sheet: SheetView | None) -> SheetForm:
    """Return the form with what a sheet says."""
    if sheet is None:
        return SheetForm(formdata=None)
    data = {"comment": sheet.comment, "private_note": sheet.private_note}
    return SheetForm(formdata=None, data=data)


class LeaveForm(CojamForm):
    """Not judging a submission."""

    kind = RadioField(
        _l("Why"),
        [InputRequired(_l("Choose one."))],
        choices=[
            SelectChoice("conflict", _l("I have a conflict of interest")),
            SelectChoice("abstain", _l("I cannot judge this for another reason")),
        ],
    )
    reason = TextAreaField(
        _l("What it is"), description=_l("Organisers read it, the team does not.")
    )


class CriterionForm(Form):
    """One criterion of the rubric."""

    name = StringField(_l("Name"), filters=[strip])
    question = StringField(_l("Question"), filters=[strip])
    weight = StringField(_l("Weight"), filters=[strip])
    is_independent = BooleanField(_l("Shown beside the score only"))
    low = StringField(_l("What the lowest mark means"), filters=[strip])
    high = StringField(_l("What the highest mark means"), filters=[strip])


class RubricForm(CojamForm):
    """What a jury judges by."""

    criteria = FieldList(FormField(CriterionForm), max_entries=CRITERIA_MAX)
    scale_max = SelectField(
        _l("Marks"),
        choices=[SelectChoice("5", _l("1 to 5")), SelectChoice("10", _l("1 to 10"))],
        default="10",
    )
    reviews_per_submission = IntegerField(
        _l("Sheets for each project"), [InputRequired(_l("Write a number."))]
    )
    policy = SelectField(
        _l("Funding rule"), choices=[SelectChoice(key, POLICY_LABELS[key]) for key in POLICIES]
    )

    def as_input(self) -> RubricInput:
        """Return what was stated; rows without any text are left out."""
        top = self.scale_max.data
        return RubricInput(
            criteria=[
                CriterionInput(
                    name=row.name.data or "",
                    question=row.question.data or "",
                    weight=_number(row.weight.data),
                    is_independent=row.is_independent.data,
                    anchors={
                        mark: text
                        for mark, text in (("1", row.low.data), (top, row.high.data))
                        if text
                    },
                )
                for row in self._rows()
            ],
            scale_max=int(top),
            reviews_per_submission=self.reviews_per_submission.data or 0,
            policy=self.policy.data,
        )

    def _rows(self) -> list[Any]:
        rows = [entry.form for entry in self.criteria.entries]
        return [row for row in rows if row.name.data or row.question.data or row.weight.data]

    def show(self, refusal: Invalid) -> None:
        """Put a refusal beside the field that it names."""
        parts = (refusal.field or "").split("-")
        if len(parts) == 3:
            field = self._rows()[int(parts[1])][parts[2]]
            self.criteria.errors = [refusal.message]  # so that the summary looks inside
        elif refusal.field in self and refusal.field != "criteria":
            field = self[refusal.field]
        else:
            self.form_errors.append(refusal.message)
            return
        field.errors = [*field.errors, refusal.message]


def _number(text: str | None) -> float:
    """Return a weight as it was typed; what is no number becomes one that no rubric accepts."""
    try:
        return float((text or "").replace(",", "."))
    except ValueError:
        return -1.0


def rubric_form(given: RubricInput) -> RubricForm:
    """Return the form with what a rubric says."""
    return RubricForm(
        formdata=None,
        data={
            "scale_max": str(given.scale_max),
            "reviews_per_submission": given.reviews_per_submission,
            "policy": given.policy,
            "criteria": [
                {
                    "name": each.name,
                    "question": each.question,
                    "weight": f"{each.weight:g}",
                    "is_independent": each.is_independent,
                    "low": each.anchors.get(str(given.scale_min), ""),
                    "high": each.anchors.get(str(given.scale_max), ""),
                }
                for each in given.criteria
            ],
        },
    )


class JurorForm(AddresseeForm):
    """A person for the panel."""

    email = StringField(
        _l("E-mail"),
        [InputRequired(_l("Write the address of their account."))],
        description=_l("They need an account with this address."),
    )
    organisation = StringField(
        _l("Organisation"),
        description=_l("Projects of the same organisation are kept from them."),
    )
    region = StringField(_l("Region"))
    max_load = IntegerField(_l("Most projects"), [Optional()])


class ConflictForm(CojamForm):
    """A juror and a project that do not go together."""

    juror_id = SelectField(_l("Juror"), [InputRequired(_l("Choose one."))], coerce=int)
    submission_id = SelectField(_l("Project"), [InputRequired(_l("Choose one."))], coerce=int)
    reason = StringField(_l("Reason"))


class AssignForm(CojamForm):
    """How many sheets each project gets."""

    per_submission = IntegerField(
        _l("Sheets for each project"), [InputRequired(_l("Write a number."))]
    )
