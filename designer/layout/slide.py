"""Sliding things along a line to where they want to be, without changing their order or letting them touch.

The least sum of squared distances, by pooling neighbours that would overlap (Ayer, Brunk, Ewing, Reid and Silverman,
"An empirical distribution function for sampling with incomplete information", 1955).
"""

from __future__ import annotations

from collections.abc import Sequence


def slid(wanted: Sequence[float], lengths: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return where each thing begins: in the given order, `gap` apart, between `low` and `high` if they fit there."""
    offsets: list[float] = []
    used = 0.0
    for length in lengths:
        offsets.append(used)
        used += length + gap
    room = max(low, high - (used - gap))
    pools: list[tuple[float, int]] = []  # (mean, how many)
    for each, offset in zip(wanted, offsets, strict=True):
        mean, count = each - offset, 1
        while pools and pools[-1][0] >= mean:
            before, many = pools.pop()
            mean, count = (mean * count + before * many) / (count + many), count + many
        pools.append((mean, count))
    spots = [min(max(mean, low), room) for mean, count in pools for _ in range(count)]
    return [spot + offset for spot, offset in zip(spots, offsets, strict=True)]
