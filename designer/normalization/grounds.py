"""What is known of a relation before it is cut: its closures, its dependencies, its cover; found once, and shared."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache

from designer.normalization.basis import Basis
from designer.normalization.closure import Closure
from designer.normalization.contract import FD, Budget, Fragment, Projected, Relation
from designer.normalization.cover import grouped, minimal_cover
from designer.normalization.effective import effective


class Grounds:
    """A relation with closures under all of its dependencies; the rest is found when it is first asked for."""

    def __init__(self, relation: Relation, budget: Budget) -> None:
        self.relation = relation
        self.budget = budget
        self.every = relation.every
        self.known: dict[int, int] = {}
        self.tested: dict[int, bool | None] = {}  # for BCNF
        self.separated: dict[int, tuple[int | None, bool]] = {}
        self.projections: dict[int, Projected] = {}
        self.fragments: dict[tuple[int, str], Fragment] = {}
        self._closed: Callable[[int], int] = self.basis.closure if relation.mvds else Closure(relation.fds, self.n).of

    @property
    def n(self) -> int:
        """How many columns there are."""
        return len(self.relation.attributes)

    def closure(self, x: int) -> int:
        """Return all that x determines, functional and multivalued dependencies taken together."""
        found = self.known.get(x)
        if found is None:
            found = self.known[x] = self._closed(x)
        return found

    def superkey(self, x: int) -> bool:
        """Return whether x determines all columns."""
        return self.closure(x) == self.every

    @cached_property
    def basis(self) -> Basis:
        """The dependency basis of the relation."""
        return Basis(self.relation)

    def blocks(self, x: int) -> tuple[int, ...]:
        """Return the sets that x multidetermines, each as small as can be; none of them meets x."""
        return tuple(part for block in self.basis.of(x) if (part := block & ~x))

    @cached_property
    def effective(self) -> tuple[tuple[FD, ...], bool]:
        """The functional dependencies, those that follow from multivalued ones among them, and whether all are here."""
        if not self.relation.mvds:
            return self.relation.fds, True
        return effective(self.relation, self.budget)

    @property
    def fds(self) -> tuple[FD, ...]:
        """The functional dependencies to work with."""
        return self.effective[0]

    @property
    def decided(self) -> bool:
        """Whether `fds` are all that follow."""
        return self.effective[1]

    @cached_property
    def cover(self) -> tuple[FD, ...]:
        """A minimal cover, with one column on each right side."""
        return minimal_cover(self.fds, self.n)

    @cached_property
    def grouped(self) -> tuple[FD, ...]:
        """The minimal cover, with one dependency for each left side."""
        return tuple(grouped(self.cover))

    @cached_property
    def always(self) -> int:
        """The columns that are the same in all rows."""
        return self.closure(0)

    @cached_property
    def bcnf(self) -> bool:
        """Whether every dependency that is not trivial has a superkey on its left: the stated ones are enough."""
        whole = self.every
        return all(not fd.right & ~fd.left or fd.left | fd.right == whole or self.superkey(fd.left) for fd in self.fds)


@lru_cache(maxsize=16)
def grounds(relation: Relation, budget: Budget) -> Grounds:
    """Return what is known of a relation; the same again while it is among the last few asked for."""
    return Grounds(relation, budget)
