"""Forms of the funding area."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.submission_check import AmountFault, parse_amount, typed_amount
from app.domain.funding.queries import EntryView
from app.domain.jury.rubric import POLICIES
from app.domain.submissions.inputs import explain_amount
from app.web.forms import CojamForm
from app.web.labels import POLICY_LABELS


def read_amount(typed: str | None) -> int:
    """Return what was typed as cents; raises ValidationError with the reason."""
    cents = parse_amount(typed or "")
    if isinstance(cents, AmountFault):
        raise ValidationError(explain_amount(cents))
    return cents


class ShortlistForm(CojamForm):
    """How much there is, and by which rule it is given out."""

    budget = StringField(_l("Budget"))
    policy = SelectField(
        _l("Rule"), choices=[SelectChoice(key, POLICY_LABELS[key]) for key in POLICIES]
    )
    override = TextAreaField(
        _l("Why they may be ranked together"),
        description=_l("It stands on the results page, and in the journal with your name."),
    )

    def validate_budget(self, field: StringField) -> None:
        """Accept amounts only."""
        self.budget_cents = read_amount(field.data)


def trial_form(budget_cents: int, policy: str) -> ShortlistForm:
    """Return the form of a trial, which changes nothing and so travels in the address."""
    return ShortlistForm(
        formdata=request.args if "budget" in request.args else None,
        meta={"csrf": False},
        data={"budget": typed_amount(budget_cents), "policy": policy},
    )


def shortlist_form(budget_cents: int, policy: str) -> ShortlistForm:
    """Return the form of a new preview."""
    return ShortlistForm(data={"budget": typed_amount(budget_cents), "policy": policy})


class ReasonForm(CojamForm):
    """What everybody will read beside one place."""

    text = TextAreaField(_l("What everybody will read"))


class AmountForm(CojamForm):
    """Less than was asked for."""

    amount = StringField(_l("Amount"))
    reason = StringField(_l("Reason"))

    def validate_amount(self, field: StringField) -> None:
        """Accept amounts only."""
        self.amount_cents = read_amount(field.data)


def reason_form(entry: EntryView, *, is_sent: bool = False) -> ReasonForm:
    """Return the form of one place; its names differ from those of all others on the page."""
    return ReasonForm(
        formdata=request.form if is_sent else None,
        prefix=f"place{entry.submission_id}",
        data={"text": entry.public_reason},
    )


def amount_form(entry: EntryView, reason: str = "", *, is_sent: bool = False) -> AmountForm:
    """Return the form of one place's amount."""
    is_partial = entry.is_funded and entry.amount_cents < entry.ask_cents
    return AmountForm(
        formdata=request.form if is_sent else None,
        prefix=f"part{entry.submission_id}",
        data={"amount": typed_amount(entry.amount_cents) if is_partial else "", "reason": reason},
    )


class PublishForm(CojamForm):
    """Publishing, asked once."""

    shortlist_id = HiddenField()
    is_confirmed = BooleanField(_l("I have read this and publish all the same"))
