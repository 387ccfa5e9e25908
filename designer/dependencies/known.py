"""What is settled about the dependencies of one table, so that nobody is asked twice."""

from __future__ import annotations

from collections.abc import Sequence

from designer.dependencies.columns import Owner
from designer.schema import Dependency, Design, Id


class Known:
    """The stored dependencies of a table or entity, with what follows from them."""

    def __init__(self, design: Design, owner: Owner):
        self._stored = list(design.of(Dependency, owner.id))

    def learn(self, dependency: Dependency) -> None:
        """Take one more into account."""
        self._stored.append(dependency)

    def settles(self, determinant: Sequence[Id], dependent: Sequence[Id], *, multivalued: bool) -> bool:
        """Whether a proposal is stored, follows from what holds, or is refuted by what does not."""
        left, right = set(determinant), set(dependent)
        if multivalued:
            return any(
                each.multivalued and set(each.determinant) == left and set(each.dependent) == right
                for each in self._stored
            )
        return self._stated(left, right) or self._follows(left, right) or self._refuted(left, right)

    def _stated(self, left: set[Id], right: set[Id]) -> bool:
        return right <= {
            column
            for each in self._stored
            if not each.multivalued and each.state != "refuted" and set(each.determinant) == left
            for column in each.dependent
        }

    def _follows(self, left: set[Id], right: set[Id]) -> bool:
        held = [each for each in self._stored if not each.multivalued and each.state in ("confirmed", "waived")]
        known, grown = set(left), True
        while grown:
            grown = False
            for each in held:
                if known.issuperset(each.determinant) and not known.issuperset(each.dependent):
                    known.update(each.dependent)
                    grown = True
        return right <= known

    def _refuted(self, left: set[Id], right: set[Id]) -> bool:
        return any(
            not each.multivalued and each.state == "refuted" and _refutes(each, left, right) for each in self._stored
        )


def _refutes(stored: Dependency, left: set[Id], right: set[Id]) -> bool:
    """Whether a refuted dependency speaks against another: what agrees on more, agrees on less as well.

    With rows the rows decide; without them `X -> Y` speaks against what has less on the left and more on the right.
    """
    if len(stored.counterexample) != 2:
        return left <= set(stored.determinant) and right >= set(stored.dependent)
    given = (*stored.determinant, *stored.dependent)
    first, second = (dict(zip(given, row, strict=False)) for row in stored.counterexample)
    agree = {column for column in given if first.get(column) == second.get(column)}
    differ = set(given) - agree
    return left <= agree and bool(right & differ)
