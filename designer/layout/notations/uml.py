"""UML class diagrams: OMG, "Unified Modeling Language" 2.5.1 (2017), clauses 9 and 11.

A class has compartments for its name with a stereotype, for its attributes as `name: type [0..1] {PK}`, and for
operations, of which a data model has none. Multiplicities stand at the end whose objects they count. An identifying
relationship is a composition: a black diamond at the whole. A hollow triangle points to the general class, with
`{complete, disjoint}` beside it. `static/designer/geometry/notations/uml.js` holds the twin.
"""

from __future__ import annotations

from dataclasses import replace

from designer.layout.edges import Edge, End
from designer.layout.ends import Mark, Point, at, mark_of
from designer.layout.metrics import (
    MAX_NAME_W,
    MAX_TYPE_W,
    PADDING,
    ROW_H,
    SUBTITLE_SIZE,
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
from designer.layout.notations.base import EndText, Notation, texts_at
from designer.layout.text import text_width, visible
from designer.schema import Attribute, Design, Record

_TOP = 5
STEREOTYPE_H = 14
_TITLE_H = 20
_PACKAGE_H = 14
_SECTION = 4
_OPERATIONS_H = 10
_CORNER = 1
_DIAMOND = 8
_DIAMOND_HALF = 5
_STEREOTYPES = {"weak": "weak entity", "associative": "associative entity"}


class Uml(Notation):
    """UML class diagrams."""

    name = "uml"
    title = "UML class"

    def adjust(self, element: Element, design: Design, record: Record) -> Element:  # noqa: ARG002
        """Return the element as a class with a stereotype, its rows in the syntax of UML."""
        rows = (
            replace(row, name=_worded(row, design.get(row.id)), type="", nullable=False) for row in element.rows
        )  # fmt: skip
        return replace(
            element,
            stereotype=f"«{_STEREOTYPES.get(element.kind, element.kind)}»",
            subtitle=f"(from {element.subtitle})" if element.subtitle else "",
            rows=tuple(rows),
        )

    def box_of(self, element: Element) -> Shape:
        """Return a box of three compartments; one without attributes has only its name."""
        rows = rows_shown(element)
        header_h = _TOP + STEREOTYPE_H + _TITLE_H + (_PACKAGE_H if element.subtitle else 0) + _TOP
        title_w = max(title_width(element), 2 * PADDING + text_width(visible(element.stereotype), SUBTITLE_SIZE))
        cells = cells_of(element, rows, key_w=0, null_w=0, title_w=title_w, max_name_w=MAX_NAME_W + MAX_TYPE_W)
        below = header_h + 2 * _SECTION + len(rows) * ROW_H
        h = below + _OPERATIONS_H if rows else header_h
        return shape_of(
            cells, h=h, header_h=header_h,
            rows=stacked(rows, header_h + _SECTION), title_x=PADDING, title_y=_TOP + STEREOTYPE_H,
            title_w=cells.w - 2 * PADDING, title_h=_TITLE_H,
            rules=(header_h, below) if rows else (), corner=_CORNER, **anchor_of(element, h, 0, header_h // 2),
        )  # fmt: skip

    def mark_of(self, end: End, point: Point, direction: Point, edge: Edge) -> Mark:
        """Return the black diamond at the whole of a composition; the triangle of a generalization."""
        if end.shape != "foot":
            return mark_of(end.shape, point, direction, end.min, end.max)
        whole = edge.identifying and end is edge.target and edge.source.shape == "foot"
        return _composition(point, direction) if whole else Mark()

    def dashed(self, edge: Edge, end: End | None = None) -> bool:  # noqa: ARG002
        """Tell whether the line is a dependency."""
        return edge.kind == "reads"

    def end_texts(self, edge: Edge) -> list[EndText]:
        """Return the multiplicities, and what a generalization says of its subtypes."""
        return texts_at(edge, lambda end: _text(edge, end))


def _worded(row: Row, record: Record | None) -> str:
    """Return an attribute as UML writes it: `[/] name [: type] [multiplicity] [{modifiers}]`."""
    name, counted = row.name, " [0..1]" if row.nullable else ""
    if isinstance(record, Attribute):
        name = f"/{record.name}" if record.derived else record.name
        if record.multivalued:
            counted = " [0..*]" if row.nullable else " [1..*]"
    given = (("PK", row.pk), ("FK", row.fk), ("unique", row.unique and not row.pk))
    modifiers = ", ".join(word for word, holds in given if holds)
    return name + (f": {row.type}" if row.type else "") + counted + (f" {{{modifiers}}}" if modifiers else "")


def _composition(point: Point, direction: Point) -> Mark:
    sides = [at(point, direction, _DIAMOND, half) for half in (-_DIAMOND_HALF, _DIAMOND_HALF)]
    outline = (point, sides[0], at(point, direction, 2 * _DIAMOND, 0), sides[1])
    return Mark(outline=outline, length=2 * _DIAMOND, filled=True)


def _text(edge: Edge, end: End) -> str:
    if end.shape == "foot":
        return _multiplicity(end)
    if edge.kind != "generalization" or end is not edge.target or not edge.leads:
        return ""
    return f"{{{'complete' if edge.total else 'incomplete'}, {'disjoint' if edge.disjoint else 'overlapping'}}}"


def _multiplicity(end: End) -> str:
    return f"{end.max}" if end.min == end.max else f"{end.min}..{'*' if end.max is None else end.max}"
