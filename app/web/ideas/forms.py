"""Forms of the ideas area."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from app.domain.ideas.inputs import (
    BODY_CHARACTERS_MAX,
    COMMENT_CHARACTERS_MAX,
    SKILLS_MAX,
    SUMMARY_CHARACTERS_MAX,
    TITLE_CHARACTERS_MAX,
)
from app.domain.ideas.listing import Order
from app.domain.ideas.queries import IdeaView
from app.domain.ideas.service import IdeaInput, SkillInput
from app.web.forms import CojamForm, strip
from app.web.labels import LANGUAGE_NAMES, LEVEL_LABELS

SKILL_ROWS = 3
LEVELS = {str(level): LEVEL_LABELS[level] for level in range(1, 5)}


def _choices(labels: Mapping[str, object]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


class SkillRow(Form):
    """A needed skill with its level."""

    label = StringField(_l("Skill"), [Optional(), Length(max=80)], filters=[strip])
    level = SelectField(_l("Level"), choices=_choices(LEVELS), default="2")


class IdeaForm(CojamForm):
    """All that somebody says of an idea."""

    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("Give your idea a title.")),
            Length(max=TITLE_CHARACTERS_MAX, message=_l("Use at most %(max)d characters.")),
        ],
        description=_l("A few words that people will remember."),
    )
    summary = TextAreaField(
        _l("In one or two sentences"),
        [
            DataRequired(_l("Say in a sentence or two what the idea is.")),
            Length(max=SUMMARY_CHARACTERS_MAX, message=_l("Use at most %(max)d characters.")),
        ],
        description=_l("What would there be, and for whom? This is what people read in the list."),
    )
    body = TextAreaField(
        _l("More about it"),
        [Length(max=BODY_CHARACTERS_MAX, message=_l("Use at most %(max)d characters."))],
        description=_l(
            "What is missing today? What would you try first? "
            "Markdown works: **bold**, lists, links."
        ),
    )
    image_alt = StringField(
        _l("What the picture shows"),
        [Length(max=200)],
        description=_l("A few words for people who cannot see it."),
    )
    image = FileField(_l("Picture"), description=_l("PNG, JPEG, WebP or GIF."))
    skills = FieldList(FormField(SkillRow), min_entries=SKILL_ROWS, max_entries=SKILLS_MAX)
    language = SelectField(_l("Language of this text"))
    version = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(LANGUAGE_NAMES)
        kept = kwargs.get("data", {}).get("language")
        if kept is not None:
            names.setdefault(kept, kept)
        self.language.choices = _choices(names)

    @property
    def revision(self) -> int:
        """The revision that the form was opened with."""
        version = self.version.data or ""
        return int(version) if version.isdecimal() and len(version) < 10 else 0

    def as_input(self) -> IdeaInput:
        """Return what was typed; empty skill rows are left out."""
        rows = [entry.form for entry in self.skills.entries]
        return IdeaInput(
            title=self.title.data or "",
            summary=_plain_lines(self.summary.data),
            body=_plain_lines(self.body.data),
            language=self.language.data or "en",
            skills=tuple(
                SkillInput(row.label.data, int(row.level.data) if row.level.data else 2)
                for row in rows
                if row.label.data
            ),
        )


def form_for(idea: IdeaView | None, language: str) -> IdeaForm:
    """Return the form with what an idea says, or an empty one in a language."""
    if idea is None:
        return IdeaForm(data={"language": language, "version": "0"})
    skills = [{"label": skill.label, "level": str(skill.level)} for skill in idea.skills]
    return IdeaForm(
        data={
            "title": idea.title,
            "summary": idea.summary,
            "body": idea.body,
            "language": idea.language,
            "version": str(idea.revision),
            "skills": skills,
        }
    )


def _plain_lines(text: str | None) -> str:
    """Browsers send line ends as CR LF, also where none were typed."""
    return (text or "").replace("\r\n", "\n")


class CommentForm(CojamForm):
    """A remark on an idea."""

    body = TextAreaField(
        _l("Ask or add something"),
        [
            DataRequired(_l("Write something first.")),
            Length(max=COMMENT_CHARACTERS_MAX, message=_l("Use at most %(max)d characters.")),
        ],
    )


class FilterForm(CojamForm):
    """Which ideas to show; wrong values fall back to showing more."""

    class Meta(CojamForm.Meta):
        """A search changes nothing, so it needs no token."""

        csrf = False

    q = StringField(_l("Find by word, in any language"), default="")
    needs = SelectField(
        _l("Needs"), choices=_choices({"any": _l("Any skill"), "mine": _l("My skills")})
    )
    language = SelectField(_l("Language"))
    order = SelectField(
        _l("Order"),
        choices=_choices(
            {
                Order.NEWEST: _l("Newest"),
                Order.FEWEST: _l("Fewest supporters"),
                Order.TITLE: _l("Title"),
            }
        ),
    )

    def __init__(self, *args: Any, is_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {"mine": _l("I can read")} if is_member else {}
        self.language.choices = _choices({"any": _l("Any"), **mine, **LANGUAGE_NAMES})
        if not is_member:
            self.needs.choices = self.needs.choices[:1]
        for field in (self.needs, self.language, self.order):
            if field.data not in [choice.value for choice in field.choices]:
                field.data = field.choices[0].value
        self.q.data = (self.q.data or "")[:200]
