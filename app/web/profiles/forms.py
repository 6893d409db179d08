"""The profile's form; skills are rows that work without script."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from zoneinfo import available_timezones

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.people import (
    AVAILABILITY,
    LANGUAGES,
    LEVEL_DEFAULT,
    PLATFORM_LANGUAGES,
    SECTORS,
    SITE_LOCALES,
)
from app.domain.accounts.queries import ProfileView
from app.domain.accounts.service import ProfileInput, SkillInput
from app.web.forms import CojamForm
from app.web.labels import AVAILABILITY_LABELS, LANGUAGE_NAMES, SECTOR_LABELS

# The rows that somebody may fill by hand; the service allows a few more in all.
SKILL_ROWS_MAX = 20
LEARN_ROWS_MAX = 10
_ROW_NUMBER = re.compile(r"[0-9]{1,4}")
_SHORT = Length(max=80, message=_l("Keep the name of a skill to 80 characters."))
_LINE = Length(max=120, message=_l("Keep this to 120 characters at most."))


def _choices(codes: Iterable[str], labels: Mapping[str, object]) -> list[SelectChoice]:
    return [SelectChoice(code, labels[code]) for code in codes]


@dataclass(frozen=True)
class SkillRow:
    """One row of the picker, as it is shown."""

    name: str
    level: int = LEVEL_DEFAULT


class SkillFields(Form):
    """What one row of the picker sends."""

    name = StringField(_l("Skill"), validators=[_SHORT])
    level = IntegerField(_l("Level"), default=LEVEL_DEFAULT)


class WishFields(Form):
    """What one row of wishes sends."""

    name = StringField(_l("Skill"), validators=[_SHORT])


def list_zones() -> tuple[str, ...]:
    """Return zones by region and city, without the historical spellings."""
    regions = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return tuple(sorted(zone for zone in available_timezones() if zone.split("/")[0] in regions))


class RowList(FieldList):
    """Rows with numbers that somebody may have made up: those that are none are left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "FieldList"  # what the form components know

    def _extract_indices(self, prefix: str, formdata: Mapping[str, Any]) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}{self._separator}").partition(self._separator)[0]
            if name != number and _ROW_NUMBER.fullmatch(number):
                yield int(number)


class ProfileForm(CojamForm):
    """Everything on the profile page."""

    display_name = StringField(
        _l("Name others see"),
        description=_l("A pseudonym is fine, in any script."),
        validators=[
            DataRequired(_l("Write the name that others should see.")),
            Length(max=80, message=_l("Keep the name to 80 characters at most.")),
        ],
    )
    bio = TextAreaField(
        _l("About you"),
        validators=[Length(max=2000, message=_l("Keep this to 2,000 characters at most."))],
    )
    skills = RowList(FormField(SkillFields), _l("What can you bring?"))
    wants_to_learn = RowList(FormField(WishFields), _l("What do you want to learn?"))
    languages = SelectMultipleField(
        _l("Languages you can work in"),
        choices=_choices(PLATFORM_LANGUAGES, LANGUAGE_NAMES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    more_languages = SelectMultipleField(
        _l("More languages"),
        choices=_choices(LANGUAGES[len(PLATFORM_LANGUAGES) :], LANGUAGE_NAMES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    availability = RadioField(
        _l("How you take part"),
        choices=_choices(AVAILABILITY, AVAILABILITY_LABELS),
        default="full",
    )
    sector = SelectField(
        _l("Where you come from"),
        choices=[SelectChoice("", _l("Rather not say")), *_choices(SECTORS, SECTOR_LABELS)],
    )
    organisation = StringField(_l("Organisation"), validators=[_LINE])
    place = StringField(_l("Town or region"), validators=[_LINE])
    timezone = SelectField(
        _l("Time zone"),
        description=_l("Your browser’s zone is used on most pages; this one in letters."),
        choices=[SelectChoice("", _l("As the event’s")), *map(SelectChoice, list_zones())],
    )
    locale = SelectField(_l("Language of the site"), choices=_choices(SITE_LOCALES, LANGUAGE_NAMES))

    @classmethod
    def of(cls, profile: ProfileView) -> "ProfileForm":
        """Return the form, filled with what was sent or with the profile as it is."""
        return cls(
            data={
                "display_name": profile.display_name,
                "bio": profile.bio,
                "skills": [{"name": s.name, "level": s.level} for s in profile.has_skills],
                "wants_to_learn": [{"name": s.name} for s in profile.wants_to_learn],
                "languages": profile.languages,
                "more_languages": profile.languages,
                "availability": profile.availability,
                "sector": profile.sector or "",
                "organisation": profile.organisation,
                "place": profile.place,
                "timezone": profile.timezone or "",
                "locale": profile.locale,
            }
        )

    def asks_for_rows(self) -> bool:
        """Return whether a button of the pickers was pressed without script: nothing is kept."""
        return any(
            f"{name}-{act}" in request.form
            for name in ("skills", "wants_to_learn")
            for act in ("add", "remove")
        )

    def skill_rows(self) -> list[SkillRow]:
        """Return the rows to show for skills, as the pressed button left them."""
        return [SkillRow(row.form.name.data or "", _level(row)) for row in self._rows(self.skills)]

    def learn_rows(self) -> list[SkillRow]:
        """Return the rows to show for wishes, as the pressed button left them."""
        return [SkillRow(row.form.name.data or "") for row in self._rows(self.wants_to_learn)]

    def _rows(self, rows: RowList) -> Sequence[FormField]:
        pressed = request.form.get(f"{rows.name}-remove", "")
        # The picker's script leaves gaps in the numbers; WTForms closes them when it reads.
        numbers = sorted(set(rows._extract_indices(rows.name, request.form)))
        left = [
            row
            for number, row in zip_longest(numbers, rows.entries)
            if row is not None and (number is None or str(number) != pressed)
        ]
        if f"{rows.name}-add" in request.form:
            rows.append_entry()
            left.append(rows.entries[-1])
        return left

    def row_errors(self, rows: RowList) -> list[str]:
        """Return what is wrong with the rows or with one of them."""
        own = [error for error in rows.errors if not isinstance(error, dict)]
        return own + [text for row in rows.entries for text in row.form.name.errors]

    def profile(self) -> ProfileInput:
        """Return the fields for the service."""
        return ProfileInput(
            bio=self.bio.data or "",
            languages=(*(self.languages.data or ()), *(self.more_languages.data or ())),
            sector=self.sector.data or None,
            place=self.place.data or "",
            organisation=self.organisation.data or "",
            availability=self.availability.data,
            timezone=self.timezone.data or None,
            locale=self.locale.data or SITE_LOCALES[0],
        )

    def chosen_skills(self) -> list[SkillInput]:
        """Return the skills for the service; empty rows say nothing."""
        return [
            SkillInput(row.form.name.data, _level(row))
            for row in self.skills.entries
            if (row.form.name.data or "").strip()
        ]

    def wishes(self) -> list[str]:
        """Return what somebody wants to learn, for the service."""
        return [
            row.form.name.data
            for row in self.wants_to_learn.entries
            if (row.form.name.data or "").strip()
        ]


def _level(row: FormField) -> int:
    level = row.form.level.data
    return LEVEL_DEFAULT if level is None else level
