"""Elementary dependencies (Zaniolo 1982): no column of the left side can be left out, and one column is determined."""

from __future__ import annotations

from itertools import islice

from designer.normalization.closure import Closure
from designer.normalization.components import union
from designer.normalization.contract import FD, KeySet, bits
from designer.normalization.keys import expand, smallest
from designer.normalization.work import Work, cost


def short_of_keys(short: list[FD], closure: Closure, every: int, work: Work) -> tuple[list[FD], bool]:
    """Return the elementary dependencies whose left side is no superkey, and whether they are all.

    `short` are those of a minimal cover. The others are found backwards from each column, by replacing a column of a
    left side by what determines it (the step of Lucchesi and Osborn). A left side on the way to one that is no
    superkey is itself none, so superkeys are left out at once.
    """
    found: list[FD] = []
    for column in bits(union(fd.right for fd in short)):
        lefts = [fd.left for fd in short if fd.right >> column & 1]
        complete = _grow(lefts, 1 << column, short, closure, every, work)
        found += [FD(left, 1 << column) for left in lefts]
        if not complete:
            known = {(fd.left, fd.right) for fd in found}
            return found + [fd for fd in short if (fd.left, fd.right) not in known], False
    return found, True


def _grow(lefts: list[int], right: int, fds: list[FD], closure: Closure, every: int, work: Work) -> bool:
    """Add all minimal left sides of `right` that are no superkeys to those known; False where the work is too much."""
    seen = set(lefts)
    for left in lefts:
        for fd in fds:
            if not fd.right & left or fd.left & right:
                continue
            candidate = left & ~fd.right | fd.left
            if candidate in seen:
                continue
            seen.add(candidate)
            if not work.spend(cost(closure) + len(lefts)):
                return False
            if any(not known & ~candidate for known in lefts) or closure.reaches(candidate, every):
                continue
            work.spend(cost(closure, candidate.bit_count()))
            lefts.append(smallest(closure, candidate, right))
            seen.add(lefts[-1])
    return True


def in_elementary_keys(keyset: KeySet, closure: Closure, every: int, wanted: int, work: Work) -> tuple[int, bool]:
    """Return columns that are in elementary keys, and whether all of `wanted` that are in some are among them.

    A key is elementary where it determines a column that no proper part of it determines.
    """
    found, exact = _by_factors(keyset, closure, every, work)
    if not wanted & ~found or exact:
        return found, True
    return _by_keys(found, keyset, closure, every, wanted, work)


def parts_of_alternatives(keyset: KeySet, closure: Closure) -> list[list[tuple[int, list[int]]]]:
    """Return for each alternative of each factor the closures of the keys without one of its columns.

    Which alternatives the other factors have makes no difference: with the core they determine the same.
    """
    firsts = [factor[0] for factor in keyset.factors]
    found = []
    for number, factor in enumerate(keyset.factors):
        rest = keyset.core | union(first for other, first in enumerate(firsts) if other != number)
        found.append([(each, [closure.of(rest | each ^ 1 << column) for column in bits(each)]) for each in factor])
    return found


def cost_of_parts(keyset: KeySet, closure: Closure) -> int:
    """Return the steps that `parts_of_alternatives` takes."""
    return cost(closure, sum(each.bit_count() for factor in keyset.factors for each in factor))


def without_core(keyset: KeySet, closure: Closure) -> list[int]:
    """Return for each column of the core what the other columns of all keys determine together."""
    primes = keyset.core | union(each for factor in keyset.factors for each in factor)
    return [closure.of(primes ^ 1 << column) for column in bits(keyset.core)]


def _by_factors(keyset: KeySet, closure: Closure, every: int, work: Work) -> tuple[int, bool]:
    """Return columns that are in elementary keys, and whether these are all, without writing the keys out."""
    if not keyset.complete or not work.spend(cost_of_parts(keyset, closure)):
        return 0, False
    partly = [[(each, union(parts)) for each, parts in factor] for factor in parts_of_alternatives(keyset, closure)]
    found = 0
    for column in bits(every & ~keyset.core & ~union(without_core(keyset, closure))):
        free = [[each for each, parts in factor if not (each | parts) >> column & 1] for factor in partly]
        if all(free):
            found |= keyset.core | union(each for factor in free for each in factor)
    return found, not keyset.core


def _by_keys(found: int, keyset: KeySet, closure: Closure, every: int, wanted: int, work: Work) -> tuple[int, bool]:
    """Write the keys out and look at each, until all that is wanted is found."""
    each_cost = max(1, cost(closure, keyset.core.bit_count() + len(keyset.factors)))
    limit = max(0, work.left // each_cost)
    for key in islice(expand(keyset, limit), limit):
        if key | union(closure.of(key ^ 1 << column) for column in bits(key)) != every:
            found |= key
            if not wanted & ~found:
                return found, True
    return found, keyset.complete and keyset.count <= limit
