"""The layered map behaves like a dict that is copied for every change."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.schema.layered import Layered


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_it_is_a_map(seed: int) -> None:
    rng = random.Random(seed)
    plain = {f"k{n}": n + 1 for n in range(rng.randint(0, 40))}
    layered: Layered[str, int] = Layered(dict(plain))
    for _ in range(rng.randint(1, 400)):
        gone = rng.sample(sorted(plain), min(len(plain), rng.randint(0, 2)))
        put = {f"k{rng.randint(0, 80)}": rng.randint(1, 99) for _ in range(rng.randint(0, 3))}
        before, snapshot = layered, dict(layered)
        layered = layered.changed(gone, put)
        plain = {key: value for key, value in plain.items() if key not in gone} | put
        assert dict(before) == snapshot, "the earlier version must not change"
        assert dict(layered) == plain == layered.flat()
        assert len(layered) == len(plain)
        assert sorted(layered) == sorted(plain)
    for key in ("k0", "nobody"):
        assert (key in layered) == (key in plain)
        assert layered.get(key, -1) == plain.get(key, -1)
    with pytest.raises(KeyError):
        layered["nobody"]
