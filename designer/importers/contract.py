"""What an importer takes and gives: text in, a design and an honest report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from designer.schema.design import Design


class Outcome(StrEnum):
    """What became of one statement."""

    IMPORTED = "imported"  # it is in the records
    VERBATIM = "verbatim"  # kept word for word as a Statement record
    SKIPPED = "skipped"  # not part of a schema: data, queries, session settings
    FAILED = "failed"  # could not be read; the text is kept as a Statement all the same
    WARNING = "warning"  # it is in the design, but the target would refuse it or it means something else than it seems


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    `line` and `column` are 1-based; `what` is short (`CREATE TABLE users`), `message` a sentence.
    """

    outcome: Outcome
    what: str
    message: str = ""
    line: int = 0
    column: int = 0
    file: str = ""
    count: int = 1  # how many statements of this kind in a row were folded into this line (INSERTs)


@dataclass(slots=True)
class Report:
    """What an import did, statement by statement, in the order of the text."""

    file: str = ""
    dialect: str = ""
    findings: list[Finding] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many statements met each outcome, every outcome named."""
        counted: Counter[str] = Counter()
        for finding in self.findings:
            counted[finding.outcome.value] += finding.count
        return {outcome.value: counted.get(outcome.value, 0) for outcome in Outcome}


@dataclass(slots=True)
class ImportResult:
    """A design with one model, and the report of how it came about."""

    design: Design
    report: Report


class ImportProblem(Exception):
    """The input as a whole cannot be imported. The message says what is wrong and what to do."""

    def __init__(self, message: str, line: int = 0, column: int = 0):
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


_ENDINGS = (
    ".gz", ".wholekey.json", ".json", ".sql", ".ddl", ".dump", ".psql", ".txt", ".db", ".sqlite", ".sqlite3", ".dbml",
    ".mmd", ".mermaid", ".csv", ".tsv",
)  # fmt: skip


def model_name(file_name: str) -> str:
    """Return what a model read from a file is called: the file's name without folder and ending."""
    name = PurePath(file_name).name if file_name and not file_name.startswith("<stdin") else ""
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name or "Database"


Progress = Callable[[float, str], None]
"""Called with a fraction from 0 to 1 and a short message; it may raise Cancelled."""


class Cancelled(Exception):
    """The user asked to stop."""


def no_progress(fraction: float, message: str) -> None:
    """The progress callback of those who do not watch."""
