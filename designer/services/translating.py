"""A design of one database as one of another: written as its DDL, and read back."""

from __future__ import annotations

import msgspec

from designer.importers.contract import ImportProblem
from designer.importers.registry import reader
from designer.schema import Column, Design, ForeignKey, Model, Schema, Table, first_physical
from exporters.contract import ExportProblem, Options
from exporters.registry import get

Name = tuple[str, str]


def translated(design: Design, target: str) -> tuple[Design, list[str]]:
    """Return the tables of a design for the database `target`, and in sentences what that cannot say.

    What refers to tables outside of the design goes on doing so, by name.
    """
    model = first_physical(design)
    if model is None or model.target == target:
        return design, []
    away = [key for key in design.of(ForeignKey) if key.ref_table is None]
    try:
        export = get("ddl").export(
            design.changed([key.id for key in away], ()), Options(dialect=target, model=model.id)
        )
    except ExportProblem as problem:
        raise ImportProblem(str(problem)) from None
    read = reader("sql")(export.text, "", target, lambda *_: None).design
    named = read.changed((), [msgspec.structs.replace(each, name=model.name) for each in read.of(Model)])
    return _referring(named, design, away), [note.message for note in export.notes]


def _referring(read: Design, design: Design, away: list[ForeignKey]) -> Design:
    """Give the tables their foreign keys to tables outside back."""
    tables = {_name(read, table): table for table in read.of(Table)}
    put = []
    for key in away:
        table = tables.get(_name(design, design[key.parent or ""]))
        columns = [_name_of(design, each) for each in key.columns]
        own = {column.name: column.id for column in read.of(Column, table.id)} if table is not None else {}
        if table is not None and all(name in own for name in columns):
            put.append(msgspec.structs.replace(key, parent=table.id, columns=tuple(own[name] for name in columns)))
    return read.changed((), put)


def _name(design: Design, record: object) -> Name:
    home = design.get(record.parent or "") if isinstance(record, Table) else None
    schema = home.name if isinstance(home, Schema) and home.name != "public" else ""
    return schema, record.name if isinstance(record, Table) else ""


def _name_of(design: Design, column: str) -> str:
    found = design.get(column)
    return found.name if isinstance(found, Column) else ""
