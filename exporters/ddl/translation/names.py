"""The names of a model in another database: schemas in front of tables, names equal but for case told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import msgspec

from designer.dialects import features as can
from designer.dialects.base import Dialect
from designer.schema import Column, Design, Id, Named, Record, Sequence, Table, View
from exporters.ddl.catalog import Catalog
from exporters.ddl.notes import Notes

_HASH = 8


class Namer:
    """Finds a name in the target for every table, view, type and column."""

    def __init__(self, catalog: Catalog, source: Dialect, target: Dialect, notes: Notes):
        self.catalog = catalog
        self.source = source
        self.target = target
        self.notes = notes
        self.kinds = (Table, View, Sequence) if target.supports(can.SEQUENCES) else (Table, View)
        self.taken: dict[str, set[str]] = {}
        self.fold: Callable[[str], str] = str.casefold if target.folds == "keep" else str

    def renamed(self) -> Design:
        """Return the design with its names in the target; schemas that the target lacks hold nothing any more."""
        found: dict[Id, Record] = {record.id: record for record in self.catalog.design.records()}
        for record in self.catalog.objects:
            if isinstance(record, self.kinds):
                found[record.id] = self._object(record)
        for parts in self.catalog.hanging.values():
            for column in parts.columns:
                found[column.id] = self._column(column)
        return Design(found)

    def _object(self, record: Named) -> Named:
        schema = self.catalog.schema_of(record)
        flat = bool(schema) and not self.target.supports(can.SCHEMAS)
        name = record.name or record.id
        if flat and schema != self.source.default_schema:
            name = f"{schema}_{name}"
            message = f"{self.target.title} has no schemas: it is called {name}"
            self.notes.repeat("schema", message, self.catalog.label(record), record.id)
        place = "" if flat else record.parent or ""
        parent = self.catalog.model.id if flat else record.parent
        return msgspec.structs.replace(record, name=self._free(name, place, record), parent=parent)

    def _column(self, column: Column) -> Column:
        name = column.name or column.id
        return msgspec.structs.replace(column, name=self._free(name, column.parent or "", column))

    def _free(self, name: str, place: str, record: Record) -> str:
        """Return a name that the target can hold, and that nothing else in this place has."""
        fitting = name if self.target.holds(name) else shortened(name, self.target)
        if fitting != name:
            message = f"{self.target.title} cannot hold this name; it is called {fitting}"
            self.notes.repeat("name", message, self.catalog.label(record), record.id)
        taken = self.taken.setdefault(place, set())
        free = fitting
        if self.fold(free) in taken:
            free = shortened(f"{fitting}\0{record.id}", self.target)
            message = f"{self.target.title} takes names for equal that differ in case only; it is called {free}"
            self.notes.repeat("case", message, self.catalog.label(record), record.id)
        taken.add(self.fold(free))
        return free


def shortened(name: str, target: Dialect) -> str:
    """Return what the target can hold of a name, with a hash of the whole."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
    name = name.partition("\0")[0]
    kept = "".join(letter for letter in name if letter > " " and target.holds(letter))
    while kept and not target.holds(f"{kept}_{digest}"):
        kept = kept[:-1]
    return f"{kept}_{digest}"
