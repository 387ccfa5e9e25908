"""Proofs either way: a derivation where a dependency follows, and where it does not, two rows that say so."""

from __future__ import annotations

from collections.abc import Sequence

from designer.normalization.contract import FD, MVD, Budget, Derivation, Lost, Relation, TwoRows
from designer.normalization.derivation import derived
from designer.normalization.grounds import Grounds, grounds
from designer.normalization.preservation import reached


def prove(relation: Relation, dependency: FD | MVD, ground: Grounds | None = None) -> Derivation | TwoRows:
    """Return why a dependency follows from the stated functional and multivalued ones, or rows that break only it.

    Who asks much about one relation may hand over what is known of it.
    """
    ground = ground or grounds(relation, Budget())
    found = derived(relation, dependency) if _follows(ground, dependency) else None
    if found is not None:
        return found
    agree = _agreement(ground, dependency)
    return TwoRows(agree, two_rows(ground.n, agree))


def _follows(ground: Grounds, dependency: FD | MVD) -> bool:
    if isinstance(dependency, FD):
        return not dependency.right & ~ground.closure(dependency.left)
    right = dependency.right & ~dependency.left
    return all(not block & right or not block & ~right for block in ground.blocks(dependency.left))


def two_rows(columns: int, agree: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return two rows that agree exactly there: a value is 0 or 1."""
    return (0,) * columns, tuple(1 - (agree >> column & 1) for column in range(columns))


def _agreement(ground: Grounds, dependency: FD | MVD) -> int:
    """Return where two rows may agree that satisfy all that is stated, and break a dependency that does not follow.

    Rows that differ in one block of the dependency basis only satisfy everything (Sagiv, Delobel, Parker, Fagin 1981).
    """
    known = ground.closure(dependency.left)
    if not ground.relation.mvds and isinstance(dependency, FD):
        return known
    beyond = dependency.right & ~known
    multivalued = isinstance(dependency, MVD)
    for block in ground.blocks(dependency.left):
        differ = block & ~known
        if differ & beyond and (not multivalued or differ & ~dependency.right):
            return ground.every & ~differ
    return known


def lost_rows(relation: Relation, schemas: Sequence[int], fd: FD, budget: Budget | None = None) -> Lost | None:
    """Return two rows that break a dependency while no relation of a decomposition sees anything wrong with its part.

    None where the decomposition does check it.
    """
    ground = grounds(relation, budget or Budget())
    agree = reached(fd.left, schemas, ground.closure)
    if not fd.right & ~agree:
        return None
    return Lost(fd, two_rows(ground.n, agree))
