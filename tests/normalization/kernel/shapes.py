"""Relations that tests of the kernel are made with: from the oracle's schemas, and the hard ones."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from random import Random

from designer.normalization.contract import FD, JD, MVD, Relation
from tests.normalization.oracle import Pair, Schema


def relation(n: int, fds: Iterable[Pair], mvds: Iterable[Pair] = (), jds: Iterable[tuple[int, ...]] = ()) -> Relation:
    names = tuple(f"c{number}" for number in range(n))
    return Relation("r", names, tuple(FD(*fd) for fd in fds), tuple(MVD(*each) for each in mvds), tuple(map(JD, jds)))


def of_schema(schema: Schema) -> Relation:
    return relation(schema.n, schema.fds, schema.mvds, schema.jds)


def columns(*numbers: int) -> int:
    return sum(1 << number for number in numbers)


def pairs(count: int) -> Relation:
    """Columns 0 and 1 determine each other, and so do 2 and 3: 2^count keys."""
    both = [(1 << 2 * number, 2 << 2 * number) for number in range(count)]
    return relation(2 * count, both + [(right, left) for left, right in both])


def halves(n: int) -> Relation:
    """Every half of the columns is a key: as many keys as n columns can have (Sperner)."""
    every = (1 << n) - 1
    lefts = [columns(*chosen) for chosen in combinations(range(n), n // 2)]
    return relation(n, [(left, every & ~left) for left in lefts])


def wide(n: int, count: int, seed: int, smallest: int = 1, largest: int = 3) -> Relation:
    """Many columns with many random dependencies."""
    random = Random(seed)

    def some(low: int, high: int) -> int:
        return columns(*random.sample(range(n), random.randint(low, high)))

    return relation(n, [(some(smallest, largest), some(1, 2)) for _ in range(count)])


def chain(n: int) -> Relation:
    """Each column determines the next, told from the last: the worst order for reading the dependencies in turn."""
    return relation(n, [(1 << number, 2 << number) for number in reversed(range(n - 1))])
