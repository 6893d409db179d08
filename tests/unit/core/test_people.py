"""Codes of profiles and consents."""

import pytest

from app.core.people import (
    CONSENT_VERSIONS,
    LANGUAGES,
    PLATFORM_LANGUAGES,
    SITE_LOCALES,
    Consent,
    clamp_level,
    may_receive_role,
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


@pytest.mark.parametrize("is_confirmed", [False, True])
@pytest.mark.parametrize("is_self_registered", [False, True])
@pytest.mark.parametrize("is_vouched_for", [False, True])
def test_only_who_registered_and_confirmed_nothing_gets_no_role_unseen(
    is_confirmed: bool, is_self_registered: bool, is_vouched_for: bool
) -> None:
    state = (is_confirmed, is_self_registered, is_vouched_for)
    assert may_receive_role(
        is_confirmed=is_confirmed,
        is_self_registered=is_self_registered,
        is_vouched_for=is_vouched_for,
    ) is (state != (False, True, False))
