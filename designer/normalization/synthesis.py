"""Third normal form by synthesis (Bernstein 1976): a relation for each group of equivalent left sides of a cover.

Where left sides determine each other, what one of them determines through the other is left out before they are
merged: merging without that step makes relations that are below 3NF. A relation with a key is added where none has
one, which makes it lossless (Biskup, Dayal and Bernstein 1979), and what lies within another relation is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.normalization.closure import Closure
from designer.normalization.components import union
from designer.normalization.contract import FD, Budget, Decomposition, Relation, bits
from designer.normalization.cover import singles
from designer.normalization.fragments import fragment_of
from designer.normalization.grounds import Grounds, grounds
from designer.normalization.keys import keys_of, primes


def third_nf(relation: Relation, budget: Budget | None = None) -> Decomposition:
    """Return relations in 3NF that join without loss and within which every dependency can be checked."""
    ground = grounds(relation, budget or Budget())
    if ground.bcnf or _third_already(ground):
        return decomposition(ground, "3NF", "as it is", (ground.every,))
    return decomposition(ground, "3NF", "synthesis", synthesised(ground, ground.grouped))


def decomposition(ground: Grounds, form: str, how: str, schemas: Iterable[int]) -> Decomposition:
    """Return a decomposition that is known to be in a form and to lose no dependency."""
    fragments = tuple(fragment_of(ground, each, form if ground.decided else "") for each in in_order(schemas))
    return Decomposition(form, how, fragments, decided=ground.decided)


def in_order(schemas: Iterable[int]) -> list[int]:
    """Return sets of columns by their first columns."""
    return sorted(schemas, key=lambda schema: tuple(bits(schema)))


def _third_already(ground: Grounds) -> bool:
    """Return whether the relation is certainly in 3NF: every left side is a superkey or every right side prime."""
    beyond = union(fd.right for fd in ground.cover if not ground.superkey(fd.left))
    if beyond & ~union(fd.left for fd in ground.cover):
        return False  # what is on right sides only is in no key
    prime, _ = primes(ground.relation, keys_of(ground.relation, ground.budget), ground.budget)
    return not beyond & ~prime


def synthesised(ground: Grounds, cover: Sequence[FD], merge: bool = True) -> list[int]:
    """Return the relations for a minimal cover; `merge` makes one of left sides that determine each other."""
    schemas = _merged(ground, cover) if merge else [fd.left | fd.right for fd in cover]
    return keyed(ground, largest(schemas))


def keyed(ground: Grounds, schemas: list[int]) -> list[int]:
    """Add a relation with a key where none has one."""
    if any(ground.superkey(each) for each in schemas):
        return schemas
    return [*(each for each in schemas if each & ~ground.key), ground.key]


def largest(schemas: Iterable[int]) -> list[int]:
    """Return the sets that lie in no other one, in their order, none twice."""
    unique = list(dict.fromkeys(schemas))
    by_size = sorted(unique, key=int.bit_count, reverse=True)
    kept: list[int] = []
    for each in by_size:
        if not any(not each & ~other for other in kept):
            kept.append(each)
    chosen = set(kept)
    return [each for each in unique if each in chosen]


def _merged(ground: Grounds, cover: Sequence[FD]) -> list[int]:
    """Return a relation for each class of equivalent left sides, with the right sides that are still needed."""
    classes: dict[int, list[int]] = {}
    for fd in cover:
        classes.setdefault(ground.closure(fd.left), []).append(fd.left)
    rights = _needed(ground, cover, classes)
    schemas = []
    for closed, lefts in classes.items():
        schema = rights.get(closed, 0)
        for left in lefts:
            schema |= left
        schemas.append(schema)
    return schemas


def _needed(ground: Grounds, cover: Sequence[FD], classes: dict[int, list[int]]) -> dict[int, int]:
    """Return what each class must still determine, once its left sides determine each other (Bernstein's step 5)."""
    equivalences = [
        FD(left, other)
        for lefts in classes.values()
        if len(lefts) > 1
        for left, other in zip(lefts, [*lefts[1:], lefts[0]], strict=True)
    ]
    rights: dict[int, int] = {}
    rest = []
    for fd in cover:
        closed = ground.closure(fd.left)
        right = fd.right
        for left in classes[closed]:
            right &= ~left
        rest += [(closed, each) for each in singles([FD(fd.left, right)])]
    closure = Closure([*equivalences, *(fd for _, fd in rest)], ground.n)
    for number, (closed, fd) in enumerate(rest, len(equivalences)):
        if equivalences and closure.reaches(fd.left, fd.right, skip=number):
            closure.narrow(number, right=0)
        else:
            rights[closed] = rights.get(closed, 0) | fd.right
    return rights
