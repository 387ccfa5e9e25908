"""What a proof takes and gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from designer.compare import Comparison, Difference
from designer.schema import Design, Id


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a proof may cost. Seconds and bytes."""

    seconds: float = 120.0  # from start to end, the starting of a server included
    statement_seconds: float = 20.0
    disk: int = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of the exported script. `line` is 1-based; `about` is the record that it makes, if known."""

    text: str
    line: int
    about: Id | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that the server did not take, with its message; `unproven` where that is no fault of the design.

    `unproven` says in words why nothing was proven: the statement needs a superuser, or an extension that the scratch
    server does not have.
    """

    piece: Piece
    message: str
    unproven: str = ""


@dataclass(slots=True)
class Applied:
    """What became of a script."""

    count: int = 0
    refusals: list[Refusal] = field(default_factory=list)


class Scratch(Protocol):
    """An empty database on a real server that is there to be thrown away. A context manager."""

    server: str  # what it is, in words: PostgreSQL 18.4

    def __enter__(self) -> Scratch: ...

    def __exit__(self, *_: object) -> None: ...

    def apply(self, pieces: Iterable[Piece], design: Design) -> Applied:
        """Run the statements. Raises ProofProblem where the server is gone or time is up."""
        ...

    def read(self) -> Design:
        """Return the design that the catalogs amount to."""
        ...

    def rows(self, query: str) -> list[str]:
        """Return the rows of a query, each as one text. Raises ProofProblem where it cannot be asked."""
        ...


@dataclass(slots=True)
class Proof:
    """What a proof has found."""

    dialect: str
    server: str
    statements: int
    comparison: Comparison
    refused: list[Refusal] = field(default_factory=list)
    unproven: list[Refusal] = field(default_factory=list)
    left_out: list[tuple[str, Id | None]] = field(default_factory=list)  # what is not in the DDL: a server refuses it
    notes: list[tuple[str, Id | None]] = field(default_factory=list)  # what else the DDL says differently

    @property
    def holds(self) -> bool:
        """Whether what could be proven is equal: spellings that only the server can judge do not count against it."""
        return not self.refused and not self.comparison.real

    @property
    def differences(self) -> list[Difference]:
        """The differences, those that are more than a spelling first."""
        return sorted(self.comparison.differences, key=lambda each: each.spelled)


class ProofProblem(Exception):
    """Nothing can be proven: no server, no right, no time. Says what to do."""
