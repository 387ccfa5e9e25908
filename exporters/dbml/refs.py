"""Foreign keys as Refs in DBML."""

from __future__ import annotations

from collections.abc import Iterator

from designer.schema import ForeignKey, Id, Table
from exporters import cardinality
from exporters.contract import Note
from exporters.dbml import text
from exporters.dbml.names import Names
from exporters.selection import Selection

_Ends = frozenset[frozenset[Id]]


class RefWriter:
    """Writes the foreign keys of a selection; what it must leave out is in `notes`."""

    def __init__(self, selection: Selection, names: Names):
        self.selection = selection
        self.names = names
        self.notes: list[Note] = []
        self._seen: set[_Ends] = set()

    def lines(self) -> Iterator[str]:
        """Return a line for each foreign key that DBML can say."""
        for _, table in self.selection.tables():
            for foreign_key in self.selection.design.of(ForeignKey, table.id):
                problem = self._problem(foreign_key)
                if problem:
                    message = f"the foreign key {foreign_key.name or 'without a name'} of {table.name} {problem[1]}"
                    self.notes.append(Note(message, foreign_key.id, problem[0]))
                else:
                    yield self._line(table, foreign_key)

    def _problem(self, foreign_key: ForeignKey) -> tuple[str, str] | None:
        """Return why DBML cannot say a foreign key, as code and words. The ends of those it can are remembered."""
        if foreign_key.ref_table not in self.names or foreign_key.parent not in self.names:
            return self._target_missing(foreign_key)
        targets = self._targets(foreign_key)
        if not targets or len(targets) != len(foreign_key.columns):
            return "no-columns", "is left out: its columns do not match those of the referenced table"
        if any(each not in self.names for each in (*targets, *foreign_key.columns)):
            return "no-columns", "is left out: it names columns that are not there"
        ends = frozenset((frozenset(foreign_key.columns), frozenset(targets)))
        if len(ends) == 1:
            return "same-columns", "is left out: DBML has no reference of columns to themselves"
        if ends in self._seen:
            return "same-ends", "is left out: DBML has one reference only between the same columns"
        self._seen.add(ends)
        return None

    def _target_missing(self, foreign_key: ForeignKey) -> tuple[str, str]:
        target = self.selection.design.get(foreign_key.ref_table or "")
        if isinstance(target, Table):
            return "outside", f"is left out: {target.name} is not in the export"
        return "missing-table", f"is left out: {foreign_key.missing_table or 'its table'} is not in the design"

    def _targets(self, foreign_key: ForeignKey) -> tuple[Id, ...]:
        """Return the referenced columns; those of the primary key where none are named."""
        if foreign_key.ref_columns or foreign_key.ref_table is None:
            return foreign_key.ref_columns
        return cardinality.primary_key_columns(self.selection.design, foreign_key.ref_table)

    def _line(self, table: Table, foreign_key: ForeignKey) -> str:
        facts = cardinality.of_foreign_key(self.selection.design, foreign_key)
        actions = text.settings(
            f"delete: {foreign_key.on_delete}" if foreign_key.on_delete else "",
            f"update: {foreign_key.on_update}" if foreign_key.on_update else "",
        )
        start = self._end(table.id, foreign_key.columns)
        target = self._end(foreign_key.ref_table or "", self._targets(foreign_key))
        named = f" {text.name(foreign_key.name)}" if foreign_key.name else ""
        return f"Ref{named}: {start} {'-' if facts.child_single else '>'} {target}{actions}"

    def _end(self, table: Id, columns: tuple[Id, ...]) -> str:
        written = [self.names[each] for each in columns]
        return f"{self.names[table]}.{written[0] if len(written) == 1 else '(' + ', '.join(written) + ')'}"
