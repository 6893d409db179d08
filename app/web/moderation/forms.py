"""Forms of the area."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.domain.moderation.service import REASON_LENGTH_MAX
from app.web.forms import CojamForm


class ReportForm(CojamForm):
    """What is wrong with it."""

    reason = TextAreaField(
        _l("What is wrong with it?"),
        description=_l("In a few words. Only the moderators read this."),
        validators=[
            DataRequired(_l("Say what is wrong with it, in a few words.")),
            Length(max=REASON_LENGTH_MAX, message=_l("Keep the reason under 2,000 characters.")),
        ],
    )
