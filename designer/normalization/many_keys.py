"""A minimal cover where there are hundreds of keys and nothing else: the maximum is all halves of the columns.

Leaving out one dependency after the other looks at each of them too often. But where every left side is a key, one key
that determines all columns is enough, and of every other one a single column on the way to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from designer.normalization.contract import FD, bits

MANY = 200


def only_keys(fds: list[FD], every: int) -> bool:
    """Return whether there are many dependencies and each says that its left side determines everything."""
    return len(fds) > MANY and all(fd.left | fd.right == every for fd in fds)


def by_keys(lefts: Iterable[int], every: int) -> list[FD]:
    """Return an equivalent of `left -> every` for each left side; only the first dependency may say too much.

    All left sides that have another one within them are left out.
    """
    keys = minimal(lefts)
    neighbours: dict[int, list[int]] = {}
    for key in keys:
        for column in bits(key):
            neighbours.setdefault(key ^ 1 << column, []).append(key)
    first = keys[0]
    toward = {first: every & ~first}
    waiting = [first]
    for key in waiting:
        for column in bits(key):
            for other in neighbours[key ^ 1 << column]:
                if other not in toward:
                    toward[other] = key & ~other
                    waiting.append(other)
    return [FD(key, toward.get(key, first & ~key)) for key in keys]


def minimal(sets: Iterable[int]) -> list[int]:
    """Return the sets that have no other one within them, small ones first."""
    by_size: dict[int, list[int]] = {}
    for each in dict.fromkeys(sets):
        by_size.setdefault(each.bit_count(), []).append(each)
    kept: list[int] = []
    for size in sorted(by_size):
        kept += [each for each in by_size[size] if not any(not known & ~each for known in kept)]
    return kept
