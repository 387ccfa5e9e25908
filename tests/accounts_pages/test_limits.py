"""Whoever tries too often is told so, in one sentence, and by every process alike."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache

from designer.services import limits
from designer.services.errors import TooMany


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()


def test_the_one_too_many_is_refused_in_one_sentence():
    for _ in range(3):
        limits.hit("guess", "ann", "3/5m")
    with pytest.raises(TooMany, match=r"^That was tried too often; try again in 5 minutes\.$"):
        limits.hit("guess", "ann", "3/5m")
    limits.hit("guess", "bob", "3/5m")
    limits.hit("other", "ann", "3/5m")


def test_all_rates_must_allow_it():
    limits.hit("guess", "ann", "9/m, 2/2h")
    limits.hit("guess", "ann", "9/m, 2/2h")
    with pytest.raises(TooMany, match="2 hours"):
        limits.hit("guess", "ann", "9/m, 2/2h")


def test_a_place_is_free_again_when_its_time_is_over():
    limits.hit("guess", "ann", "1/s")
    time.sleep(1.05)
    limits.hit("guess", "ann", "1/s")


def test_rates():
    assert limits.parse("10/m") == (10, 60)
    assert limits.parse(" 5/15m") == (5, 900)
    with pytest.raises((ValueError, KeyError)):
        limits.parse("often")
