"""Who counts as the installation's administrator."""

import pytest

from app.domain.accounts import queries
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")


def test_the_administrator_of_the_demo_keeps_nothing(make: Factory) -> None:
    make.user(is_admin=True, is_demo=True)
    assert not queries.has_administrator()


def test_an_administrator_beside_the_demo_counts(make: Factory) -> None:
    make.user(is_admin=True, is_demo=True)
    make.admin()
    assert queries.has_administrator()
