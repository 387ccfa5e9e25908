"""A physical model as an erDiagram: tables are entities, columns attributes, foreign keys relationships."""

from __future__ import annotations

from collections import Counter

from designer.schema import Column, ForeignKey, Id, Key, Schema, Table
from exporters import cardinality
from exporters.contract import Note
from exporters.losses import LOST_IN_A_PICTURE, notes_on
from exporters.mermaid.drawing import Box, Drawing, Line, Many, Row
from exporters.selection import Distinct, Selection, dialect_of


def draw(selection: Selection) -> Drawing:
    """Return the drawing of the tables of a selection, with notes on all that it leaves out."""
    drawing = Drawing()
    called = _names(selection, drawing)
    for _, table in selection.tables():
        drawing.boxes.append(Box(called[table.id], _rows(selection, table)))
    for _, table in selection.tables():
        for foreign_key in selection.design.of(ForeignKey, table.id):
            _draw_foreign_key(selection, drawing, called, table, foreign_key)
    drawing.notes += _untyped(selection)
    drawing.notes += notes_on(selection, "Mermaid", LOST_IN_A_PICTURE)
    return drawing


def names(selection: Selection) -> dict[Id, str]:
    """Return table id -> what it is called in the drawing."""
    return _names(selection, Drawing())


def _names(selection: Selection, drawing: Drawing) -> dict[Id, str]:
    """Return table id -> entity name: `table`; `schema.table` outside the default schema and for namesakes."""
    default = dialect_of(selection.model).default_schema
    tables = selection.tables()
    alone = Counter(_entity_name(home, table, default) for home, table in tables)
    distinct = Distinct()
    names = {}
    for home, table in tables:
        wanted = _entity_name(home, table, default)
        if alone[wanted] > 1:
            wanted = _entity_name(home, table, "")
        names[table.id] = distinct(wanted or " ")
        if names[table.id] != wanted:
            note = Note(f"the table {wanted!r} is drawn as {names[table.id]!r}", table.id, "renamed")
            drawing.notes.append(note)
    return names


def _entity_name(home: Schema | None, table: Table, default: str) -> str:
    return table.name if home is None or home.name == default else f"{home.name}.{table.name}"


def _rows(selection: Selection, table: Table) -> list[Row]:
    design = selection.design
    primary = cardinality.primary_columns(design, table.id)
    unique = {key.columns[0] for key in design.of(Key, table.id) if not key.primary and len(key.columns) == 1}
    foreign = {each for foreign_key in design.of(ForeignKey, table.id) for each in foreign_key.columns}
    marks = (("PK", primary), ("FK", foreign), ("UK", unique))
    return [
        Row(
            column.name,
            column.type or column.logical,
            tuple(mark for mark, marked in marks if column.id in marked),
            column.comment,
        )
        for column in design.of(Column, table.id)
    ]


def _draw_foreign_key(
    selection: Selection, drawing: Drawing, names: dict[Id, str], table: Table, foreign_key: ForeignKey
) -> None:
    parent = names.get(foreign_key.ref_table or "")
    if parent is None:
        drawing.notes.append(_without_parent(selection, table, foreign_key))
        return
    facts = cardinality.of_foreign_key(selection.design, foreign_key)
    drawing.lines.append(
        Line(
            left=parent,
            left_many=Many.ZERO_OR_ONE if facts.parent_optional else Many.EXACTLY_ONE,
            right_many=Many.ZERO_OR_ONE if facts.child_single else Many.ZERO_OR_MORE,
            right=names[table.id],
            label=foreign_key.name or _column_names(selection, foreign_key),
            identifying=facts.identifying,
        )
    )


def _column_names(selection: Selection, foreign_key: ForeignKey) -> str:
    columns = (selection.design.get(each) for each in foreign_key.columns)
    return ", ".join(column.name for column in columns if isinstance(column, Column))


def _without_parent(selection: Selection, table: Table, foreign_key: ForeignKey) -> Note:
    target = selection.design.get(foreign_key.ref_table or "")
    what = f"foreign key of {table.name} on ({_column_names(selection, foreign_key)})"
    if isinstance(target, Table):
        return Note(f"the {what} is left out: {target.name} is not in the diagram", foreign_key.id, "outside")
    missing = foreign_key.missing_table or "its table"
    return Note(f"the {what} is left out: {missing} is not in the design", foreign_key.id, "missing-table")


def _untyped(selection: Selection) -> list[Note]:
    columns = (column for _, table in selection.tables() for column in selection.design.of(Column, table.id))
    count = sum(1 for column in columns if not (column.type or column.logical))
    if not count:
        return []
    return [Note(f"Mermaid needs a type: {count} columns without one are written as `any`", code="untyped")]
