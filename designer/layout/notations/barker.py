"""Barker's notation: Richard Barker, "CASE*Method: Entity Relationship Modelling" (1990).

Boxes are soft. `#` marks what identifies, `*` what must be given and `o` what may. Each half of a line is solid where
the entity next to it must take part and dashed where it may; a crow's foot means many, and a bar across the line that
the relationship is part of the identifier of the entity next to it. Barker draws subtypes inside their supertype; boxes
that stand apart are tied to it by lines under an arc instead, as alternatives are. All relationships are binary: one of
several entities is an entity between them, identified by all of them.
`static/designer/geometry/notations/barker.js` holds the twin.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from designer.layout.edges import Edge, End
from designer.layout.ends import Mark, Point, at, bar, mark_of, toes_of
from designer.layout.metrics import (
    BOTTOM,
    HEADER_H,
    PADDING,
    ROW_H,
    SUBTITLE_H,
    Element,
    Row,
    Shape,
    anchor_of,
    cells_of,
    rows_shown,
    shape_of,
    stacked,
    title_width,
)
from designer.layout.notations.base import Notation, holds_box, other_end
from designer.schema import Design, Record

_CORNER = 14
_MARK_W = 16
_FOOT = 12
_BAR = 17
_ARC = ((9, -11), (13, -7), (15, 0), (13, 7), (9, 11))
"""Points of the arc: along the line and across it."""
_ARC_END = 15


class Barker(Notation):
    """Barker's notation."""

    name = "barker"
    title = "Barker"

    def adjust(self, element: Element, design: Design, record: Record) -> Element:  # noqa: ARG002
        """Return the element with its rows marked."""
        return replace(element, rows=tuple(map(_marked, element.rows)))

    def box_of(self, element: Element) -> Shape:
        """Return a soft box with its name at the top."""
        rows = rows_shown(element)
        header_h = HEADER_H + (SUBTITLE_H if element.subtitle else 0)
        cells = cells_of(element, rows, key_w=_MARK_W if rows else 0, null_w=0, title_w=title_width(element))
        h = header_h + len(rows) * ROW_H + (2 * BOTTOM if rows else BOTTOM)
        return shape_of(
            cells, h=h, header_h=header_h, rows=stacked(rows, header_h), title_x=PADDING, title_w=cells.w - 2 * PADDING,
            corner=_CORNER, **anchor_of(element, h, 0, header_h // 2),
        )  # fmt: skip

    def mark_of(self, end: End, point: Point, direction: Point, edge: Edge) -> Mark:
        """Return the foot of many, with the bar of an identifying relationship; the arc over subtypes."""
        if end.shape == "triangle":
            return _arc(point, direction)
        tied = holds_box(edge)
        if end.shape != "foot" and not (tied and end is edge.source):
            return mark_of(end.shape, point, direction, end.min, end.max)
        many = end is edge.source if tied else end.max != 1
        identified = (edge.identifying or tied) and end is edge.source
        lines = [*(toes_of(point, direction) if many else ()), *([bar(point, direction, _BAR)] if identified else ())]
        return Mark(tuple(lines), length=_BAR if identified else _FOOT if many else 0)

    def dashed(self, edge: Edge, end: End | None = None) -> bool:
        """Tell whether the entity at an end may stay out of the relationship."""
        return edge.kind == "reads" or (end is not None and _may_stay_out(edge, end))


def _marked(row: Row) -> Row:
    mark = "#" if row.pk else "o" if row.nullable else "*"
    return replace(row, mark=mark, nullable=False)


def _may_stay_out(edge: Edge, end: End) -> bool:
    other = other_end(edge, end)
    return other.shape == "foot" and end.shape == "foot" and other.min == 0


def _arc(point: Point, direction: Point) -> Mark:
    points = [at(point, direction, along, across) for along, across in _ARC]
    return Mark(tuple((*a, *b) for a, b in pairwise(points)), length=_ARC_END)
