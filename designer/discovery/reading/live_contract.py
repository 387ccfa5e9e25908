"""What the readers of live tables share: where a table is, how much of it is taken, and how rows come over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from designer.discovery.contract import Budget, Clock
from designer.discovery.reading.headers import named
from designer.discovery.table import Coder, Table

Row = Sequence[str | None]
BATCH = 2_000
MOST_DRAWN = 5_000_000
"""Rows of a table up to which every row is visited for a sample without bias; of a larger one something cheaper."""


@dataclass(frozen=True, slots=True)
class Place:
    """A table or view. `rows` is the server's estimate, -1 where it has none."""

    schema: str
    name: str
    rows: int = -1
    is_table: bool = True

    @property
    def called(self) -> str:
        """Its name as people write it."""
        return f"{self.schema}.{self.name}" if self.schema else self.name


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the rows of a table are chosen: part of the query, and what is said of it."""

    clause: str = ""
    said: str = ""
    is_first: bool = False  # whether it is the first rows that are read, as `said` says


def wanted_rows(budget: Budget, columns: int) -> int:
    """Return how many rows are asked for."""
    return max(1, min(2 * budget.rows, budget.cells // max(1, columns)))


def gathered(
    name: str, columns: Sequence[tuple[str, str]], batches: Iterator[Sequence[Row]], asked: tuple[Budget, Clock, int],
    sampling: Sampling,
) -> Table:  # fmt: skip
    """Return rows as a table. `columns` are names and types; `asked` has the rows that the query has at most."""
    budget, clock, most = asked
    names, notes = named([name for name, _ in columns])
    coder = Coder(names, budget)
    said = [sampling.said] if sampling.said else []
    for batch in batches:
        coder.add(batch)
        clock.progress(min(1.0, coder.seen / most), f"{coder.seen:,} rows read")
        if clock.over:
            said.append(f"Reading was stopped after {clock.seconds:.0f} seconds.")
            break
    if coder.seen >= most and not sampling.is_first:
        said.append(f"No more than {coder.seen:,} rows were read: there may be more behind them.")
    return coder.table(name, " ".join(said), notes, [kind for _, kind in columns])


def batched(fetch: Callable[[int], Sequence[Row]]) -> Iterator[Sequence[Row]]:
    """Yield batches until one is empty."""
    while batch := fetch(BATCH):
        yield batch
