"""Fixtures of the page tests."""

import pytest

from tests.factories import Factory
from tests.integration.funding.juries import JudgedEvent


@pytest.fixture
def judged(make: Factory) -> JudgedEvent:
    """Return an event whose jury has judged, with nothing computed yet."""
    with make.app.app_context():
        return JudgedEvent(make)
