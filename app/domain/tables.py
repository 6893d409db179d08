"""Every table of the application, so that migrations and tests see them all."""

from app.db import Base
from app.domain.accounts import models as accounts
from app.domain.boards import models as boards
from app.domain.funding import models as funding
from app.domain.ideas import models as ideas
from app.domain.journal import models as journal
from app.domain.jury import models as jury
from app.domain.moderation import models as moderation
from app.domain.programmes import models as programmes
from app.domain.submissions import models as submissions
from app.domain.teams import models as teams
from app.domain.uploads import models as uploads

__all__ = [
    "Base",
    "accounts",
    "boards",
    "funding",
    "ideas",
    "journal",
    "jury",
    "moderation",
    "programmes",
    "submissions",
    "teams",
    "uploads",
]
