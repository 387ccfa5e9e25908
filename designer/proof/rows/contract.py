"""What sample rows are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from designer.schema import Id


@dataclass(frozen=True, slots=True)
class Insert:
    """One statement for one row; `is_update` says that it only fills a reference into a row which is there."""

    table: Id
    sql: str
    is_update: bool = False


@dataclass(slots=True)
class Rows:
    """Statements in an order in which rows come after those that they refer to, and what could not be done."""

    inserts: list[Insert] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def statements(self) -> list[str]:
        """Return the statements, each with one row. A server may refuse some."""
        return [insert.sql for insert in self.inserts]

    def count(self, table: Id) -> int:
        """Return how many rows a table gets, if none is refused."""
        return Counter(each.table for each in self.inserts if not each.is_update)[table]
