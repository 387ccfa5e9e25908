"""Which cells of rows say again what other rows say: the redundancy that a broken normal form costs, to be seen.

A cell is redundant where a dependency and another row fix its value already: the cheap form of "A plaque test for
redundancies in relational data" (arXiv 2306.02890).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from designer.dependencies.finding import Finding
from designer.dependencies.sample import Sample
from designer.schema import Dependency, Id


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often one dependency's facts are repeated: `cells` looked at, `repeated` of them, `facts` in all."""

    determinant: tuple[Id, ...]
    dependent: tuple[Id, ...]
    cells: int
    repeated: int
    facts: int
    conflicts: int = 0  # cells that contradict the first row with the same determinant

    @property
    def text(self) -> str:
        """The count in words: `499,800 of 500,000 cells repeat 200 facts`."""
        if not self.repeated:
            return f"none of {self.cells:,} cells repeats another"
        facts = f"{self.facts:,} {'fact' if self.facts == 1 else 'facts'}"
        repeat = "repeats" if self.repeated == 1 else "repeat"
        return f"{self.repeated:,} of {self.cells:,} cells {repeat} {facts}"


@dataclass(frozen=True)
class Plaque:
    """The redundant cells of some rows: (number of the row, column), and those that contradict another row."""

    redundant: frozenset[tuple[int, Id]]
    contradicting: frozenset[tuple[int, Id]]
    repeats: tuple[Repeats, ...]


def plaque(findings: Iterable[Finding], sample: Sample) -> Plaque:
    """Return which cells of the rows are redundant because of the findings about functional dependencies."""
    redundant: set[tuple[int, Id]] = set()
    contradicting: set[tuple[int, Id]] = set()
    counted = []
    for finding in findings:
        dependent = tuple(each for each in finding.dependent if each not in finding.determinant)
        if finding.kind in ("multivalued", "join") or not sample.holds((*finding.determinant, *dependent)):
            continue
        same, other = _cells(finding.determinant, dependent, sample)
        redundant |= same
        contradicting |= other
        groups = len(sample.groups(finding.determinant))
        cells, facts = len(sample.rows) * len(dependent), groups * len(dependent)
        counted.append(Repeats(finding.determinant, dependent, cells, cells - facts, facts, len(other)))
    return Plaque(frozenset(redundant - contradicting), frozenset(contradicting), tuple(counted))


def _cells(
    determinant: tuple[Id, ...], dependent: tuple[Id, ...], sample: Sample
) -> tuple[set[tuple[int, Id]], set[tuple[int, Id]]]:
    told = sample.of(dependent)
    redundant: set[tuple[int, Id]] = set()
    contradicting: set[tuple[int, Id]] = set()
    for rows in sample.groups(determinant).values():
        for place, column in enumerate(dependent) if len(rows) > 1 else ():
            agree = len({told[row][place] for row in rows}) == 1
            (redundant if agree else contradicting).update((row, column) for row in rows)
    return redundant, contradicting


def repeats_of(dependency: Dependency) -> Repeats | None:
    """Return what data said when a dependency was found in it; None where no rows were counted."""
    if not dependency.checked_rows or dependency.multivalued:
        return None
    columns = len(dependency.dependent)
    cells, facts = dependency.checked_rows * columns, dependency.groups * columns
    return Repeats(dependency.determinant, dependency.dependent, cells, cells - facts, facts, dependency.exceptions)
