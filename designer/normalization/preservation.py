"""Which dependencies a decomposition can no longer check, without projecting anything (Beeri and Honeyman 1981)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from designer.normalization.closure import Closure
from designer.normalization.contract import FD, Budget, Relation, bits
from designer.normalization.grounds import Exactly, grounds


def lost(relation: Relation, schemas: Sequence[int], budget: Budget | None = None) -> tuple[FD, ...]:
    """Return the stated dependencies, as they were stated, that do not follow from what single schemas can check.

    Where a budget does not suffice to know all that the schemas can check, there may be too many of them.
    """
    ground = grounds(relation, budget or Budget())
    found = lost_of(relation.fds, schemas, ground.closure, ground.n)
    if found and not ground.decided:
        found = lost_of(found, schemas, Exactly(ground).closure, ground.n)
    return found


def repeated(relation: Relation, schemas: Sequence[int], budget: Budget | None = None) -> tuple[tuple[int, int], ...]:
    """Return (schema, column) pairs: what a schema says in a column follows from its other columns by way of others.

    A decomposition that loses nothing may say a fact twice in this way, and then both must be kept the same.
    """
    ground = grounds(relation, budget or Budget())
    return tuple(
        (schema, column)
        for number, schema in enumerate(schemas)
        for column in (1 << each for each in bits(schema))
        if column & reached(schema & ~column, [*schemas[:number], *schemas[number + 1 :]], ground.closure, column)
    )


def lost_of(fds: Iterable[FD], schemas: Sequence[int], closure: Callable[[int], int], columns: int) -> tuple[FD, ...]:
    """Return those of the dependencies that do not follow from the projections of the closure on the schemas."""
    straddling: list[FD] = []
    inside: list[FD] = []
    for fd in fds:
        held = fd.right & ~fd.left == 0 or any(not (fd.left | fd.right) & ~schema for schema in schemas)
        (inside if held else straddling).append(fd)
    if not straddling:
        return ()
    quick = Closure(inside, columns)
    return tuple(
        fd
        for fd in straddling
        if not quick.implies(fd.left, fd.right) and fd.right & ~reached(fd.left, schemas, closure, fd.right)
    )


def reached(x: int, schemas: Sequence[int], closure: Callable[[int], int], goal: int = -1) -> int:
    """Return what x determines through dependencies that each lie within one schema, or enough of it to hold `goal`.

    What of x lies in a schema is closed under all dependencies, and what of that lies in the schema is added, until
    nothing changes; a schema is looked at again only when more of it is known.
    """
    tried = [-1] * len(schemas)
    grown = True
    while grown and goal & ~x:
        grown = False
        for number, schema in enumerate(schemas):
            here = x & schema
            if here in (tried[number], schema):
                continue
            tried[number] = here
            added = closure(here) & schema & ~x
            if added:
                x |= added
                grown = True
    return x
