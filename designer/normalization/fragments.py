"""The relations of a decomposition: each with its keys and the form it is in, under what holds within it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.normalization.contract import FD, MVD, Budget, Fragment, KeySet, Projected, Relation, bits
from designer.normalization.cover import grouped
from designer.normalization.forms import verdict
from designer.normalization.grounds import Grounds, grounds
from designer.normalization.keys import keys_of
from designer.normalization.projection import FEW, independent, narrowed, projected, stretched


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
    found = projected(ground, columns)
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


def _fragment(ground: Grounds, columns: int, certain: str) -> Fragment:
    if columns == ground.every:
        return _whole(ground, certain)
    if not ground.relation.mvds and independent(ground, columns):
        return Fragment(columns, KeySet(columns), "BCNF")
    found = projected(ground, columns)
    if not found.decided:
        return Fragment(columns, _one_key(ground, columns), certain or "1NF", found.fds, decided=False)
    narrow = narrowed(ground.relation, found)
    keys = _only_key(found) or _stretched(keys_of(narrow, ground.budget), list(bits(columns)))
    form = _form(ground, found) or certain or verdict(narrow, ground.budget).form
    return Fragment(columns, keys, form, found.fds, keys.complete)


def _only_key(found: Projected) -> KeySet | None:
    """Return the key where there is one dependency only, or none."""
    if len(found.fds) > 1 or found.mvds:
        return None
    return KeySet(found.onto & ~sum(fd.right for fd in found.fds))


def _whole(ground: Grounds, certain: str) -> Fragment:
    relation = ground.relation
    keys = keys_of(relation, ground.budget)
    found = Projected(ground.every, tuple(grouped(ground.fds)), relation.mvds, ground.decided)
    form = ""
    if ground.decided:
        form = _form(ground, found)
    form = form or certain or verdict(relation, ground.budget).form
    return Fragment(ground.every, keys, form, found.fds, ground.decided and keys.complete)


def _form(ground: Grounds, found: Projected) -> str:
    """Return BCNF, or 4NF where there are multivalued dependencies, if these dependencies say so."""
    if not all(_by_key(ground, found.onto, each) for each in found.fds):
        return ""
    fourth = all(_by_key(ground, found.onto, each) for each in found.mvds)
    return "4NF" if ground.relation.mvds and fourth else "BCNF"


def _by_key(ground: Grounds, columns: int, dependency: FD | MVD) -> bool:
    """Return whether a dependency is trivial among these columns or has a superkey of them on the left."""
    left, right = dependency.left, dependency.right
    if not right & ~left or left | right == columns:
        return True  # X -> all the rest makes X a superkey; X ->> all the rest says nothing
    return not columns & ~ground.closure(left)
