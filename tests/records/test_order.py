"""Fractional order keys: always room for one more, and never a tie."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.schema.order import DIGITS, after, between, sequence

laws = settings(max_examples=200, deadline=None, derandomize=True)


@laws
@given(st.integers(0, 5000))
def test_a_sequence_ascends_without_ties(count: int) -> None:
    keys = sequence(count)
    assert len(keys) == count
    assert keys == sorted(set(keys))
    assert not any(key.endswith(DIGITS[0]) for key in keys)


@laws
@given(st.integers(0, 2**32))
def test_there_is_always_room_between_two(seed: int) -> None:
    rng = random.Random(seed)
    keys = sequence(rng.randint(0, 5))
    for _ in range(60):
        at = rng.randint(0, len(keys))
        low = keys[at - 1] if at else None
        high = keys[at] if at < len(keys) else None
        keys.insert(at, between(low, high))
    assert keys == sorted(set(keys))


def test_inserting_at_one_spot_grows_keys_slowly() -> None:
    low, high = "V", "W"
    for _ in range(1000):
        high = between(low, high)
    assert len(high) < 220


def test_no_room_is_refused() -> None:
    for low, high in [("b", "a"), ("a", "a")]:
        with pytest.raises(ValueError, match="no order key"):
            between(low, high)


def test_appending_keeps_keys_short() -> None:
    source = after(None)
    keys = [next(source) for _ in range(20_000)]
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) < 10


def test_after_goes_on() -> None:
    source = after("z")
    keys = [next(source) for _ in range(50)]
    assert ["z", *keys] == sorted(set(keys) | {"z"})
