"""List and search every account, for administrators."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.db import db
from app.domain.accounts.models import User
from app.domain.accounts.queries import ACCOUNT_COLUMNS, AccountView


@dataclass(frozen=True)
class AccountPage:
    """One page of a long list."""

    accounts: tuple[AccountView, ...]
    total: int
    page: int
    pages: int


def list_accounts(*, text: str = "", page: int = 1, page_size: int = 25) -> AccountPage:
    """Return a page of all accounts by name; `text` is a part of a name or an address."""
    query = select(*ACCOUNT_COLUMNS)
    wanted = text.strip().casefold()
    if wanted:
        query = query.where(
            or_(
                User.name_folded.contains(wanted, autoescape=True),
                User.email.contains(wanted, autoescape=True),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // page_size))
    shown = min(max(page, 1), pages)
    rows = db.session.execute(
        query.order_by(User.name_folded, User.id).limit(page_size).offset((shown - 1) * page_size)
    )
    return AccountPage(tuple(AccountView(*row) for row in rows), total, shown, pages)
