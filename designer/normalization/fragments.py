"""The relations of a decomposition: each with its keys and the form it is in, under what holds within it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.normalization.components import union
from designer.normalization.contract import FD, MVD, Budget, Fragment, KeySet, Projected, Relation, bits
from designer.normalization.cover import grouped
from designer.normalization.forms import verdict
from designer.normalization.grounds import Grounds, TooLong, grounds
from designer.normalization.keys import keys_of
from designer.normalization.projection import (
    FEW,
    MANY,
    functional,
    independent,
    independent_subsets,
    narrowed,
    seen_blocks,
    stretched,
)
from designer.normalization.separating import splitting_left


def fragment(relation: Relation, columns: int, budget: Budget | None = None) -> Fragment:
    """Return one relation of a decomposition with its keys and its form, under the dependencies that hold in it.

    `decided` is False where those are not all known: the keys hold then, but may be too large or too few, and `form`
    is the highest that is certain.
    """
    return fragment_of(grounds(relation, budget or Budget()), columns)


def fragment_of(ground: Grounds, columns: int, certain: str = "") -> Fragment:
    """Return a fragment, with what is known of the whole; found out once.

    `certain` is a form that it is known to be in, which saves work where it is not in BCNF.
    """
    found = ground.fragments.get((columns, certain))
    if found is None:
        found = ground.fragments[columns, certain] = _fragment(ground, columns, certain)
    return found


def in_bcnf(ground: Grounds, columns: int) -> bool | None:
    """Return whether a fragment is in BCNF, None where what holds in it is not known; found out once."""
    if columns not in ground.tested:
        ground.tested[columns] = _in_bcnf(ground, columns)
    return ground.tested[columns]


def _in_bcnf(ground: Grounds, columns: int) -> bool | None:
    if columns == ground.every:
        return ground.bcnf if ground.decided else None
    if any(_violates(ground, fd.left, columns) for fd in ground.grouped):
        return False
    if columns.bit_count() <= FEW:
        return not any(closed not in (x, columns) for x, closed in _closed(ground, columns))
    if independent(ground, columns):
        return True
    if not ground.relation.mvds:
        left, certain = splitting_left(ground, columns)
        if left is not None or certain:
            return left is None
    found = functional(ground, columns)
    violated = any(columns & ~ground.closure(fd.left) for fd in found.fds)
    return False if violated else True if found.decided else None


def _violates(ground: Grounds, left: int, columns: int) -> bool:
    """Return whether a set determines some, but not all, of the other columns."""
    return not left & ~columns and ground.closure(left) & columns not in (left, columns)


def _closed(ground: Grounds, columns: int) -> Iterator[tuple[int, int]]:
    """Yield all subsets with what they determine here."""
    x = columns
    while x:
        x = (x - 1) & columns
        yield x, ground.closure(x) & columns


def _one_key(ground: Grounds, columns: int) -> KeySet:
    """Return one key of a fragment, and what is in all of them."""
    key = columns
    core = 0
    for column in reversed(list(bits(columns))):
        if ground.closure(columns ^ 1 << column) >> column & 1 == 0:
            core |= 1 << column
        elif not columns & ~ground.closure(key ^ 1 << column):
            key ^= 1 << column
    return KeySet(core, ((key & ~core,),), complete=False)


def _stretched(keys: KeySet, at: list[int]) -> KeySet:
    """Return keys of a narrowed relation as columns of the whole."""
    factors = tuple(tuple(stretched(at, each) for each in factor) for factor in keys.factors)
    return KeySet(stretched(at, keys.core), factors, keys.complete)


def in_fourth(ground: Grounds, columns: int) -> bool | None:
    """Return whether a fragment in BCNF is in 4NF, None where that is not known."""
    if columns == ground.every:
        return all(_by_key(ground, columns, mvd) for mvd in ground.relation.mvds)
    try:
        left, certain = splitting_left(ground, columns)
        if left is None and not certain and columns.bit_count() <= MANY:
            return not any(len(seen_blocks(ground, x, columns)) > 1 for x in independent_subsets(ground, columns))
    except TooLong:
        return None
    return False if left is not None else certain or None


def _fragment(ground: Grounds, columns: int, certain: str) -> Fragment:
    if not ground.relation.mvds and columns != ground.every and independent(ground, columns):
        return Fragment(columns, KeySet(columns), "BCNF")
    found = _holding(ground, columns)
    if not found.decided:
        return Fragment(columns, _one_key(ground, columns), certain or "1NF", found.fds, decided=False)
    keys = _keys(ground, found)
    if not all(_by_key(ground, columns, fd) for fd in found.fds):
        form = certain or verdict(narrowed(ground.relation, found), ground.budget).form
        return Fragment(columns, keys, form, found.fds, keys.complete)
    fourth = in_fourth(ground, columns) if ground.relation.mvds else False
    return Fragment(columns, keys, "4NF" if fourth else "BCNF", found.fds, keys.complete and fourth is not None)


def _holding(ground: Grounds, columns: int) -> Projected:
    """Return the functional dependencies in a fragment; of the whole relation, as they are."""
    if columns == ground.every:
        return Projected(columns, tuple(grouped(ground.fds)), decided=ground.decided)
    return functional(ground, columns)


def _keys(ground: Grounds, found: Projected) -> KeySet:
    if found.onto == ground.every:
        return keys_of(ground.relation, ground.budget)
    if len(found.fds) <= 1:
        return KeySet(found.onto & ~union(fd.right for fd in found.fds))
    return _stretched(keys_of(narrowed(ground.relation, found), ground.budget), list(bits(found.onto)))


def _by_key(ground: Grounds, columns: int, dependency: FD | MVD) -> bool:
    """Return whether a dependency is trivial among these columns or has a superkey of them on the left."""
    left, right = dependency.left, dependency.right
    if not right & ~left or left | right == columns:
        return True  # X -> all the rest makes X a superkey; X ->> all the rest says nothing
    return not columns & ~ground.closure(left)
