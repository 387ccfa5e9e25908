"""The names that tables, columns and enums have in DBML, where `users` and `public.users` are one and the same."""

from __future__ import annotations

from designer.schema import Column, EnumType, Id, Schema, Table
from exporters.contract import Note
from exporters.dbml.text import name
from exporters.selection import Distinct, Selection

_PUBLIC = "public"
_DOT = "\0"  # between schema and name while they are made distinct; no name holds it


class Names:
    """Written names by id. What had to be renamed is in `notes`."""

    def __init__(self, selection: Selection):
        self.notes: list[Note] = []
        self._written: dict[Id, str] = {}
        design = selection.design
        distinct = Distinct()
        for home, table in selection.tables():
            if design.of(Column, table.id):
                self._qualified(home, table, distinct)
                self._columns(selection, table)
        distinct = Distinct()
        for home in (None, *design.of(Schema, selection.model.id)):
            for enum in design.of(EnumType, home.id if home is not None else selection.model.id):
                if enum.values:
                    self._qualified(home, enum, distinct)

    def __contains__(self, id_: Id | None) -> bool:
        return id_ in self._written

    def __getitem__(self, id_: Id) -> str:
        return self._written[id_]

    def get(self, id_: Id) -> str | None:
        """Return the written name of a record; None where the export does not hold it."""
        return self._written.get(id_)

    def _qualified(self, home: Schema | None, record: Table | EnumType, distinct: Distinct) -> None:
        schema = home.name if home is not None else _PUBLIC
        given = distinct(schema + _DOT + record.name).split(_DOT, 1)[1]
        self._note_renamed(record, given)
        self._written[record.id] = name(given) if home is None else f"{name(schema)}.{name(given)}"

    def _columns(self, selection: Selection, table: Table) -> None:
        distinct = Distinct()
        for column in selection.design.of(Column, table.id):
            given = distinct(column.name or "_")
            self._note_renamed(column, given)
            self._written[column.id] = name(given)

    def _note_renamed(self, record: Table | EnumType | Column, given: str) -> None:
        if given != record.name:
            text = f"{record.name!r} is written as {given!r}, since DBML has another of that name"
            self.notes.append(Note(text, record.id, "renamed"))
