"""The measures of a drawn element: how large its box is and where its rows and cells lie.

All numbers are whole pixels at zoom 1. `static/designer/geometry/metrics.js` holds the twin; both are run on
`tests/cases/geometry/metrics.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

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
ANCHOR_ROOM = 26
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
    """One column or attribute of an element.

    `depth` is how deep it stands inside composite attributes, `mark` what a notation writes before its name.
    """

    id: str
    name: str
    type: str = ""
    pk: bool = False
    fk: bool = False
    unique: bool = False
    nullable: bool = False
    depth: int = 0
    mark: str = ""


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
    stereotype: str = ""  # a word above the title
    dependent: bool = False  # it cannot be identified without another element


@dataclass(frozen=True, slots=True)
class RowShape:
    """Where a row lies inside its box: `y` from the top of the box, height `h`."""

    id: str
    y: int
    h: int


@dataclass(frozen=True, slots=True)
class Cells:
    """The width of a box and of the cells in its rows; x from the left of the box.

    A row is drawn as: key marks at `key_x`, the name in `name_w` at `name_x`, the type in `type_w` at `type_x`, the
    mark of a nullable column at `null_x`.
    """

    w: int
    key_x: int
    name_x: int
    name_w: int
    type_x: int
    type_w: int
    null_x: int


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a box and where its parts lie; x and y from its top left, cells as in Cells.

    The frame with its rounded corners begins at `body_y`, lines that hold on to no row end round
    `anchor_y` within `anchor_room`, and `rules` are the heights of the lines between sections.
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
    title_x: int = field(default=PADDING, kw_only=True)
    title_y: int = field(default=0, kw_only=True)
    title_w: int = field(default=0, kw_only=True)
    title_h: int = field(default=HEADER_H, kw_only=True)
    body_y: int = field(default=0, kw_only=True)
    anchor_y: int = field(default=HEADER_H // 2, kw_only=True)
    anchor_room: int = field(default=ANCHOR_ROOM, kw_only=True)
    rules: tuple[int, ...] = field(default=(), kw_only=True)
    corner: int = field(default=RADIUS, kw_only=True)


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
    """Return the size of the element's box and where its rows and cells lie, as crow's foot draws them."""
    rows = rows_shown(element)
    header_h = HEADER_H + (SUBTITLE_H if element.subtitle else 0)
    null_w = NULL_W if any(row.nullable for row in rows) else 0
    cells = cells_of(element, rows, key_w=_key_width(rows), null_w=null_w, title_w=title_width(element))
    h = header_h + len(rows) * ROW_H + (BOTTOM if rows else 0)
    return shape_of(
        cells, h=h, header_h=header_h, rows=stacked(rows, header_h), title_x=PADDING, title_w=cells.w - 2 * PADDING,
        **anchor_of(element, h, 0, header_h // 2),
    )  # fmt: skip


_WITHOUT_KEYS = frozenset({"entity", "weak", "associative", "relationship"})


def anchor_of(element: Element, h: int, body_y: int, header: int) -> dict[str, int]:
    """Return `anchor_y` and `anchor_room`: where lines end that hold on to no row.

    That is at `header`, where rows have lines of their own. No line of an entity holds on to a row, so that all of
    them have the whole side.
    """
    if element.kind not in _WITHOUT_KEYS:
        return {"anchor_y": header, "anchor_room": ANCHOR_ROOM}
    return {"anchor_y": body_y + (h - body_y) // 2, "anchor_room": max(ANCHOR_ROOM, h - body_y - ANCHOR_ROOM)}


def shape_of(cells: Cells, **parts: Any) -> Shape:
    """Return the shape with these cells and these other fields of Shape."""
    return Shape(**{each.name: getattr(cells, each.name) for each in fields(cells)}, **parts)


def cells_of(
    element: Element, rows: Sequence[Row], *, key_w: int, null_w: int, title_w: int, max_name_w: int = MAX_NAME_W
) -> Cells:
    """Return the width of a box and where the cells of its rows lie.

    `key_w` and `null_w` are the widths of the cells before and after names and types, `title_w` that of the title with
    its padding.
    """
    name_w = min(max_name_w, _widest([_name_width(row) for row in rows]))
    type_w = min(MAX_TYPE_W, _widest([text_width(visible(row.type), TYPE_SIZE) for row in rows]))
    gap = GAP if type_w else 0
    wanted = max(title_w, 2 * PADDING + key_w + name_w + gap + type_w + null_w, MIN_W)
    w = _on_grid(wanted) if element.width is None else max(MIN_W, element.width)
    type_w = max(0, min(type_w, w - 2 * PADDING - key_w - null_w - gap - min(name_w, LEAST_NAME_W)))
    null_x = w - PADDING - null_w
    type_x = null_x - type_w
    name_x = PADDING + key_w
    return Cells(w, PADDING, name_x, type_x - gap - name_x, type_x, type_w, null_x)


def stacked(rows: Sequence[Row], top: int) -> tuple[RowShape, ...]:
    """Return the shapes of rows that stand under one another from `top` on."""
    return tuple(RowShape(row.id, top + at * ROW_H, ROW_H) for at, row in enumerate(rows))


def _key_width(rows: Sequence[Row]) -> int:
    if any(row.pk and row.fk for row in rows):
        return KEY_PAIR_W
    return KEY_W if any(row.pk or row.fk or row.unique for row in rows) else 0


def _name_width(row: Row) -> int:
    return row.depth * INDENT + text_width(visible(row.name), ROW_SIZE, row.pk)


def title_width(element: Element) -> int:
    """Return the width that title and subtitle want, with the padding on both sides."""
    title = text_width(visible(element.title), TITLE_SIZE, True)
    subtitle = text_width(visible(element.subtitle), SUBTITLE_SIZE)
    return 2 * PADDING + min(MAX_TITLE_W, max(title, subtitle))


def _widest(widths: Sequence[int]) -> int:
    return max(widths, default=0)


def _on_grid(width: int) -> int:
    return -(-width // GRID) * GRID
