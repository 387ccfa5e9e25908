"""Everything about one relation that the workbench, the command and the reports show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from designer.normalization.armstrong import Row, armstrong
from designer.normalization.chase import lossless
from designer.normalization.contract import (
    FD,
    MVD,
    Budget,
    Decomposition,
    Derivation,
    KeySet,
    Lossless,
    Lossy,
    Relation,
    TwoRows,
    Undecided,
    Verdict,
    Violation,
    bits,
)
from designer.normalization.cover import minimal_cover
from designer.normalization.effective import effective
from designer.normalization.forms import verdict
from designer.normalization.fourth import fourth_nf
from designer.normalization.grounds import Grounds, grounds
from designer.normalization.keys import expand, keys_of
from designer.normalization.preservation import lost
from designer.normalization.proofs import prove
from designer.normalization.splitting import bcnf
from designer.normalization.synthesis import third_nf

_ORDER = ("1NF", "2NF", "3NF", "EKNF", "BCNF", "4NF", "5NF")


@dataclass(frozen=True)
class KeyProof:
    """Why a set is a candidate key: it determines all columns, and for each of its columns, the rest does not."""

    key: int
    determines: Derivation | TwoRows
    minimal: tuple[tuple[int, Derivation | TwoRows], ...]  # for each column, what its absence leads to


@dataclass(frozen=True)
class Explained:
    """A violation with its proof: the dependency follows, and its left side is no superkey."""

    violation: Violation
    derivation: Derivation | TwoRows | None  # None for a join dependency, which is stated
    no_superkey: TwoRows | Derivation | None


@dataclass(frozen=True)
class Analysis:
    """What follows from the dependencies of a relation. What costs more than the verdict is found when asked for."""

    relation: Relation
    budget: Budget
    keys: KeySet
    verdict: Verdict

    @cached_property
    def listed_keys(self) -> tuple[int, ...]:
        """The first candidate keys, as many as the budget lets be written out."""
        return tuple(expand(self.keys, self.budget.keys))

    @cached_property
    def effective(self) -> tuple[tuple[FD, ...], bool]:
        """The functional dependencies that follow, also from multivalued ones, and whether these are all."""
        return effective(self.relation, self.budget)

    @cached_property
    def cover(self) -> tuple[FD, ...]:
        """A minimal cover of the functional dependencies that follow."""
        return minimal_cover(self.effective[0], len(self.relation.attributes))

    @cached_property
    def third_nf(self) -> Decomposition:
        """Relations in 3NF, lossless and preserving."""
        return third_nf(self.relation, self.budget)

    @cached_property
    def bcnf(self) -> Decomposition:
        """Relations in BCNF, lossless; preserving where one such was found."""
        return bcnf(self.relation, self.budget)

    @cached_property
    def fourth_nf(self) -> Decomposition | None:
        """Relations in 4NF, where multivalued dependencies are stated."""
        return fourth_nf(self.relation, self.budget) if self.relation.mvds else None

    @cached_property
    def example(self) -> tuple[Row, ...] | Undecided:
        """Rows that satisfy just what follows and nothing more."""
        return armstrong(self.relation, self.budget)

    @cached_property
    def explained(self) -> tuple[Explained, ...]:
        """The violations with their proofs."""
        return tuple(self.explain(each) for each in self.verdict.violations)

    @property
    def trade_off(self) -> bool:
        """Whether BCNF costs a dependency that 3NF keeps, as far as was found."""
        return not self.bcnf.preserving

    @property
    def undecided(self) -> tuple[str, ...]:
        """What did not fit the budget, in plain words."""
        parts = {
            "keys": self.keys.complete,
            "prime attributes": self.verdict.primes_decided,
            "normal form": self.verdict.decided,
            "minimal cover": self.effective[1],
            "3NF": self.third_nf.decided,
            "BCNF": self.bcnf.decided,
            "4NF": self.fourth_nf is None or self.fourth_nf.decided,
        }
        return tuple(part for part, decided in parts.items() if not decided)

    def reaches(self, form: str) -> bool:
        """Whether the relation is certainly in a form; what nothing is stated about is not in its way."""
        if form == "EKNF":
            return self.verdict.eknf
        reached = _ORDER.index(self.verdict.form)
        if form == "4NF" and not self.relation.mvds and not self.relation.jds:
            form = "BCNF"
        if form == "5NF" and not self.relation.jds:
            form = "4NF" if self.relation.mvds else "BCNF"
        return reached >= _ORDER.index(form)

    @cached_property
    def _ground(self) -> Grounds:
        return grounds(self.relation, self.budget)

    def key_proof(self, key: int, most: int | None = None) -> KeyProof:
        """Return why a set is a candidate key; with `most`, for that many of its columns why they are needed."""
        needed = islice(bits(key), most)
        minimal = tuple((column, self._determines_all(key & ~(1 << column))) for column in needed)
        return KeyProof(key, self._determines_all(key), minimal)

    def _determines_all(self, columns: int) -> Derivation | TwoRows:
        return prove(self.relation, FD(columns, self.relation.every), self._ground)

    def explain(self, violation: Violation) -> Explained:
        """Return a violation with its proof."""
        if violation.components:
            return Explained(violation, None, None)
        kind = MVD if violation.multivalued else FD
        derivation = prove(self.relation, kind(violation.left, violation.right), self._ground)
        return Explained(violation, derivation, self._determines_all(violation.left))


@dataclass(frozen=True)
class Judged:
    """A decomposition that somebody proposed: whether it is lossless, and what it can no longer check."""

    schemas: tuple[int, ...]
    lossless: Lossless | Lossy | Undecided
    lost: tuple[FD, ...]


def analyse(relation: Relation, budget: Budget | None = None) -> Analysis:
    """Return what there is to know about a relation."""
    budget = budget or Budget()
    return Analysis(relation, budget, keys_of(relation, budget), verdict(relation, budget))


def judged(relation: Relation, schemas: tuple[int, ...], budget: Budget | None = None) -> Judged:
    """Return what becomes of a relation that is cut into `schemas`."""
    budget = budget or Budget()
    return Judged(schemas, lossless(relation, schemas, budget), lost(relation, schemas, budget))
