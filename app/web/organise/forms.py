"""Forms of the control room."""

from collections.abc import Iterable
from datetime import UTC, datetime

from flask_babel import lazy_gettext as _l
from wtforms import (
    FormField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.form import Form
from wtforms.validators import DataRequired, Length, Optional

from app.core.phases import ORDER, Phase, PhaseSpan, check_schedule
from app.core.policy import Role
from app.domain.programmes.inputs import NAME_LENGTH_MAX, AgendaInput
from app.domain.programmes.membership import REASON_LENGTH_MAX
from app.domain.programmes.queries import AgendaView, EventView
from app.domain.programmes.service import explain_fault
from app.web.addressee import AddresseeForm
from app.web.event_words import ROLE_LABELS
from app.web.forms import CojamForm
from app.web.moment_field import LocalMomentField
from app.web.schedule import zone_of


class SpanForm(Form):
    """From when to when one phase runs; both empty leave the phase out."""

    starts_at = LocalMomentField(_l("Begins"), validators=[Optional()])
    ends_at = LocalMomentField(_l("Ends"), validators=[Optional()])


class PhasesForm(CojamForm):
    """One row for each phase, in the order of the road."""

    open = FormField(SpanForm)
    ideas = FormField(SpanForm)
    matching = FormField(SpanForm)
    jam = FormField(SpanForm)
    submission = FormField(SpanForm)
    judging = FormField(SpanForm)
    results = FormField(SpanForm)

    @classmethod
    def of(cls, event: EventView) -> "PhasesForm":
        """Return the form filled with an event's phases, in the event's own time."""
        zone = zone_of(event)
        form = cls(
            data={
                span.phase.value: {
                    "starts_at": span.starts_at.astimezone(zone),
                    "ends_at": span.ends_at.astimezone(zone),
                }
                for span in event.spans
            }
        )
        form.event = event
        return form

    event: EventView

    def row(self, phase: Phase) -> SpanForm:
        """Return the row of a phase."""
        form: SpanForm = self[phase.value].form
        return form

    def spans(self) -> list[PhaseSpan]:
        """Return the phases that have both dates."""
        zone = zone_of(self.event)
        spans = []
        for phase in ORDER:
            row = self.row(phase)
            if row.starts_at.data and row.ends_at.data:
                spans.append(
                    PhaseSpan(
                        phase,
                        row.starts_at.data.replace(tzinfo=zone).astimezone(UTC),
                        row.ends_at.data.replace(tzinfo=zone).astimezone(UTC),
                    )
                )
        return spans

    def validate(self, extra_validators: object = None) -> bool:
        """Check each row, and then the schedule as a whole; messages stand beside the row."""
        is_valid = super().validate(extra_validators)
        for phase in ORDER:
            row = self.row(phase)
            if not row.errors and bool(row.starts_at.data) != bool(row.ends_at.data):
                lacking = row.ends_at if row.starts_at.data else row.starts_at
                lacking.errors = [_l("Give both dates, or leave both empty.")]
                is_valid = False
        if not is_valid:
            return False
        return self._mark(check_schedule(self.spans()))

    def _mark(self, faults: Iterable[tuple[Phase, str]]) -> bool:
        is_valid = True
        for phase, code in faults:
            row = self.row(phase)
            field = row.ends_at if code == "ends_before_start" else row.starts_at
            field.errors = [explain_fault(code)]
            is_valid = False
        return is_valid


class AgendaForm(CojamForm):
    """A line of the agenda."""

    title = StringField(
        _l("What happens"),
        validators=[
            DataRequired(_l("Say what happens.")),
            Length(max=NAME_LENGTH_MAX, message=_l("Keep it under 201 characters.")),
        ],
    )
    place = StringField(
        _l("Where"), validators=[Length(max=200, message=_l("Keep it under 201 characters."))]
    )
    starts_at = LocalMomentField(
        _l("Begins"), validators=[DataRequired(_l("Choose the day and hour it begins."))]
    )
    ends_at = LocalMomentField(
        _l("Ends"), validators=[DataRequired(_l("Choose the day and hour it ends."))]
    )

    @classmethod
    def starting_from(cls, event: EventView) -> "AgendaForm":
        """Return an empty form that proposes the event's first day."""
        first = event.starts_at.astimezone(zone_of(event))
        return cls(data={"starts_at": first, "ends_at": first})

    @classmethod
    def of(cls, item: AgendaView, event: EventView) -> "AgendaForm":
        """Return the form filled with a line."""
        zone = zone_of(event)
        return cls(
            data={
                "title": item.title,
                "place": item.place,
                "starts_at": item.starts_at.astimezone(zone),
                "ends_at": item.ends_at.astimezone(zone),
            }
        )

    def stated(self, event: EventView) -> AgendaInput:
        """Return what was typed, with its times in UTC."""
        return AgendaInput(
            title=self.title.data,
            place=self.place.data or "",
            starts_at=_moment(self.starts_at.data, event),
            ends_at=_moment(self.ends_at.data, event),
        )


def _moment(local: datetime, event: EventView) -> datetime:
    return local.replace(tzinfo=zone_of(event)).astimezone(UTC)


class InviteForm(AddresseeForm):
    """Give a role to somebody by the address of their account."""

    role = SelectField(
        _l("Role"),
        choices=[SelectChoice(role.value, ROLE_LABELS[role]) for role in Role],
        default=Role.JUROR,
    )


class BanForm(CojamForm):
    """Why somebody is shut out."""

    reason = TextAreaField(
        _l("Why"),
        description=_l("Kept in the journal; other participants do not see it."),
        validators=[
            DataRequired(_l("Say why. The reason is kept in the journal.")),
            Length(max=REASON_LENGTH_MAX, message=_l("Keep the reason under 2,000 characters.")),
        ],
    )
