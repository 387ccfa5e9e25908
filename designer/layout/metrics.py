"""The measures of a drawn element: how large its box is and where its rows and cells lie.

All numbers are whole pixels at zoom 1. `static/designer/geometry/metrics.js` holds the twin; both are run on
`tests/cases/geometry/metrics.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.layout.text import text_width, visible

HEADER_H = 34
SUBTITLE_H = 14
ROW_H = 24
BOTTOM = 4
PADDING = 10
GAP = 18
INDENT = 14
RADIUS = 6
KEY_W = 26
KEY_PAIR_W = 44
NULL_W = 12
MIN_W = 144
MAX_NAME_W = 220
LEAST_NAME_W = 40
MAX_TYPE_W = 168
MAX_TITLE_W = 400
GRID = 8
TITLE_SIZE = 14
SUBTITLE_SIZE = 11
ROW_SIZE = 13
TYPE_SIZE = 12
KEY_SIZE = 10
NOTE_SIZE = 13
LABEL_SIZE = 11


@dataclass(frozen=True, slots=True)
class Row:
    """One column or attribute of an element. `depth` is how deep it stands inside composite attributes."""

    id: str
    name: str
    type: str = ""
    pk: bool = False
    fk: bool = False
    unique: bool = False
    nullable: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Element:
    """What there is to draw of one record. `kind`: table, view, entity, weak, associative, relationship."""

    id: str
    title: str
    subtitle: str = ""
    kind: str = "table"
    rows: tuple[Row, ...] = ()
    detail: str = "all"  # all, keys, names
    width: int | None = None  # set by hand; None follows the content
    colour: str = ""


@dataclass(frozen=True, slots=True)
class RowShape:
    """Where a row lies inside its box: `y` from the top of the box, height `h`."""

    id: str
    y: int
    h: int


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a box and of the cells in it; x from the left of the box.

    A row is drawn as: key marks at `key_x`, the name in `name_w` at `name_x`, the type in `type_w` at `type_x`, the
    mark of a nullable column at `null_x`.
    """

    w: int
    h: int
    header_h: int
    rows: tuple[RowShape, ...]
    key_x: int
    name_x: int
    name_w: int
    type_x: int
    type_w: int
    null_x: int


def rows_shown(element: Element) -> tuple[Row, ...]:
    """Return the rows that the element's level of detail leaves to be drawn, in order."""
    if element.detail == "names":
        return ()
    if element.detail == "keys":
        return tuple(row for row in element.rows if row.pk or row.fk or row.unique)
    return element.rows


def key_marks(row: Row) -> str:
    """Return the text of the key cell: `PK`, `FK`, `PK FK`, `UK` or nothing."""
    marks = [mark for mark, given in (("PK", row.pk), ("FK", row.fk)) if given]
    return " ".join(marks) or ("UK" if row.unique else "")


def box_of(element: Element) -> Shape:
    """Return the size of the element's box and where its rows and cells lie."""
    rows = rows_shown(element)
    header_h = HEADER_H + (SUBTITLE_H if element.subtitle else 0)
    key_w = _key_width(rows)
    name_w = min(MAX_NAME_W, _widest([_name_width(row) for row in rows]))
    type_w = min(MAX_TYPE_W, _widest([text_width(visible(row.type), TYPE_SIZE) for row in rows]))
    null_w = NULL_W if any(row.nullable for row in rows) else 0
    gap = GAP if type_w else 0
    wanted = max(_title_width(element), 2 * PADDING + key_w + name_w + gap + type_w + null_w, MIN_W)
    w = _on_grid(wanted) if element.width is None else max(MIN_W, element.width)
    type_w = max(0, min(type_w, w - 2 * PADDING - key_w - null_w - gap - min(name_w, LEAST_NAME_W)))
    null_x = w - PADDING - null_w
    type_x = null_x - type_w
    name_x = PADDING + key_w
    shapes = tuple(RowShape(row.id, header_h + at * ROW_H, ROW_H) for at, row in enumerate(rows))
    h = header_h + len(rows) * ROW_H + (BOTTOM if rows else 0)
    return Shape(w, h, header_h, shapes, PADDING, name_x, type_x - gap - name_x, type_x, type_w, null_x)


def _key_width(rows: Sequence[Row]) -> int:
    if any(row.pk and row.fk for row in rows):
        return KEY_PAIR_W
    return KEY_W if any(row.pk or row.fk or row.unique for row in rows) else 0


def _name_width(row: Row) -> int:
    return row.depth * INDENT + text_width(visible(row.name), ROW_SIZE, row.pk)


def _title_width(element: Element) -> int:
    title = text_width(visible(element.title), TITLE_SIZE, True)
    subtitle = text_width(visible(element.subtitle), SUBTITLE_SIZE)
    return 2 * PADDING + min(MAX_TITLE_W, max(title, subtitle))


def _widest(widths: Sequence[int]) -> int:
    return max(widths, default=0)


def _on_grid(width: int) -> int:
    return -(-width // GRID) * GRID
