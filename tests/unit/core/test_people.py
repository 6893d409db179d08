"""Codes of profiles and consents."""

import pytest

from app.core.people import (
    CONSENT_VERSIONS,
    LANGUAGES,
    PLATFORM_LANGUAGES,
    SITE_LOCALES,
    Consent,
    clamp_level,
)


@pytest.mark.parametrize(("given", "kept"), [(None, 2), (-1, 0), (0, 0), (3, 3), (4, 4), (99, 4)])
def test_a_level_stays_on_the_scale(given: int | None, kept: int) -> None:
    assert clamp_level(given) == kept


def test_each_consent_has_a_version() -> None:
    assert set(CONSENT_VERSIONS) == set(Consent)


def test_the_platforms_languages_come_first_and_once() -> None:
    assert LANGUAGES[: len(PLATFORM_LANGUAGES)] == PLATFORM_LANGUAGES
    assert len(set(LANGUAGES)) == len(LANGUAGES)
    assert set(SITE_LOCALES) <= set(PLATFORM_LANGUAGES)
