"""Candidate keys: what is in all of them, times the alternatives of independent groups of columns.

Columns on no right side are in every key, and what those determine is in none. The rest falls into components that no
dependency connects, and a key has one alternative of each: 16 pairs have 65,536 keys and 16 factors of two. Within a
component Lucchesi and Osborn (1978) find all alternatives from the first, in time polynomial in how many there are;
where every left side is a superkey, the smallest left sides are the alternatives.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product

from designer.normalization.basis import Basis
from designer.normalization.closure import Closure
from designer.normalization.components import all_superkeys, components, core_of, union
from designer.normalization.contract import FD, Budget, KeySet, Relation, bits
from designer.normalization.cover import grouped
from designer.normalization.effective import effective
from designer.normalization.many_keys import minimal
from designer.normalization.work import KEY_STEPS, Work, cost


def keys_of(relation: Relation, budget: Budget | None = None) -> KeySet:
    """Return all candidate keys under the functional and multivalued dependencies together."""
    return _keys_of(relation, budget or Budget())


def one_key(relation: Relation) -> int:
    """Return a candidate key: all columns, less those that the others determine, the last ones first."""
    if relation.mvds:
        closed = Basis(relation).closure
        key = relation.every
        for column in reversed(range(len(relation.attributes))):
            if closed(key ^ 1 << column) == relation.every:
                key ^= 1 << column
        return key
    fds = grouped(relation.fds)
    return first_key(Closure(fds, len(relation.attributes)), relation.every, core_of(fds, relation.every))


def expand(keyset: KeySet, limit: int) -> list[int]:
    """Return up to `limit` keys, small ones first, then in the order of the columns."""
    alternatives = product(*keyset.factors)
    return sorted((keyset.core | sum(each) for each in islice(alternatives, limit)), key=key_order)


def primes(relation: Relation, keyset: KeySet, budget: Budget | None = None) -> tuple[int, bool]:
    """Return the columns that are in some key, and whether these are all."""
    known, maybe = prime_or_maybe(relation, keyset, budget or Budget())
    return known, not maybe


@lru_cache(maxsize=64)
def prime_or_maybe(relation: Relation, keyset: KeySet, budget: Budget) -> tuple[int, int]:
    """Return the columns that are in some key, and those of which that is not known."""
    known = keyset.core | union(column for factor in keyset.factors for column in factor)
    if keyset.complete:
        return known, 0
    found, decided = effective(relation, budget)
    fds = grouped(found)
    if not decided:
        lefts = union([each.left for each in fds] + [each.left for each in relation.mvds])
        return known, lefts & ~known & ~Basis(relation).closure(keyset.core)
    parts = _components(relation, budget)
    possible = union(component for component, _ in parts)
    closure = Closure(fds, len(relation.attributes))
    key = next(iter(expand(keyset, 1)))
    known |= _exchanged(closure, key, keyset.core, [fd.left for _, inner in parts for fd in inner], possible & ~known)
    known |= _complemented(closure, relation.every, possible & ~known)
    return known, possible & ~known


def _exchanged(closure: Closure, key: int, core: int, lefts: list[int], wanted: int) -> int:
    """Return columns of keys that come from a known one by taking in a left side with a wanted column."""
    every = closure.of(key)
    known = 0
    work = Work()
    for column in bits(wanted):
        for left in lefts:
            if known >> column & 1 or not left >> column & 1:
                continue
            if not work.spend(cost(closure, (key | left).bit_count())):
                return known
            found = smallest(closure, key | left, every, core | left)
            found = smallest(closure, found, every, core | 1 << column)
            known |= smallest(closure, found, every, found ^ 1 << column)
    return known


def _complemented(closure: Closure, every: int, wanted: int) -> int:
    """Return columns of keys that are a maximal set that does not determine a wanted column, and this column."""
    known = 0
    work = Work()
    for column in bits(wanted):
        free = closure.of(1 << column)
        others = [each for each in bits(every) if each != column]
        for late in (free, every & ~free):
            if known >> column & 1 or not work.spend(cost(closure, len(others))):
                break
            known |= _key_with(closure, every, column, sorted(others, key=lambda each: late >> each & 1))
    return known


def key_around(keyset: KeySet, x: int) -> int | None:
    """Return a known key that holds all of x, if there is one."""
    key = keyset.core
    for factor in keyset.factors:
        wanted = x & union(factor)
        found = next((each for each in factor if not wanted & ~each), None)
        if found is None:
            return None
        key |= found
    return None if x & ~key else key


def key_order(key: int) -> tuple[int, tuple[int, ...]]:
    """Sort keys by their size, then by their columns."""
    return key.bit_count(), tuple(bits(key))


def smallest(closure: Closure, superkey: int, goal: int, keep: int = 0) -> int:
    """Return a minimal part of `superkey` whose closure holds `goal`, leaving out late columns first."""
    for column in reversed(list(bits(superkey & ~keep))):
        if closure.reaches(superkey ^ 1 << column, goal):
            superkey ^= 1 << column
    return superkey


def first_key(closure: Closure, every: int, keep: int = 0) -> int:
    """Return the key that `smallest` finds among all columns, leaving out as many at once as go: keys are small."""
    key = every
    waiting = [list(bits(every & ~keep))]
    while waiting:
        chosen = waiting.pop()
        together = sum(1 << column for column in chosen)
        if closure.reaches(key ^ together, every):
            key ^= together
        elif len(chosen) > 1:
            half = len(chosen) // 2
            waiting += [chosen[:half], chosen[half:]]
    return key


@lru_cache(maxsize=64)
def _keys_of(relation: Relation, budget: Budget) -> KeySet:
    found, decided = effective(relation, budget)
    if not decided:
        return _one_known(relation, found)
    fds = grouped(found)
    searched = [alternatives(component, inner, budget) for component, inner in _components(relation, budget)]
    factors = tuple(tuple(sorted(keys, key=key_order)) for keys, _ in searched)
    return KeySet(core_of(fds, relation.every), factors, all(complete for _, complete in searched))


@lru_cache(maxsize=8)
def _components(relation: Relation, budget: Budget) -> list[tuple[int, list[FD]]]:
    """Return the components of a relation of which all functional dependencies are known."""
    return components(grouped(effective(relation, budget)[0]), relation.every)


def _one_known(relation: Relation, fds: Sequence[FD]) -> KeySet:
    """Return what is certain where not all functional dependencies are known: one key."""
    key, core = one_key(relation), core_of(fds, relation.every)
    return KeySet(core, ((key & ~core,),), complete=False)


def alternatives(every: int, fds: list[FD], budget: Budget) -> tuple[list[int], bool]:
    """Return the minimal sets that determine `every`, and whether the budget sufficed to find all of them."""
    if all_superkeys(every, fds):
        return minimal(fd.left for fd in fds), True
    closure = Closure(fds, every.bit_length())
    keys = [first_key(closure, every)]
    seen = set(keys)
    work = Work(KEY_STEPS)
    for key in keys:
        for fd in fds:
            candidate = fd.left | key & ~fd.right
            if candidate in seen:
                continue
            seen.add(candidate)
            work.spend(1 + len(keys) // 3)
            if all(known & ~candidate for known in keys):
                work.spend(cost(closure, candidate.bit_count()))
                keys.append(smallest(closure, candidate, every))
                seen.add(keys[-1])
            if work.left < 0 or len(seen) > budget.superkeys:
                return keys, False
    return keys, True


def _key_with(closure: Closure, every: int, column: int, order: list[int]) -> int:
    """Return a key with this column if taking the others in this order leads to one, otherwise nothing.

    A maximal set that does not determine the column makes a key with it if both together determine everything.
    """
    x = 0
    for other in order:
        if not closure.reaches(x | 1 << other, 1 << column):
            x |= 1 << other
    found = x | 1 << column
    return smallest(closure, found, every) if closure.reaches(found, every) else 0
