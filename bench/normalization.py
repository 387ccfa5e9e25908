"""The normalisation kernel on growing relations, and on the ones that are hard.

CPU milliseconds of this process. The reference, in the same run, is the same work with closures that read all
dependencies over and over. Relations are random from a seed: one to three columns determine one or two. Results are
kept by the kernel for a relation that it has seen, so each run asks about a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, count
from random import Random

from bench.tables import cpu_seconds, markdown
from designer.normalization.analysis import analyse
from designer.normalization.closure import Closure
from designer.normalization.contract import FD, Budget, Relation, bits
from designer.normalization.cover import grouped, minimal_cover
from designer.normalization.forms import verdict
from designer.normalization.keys import alternatives, keys_of, one_key

SIZES = ((20, 40), (50, 100), (100, 200), (200, 400), (500, 1000), (1000, 2000))
REFERENCE_UP_TO = 200  # columns; beyond it, reading in turn takes minutes
_HEADS = [
    "columns / FDs", "closure", "× in turn", "minimal cover", "× in turn",
    "one key", "× in turn", "BCNF test", "× in turn", "whole verdict",
]  # fmt: skip
_fresh = count()


def relation(columns: int, fds: Sequence[FD]) -> Relation:
    """Return a relation that has not been asked about before."""
    return Relation(f"r{next(_fresh)}", tuple(f"c{at}" for at in range(columns)), tuple(fds))


def some_fds(columns: int, number: int, seed: int = 1) -> list[FD]:
    random = Random(seed)

    def some(low: int, high: int) -> int:
        return sum(1 << at for at in random.sample(range(columns), random.randint(low, high)))

    return [FD(some(1, 3), some(1, 2)) for _ in range(number)]


class InTurn:
    """The reference: closures by reading the dependencies in turn until nothing is added."""

    def __init__(self, fds: Sequence[FD]) -> None:
        self.pairs = [(fd.left, fd.right) for fd in fds]

    def of(self, x: int, skip: int = -1) -> int:
        before = -1
        while x != before:
            before = x
            for number, (left, right) in enumerate(self.pairs):
                if not left & ~x and number != skip:
                    x |= right
        return x


def cover_in_turn(fds: Sequence[FD]) -> list[FD]:
    """Return a minimal cover by the textbook."""
    kept = [FD(fd.left, 1 << at) for fd in grouped(fds) for at in bits(fd.right)]
    for number, fd in enumerate(kept):
        closure, left = InTurn(kept), fd.left
        for at in bits(fd.left):
            if not fd.right & ~closure.of(left ^ 1 << at):
                left ^= 1 << at
        kept[number] = FD(left, fd.right)
    for fd in list(kept):
        closure = InTurn([each for each in kept if each is not fd])
        if not fd.right & ~closure.of(fd.left):
            kept.remove(fd)
    return kept


def key_in_turn(fds: Sequence[FD], columns: int) -> int:
    closure, key = InTurn(fds), (1 << columns) - 1
    every = key
    for at in range(columns):
        if closure.of(key & ~(1 << at)) == every:
            key &= ~(1 << at)
    return key


def ratio(cost: float, work: Callable[[], object], wanted: bool) -> str:
    return f"{cpu_seconds(work, 1) / cost:.1f}" if wanted else ""


def row(columns: int, number: int) -> list[object]:
    """Measure one size."""
    fds = some_fds(columns, number)
    every = (1 << columns) - 1
    closure, slow = Closure(fds, columns), InTurn(fds)
    random = Random(7)
    starts = [1 << random.randrange(columns) | 1 << random.randrange(columns) for _ in range(100)]
    compared = columns <= REFERENCE_UP_TO
    each = cpu_seconds(lambda: [closure.of(x) for x in starts]) / len(starts)
    cover = cpu_seconds(lambda: minimal_cover(fds, columns), 3)
    key = cpu_seconds(lambda: one_key(relation(columns, fds)), 3)
    test = cpu_seconds(lambda: [closure.reaches(fd.left, every) for fd in fds], 3)
    whole = cpu_seconds(lambda: verdict(relation(columns, fds)), 3)
    return [
        f"{columns} / {number}",
        each * 1000,
        ratio(each * len(starts), lambda: [slow.of(x) for x in starts], True),
        cover * 1000,
        ratio(cover, lambda: cover_in_turn(fds), compared),
        key * 1000,
        ratio(key, lambda: key_in_turn(fds, columns), compared),
        test * 1000,
        ratio(test, lambda: [slow.of(fd.left) == every for fd in fds], True),
        whole * 1000,
    ]


def pairs(number: int) -> list[FD]:
    """Columns 0 and 1 determine each other, and so do 2 and 3."""
    there = [FD(1 << at, 2 << at) for at in range(0, 2 * number, 2)]
    return there + [FD(fd.right, fd.left) for fd in there]


def halves(columns: int) -> list[FD]:
    """Every half of the columns determines the rest: as many keys as there can be."""
    every = (1 << columns) - 1
    lefts = [sum(1 << at for at in chosen) for chosen in combinations(range(columns), columns // 2)]
    return [FD(left, every & ~left) for left in lefts]


def blow_up(number: int) -> list[FD]:
    """A1 -> C1, B1 -> C1, …, all C -> D: seen without the Cs, there are 2^number dependencies on D."""
    ways = [FD(1 << at + side * number, 1 << at + 2 * number) for at in range(number) for side in range(2)]
    return [*ways, FD(((1 << number) - 1) << 2 * number, 1 << 3 * number)]


def shop() -> Relation:
    """Return an order line of 20 columns with what a shop knows: partial and transitive dependencies.

    0 order, 1 line, 2 customer, 3 customer's name, 4 email, 5 zip, 6 city, 7 state, 8 product, 9 product's name,
    10 category, 11 tax class, 12 tax rate, 13 supplier, 14 its country, 15 quantity, 16 price, 17 currency, 18 date,
    19 carrier.
    """
    said = {
        (0, 1): (8, 15, 16), (0,): (2, 18, 19, 17), (2,): (3, 4, 5), (4,): (2,), (5,): (6, 7), (8,): (9, 10, 13),
        (10,): (11,), (11,): (12,), (13,): (14,),
    }  # fmt: skip
    return relation(20, [FD(sum(1 << at for at in left), sum(1 << at for at in right)) for left, right in said.items()])


def re_analysed(given: Relation) -> None:
    """Do what the workbench does after an edit: keys, forms, violations, cover and the decompositions."""
    found = analyse(given)
    _ = found.listed_keys, found.cover, found.third_nf, found.bcnf


def hard() -> list[list[object]]:
    """Measure the relations that are hard, with what was found."""
    slow = cpu_seconds(lambda: alternatives_whole(8), 1)
    fast = cpu_seconds(lambda: keys_of(relation(16, pairs(8))))
    rows: list[list[object]] = [
        ["keys of 8 pairs, counted", fast * 1000, f"256; × {slow / fast:.0f} slower without factors"],
        ["keys of 16 pairs, counted", *timed(lambda: keys_of(relation(32, pairs(16))).count)],
        ["keys of 30 pairs, counted", *timed(lambda: keys_of(relation(60, pairs(30))).count)],
    ]
    for columns in (10, 12, 14):
        fds = halves(columns)
        rows.append([f"most keys of {columns} columns", *timed(lambda c=columns, f=fds: keys_of(relation(c, f)).count)])
    rows.append(["blow-up of 16, verdict", *timed(lambda: verdict(relation(49, blow_up(16))).form)])
    rows.append(["chain of 200, verdict", *timed(lambda: verdict(relation(200, chain(200))).form)])
    rows.append(["order line, 20 columns, re-analysed", *timed(lambda: re_analysed(shop()))])
    random_line = some_fds(20, 12)
    rows.append(["random, 20 columns, 12 FDs, re-analysed", *timed(lambda: re_analysed(relation(20, random_line)))])
    return rows


def alternatives_whole(number: int) -> None:
    """Find the keys of pairs as one component (Lucchesi and Osborn)."""
    alternatives((1 << 2 * number) - 1, pairs(number), Budget())


def chain(columns: int) -> list[FD]:
    return [FD(1 << at, 2 << at) for at in reversed(range(columns - 1))]


def timed(work: Callable[[], object]) -> tuple[float, str]:
    """Return the CPU milliseconds of some work and what it found."""
    spent = cpu_seconds(work) * 1000
    found = work()
    return spent, "" if found is None else f"{found:,}" if isinstance(found, int) else str(found)


def main() -> None:
    """Print the tables."""
    print("CPU milliseconds; × is how many times longer it takes to read the dependencies in turn.\n")
    print(markdown(_HEADS, [row(*size) for size in SIZES]))
    print()
    print(markdown(["hard ones", "CPU ms", "found"], hard()))


if __name__ == "__main__":
    main()
