"""Columns in which the server numbers the rows: identity, serial, AUTO_INCREMENT, and the rowid of SQLite."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from designer.dialects import features as can
from designer.dialects.logical import logical_type
from designer.schema import Column, Id, Sequence, Table
from exporters.ddl.translation.types import SERIALS, WHOLE
from exporters.ddl.translation.work import Work

_NEXT = re.compile(
    r"""\s*(?:nextval\s*\(\s*(?:(?P<text>'(?:[^']|'')+')(?:\s*::\s*[\w."]+)*|(?P<bare>[\w.`"]+))\s*(?:::\s*[\w."]+\s*)*\)"""
    r"""|next\s+value\s+for\s+(?P<said>[\w.`"]+))\s*\Z""",
    re.IGNORECASE,
)
_PART = re.compile(r'"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^.\s]+')
_START = re.compile(r"START\s+(?:WITH\s+)?(-?\d+)", re.IGNORECASE)
_STEP = re.compile(r"INCREMENT\s+(?:BY\s+)?(-?\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counted:
    """A column that counts: from where, and in which steps."""

    start: int | None = None
    step: int | None = None
    always: bool = False


class Counting:
    """Finds which columns count, and which sequences belong to nothing else."""

    def __init__(self, work: Work):
        self.work = work
        sequences = work.catalog.of(Sequence)
        self.by_name = {(work.catalog.schema_of(each), each.name): each for each in sequences}
        self.by_bare_name = {each.name: each for each in sequences}
        self.next: dict[Id, Sequence] = {}
        self.counted: dict[Id, Counted] = {}
        self.kept: set[Id] = set()
        """The columns that count in the target as well."""
        self._find()

    def _find(self) -> None:
        columns = [each for parts in self.work.catalog.hanging.values() for each in parts.columns]
        for column in columns:
            sequence = self._next(column)
            if sequence is not None:
                self.next[column.id] = sequence
        shared = Counter(each.id for each in self.next.values())
        for table in self.work.catalog.of(Table):
            for column in self.work.parts(table).columns:
                counted = self._counted(column, table, shared)
                if counted is not None:
                    self.counted[column.id] = counted
            self.kept |= set(self._kept(table))

    def _next(self, column: Column) -> Sequence | None:
        """Return the sequence that the default of a column takes its numbers from."""
        found = _NEXT.match(column.default.text) if column.default is not None else None
        if found is None:
            return None
        for use in column.default.uses if column.default is not None else ():
            record = self.work.catalog.design.get(use.id)
            if isinstance(record, Sequence):
                return record
        written = (found["text"] or "")[1:-1].replace("''", "'") or found["bare"] or found["said"]
        path = [self.work.source.unquote(each) for each in _PART.findall(written)]
        if len(path) > 1:
            return self.by_name.get((path[-2], path[-1])) or self.by_name.get(("", path[-1]))
        return self.by_bare_name.get(path[-1]) if path else None

    def _counted(self, column: Column, table: Table, shared: Counter[Id]) -> Counted | None:
        sequence = self.next.get(column.id)
        if column.identity:
            return _of_options(column, table)
        if logical_type(column.type, self.work.source) in SERIALS and column.default is None:
            return Counted()
        if sequence is not None and shared[sequence.id] == 1 and self._is_whole(column):
            return Counted(sequence.start, sequence.increment)
        return Counted() if self._is_rowid(column, table) else None

    def _kept(self, table: Table) -> list[Id]:
        """Return the columns of a table in which the target numbers rows; not every server takes two of them."""
        parts = self.work.parts(table)
        found = [each.id for each in parts.columns if each.id in self.counted and self._is_whole(each)]
        if self.work.family == "sqlite":
            primary = next((key.columns for key in parts.keys if key.primary), ())
            return [each for each in found if primary == (each,)]
        return found[:1] if self.work.family == "mysql" else found

    def _is_whole(self, column: Column) -> bool:
        return self.work.logical[column.id] in WHOLE

    def _is_rowid(self, column: Column, table: Table) -> bool:
        """SQLite numbers rows in an INTEGER that alone is the primary key, also without AUTOINCREMENT."""
        if self.work.source.name != "sqlite" or column.type.strip().lower() != "integer" or column.default is not None:
            return False
        parts = self.work.parts(table)
        primary = next((key for key in parts.keys if key.primary), None)
        if primary is None or primary.columns != (column.id,) or "without_rowid" in table.extra:
            return False
        return not any(column.id in key.columns for key in parts.foreign_keys)

    def used(self, sequence: Sequence) -> bool:
        """Say whether a sequence is told by the numbering of its only column."""
        return sequence.owned_by in self.kept or any(
            each is sequence and column in self.kept for column, each in self.next.items()
        )

    def next_value(self, column: Column) -> str | None:
        """Return the default that takes numbers from a sequence which other columns use as well, or None."""
        sequence = self.next.get(column.id)
        if sequence is None or self.used(sequence) or not self.work.can(can.SEQUENCES):
            return None
        path = self.path(sequence)
        return f"nextval({path})" if self.work.family == "mysql" else f"nextval({self.work.target.literal(path)})"

    def path(self, sequence: Sequence) -> str:
        """Return the name of a sequence in the target."""
        name = self.work.target.quote(self.work.name(sequence.id))
        schema = self.work.catalog.schema_of(sequence) if self.work.can(can.SCHEMAS) else ""
        return f"{self.work.target.quote(schema)}.{name}" if schema else name


def _of_options(column: Column, table: Table) -> Counted:
    start, step = _START.search(column.identity_options), _STEP.search(column.identity_options)
    first = table.extra.get("auto_increment", "")
    return Counted(
        int(start.group(1)) if start else int(first) if first.isdigit() else None,
        int(step.group(1)) if step else None,
        column.identity == "always",
    )
