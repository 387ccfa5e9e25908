"""What keys alone imply of joins: the test of the fifth normal form (Fagin 1979)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from designer.normalization.contract import JD, MVD, Relation


def implied_by_keys(components: Sequence[int], superkey: Callable[[int], bool]) -> int:
    """Return the largest component after merging any two whose intersection is a superkey.

    The join dependency follows from the keys iff that is all columns (Fagin's membership algorithm).
    """
    done: list[int] = []
    waiting = list(reversed(components))
    while waiting:
        part = waiting.pop()
        other = next((each for each in done if superkey(each & part)), None)
        if other is None:
            done.append(part)
        else:
            done.remove(other)
            waiting.append(other | part)
    return max(done, key=int.bit_count, default=0)


def join_follows(relation: Relation, jd: JD, superkey: Callable[[int], bool]) -> bool:
    """Return whether a join dependency is trivial or follows from the keys of the relation."""
    return implied_by_keys(jd.components, superkey) == relation.every


def mvd_follows(relation: Relation, mvd: MVD, superkey: Callable[[int], bool]) -> bool:
    """Return whether a multivalued dependency is trivial or follows from the keys."""
    return not mvd.right & ~mvd.left or mvd.left | mvd.right == relation.every or superkey(mvd.left)


def joins_out_of_keys(relation: Relation, superkey: Callable[[int], bool]) -> tuple[JD, ...]:
    """Return the stated join dependencies that do not follow from the keys: they keep it out of 5NF."""
    return tuple(jd for jd in dict.fromkeys(relation.jds) if not join_follows(relation, jd, superkey))
