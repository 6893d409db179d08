"""Forms of programmes and events."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import (
    DecimalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.domain.programmes.inputs import (
    BUDGET_CENTS_MAX,
    NAME_LENGTH_MAX,
    TEAM_SIZE_LIMIT,
    EventInput,
    EventKind,
    timezone_names,
)
from app.domain.programmes.queries import EventView
from app.web.event_words import KIND_LABELS
from app.web.forms import CojamForm
from app.web.moment_field import LocalMomentField

_NAME_RULES = [
    DataRequired(_l("Give it a name.")),
    Length(max=NAME_LENGTH_MAX, message=_l("Keep it under 201 characters.")),
]
_SUMMARY_RULES = [Length(max=500, message=_l("Keep it under 501 characters."))]
_TEXT_RULES = [Length(max=50_000, message=_l("Keep it under 50,001 characters."))]
_SIZE_RULES = [
    InputRequired(_l("Choose a team size from 1 to 50.")),
    NumberRange(1, TEAM_SIZE_LIMIT, _l("Choose a team size from 1 to 50.")),
]
# Proposed while typing; every zone that exists is accepted.
PROPOSED_ZONES = [name for name in timezone_names() if name.startswith("Europe/")] + ["UTC"]


class ProgrammeForm(CojamForm):
    """What a programme says of itself."""

    name = StringField(_l("Name"), validators=_NAME_RULES)
    summary = TextAreaField(
        _l("In one or two sentences"),
        description=_l("Stands under the name and in lists."),
        validators=_SUMMARY_RULES,
    )
    description = TextAreaField(
        _l("Description"),
        description=_l("What it is about, who it is for, who makes it. Markdown works."),
        validators=_TEXT_RULES,
    )


class EventForm(CojamForm):
    """What an event says of itself."""

    name = StringField(_l("Name"), validators=_NAME_RULES)
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(kind.value, KIND_LABELS[kind]) for kind in EventKind]
    )
    summary = TextAreaField(
        _l("In one or two sentences"),
        description=_l("Stands under the name and in lists."),
        validators=_SUMMARY_RULES,
    )
    description = TextAreaField(
        _l("What people will do"),
        description=_l("Markdown works."),
        validators=_TEXT_RULES,
    )
    place = StringField(
        _l("Where"),
        description=_l("A house, an address, “online”, or both."),
        validators=[Length(max=200, message=_l("Keep it under 201 characters."))],
    )
    timezone = StringField(
        _l("Time zone"),
        description=_l("Like Europe/Berlin. All times of the event are in it."),
        default="Europe/Berlin",
    )
    starts_at = LocalMomentField(
        _l("Begins"), validators=[DataRequired(_l("Choose the day and hour it begins."))]
    )
    ends_at = LocalMomentField(
        _l("Ends"), validators=[DataRequired(_l("Choose the day and hour it ends."))]
    )
    team_size_min = IntegerField(_l("Smallest team"), default=4, validators=_SIZE_RULES)
    team_size_max = IntegerField(_l("Largest team"), default=6, validators=_SIZE_RULES)
    budget = DecimalField(
        _l("Money to give"),
        description=_l("0 if no money is at stake."),
        default=0,
        places=2,
        validators=[
            InputRequired(_l("Write an amount, or 0.")),
            NumberRange(
                0, BUDGET_CENTS_MAX // 100, _l("Write an amount from 0 to a thousand million.")
            ),
        ],
    )
    currency = StringField(
        _l("Currency"),
        default="EUR",
        validators=[Length(3, 3, message=_l("A currency has three letters, like EUR."))],
    )

    def validate_timezone(self, field: StringField) -> None:
        """Accept every zone that exists."""
        if field.data not in available_timezones():
            raise ValidationError(_l("Choose a time zone from the list."))

    def stated(self) -> EventInput:
        """Return what was typed, with its times in UTC."""
        zone = ZoneInfo(self.timezone.data)
        return EventInput(
            name=self.name.data,
            kind=self.kind.data,
            summary=self.summary.data or "",
            description=self.description.data or "",
            place=self.place.data or "",
            timezone=self.timezone.data,
            starts_at=to_utc(self.starts_at.data, zone),
            ends_at=to_utc(self.ends_at.data, zone),
            team_size_min=self.team_size_min.data,
            team_size_max=self.team_size_max.data,
            budget_cents=round(self.budget.data * 100),
            currency=self.currency.data,
        )

    @classmethod
    def of(cls, event: EventView) -> "EventForm":
        """Return the form filled with an event; what was just sent takes precedence."""
        zone = ZoneInfo(event.timezone)
        return cls(
            data={
                **vars(event),
                "starts_at": event.starts_at.astimezone(zone),
                "ends_at": event.ends_at.astimezone(zone),
                "budget": event.budget_cents / 100,
            },
        )


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """Return a typed local time as a moment."""
    return local.replace(tzinfo=zone).astimezone(UTC)


class CodeForm(CojamForm):
    """Type the code from the wall."""

    code = StringField(
        _l("Join code"),
        description=_l("Six letters and figures, from the wall, the screen or the invitation."),
        validators=[DataRequired(_l("Type the code first."))],
    )
