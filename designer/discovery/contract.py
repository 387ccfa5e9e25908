"""What discovery takes and answers: rows of a table in, and the dependencies, keys and constants that hold in them.

Columns are numbers, in the order of the data; names stand in `ColumnFacts`. A dependency found in data is a fact about
these rows. Whether it is a rule of the world only a person knows, so nothing here is more than a proposal.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from designer.importers.contract import ImportProblem, Progress, no_progress

EQUAL, DIFFER = "equal", "differ"
NULL_WORDS = ("", "\\N", "NULL")
"""How files write NULL."""


class DataProblem(ImportProblem):
    """The rows cannot be read: no such file, no rows, not this format. Says what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for."""

    left: int = 2  # columns on a left side, and of a key, at most: 1 to 3
    errors: float = 0.01  # share of the rows that may have to change for a dependency to be proposed; 0 is exact only
    nulls: str = EQUAL  # EQUAL: NULL is a value like any other (as in Armstrong's rules); DIFFER: it equals nothing
    every_left: bool = False  # whether measures, free text, timestamps and booleans may stand on a left side


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be spent. What is left out for it is said in the notes."""

    rows: int = 100_000  # rows compared; of more, a sample of between this and twice as many is taken
    cells: int = 6_000_000  # values compared: a table with many columns is sampled earlier
    reading: float = 60.0  # seconds for reading
    searching: float = 60.0  # seconds for the search


USUAL = Wish()
ROOM = Budget()


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What is known of a column. `left_out` says why it stands on no left side; empty where it may."""

    name: str
    distinct: int  # values other than NULL
    nulls: int
    kind: str  # code, text, free text, measure, date, timestamp, boolean, structured, empty
    left_out: str = ""
    longest: int = 0  # characters


@dataclass(frozen=True, slots=True)
class FoundKey:
    """Columns whose values no two rows share, and no fewer of them."""

    columns: tuple[int, ...]
    nullable: bool = False  # some of its values are NULL: a candidate key only if that is how NULL is meant


@dataclass(frozen=True, slots=True)
class FoundDependency:
    """left -> right in these rows. No part of `left` determines `right` as well as that.

    `groups` are the distinct values of the left side, `exceptions` the rows that would have to change for it to hold
    (g3 of Kivinen and Mannila, 1995, as a number of rows), `redundancy` the rows that repeat what another row says.
    """

    left: tuple[int, ...]
    right: int
    groups: int
    exceptions: int
    redundancy: int

    @property
    def exact(self) -> bool:
        """Whether it holds in all of the rows."""
        return not self.exceptions


@dataclass(frozen=True, slots=True)
class Constant:
    """A column that has one value in all rows: a fact about the sample, not a rule. `value` is None for NULL."""

    column: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Discovered:
    """What holds in the rows of a table. Dependencies are ranked: what repeats most comes first.

    Left sides that are keys are in `keys` and not in `dependencies`, since a key determines everything. A constant
    column is in `constants` and on neither side.
    """

    rows: int  # compared
    columns: tuple[ColumnFacts, ...]
    sampled: str = ""  # a sentence on how the rows were chosen; empty where all were compared
    notes: tuple[str, ...] = ()  # what a reader should know of the reading and the search, one sentence each
    keys: tuple[FoundKey, ...] = ()
    dependencies: tuple[FoundDependency, ...] = ()
    constants: tuple[Constant, ...] = ()
    seen: int = 0  # rows that there are, as far as was read
    source: str = ""  # how people call the data
    wish: Wish = USUAL
    complete: bool = True  # whether the search came to its end within its budget

    def names(self, columns: tuple[int, ...]) -> tuple[str, ...]:
        """Return the names of columns."""
        return tuple(self.columns[each].name for each in columns)

    def share(self, found: FoundDependency) -> float:
        """Return which part of the rows repeats what another row says; from a half on a dependency is worth a look."""
        return found.redundancy / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rows that agree on the left side and not on the right. Row numbers count from 1, as in the data."""

    left: tuple[str | None, ...]
    rows: tuple[tuple[int, str | None], ...]  # number of a row, its value on the right: one row for each value
    sizes: tuple[int, ...]  # how many rows have that value, in the same order: the most frequent first


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rows say of one dependency that somebody asked about."""

    rows: int
    groups: int
    exceptions: int  # rows that would have to change
    conflicting: int  # groups with more than one value
    conflicts: tuple[Conflict, ...] = ()  # the largest first, as many as asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """A dependency that somebody asked about, and what the rows say of it."""

    left: tuple[int, ...]
    right: int
    answer: Checked


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Two rows that agree on a column and differ in another: their numbers, and their values there."""

    left: int
    right: int
    value: str | None  # on the left, of both rows
    one: tuple[int, str | None]
    other: tuple[int, str | None]


@dataclass(frozen=True, slots=True)
class Sketch:
    """The different values of a column as the smallest of their hashes, 8 bytes each, ascending.

    Which values are in it depends on the values alone, so that two sketches say how many of one are in the other.
    """

    hashes: bytes
    whole: bool  # whether all values are in it


@dataclass(frozen=True, slots=True)
class Profile:
    """What is kept of data: what was found, some rows with their numbers, and rows that speak against dependencies.

    `sketches` are of the columns, in their order; None of one that refers to nothing and is no key.
    """

    found: Discovered
    rows: tuple[tuple[int, tuple[str | None, ...]], ...] = ()
    asked: tuple[Asked, ...] = ()
    counterexamples: tuple[Counterexample, ...] = ()
    sketches: tuple[Sketch | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Values of columns that are all among those of a key of another table: perhaps a foreign key."""

    table: str
    columns: tuple[str, ...]
    target: str
    key: tuple[str, ...]
    values: int  # distinct, without NULL
    missing: int  # distinct values that the target does not have
    names_match: bool
    why: str = ""  # what else speaks for it or against it, as a clause


@dataclass(slots=True)
class Clock:
    """Seconds that may be spent, and whom to tell how far it is."""

    seconds: float
    progress: Progress = no_progress
    started: float = field(default_factory=time.monotonic)

    @property
    def over(self) -> bool:
        """Whether the time is used up."""
        return time.monotonic() - self.started > self.seconds
