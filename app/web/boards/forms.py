"""Forms of the boards area."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.core.boards.notes import COLOURS, TEXT_MAX
from app.domain.boards.service import TITLE_LENGTH_MAX
from app.web.forms import CojamForm

COLOUR_LABELS = {
    "sun": _l("Yellow"),
    "apricot": _l("Orange"),
    "rose": _l("Pink"),
    "lilac": _l("Purple"),
    "sky": _l("Blue"),
    "aqua": _l("Turquoise"),
    "leaf": _l("Green"),
    "stone": _l("Grey"),
}


class BoardForm(CojamForm):
    """What a board is called."""

    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("Give the board a title.")),
            Length(max=TITLE_LENGTH_MAX, message=_l("Use at most %(max)d characters.")),
        ],
        description=_l("A question works well: “How do we stay open until two?”"),
    )


class NoteForm(CojamForm):
    """A note, written without the live board."""

    text = TextAreaField(
        _l("What it says"),
        [
            DataRequired(_l("Write something on the note.")),
            Length(max=TEXT_MAX, message=_l("Use at most %(max)d characters.")),
        ],
    )
    colour = SelectField(
        _l("Colour"), choices=[SelectChoice(colour, COLOUR_LABELS[colour]) for colour in COLOURS]
    )
    # The text as the editor saw it, to notice that somebody else has changed it meanwhile.
    base = HiddenField()
