"""Minimal covers: the same dependencies with nothing in them that follows from the rest."""

from __future__ import annotations

from collections.abc import Iterable

from designer.normalization.closure import Closure
from designer.normalization.contract import FD, bits
from designer.normalization.many_keys import by_keys, only_keys


def minimal_cover(fds: Iterable[FD], columns: int) -> tuple[FD, ...]:
    """Return an equivalent set of dependencies with one column on each right side, in the order of the columns.

    No column can be left out on a left side and no dependency can be left out. The result depends only on which
    dependencies are given, not on their order.
    """
    return singles(reduced(sorted(fds, key=column_order), columns))


def canonical(fds: Iterable[FD], columns: int) -> tuple[FD, ...]:
    """Return the minimal cover with one dependency for each left side."""
    return tuple(sorted(grouped(minimal_cover(fds, columns)), key=column_order))


def reduced(fds: Iterable[FD], columns: int) -> list[FD]:
    """Return a minimal cover grouped by left side; where there are several, the order of the dependencies decides."""
    groups = grouped(fds)
    every = (1 << columns) - 1
    if keys := only_keys(groups, every):
        groups = by_keys([group.left for group in groups], every)
    else:
        groups = grouped(left_reduced(groups, columns))
    closure = Closure(groups, columns)
    kept = []
    for number, group in enumerate(groups):
        right = group.right
        for column in () if keys and group.right.bit_count() == 1 else bits(group.right):
            if closure.reaches(group.left | right ^ 1 << column, 1 << column, skip=number):
                right ^= 1 << column
        closure.narrow(number, right)
        if right:
            kept.append(FD(group.left, right))
    return kept


def grouped(fds: Iterable[FD]) -> list[FD]:
    """Return the non-trivial parts of the dependencies, one for each left side, in the order of their coming."""
    rights: dict[int, int] = {}
    for fd in fds:
        if fd.right & ~fd.left:
            rights[fd.left] = rights.get(fd.left, 0) | fd.right & ~fd.left
    return [FD(left, right) for left, right in rights.items()]


def singles(fds: Iterable[FD]) -> tuple[FD, ...]:
    """Return the dependencies with one column on each right side, in the order of the columns."""
    return tuple(FD(fd.left, 1 << column) for fd in sorted(fds, key=column_order) for column in bits(fd.right))


def left_reduced(fds: list[FD], columns: int) -> list[FD]:
    """Return the dependencies with left sides from which no column can be left out."""
    closure = Closure(fds, columns)
    done = []
    waiting = fds[::-1]
    while waiting:
        fd = waiting.pop()
        for column in bits(fd.left):
            smaller = fd.left ^ 1 << column
            also = fd.right & closure.toward(smaller, fd.right)
            if also == fd.right:
                fd = FD(smaller, also)
            elif also:
                waiting.append(FD(smaller, also))
                fd = FD(fd.left, fd.right ^ also)
        done.append(fd)
    return done


def column_order(fd: FD) -> tuple[tuple[int, ...], int]:
    """Sort dependencies as a person reads them: by the columns of the left side, then of the right."""
    return tuple(bits(fd.left)), fd.right
