"""The independent parts of the problem of keys: what is in every key, and which columns take each other's place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.normalization.closure import Closure
from designer.normalization.contract import FD
from designer.normalization.cover import grouped, reduced

MOST_STEPS = 20_000_000
"""Steps up to which left sides are reduced first, which only makes the parts smaller: about a second."""


def components(fds: Sequence[FD], every: int) -> list[tuple[int, list[FD]]]:
    """Return the independent groups of the columns that may be in a key but are not in all, with what acts in each.

    The dependencies are those that hold where the core and what follows from it are given. A column outside of the
    core and these groups is in no key.
    """
    given = Closure(fds, every.bit_length()).of(core_of(fds, every))
    found = []
    for component, inner in _connected(_within(fds, every & ~given)):
        if all_superkeys(component, inner) or sum(fd.left.bit_count() for fd in inner) * len(inner) > MOST_STEPS:
            found.append((component, inner))
        else:
            found += _connected(reduced(inner, every.bit_length()))
    return found


def _within(fds: Iterable[FD], columns: int) -> list[FD]:
    return grouped(FD(fd.left & columns, fd.right & columns) for fd in fds)


def _connected(fds: list[FD]) -> list[tuple[int, list[FD]]]:
    """Return the groups of columns that dependencies connect, without those that determine nothing in turn."""
    used = union(fd.left for fd in fds)
    while union(fd.right for fd in fds) & ~used:
        fds = _within(fds, used)
        used = union(fd.left for fd in fds)
    parts: list[int] = []
    for fd in fds:
        touched = fd.left | fd.right
        joined = touched | union(part for part in parts if part & touched)
        parts = [joined, *(part for part in parts if not part & touched)]
    return [(part, [fd for fd in fds if fd.left & part]) for part in sorted(parts, key=lambda part: part & -part)]


def all_superkeys(every: int, fds: list[FD]) -> bool:
    """Return whether every left side determines everything: Boyce-Codd normal form."""
    closure = Closure(fds, every.bit_length())
    return all(fd.left | fd.right == every or closure.reaches(fd.left, every) for fd in fds)


def core_of(fds: Iterable[FD], every: int) -> int:
    return every & ~union(fd.right & ~fd.left for fd in fds)


def union(sets: Iterable[int]) -> int:
    """Return the columns that are in any of the sets."""
    every = 0
    for each in sets:
        every |= each
    return every
