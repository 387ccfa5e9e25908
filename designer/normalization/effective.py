"""The functional dependencies that follow from functional and multivalued ones together."""

from __future__ import annotations

from designer.normalization.contract import FD, Budget, Relation
from designer.normalization.cover import grouped


def effective(relation: Relation, budget: Budget) -> tuple[tuple[FD, ...], bool]:
    """Return dependencies from which all functional ones follow, and whether that is certain."""
    return relation.fds, not relation.mvds or not grouped(relation.fds) or not budget
