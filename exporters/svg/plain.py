"""Drawing the boxes of notations that write their marks as text: IDEF1X, Barker and UML classes.

Their frames are as strong as lines, since here the frame is part of what is said. The canvas draws the same in
`static/designer/render/paint_plain.js`.
"""

from __future__ import annotations

from designer.layout.metrics import (
    INDENT,
    ROW_SIZE,
    SUBTITLE_SIZE,
    TITLE_SIZE,
    TYPE_SIZE,
    Element,
    Row,
    Shape,
    rows_shown,
)
from designer.layout.notations.idef1x import TAB_GAP
from designer.layout.notations.uml import STEREOTYPE_H
from designer.layout.route import Placed
from designer.layout.text import ellipsize, text_width, visible
from exporters.svg.boxes import tooltip
from exporters.svg.markup import tag, text
from exporters.svg.rows import BASELINE
from exporters.svg.theme import Theme, ink_on, own_colour

STROKE = 1.25
TAB_INSET = 4
VIEW_DASH = "5 3"


def drawn_plain(element: Element, placed: Placed, theme: Theme) -> str:
    """Return the group of one box, with its name as the title that a pointer shows."""
    shape = placed.shape
    fill, ink = _head_colours(element, theme)
    parts = [tag("title", tooltip(element)), _frame(element, shape, fill, theme), _title(element, shape, ink)]
    for row, at in zip(rows_shown(element), shape.rows, strict=True):
        parts.append(_row(row, shape, at.y + at.h / 2, theme))
    return tag("g", "".join(parts), transform=f"translate({placed.x} {placed.y})")


def _head_colours(element: Element, theme: Theme) -> tuple[str | None, str]:
    """A head has the colour of its element; without one only that of a UML class is tinted."""
    own = own_colour(theme, element.colour)
    if own:
        return own, ink_on(own, theme.text)
    return theme.headers[element.kind] if element.stereotype else (None, theme.text)


def _frame(element: Element, shape: Shape, fill: str | None, theme: Theme) -> str:
    """Return the body with its head and its sections; what a view shows is stored elsewhere: its frame is dashed."""
    body: dict[str, object] = {
        "y": shape.body_y,
        "width": shape.w,
        "height": shape.h - shape.body_y,
        "rx": shape.corner,
    }
    drawn = tag("rect", fill=theme.paper, **body) + (_head(element, shape, fill) if fill else "")
    rules = "".join(f"M0 {rule}H{shape.w}" for rule in shape.rules)
    if rules:
        drawn += tag("path", d=rules, stroke=theme.line, stroke_width=STROKE)
    dashes = VIEW_DASH if element.kind == "view" else None
    return drawn + tag("rect", fill="none", stroke=theme.line, stroke_width=STROKE, stroke_dasharray=dashes, **body)


def _head(element: Element, shape: Shape, fill: str) -> str:
    """The name above a box is underlaid, the name in a box has the upper part of it."""
    if shape.body_y:
        room = min(shape.title_w, text_width(visible(element.title), TITLE_SIZE, True)) + 2 * TAB_INSET
        return tag("rect", x=-TAB_INSET / 2, y=2, width=room, height=shape.body_y - 4, rx=3, fill=fill)
    if not shape.rows:
        return tag("rect", width=shape.w, height=shape.h, rx=shape.corner, fill=fill)
    w, r = shape.w, shape.corner
    return tag("path", d=f"M0 {shape.header_h}V{r}Q0 0 {r} 0H{w - r}Q{w} 0 {w} {r}V{shape.header_h}Z", fill=fill)


def _title(element: Element, shape: Shape, ink: str) -> str:
    centred = bool(element.stereotype) or (element.kind == "relationship" and not shape.rows)
    x = shape.w / 2 if centred else shape.title_x
    middle = shape.title_y + shape.title_h / 2
    name = ellipsize(visible(element.title), TITLE_SIZE, True, shape.title_w)
    anchor = "middle" if centred else None
    drawn = text(
        name, x, middle + TITLE_SIZE * BASELINE, TITLE_SIZE, True, shape.title_w,
        font_size=TITLE_SIZE, font_weight="bold", fill=ink, text_anchor=anchor,
    )  # fmt: skip
    small = [(element.stereotype, x, shape.title_y - STEREOTYPE_H / 2 + 1, shape.title_w)]
    small.append((element.subtitle, *_subtitle_place(element, shape, x, middle, text_width(name, TITLE_SIZE, True))))
    return drawn + "".join(_small(*each, ink, anchor) for each in small if each[0])


def _subtitle_place(element: Element, shape: Shape, x: float, middle: float, taken: int) -> tuple[float, float, int]:
    """The schema stands under the name, or beside a name above its box."""
    if shape.body_y:
        return x + taken + TAB_GAP, middle + 1, shape.title_w - taken - TAB_GAP
    return x, shape.title_y + shape.title_h + (5 if element.stereotype else 1), shape.title_w


def _small(content: str, x: float, middle: float, room: int, ink: str, anchor: str | None) -> str:
    shown = ellipsize(visible(content), SUBTITLE_SIZE, False, room)
    return text(
        shown, x, middle + SUBTITLE_SIZE * BASELINE, SUBTITLE_SIZE, False, room,
        font_size=SUBTITLE_SIZE, fill=ink, opacity=0.75, text_anchor=anchor,
    )  # fmt: skip


def _row(row: Row, shape: Shape, middle: float, theme: Theme) -> str:
    indent = row.depth * INDENT
    room = shape.name_w - indent
    base = middle + ROW_SIZE * BASELINE
    drawn = text(
        ellipsize(visible(row.name), ROW_SIZE, row.pk, room), shape.name_x + indent, base, ROW_SIZE, row.pk, room,
        font_weight="bold" if row.pk else None,
    )  # fmt: skip
    if row.mark:
        colour = theme.primary if row.pk else theme.muted
        drawn += text(row.mark, shape.key_x, base, font_weight="bold", fill=colour)
    if row.type and shape.type_w:
        shown = ellipsize(visible(row.type), TYPE_SIZE, False, shape.type_w)
        drawn += text(
            shown, shape.type_x, middle + TYPE_SIZE * BASELINE, TYPE_SIZE, False, shape.type_w,
            font_size=TYPE_SIZE, fill=theme.muted,
        )  # fmt: skip
    return drawn
