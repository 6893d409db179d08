"""Where pages look a join code up; wrong ones are counted, so that nobody finds one by guessing."""

from flask_babel import gettext as _
from flask_login import current_user
from limits import RateLimitItem, RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests

from app.core.ids import normalise_join_code
from app.domain.programmes import queries
from app.domain.programmes.queries import EventView
from app.extensions import limiter

# A hall shares one network address, which therefore never counts: visitors are counted together,
# generously enough for all who misread the wall.
ACCOUNT_LIMIT = RateLimitItemPerMinute(30, 15)
VISITORS_LIMIT = RateLimitItemPerMinute(120)


class TooManyWrongCodes(TooManyRequests):
    """So many codes were wrong lately that none is looked up; `message` says what helps."""

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message


def find_event_of(code: str) -> EventView | None:
    """Return the event of a code as it was typed; raises TooManyWrongCodes."""
    limit, key = _counter()
    if not limiter.limiter.test(limit, "wrong join codes", key):
        raise TooManyWrongCodes(
            _("You have tried many wrong codes. Wait a quarter of an hour, then try again.")
            if current_user.is_authenticated
            else _(
                "Many wrong codes were tried in the last minute. Wait a minute and try again,"
                " or sign in first: then only your own tries count."
            )
        )
    event = queries.find_event_by_join_code(normalise_join_code(code))
    if event is None:
        limiter.limiter.hit(limit, "wrong join codes", key)
    return event


def _counter() -> tuple[RateLimitItem, str]:
    if current_user.is_authenticated:
        return ACCOUNT_LIMIT, f"account {current_user.id}"
    return VISITORS_LIMIT, "visitors"
