"""IDEF1X, as FIPS PUB 184, "Integration Definition for Information Modeling" (1993), has it.

The name stands above the box. A line parts the key from the other attributes; `(FK)` marks what migrated, `(AK1)` an
alternate key and `(O)` what may be null. An element that is identified through others has rounded corners. A dot is at
the child; the line is solid where the parent's key is part of the child's, else dashed, with a diamond at a parent that
need not be there. Beside the dot `P` is one or more, `Z` none or one, a number exactly so many, and nothing any number.
A category is a circle under its general entity, on two lines where the categories are complete and on one where not.
`static/designer/geometry/notations/idef1x.js` holds the twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from designer.layout.edges import Edge, End
from designer.layout.elements import unique_sets
from designer.layout.ends import Mark, Point, at, bar, mark_of
from designer.layout.metrics import (
    HEADER_H,
    PADDING,
    ROW_H,
    SUBTITLE_H,
    SUBTITLE_SIZE,
    TITLE_SIZE,
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
from designer.layout.notations.base import EndText, Notation, holds_box, texts_at
from designer.layout.text import text_width, visible
from designer.schema import Design, Entity, ForeignKey, Generalization, Id, Identifier, Key, Record, Relationship, Table

TAB_H = 22
TAB_PADDING = 2
TAB_GAP = 8
_SECTION = 3
_EMPTY_H = 12
_ROUND = 12
_SQUARE = 1
_DOT = 4
_DIAMOND = 7
_DIAMOND_HALF = 5
_STEM = 4
_CIRCLE = 5
_CATEGORY_HALF = 8
_CATEGORY_LINES = (17, 21)
_FIRST_ROW = 15
_TIES = ("foreign_key", "relationship")


class Idef1x(Notation):
    """IDEF1X."""

    name = "idef1x"
    title = "IDEF1X"

    def adjust(self, element: Element, design: Design, record: Record) -> Element:
        """Return the element with its key first and its rows marked."""
        alternates = _alternates(design, record)
        rows = [replace(row, name=_worded(row, alternates.get(row.id)), nullable=False) for row in element.rows]
        keyed = list(zip(rows, _key_rows(rows), strict=True))
        ordered = (*(row for row, inside in keyed if inside), *(row for row, inside in keyed if not inside))
        return replace(element, rows=ordered, dependent=_depends(design, record))

    def box_of(self, element: Element) -> Shape:
        """Return a box with its name above it; one without attributes holds its name."""
        rows = rows_shown(element)
        return _with_sections(element, rows) if rows else _named(element)

    def mark_of(self, end: End, point: Point, direction: Point, edge: Edge) -> Mark:
        """Return the dot at a child, the diamond at an optional parent, the circle of a category."""
        if end.shape == "triangle":
            return _category(point, direction, edge.total)
        if edge.kind not in _TIES:
            return mark_of(end.shape, point, direction, end.min, end.max)
        if _is_child(edge, end):
            return Mark(ring=(*at(point, direction, _DOT, 0), _DOT), length=2 * _DOT, filled=True)
        hollow = not edge.identifying and not holds_box(edge) and end.min == 0
        return _diamond(point, direction) if hollow else Mark()

    def dashed(self, edge: Edge, end: End | None = None) -> bool:  # noqa: ARG002
        """Tell whether the relationship does not identify the child."""
        return edge.kind == "reads" or not (edge.identifying or _is_non_specific(edge) or holds_box(edge))

    def end_texts(self, edge: Edge) -> list[EndText]:
        """Return how many children there are, beside the dot."""
        return texts_at(edge, lambda end: _count(end) if _is_child(edge, end) and end.shape == "foot" else "")


def _worded(row: Row, alternates: Sequence[str] | None) -> str:
    marks = ["(FK)" if row.fk else "", f"({','.join(alternates)})" if alternates else "", "(O)" if row.nullable else ""]
    return " ".join([row.name, *(mark for mark in marks if mark)])


def _alternates(design: Design, record: Record) -> dict[Id, list[str]]:
    """Return the alternate keys that each column or attribute is part of, as `AK1`."""
    found: dict[Id, list[str]] = {}
    for index, columns in enumerate(_alternate_sets(design, record), 1):
        for column in columns:
            found.setdefault(column, []).append(f"AK{index}")
    return found


def _alternate_sets(design: Design, record: Record) -> list[tuple[Id, ...]]:
    if isinstance(record, Table):
        primary = _primary(design, record.id)
        return [each for each in unique_sets(design, record.id) if each != primary]
    return [each.attributes for each in design.of(Identifier, record.id) if not each.primary]


def _key_rows(rows: Sequence[Row]) -> list[bool]:
    """Tell of each row whether it stands in the key; the parts of a composite attribute stand with it."""
    found: list[bool] = []
    for row in rows:
        found.append(row.pk or (row.depth > 0 and bool(found) and found[-1]))
    return found


def _depends(design: Design, record: Record) -> bool:
    """Tell whether a record is identified through others: by a migrated key, as a category, or at a relationship."""
    if isinstance(record, Table):
        return _borrows_key(design, record.id)
    if not isinstance(record, Entity):
        return isinstance(record, Relationship)
    return record.nature in ("weak", "associative") or _named_as_dependent(design, record.id)


def _borrows_key(design: Design, table: Id) -> bool:
    """Tell whether a foreign key of a table lies in its primary key."""
    primary = frozenset(_primary(design, table))
    keys = (key for key in design.of(ForeignKey, table) if key.ref_table is not None)
    return any(key.columns and primary.issuperset(key.columns) for key in keys)


def _primary(design: Design, table: Id) -> tuple[Id, ...]:
    return next((key.columns for key in design.of(Key, table) if key.primary), ())


def _named_as_dependent(design: Design, entity: Id) -> bool:
    for each in (design.get(referrer) for referrer in design.referrers(entity)):
        if isinstance(each, Generalization) and entity in each.subtypes:
            return True
        if isinstance(each, Relationship) and any(end.entity == entity and end.identifying for end in each.ends):
            return True
    return False


def _named(element: Element) -> Shape:
    h = HEADER_H + (SUBTITLE_H if element.subtitle else 0)
    cells = cells_of(element, (), key_w=0, null_w=0, title_w=title_width(element))
    return shape_of(
        cells, h=h, header_h=h, rows=(), title_x=PADDING, title_w=cells.w - 2 * PADDING,
        corner=_corner(element), **anchor_of(element, h, 0, h // 2),
    )  # fmt: skip


def _with_sections(element: Element, rows: Sequence[Row]) -> Shape:
    cells = cells_of(element, rows, key_w=0, null_w=0, title_w=_tab_width(element))
    parted = element.kind != "view"
    keys = sum(_key_rows(rows))
    rest = len(rows) - keys
    rule = TAB_H + _SECTION + (keys * ROW_H + _SECTION if keys else _EMPTY_H - _SECTION)
    top = rule + _SECTION if parted else TAB_H + _SECTION
    h = top + (rest * ROW_H + _SECTION if rest else _EMPTY_H - _SECTION)
    return shape_of(
        cells, h=h, header_h=TAB_H,
        rows=(*stacked(rows[:keys], TAB_H + _SECTION), *stacked(rows[keys:], top)),
        title_x=TAB_PADDING, title_w=cells.w - 2 * TAB_PADDING, title_h=TAB_H, body_y=TAB_H,
        rules=(rule,) if parted else (), corner=_corner(element),
        **anchor_of(element, h, TAB_H, TAB_H + _FIRST_ROW),
    )  # fmt: skip


def _tab_width(element: Element) -> int:
    beside = TAB_GAP + text_width(visible(element.subtitle), SUBTITLE_SIZE) if element.subtitle else 0
    title = 2 * TAB_PADDING + text_width(visible(element.title), TITLE_SIZE, True)
    return min(title_width(replace(element, subtitle="")), title) + beside


def _corner(element: Element) -> int:
    return _ROUND if element.dependent else _SQUARE


def _is_child(edge: Edge, end: End) -> bool:
    """The child is the many side; of a relationship with many on both sides each is, and of one with a box the box."""
    if edge.kind == "foreign_key":
        return end is edge.source and end.shape == "foot"
    return edge.kind == "relationship" and (end is edge.source or _is_non_specific(edge))


def _is_non_specific(edge: Edge) -> bool:
    """Tell whether a relationship has many on both sides: FIPS 184 calls it non-specific."""
    many = edge.source.max != 1 and edge.target.max != 1
    return edge.kind == "relationship" and edge.source.shape == "foot" and many


def _diamond(point: Point, direction: Point) -> Mark:
    sides = [at(point, direction, _DIAMOND, half) for half in (-_DIAMOND_HALF, _DIAMOND_HALF)]
    return Mark(outline=(point, sides[0], at(point, direction, 2 * _DIAMOND, 0), sides[1]), length=2 * _DIAMOND)


def _category(point: Point, direction: Point, total: bool) -> Mark:
    along = _CATEGORY_LINES[: 2 if total else 1]
    stem = (*at(point, direction, 0, 0), *at(point, direction, _STEM, 0))
    ring = (*at(point, direction, _STEM + _CIRCLE, 0), _CIRCLE)
    bars = tuple(bar(point, direction, each, _CATEGORY_HALF) for each in along)
    return Mark((stem, *bars), ring=ring, length=along[-1])


def _count(end: End) -> str:
    if end.max is None:
        return f"{end.min}-n" if end.min > 1 else ("", "P")[end.min]
    if end.min == end.max:
        return f"{end.max}"
    return "Z" if end.max == 1 else f"{end.min}-{end.max}"
