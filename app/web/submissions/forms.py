"""Forms of the submissions area."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    DateTimeLocalField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from app.core.submission_check import CANVAS_SECTIONS, Item, typed_amount
from app.domain.submissions.inputs import LINES_MAX
from app.domain.submissions.service import DraftInput, LineInput
from app.domain.submissions.views import DraftView
from app.web.forms import CojamForm, strip

EMPTY_LINES = 3


def filled_in(cents: int) -> str:
    """Return an amount as it stands in a field; nothing for 0, which nobody typed."""
    return typed_amount(cents) if cents else ""


class LineForm(Form):
    """A line of the budget."""

    label = StringField(_l("What for"), filters=[strip])
    amount = StringField(_l("Amount"), filters=[strip])


class SubmissionForm(CojamForm):
    """All that a team hands in."""

    title = StringField(_l("Title"))
    summary = TextAreaField(
        _l("In a few sentences"), description=_l("What jurors read first. Up to 2,000 characters.")
    )
    problem = TextAreaField(
        _l("Problem"), description=_l("What is missing today, and how you know.")
    )
    people = TextAreaField(_l("People"), description=_l("Who needs it, and who takes part."))
    solution = TextAreaField(_l("Solution"), description=_l("What there will be."))
    value = TextAreaField(_l("Value"), description=_l("What gets better for whom."))
    steps = TextAreaField(_l("Steps"), description=_l("What happens first, and by when."))
    partners = TextAreaField(_l("Partners"), description=_l("Who helps, and with what."))
    costs = TextAreaField(_l("Costs"), description=_l("What the money is for, in words."))
    measure = TextAreaField(_l("Measure"), description=_l("How you will see that it works."))
    lines = FieldList(FormField(LineForm), max_entries=LINES_MAX)
    ask = StringField(
        _l("What you ask for"), description=_l("The lines above add up to exactly this amount.")
    )
    track = StringField(_l("Track"))
    region = StringField(_l("Region"))
    video_url = StringField(
        _l("Video"), description=_l("The address of a video, beginning with https://.")
    )
    file = FileField(_l("Add a file"), description=_l("Pictures, PDF, text or office documents."))
    file_label = StringField(_l("What the file is"))
    version = HiddenField()

    @property
    def revision(self) -> int:
        """The revision that the form was opened with."""
        version = self.version.data or ""
        return int(version) if version.isdecimal() and len(version) < 10 else 0

    @property
    def canvas_fields(self) -> list[Field]:
        """The fields of the canvas, in order."""
        return [self[name] for name in CANVAS_SECTIONS]

    def as_input(self) -> DraftInput:
        """Return what was typed."""
        rows = [entry.form for entry in self.lines.entries]
        return DraftInput(
            title=self.title.data or "",
            summary=self.summary.data or "",
            track=self.track.data or "",
            region=self.region.data or "",
            canvas={name: self[name].data or "" for name in CANVAS_SECTIONS},
            video_url=self.video_url.data or "",
            ask=self.ask.data or "",
            lines=[LineInput(row.label.data or "", row.amount.data or "") for row in rows],
        )

    def add_empty_lines(self) -> None:
        """Leave room for further lines, with or without script."""
        filled = [row for row in self.lines.entries if row.form.label.data or row.form.amount.data]
        room = min(max(len(filled) + EMPTY_LINES, len(self.lines.entries)), LINES_MAX)
        while len(self.lines.entries) < room:
            self.lines.append_entry()

    def show_faults(self, faults: Iterable[tuple[str, str]]) -> None:
        """Put each sentence beside the field it is about."""
        for name, sentence in faults:
            field = self._find(name)
            if field is None:
                self.form_errors.append(sentence)
            else:
                field.errors = [*field.errors, sentence]

    def _find(self, name: str) -> Field | None:
        parts = name.split("-")
        if len(parts) == 3 and parts[0] == "lines":
            self.lines.errors = [*self.lines.errors, name]  # so that the summary looks inside
            return self.lines.entries[int(parts[1])].form[parts[2]]
        return self[name] if name in self and name != "lines" else None

    def show_missing(self, missing: Iterable[Item]) -> None:
        """Say beside each field what handing in waits for."""
        for item in missing:
            if item is Item.TITLE:
                self.show_faults([("title", _("Give it a title."))])
            elif item is Item.SUMMARY:
                self.show_faults([("summary", _("Say in a few sentences what it is."))])
            elif item is Item.CANVAS:
                empty = [field for field in self.canvas_fields if not (field.data or "").strip()]
                self.show_faults([(field.name, _unwritten(field)) for field in empty])
            elif item is Item.BUDGET:
                self.show_faults(
                    [("ask", _("Name each line, give it an amount, and ask for their sum."))]
                )


def form_for(draft: DraftView) -> SubmissionForm:
    """Return the form with what stands in a draft."""
    data: dict[str, Any] = {
        "title": draft.title,
        "summary": draft.summary,
        "track": draft.track,
        "region": draft.region,
        "video_url": draft.video_url,
        "ask": filled_in(draft.ask_cents),
        "lines": [
            {"label": line.label, "amount": filled_in(line.amount_cents)} for line in draft.lines
        ],
        "version": str(draft.revision),
        **(draft.canvas or {}),
    }
    return SubmissionForm(formdata=None, data=data)


class ExtensionForm(CojamForm):
    """More time for one team."""

    until_at = DateTimeLocalField(
        _l("New deadline"), [InputRequired(_l("Choose a date and a time."))]
    )
    reason = TextAreaField(
        _l("Reason"), description=_l("The team does not see it; the journal keeps it.")
    )

    def moment(self, timezone: str) -> datetime:
        """Return the chosen moment, which was typed in the event's zone."""
        chosen: datetime = self.until_at.data
        return chosen.replace(tzinfo=ZoneInfo(timezone))


def _unwritten(field: Field) -> str:
    """Name the field: the summary on top lists all of them, and each must say where it leads."""
    return _("Write something under “%(part)s”.", part=field.label.text)
