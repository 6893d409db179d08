"""Forms of the administration."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.web.forms import CojamForm


class BanForm(CojamForm):
    """Why somebody is shut out."""

    reason = TextAreaField(
        _l("Why?"),
        description=_l("Kept in the journal; only administrators read it."),
        validators=[
            DataRequired(_l("Say why; it is kept in the journal.")),
            Length(max=1000, message=_l("Keep this to 1,000 characters at most.")),
        ],
    )
