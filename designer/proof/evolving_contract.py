"""What the proof of a migration has found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from designer.compare import Comparison, Difference
from designer.proof.contract import Refusal


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of a table through a migration: how many, and whether they are the same ones in the columns that stay.

    `changed` names the columns whose values are other ones, or cannot be read. A table that is on one side only keeps
    nothing and is not told of here.
    """

    label: str
    rows: int
    rows_there: int  # after the way up
    rows_back: int  # after the way down
    changed: tuple[str, ...] = ()  # "up: total", "down: total"
    columns: int = 0  # how many were compared

    @property
    def holds(self) -> bool:
        """Whether no row and no value of a column that stays was lost."""
        return self.rows == self.rows_there == self.rows_back and not self.changed


@dataclass(slots=True)
class Stage:
    """One way: its statements, and what the catalogs then say against the design that it leads to."""

    name: str  # "the old schema", "the way up", "the way down"
    statements: int
    comparison: Comparison
    refused: list[Refusal] = field(default_factory=list)
    unproven: list[Refusal] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the server took all of it and is where it should be."""
        return not self.refused and not self.comparison.real

    @property
    def differences(self) -> list[Difference]:
        """The differences, those that are more than a spelling first."""
        return sorted(self.comparison.differences, key=lambda each: each.spelled)


@dataclass(slots=True)
class EvolutionProof:
    """What a proof has found: the old schema itself, both ways, and the rows."""

    dialect: str
    server: str
    start: Stage
    up: Stage
    down: Stage
    kept: list[Kept] = field(default_factory=list)
    rows: int = 0  # how many were put in
    lost: list[str] = field(default_factory=list)  # tables and columns that the way up drops, in words
    notes: list[str] = field(default_factory=list)

    @property
    def stages(self) -> tuple[Stage, Stage, Stage]:
        """The stages in their order."""
        return self.start, self.up, self.down

    @property
    def holds(self) -> bool:
        """Whether both ways lead where they should and no row is lost that need not be."""
        return all(stage.holds for stage in self.stages) and all(each.holds for each in self.kept)

    @property
    def equal(self) -> Counter[str]:
        """How many objects are equal after the way up, by kind."""
        return self.up.comparison.equal
