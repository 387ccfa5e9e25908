"""Drawing the rows of a box: key marks, names, types and marks of nullable columns, one group for each kind of cell.

What all cells of a kind share stands once, on their group: that halves a large drawing.
"""

from __future__ import annotations

from designer.layout.metrics import INDENT, KEY_SIZE, ROW_SIZE, TYPE_SIZE, Element, Row, Shape, key_marks, rows_shown
from designer.layout.text import ellipsize, visible
from exporters.svg.markup import tag, text
from exporters.svg.theme import Theme

BASELINE = 0.36
"""From the middle of a line of text down to its base line, in font sizes."""
MARK_STEP = 20
MARK_ROOM = 18
NULL_INSET = 4
SPARE = 8
"""How far a name may run into the gap before the type, in a font that is wider than ours, and still be read well."""


def drawn_rows(element: Element, shape: Shape, theme: Theme) -> str:
    """Return the rows of a box with the rules between them; nothing for a box without rows."""
    rows = [(row, at.y + at.h / 2) for row, at in zip(rows_shown(element), shape.rows, strict=True)]
    return (
        _rules(shape, theme)
        + _marks(rows, shape, theme)
        + "".join(_name(element, row, middle, shape) for row, middle in rows)
        + _types(rows, shape, theme)
    )


def _rules(shape: Shape, theme: Theme) -> str:
    lines = "".join(f"M1 {row.y}H{shape.w - 1}" for row in shape.rows[1:])
    return tag("path", d=lines, stroke=theme.rule) if lines else ""


def _marks(rows: list[tuple[Row, float]], shape: Shape, theme: Theme) -> str:
    drawn = ""
    for mark, colour in (("PK", theme.primary), ("FK", theme.foreign), ("UK", theme.unique)):
        found = ((key_marks(row).split(), middle + KEY_SIZE * BASELINE) for row, middle in rows)
        cells = "".join(
            text(mark, shape.key_x + MARK_STEP * marks.index(mark), base, KEY_SIZE, True, MARK_ROOM)
            for marks, base in found
            if mark in marks
        )
        drawn += tag("g", cells, font_size=KEY_SIZE, font_weight="bold", fill=colour) if cells else ""
    return drawn


def _name(element: Element, row: Row, middle: float, shape: Shape) -> str:
    indent = row.depth * INDENT
    room = shape.name_w - indent
    entity = element.kind in ("entity", "weak", "associative")
    return text(
        ellipsize(visible(row.name), ROW_SIZE, row.pk, room),
        shape.name_x + indent,
        middle + ROW_SIZE * BASELINE,
        ROW_SIZE,
        row.pk,
        room + SPARE,
        font_weight="bold" if row.pk else None,
        text_decoration="underline" if row.pk and entity else None,
    )


def _types(rows: list[tuple[Row, float]], shape: Shape, theme: Theme) -> str:
    cells = ""
    for row, middle in rows:
        base = middle + TYPE_SIZE * BASELINE
        if row.type and shape.type_w:
            shown = ellipsize(visible(row.type), TYPE_SIZE, False, shape.type_w)
            cells += text(shown, shape.type_x, base, TYPE_SIZE, False, shape.type_w)
        if row.nullable:
            cells += text("?", shape.null_x + NULL_INSET, base)
    return tag("g", cells, font_size=TYPE_SIZE, fill=theme.muted) if cells else ""
