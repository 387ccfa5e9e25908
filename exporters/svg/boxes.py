"""Drawing the boxes: tables, views, entities, relationships with attributes, and areas."""

from __future__ import annotations

from designer.layout.metrics import (
    HEADER_H,
    PADDING,
    RADIUS,
    SUBTITLE_SIZE,
    TITLE_SIZE,
    Element,
)
from designer.layout.route import Placed
from designer.layout.text import ellipsize, visible
from designer.schema import Area
from exporters.svg.markup import escaped, tag, text
from exporters.svg.rows import BASELINE, drawn_rows
from exporters.svg.theme import Theme, ink_on, own_colour


def drawn_element(element: Element, placed: Placed, theme: Theme) -> str:
    """Return the group of one box, with its name as the title that a pointer shows."""
    parts = [tag("title", tooltip(element)), _frame(element, placed, theme), _header(element, placed, theme)]
    parts.append(drawn_rows(element, placed.shape, theme))
    return tag("g", "".join(parts), transform=f"translate({placed.x} {placed.y})")


def tooltip(element: Element) -> str:
    """Return the name of an element as the pointer shows it, with its schema."""
    return escaped(f"{element.subtitle}.{element.title}" if element.subtitle else element.title)


def _frame(element: Element, placed: Placed, theme: Theme) -> str:
    """Return the outline, doubled for a weak entity, dashed for a view, and the tinted header in it."""
    w, h, header = placed.shape.w, placed.shape.h, placed.shape.header_h
    fill = own_colour(theme, element.colour) or theme.headers[element.kind][0]
    radius = h / 2 if element.kind == "relationship" and not placed.shape.rows else RADIUS
    outline: dict[str, object] = {"width": w, "height": h, "rx": radius, "stroke": theme.border}
    dashes = "5 3" if element.kind == "view" else None
    if not placed.shape.rows:
        body = tag("rect", fill=fill, stroke_dasharray=dashes, **outline)
    else:
        top = f"M0 {header}V{RADIUS}Q0 0 {RADIUS} 0H{w - RADIUS}Q{w} 0 {w} {RADIUS}V{header}Z"
        body = tag("rect", fill=theme.paper, **outline) + tag("path", d=top, fill=fill)
        body += tag("path", d=f"M0 {header}H{w}", stroke=theme.border)
        body += tag("rect", fill="none", stroke_dasharray=dashes, **outline)
    if element.kind == "weak":
        body += tag("rect", x=3, y=3, width=w - 6, height=h - 6, rx=RADIUS - 2, fill="none", stroke=theme.border)
    return body


def _header(element: Element, placed: Placed, theme: Theme) -> str:
    own = own_colour(theme, element.colour)
    ink = ink_on(own, theme.text) if own else theme.headers[element.kind][1]
    room = placed.shape.w - 2 * PADDING
    shown = ellipsize(visible(element.title), TITLE_SIZE, True, room)
    centred = not placed.shape.rows and element.kind == "relationship"
    x, anchor = (placed.shape.w / 2, "middle") if centred else (PADDING, None)
    title = text(
        shown,
        x,
        HEADER_H / 2 + TITLE_SIZE * BASELINE,
        TITLE_SIZE,
        True,
        room,
        font_size=TITLE_SIZE,
        font_weight="bold",
        fill=ink,
        text_anchor=anchor,
    )
    if not element.subtitle:
        return title
    under = ellipsize(visible(element.subtitle), SUBTITLE_SIZE, False, room)
    y = HEADER_H + SUBTITLE_SIZE * BASELINE - 1
    return title + text(
        under, PADDING, y, SUBTITLE_SIZE, False, room, font_size=SUBTITLE_SIZE, fill=ink, opacity=0.75
    )  # fmt: skip


def drawn_area(area: Area, theme: Theme) -> str:
    """Return a tinted rectangle with its name at the top left."""
    fill = own_colour(theme, area.colour) or theme.palette["grey"]
    w, h = max(1, area.w), max(1, area.h)
    name = ellipsize(visible(area.name), TITLE_SIZE, True, max(0, w - 24))
    return tag(
        "g",
        tag("rect", width=w, height=h, rx=10, fill=fill, fill_opacity=0.35, stroke=fill)
        + (text(name, 12, 22, font_size=TITLE_SIZE, font_weight="bold", fill=theme.muted) if area.name else ""),
        transform=f"translate({area.x} {area.y})",
    )
