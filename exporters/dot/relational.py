"""A physical model as a picture: tables with a port at every column, foreign keys from column to column."""

from __future__ import annotations

from designer.schema import Column, ForeignKey, Id, Key, Table
from exporters import cardinality
from exporters.contract import Note
from exporters.dot.drawing import Box, Drawing, End, Line, Row
from exporters.losses import LOST_IN_A_PICTURE, notes_on
from exporters.selection import Selection

MANY = {(0, 1): "teeodot", (1, 1): "teetee", (0, None): "crowodot", (1, None): "crowtee"}
"""(least, most) -> arrow shape of Graphviz; None is any number."""


def draw(selection: Selection) -> Drawing:
    """Return the picture of the tables of a selection, with notes on all that it leaves out."""
    drawing = Drawing()
    tables = selection.tables()
    drawn = {table.id for _, table in tables}
    for home, table in tables:
        drawing.groups.setdefault(home.name if home is not None else "", []).append(_box(selection, table))
        for foreign_key in selection.design.of(ForeignKey, table.id):
            _draw_foreign_key(selection, drawing, drawn, table, foreign_key)
    drawing.notes += notes_on(selection, "Graphviz", LOST_IN_A_PICTURE)
    return drawing


def _box(selection: Selection, table: Table) -> Box:
    design = selection.design
    unique = {key.columns[0] for key in design.of(Key, table.id) if not key.primary and len(key.columns) == 1}
    foreign = {each for foreign_key in design.of(ForeignKey, table.id) for each in foreign_key.columns}
    marks = (("PK", cardinality.primary_columns(design, table.id)), ("FK", foreign), ("UK", unique))
    rows = (
        Row(
            column.id,
            column.name,
            column.type or column.logical,
            ", ".join(mark for mark, marked in marks if column.id in marked),
        )
        for column in design.of(Column, table.id)
    )
    return Box(table.id, table.name, tuple(rows))


def _draw_foreign_key(
    selection: Selection, drawing: Drawing, drawn: set[Id], table: Table, foreign_key: ForeignKey
) -> None:
    if foreign_key.ref_table not in drawn:
        message = f"the foreign key {foreign_key.name or 'without a name'} of {table.name} is left out: "
        missing = foreign_key.missing_table or "its table"
        drawing.notes.append(Note(f"{message}{missing} is not in the picture", foreign_key.id, "missing-table"))
        return
    facts = cardinality.of_foreign_key(selection.design, foreign_key)
    parent = (0 if facts.parent_optional else 1, 1)
    child = (0, 1 if facts.child_single else None)
    drawing.lines.append(
        Line(
            End(foreign_key.ref_table or "", _port(selection, foreign_key.ref_columns), MANY[parent]),
            End(table.id, _port(selection, foreign_key.columns), MANY[child]),
            foreign_key.name,
            facts.identifying,
        )
    )


def _port(selection: Selection, columns: tuple[Id, ...]) -> Id | None:
    """Return the first column, where a line meets its box; None where no column is named."""
    return columns[0] if columns and isinstance(selection.design.get(columns[0]), Column) else None
