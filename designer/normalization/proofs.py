"""Proofs either way: a derivation where a dependency follows, and where it does not, two rows that say so."""

from __future__ import annotations

from collections.abc import Sequence

from designer.normalization.basis import Basis
from designer.normalization.closure import Closure
from designer.normalization.contract import FD, MVD, Budget, Derivation, Lost, Relation, TwoRows
from designer.normalization.derivation import derived
from designer.normalization.grounds import grounds
from designer.normalization.preservation import reached


def prove(relation: Relation, dependency: FD | MVD, closure: Closure | None = None) -> Derivation | TwoRows:
    """Return why a dependency follows from the stated functional and multivalued ones, or rows that break only it.

    Who asks much about one relation may hand over the closure of its functional dependencies.
    """
    closure = closure or Closure(relation.fds, len(relation.attributes))
    follows = isinstance(dependency, FD) and closure.implies(dependency.left, dependency.right)
    found = derived(relation, dependency) if follows or relation.mvds or isinstance(dependency, MVD) else None
    if found is not None:
        return found
    agree = closure.of(dependency.left) if not relation.mvds else _agreement(relation, dependency)
    return TwoRows(agree, two_rows(len(relation.attributes), agree))


def two_rows(columns: int, agree: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return two rows that agree exactly there: a value is 0 or 1."""
    return (0,) * columns, tuple(1 - (agree >> column & 1) for column in range(columns))


def _agreement(relation: Relation, dependency: FD | MVD) -> int:
    """Return where two rows may agree that satisfy all that is stated, and break a dependency that does not follow.

    Rows that differ in one block of the dependency basis only satisfy everything (Sagiv, Delobel, Parker, Fagin 1981).
    """
    basis = Basis(relation)
    known = basis.closure(dependency.left)
    beyond = dependency.right & ~known
    multivalued = isinstance(dependency, MVD)
    for block in basis.of(dependency.left):
        differ = block & ~known
        if differ & beyond and (not multivalued or differ & ~dependency.right):
            return relation.every & ~differ
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
