"""The legend under a drawing: each sign of its notation, drawn as in the drawing, with what it means.

The canvas draws the same in `static/designer/render/paint_legend.js`.
"""

from __future__ import annotations

from dataclasses import replace

from designer.layout.edges import Edge
from designer.layout.labels import LABEL_H, Label, wishes_of
from designer.layout.metrics import Element
from designer.layout.notations import Notation
from designer.layout.notations.legends import LEGENDS, LegendEntry
from designer.layout.route import Placed, Route, RouteEnd
from designer.layout.text import text_width
from exporters.svg.elements import drawn_in
from exporters.svg.lines import drawn_label, drawn_line
from exporters.svg.markup import number, tag, text
from exporters.svg.rows import BASELINE
from exporters.svg.theme import Theme

TITLE_SIZE = 14
TEXT_SIZE = 12
TITLE_H = 34
SAMPLE_W = 92
LOW = 28
HIGH = 46
GAP = 10
ROW_GAP = 4
INSET = 6
LINE_Y = 14
LOW_LINE_Y = 19
"""Where a line with texts over it lies."""


def cell_width(notation: Notation) -> int:
    """Return how wide a sample with what it means is, in pixels: the same for all, so that they stand in columns."""
    return SAMPLE_W + 3 * GAP + max(text_width(entry.text, TEXT_SIZE) for entry in LEGENDS[notation.name])


def legend_height(notation: Notation, width: float) -> float:
    """Return how much room the legend of a notation needs under a drawing of that width, in pixels."""
    return TITLE_H + sum(map(_row_height, _rows_of(notation, width)))


def drawn_legend(notation: Notation, x: float, y: float, width: float, theme: Theme) -> str:
    """Return the legend with its top left corner at (x, y)."""
    title = text(
        f"Legend: {notation.title}", 0, TITLE_SIZE + GAP, font_size=TITLE_SIZE, font_weight="bold", fill=theme.text
    )  # fmt: skip
    parts, top = [title], TITLE_H
    for row in _rows_of(notation, width):
        height = _row_height(row)
        for at, entry in enumerate(row):
            place = f"translate({at * cell_width(notation)} {number(top + (height - ROW_GAP - _height(entry)) / 2)})"
            parts.append(tag("g", _cell(entry, notation, theme), transform=place))
        top += height
    return tag("g", "\n".join(parts), transform=f"translate({number(x)} {number(y)})")


def _rows_of(notation: Notation, width: float) -> list[tuple[LegendEntry, ...]]:
    entries = LEGENDS[notation.name]
    columns = max(1, int(width // cell_width(notation)))
    return [entries[at : at + columns] for at in range(0, len(entries), columns)]


def _row_height(row: tuple[LegendEntry, ...]) -> int:
    return max(map(_height, row)) + ROW_GAP


def _height(entry: LegendEntry) -> int:
    """A figure with an attribute needs more room."""
    return HIGH if entry.element is not None and entry.element.rows else LOW


def _cell(entry: LegendEntry, notation: Notation, theme: Theme) -> str:
    room = text_width(entry.text, TEXT_SIZE)
    middle = _height(entry) / 2
    words = text(
        entry.text,
        SAMPLE_W + GAP,
        middle + TEXT_SIZE * BASELINE,
        TEXT_SIZE,
        False,
        room,
        font_size=TEXT_SIZE,
        fill=theme.text,
    )
    return _sample(entry, notation, theme) + words


def _sample(entry: LegendEntry, notation: Notation, theme: Theme) -> str:
    if entry.edge is not None:
        return _line(entry.edge, notation, theme)
    if entry.element is not None:
        return _box(entry.element, _height(entry), notation, theme)
    return text(
        entry.sign, SAMPLE_W / 2, LOW / 2 + TEXT_SIZE * BASELINE,
        font_size=TEXT_SIZE, font_weight="bold", text_anchor="middle", fill=theme.text,
    )  # fmt: skip


def _line(edge: Edge, notation: Notation, theme: Theme) -> str:
    y = LOW_LINE_Y if notation.end_texts(edge) else LINE_Y
    ends = ((INSET, y), (SAMPLE_W - INSET, y))
    route = Route("", ends, RouteEnd(ends[0], (1, 0)), RouteEnd(ends[1], (-1, 0)), ends[0])
    drawn = drawn_line(edge, route, notation, theme)
    labels = (Label(each.text, *each.places[0], each.w, LABEL_H, False) for each in wishes_of(edge, route, notation))
    return tag("g", drawn, fill="none", stroke=theme.line, stroke_width=1.4) + "".join(
        drawn_label(each, theme) for each in labels
    )


def _box(element: Element, height: int, notation: Notation, theme: Theme) -> str:
    shape = notation.box_of(element)
    scale = min(1, (SAMPLE_W - 2 * INSET) / shape.w, (height - 4) / shape.h)
    x, y = (SAMPLE_W - shape.w * scale) / 2, (height - shape.h * scale) / 2
    drawn = drawn_in(notation, element, Placed(0, 0, shape), replace(theme, border=theme.line))
    return tag("g", drawn, transform=f"translate({number(x)} {number(y)}) scale({scale:.3f})")
