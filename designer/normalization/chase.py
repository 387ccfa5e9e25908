"""Is a decomposition lossless? A proof that it is, or rows that satisfy every dependency and come back as more.

Merging relations whose common columns determine one of them proves nearly all cuts that are lossless, two rows
disprove nearly all that are not. What is left is chased (Aho, Beeri and Ullman 1979): a tableau with a row for each
relation, to which all dependencies are applied until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from designer.normalization.contract import (
    FD,
    JD,
    MVD,
    BadRelation,
    Budget,
    Lossless,
    Lossy,
    Merge,
    Relation,
    Undecided,
)
from designer.normalization.grounds import Exactly, grounds
from designer.normalization.tableau import Tableau

PAIRWISE = 200  # relations that are merged in any order; with more, one of them is grown


def lossless(relation: Relation, schemas: Sequence[int], budget: Budget | None = None) -> Lossless | Lossy | Undecided:
    """Return why the relation always comes back when its projections on `schemas` are joined, or why it does not.

    Raises BadRelation where a column is in none of them.
    """
    budget = budget or Budget()
    missing = relation.every & ~_union(schemas)
    if missing:
        raise BadRelation(f"decomposition does not cover {', '.join(relation.names(missing))}")
    if relation.every in schemas or not relation.every:
        return Lossless()
    exactly = Exactly(grounds(relation, budget))
    parts = _largest(schemas)
    merges = _merges(relation, exactly, parts)
    if merges is not None:
        return Lossless(merges)
    return _two_rows(relation, exactly, parts) or _chased(relation, schemas, budget)


def _merges(relation: Relation, exactly: Exactly, parts: Sequence[int]) -> tuple[Merge, ...] | None:
    """Return merges that end with all columns, or None where none were found."""
    for start in _starts(relation, exactly, parts):
        found, reached = _grown(relation, exactly, start, parts)
        if reached == relation.every:
            return tuple(found)
    if len(parts) > PAIRWISE:
        return None
    found, left = _paired(relation, exactly, parts)
    return tuple(found) if left == [relation.every] else None


def _starts(relation: Relation, exactly: Exactly, parts: Sequence[int]) -> list[int]:
    """Where to begin: a relation that holds a key reaches all others, if any does."""
    keyed = [part for part in parts if exactly.closure(part) == relation.every]
    return keyed[:3]


def _grown(relation: Relation, exactly: Exactly, start: int, parts: Sequence[int]) -> tuple[list[Merge], int]:
    """Merge one relation after another into `start`; one is tried again when it shares more columns."""
    merges: list[Merge] = []
    waiting = {part: -1 for part in parts if part != start}
    grown = True
    while grown and start != relation.every:
        grown = False
        for part, tried in list(waiting.items()):
            if not part & ~start:
                del waiting[part]
            elif start & part != tried:
                waiting[part] = start & part
                merge = _merge(relation, exactly, start, part)
                if merge:
                    merges.append(merge)
                    start |= part
                    del waiting[part]
                    grown = True
    return merges, start


def _paired(relation: Relation, exactly: Exactly, parts: Sequence[int]) -> tuple[list[Merge], list[int]]:
    """Merge any two relations that may be merged, until none are left."""
    merges: list[Merge] = []
    done: list[int] = []
    waiting = list(reversed(parts))
    while waiting:
        part = waiting.pop()
        merge = next((each for other in done if (each := _merge(relation, exactly, other, part))), None)
        if not merge:
            done.append(part)
            continue
        merges.append(merge)
        both = merge.first | part
        done = [each for each in done if each & ~both]
        waiting.append(both)
    return merges, done


def _merge(relation: Relation, exactly: Exactly, first: int, second: int) -> Merge | None:
    common = first & second
    reached = exactly.closure(common)
    for beyond in (second & ~first, first & ~second):
        if not beyond & ~reached:
            return Merge(first, second, common, beyond)
    if relation.mvds:
        one, other = first & ~second & ~reached, second & ~first & ~reached
        if not any(block & one and block & other for block in exactly.blocks(common)):
            return Merge(first, second, common, second & ~first, multivalued=True)
    return None


def _two_rows(relation: Relation, exactly: Exactly, parts: Sequence[int]) -> Lossy | None:
    """Return two rows that are lost among others, where there are such: they differ in columns that no relation ties.

    Rows that differ in D only are joined to others iff the relations, seen through D, fall into groups with no column
    in common.
    """
    n = len(relation.attributes)
    for differ in _differences(relation, exactly, parts):
        group = _group(differ, parts)
        if group != differ and _allowed(relation, differ):
            return Lossy((_row(n, differ & ~group), _row(n, group)), _row(n, 0))
    return None


def _differences(relation: Relation, exactly: Exactly, parts: Sequence[int]) -> Iterator[int]:
    """Yield sets of columns in which two rows may differ, likely ones first, none twice."""
    left = parts if len(parts) > PAIRWISE else _paired(relation, exactly, parts)[1]
    seen = set()
    for agree in _likely(left):
        for differ in exactly.blocks(agree):
            if differ and differ not in seen:
                seen.add(differ)
                yield differ


def _likely(parts: Sequence[int]) -> Iterator[int]:
    """Yield what one relation shares with all others, and with each single one."""
    for part in parts:
        yield part & _union(each for each in parts if each != part)
    if len(parts) <= PAIRWISE:
        yield from (one & other for at, one in enumerate(parts) for other in parts[:at])


def _group(differ: int, parts: Sequence[int]) -> int:
    """Return the columns of `differ` that are tied to its first one through relations."""
    group = differ & -differ
    grown = True
    while grown:
        grown = False
        for part in parts:
            if part & group and part & differ & ~group:
                group |= part & differ
                grown = True
    return group


def _allowed(relation: Relation, differ: int) -> bool:
    """Return whether two rows that differ exactly there satisfy every dependency."""
    fds = all(fd.left & differ or not fd.right & differ for fd in relation.fds)
    return (
        fds
        and all(_tied(differ, components(relation, mvd)) for mvd in relation.mvds)
        and all(_tied(differ, jd.components) for jd in relation.jds)
    )


def _tied(differ: int, parts: Sequence[int]) -> bool:
    return _group(differ, parts) == differ


def _row(n: int, ones: int) -> tuple[int, ...]:
    return tuple(ones >> column & 1 for column in range(n))


def _chased(relation: Relation, schemas: Sequence[int], budget: Budget) -> Lossless | Lossy | Undecided:
    n = len(relation.attributes)
    tableau = Tableau(n, schemas, budget.tableau)
    joins: list[tuple[MVD | JD, tuple[int, ...]]] = [
        (mvd, components(relation, mvd)) for mvd in dict.fromkeys(relation.mvds) if _splits(relation, mvd)
    ]
    joins += [(jd, jd.components) for jd in dict.fromkeys(relation.jds) if relation.every not in jd.components]
    fds = [fd for fd in dict.fromkeys(relation.fds) if fd.right & ~fd.left]
    finished = _run(tableau, fds, joins)
    if tableau.whole:
        return Lossless(chased=tuple(tableau.steps))
    if finished:
        return Lossy(tableau.distinct(), (0,) * n)
    return Undecided(f"the chase grew beyond {budget.tableau:,} cells")


def _run(tableau: Tableau, fds: list[FD], joins: list[tuple[MVD | JD, tuple[int, ...]]]) -> bool:
    """Apply everything until nothing changes or a row is whole; False says that there were too many rows."""
    while True:
        tableau.equate(fds)
        if tableau.whole:
            return True
        grown = False
        for dependency, parts in joins:
            added = tableau.join(dependency, parts)
            if added is None:
                return False
            grown = grown or added
            if tableau.whole:
                return True
        if not grown:
            return True


def _splits(relation: Relation, mvd: MVD) -> bool:
    """Return whether a multivalued dependency is not trivial."""
    return bool(mvd.right & ~mvd.left) and mvd.left | mvd.right != relation.every


def components(relation: Relation, mvd: MVD) -> tuple[int, int]:
    """Return a multivalued dependency as the two relations that it says join without loss."""
    return mvd.left | mvd.right, mvd.left | relation.every & ~mvd.right


def _largest(schemas: Iterable[int]) -> list[int]:
    """Return the relations that lie in no other one, in their order, none twice."""
    unique = list(dict.fromkeys(schemas))
    return [each for each in unique if not any(each != other and not each & ~other for other in unique)]


def _union(parts: Iterable[int]) -> int:
    found = 0
    for part in parts:
        found |= part
    return found
