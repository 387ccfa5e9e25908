"""Drawing the lines between boxes, with the marks at their ends and their labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.layout.arcs import ArcShape
from designer.layout.box import Box
from designer.layout.edges import Edge
from designer.layout.ends import Mark
from designer.layout.halves import halves_of
from designer.layout.labels import Label, labels_of
from designer.layout.metrics import LABEL_SIZE
from designer.layout.notations import Notation
from designer.layout.notations.chen_routes import ChenRoute
from designer.layout.route import Route, RouteEnd, rounded_path
from exporters.svg.chen import drawn_chen_line, drawn_chen_signs
from exporters.svg.markup import number, path_data, polygon_points, tag, text
from exporters.svg.rows import BASELINE
from exporters.svg.theme import Theme

CORNER = 8
ARC_CORNER = 12
DASHES = {"foreign_key": "7 4", "relationship": "7 4", "reads": "2 4"}


def drawn_line(edge: Edge, route: Route, notation: Notation, theme: Theme) -> str:
    """Return the path of a line and its two marks; dashed where the notation says so."""
    if isinstance(route, ChenRoute):
        return drawn_chen_line(edge, route)
    parts = _path(edge, route, notation)
    for end, at in ((edge.source, route.source), (edge.target, route.target)):
        mark = notation.mark_of(end, at.point, at.direction, edge)
        if notation.dashed(edge, end) and mark.length:
            parts += _stem(at, mark.length)
        parts += _drawn_mark(mark, theme)
    return parts


def _path(edge: Edge, route: Route, notation: Notation) -> str:
    """Return the path of a line, or of its two halves where they differ."""
    ends = (edge.source, edge.target)
    dashes = [DASHES.get(edge.kind) if notation.dashed(edge, end) else None for end in ends]
    points = (route.points,) if dashes[0] == dashes[1] else halves_of(route.points)
    drawn = (
        tag("path", d=path_data(rounded_path(part[::-1], CORNER)), stroke_dasharray=dash)
        for part, dash in zip(points, dashes, strict=False)
    )
    return "".join(drawn)


def _stem(at: RouteEnd, length: int) -> str:
    """Return the line itself under a mark: a dashed line may have a gap just there, and the mark would float."""
    (x, y), (dx, dy) = at.point, at.direction
    return tag("path", d=f"M{number(x)} {number(y)}L{number(x + dx * length)} {number(y + dy * length)}")


def _drawn_mark(mark: Mark, theme: Theme) -> str:
    parts = ""
    fill = theme.line if mark.filled else theme.page
    if mark.outline:
        parts += tag("polygon", points=polygon_points(mark.outline), fill=fill)
    if mark.lines:
        strokes = "".join(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" for x1, y1, x2, y2 in mark.lines)
        parts += tag("path", d=strokes)
    if mark.ring:
        x, y, radius = mark.ring
        parts += tag("circle", cx=x, cy=y, r=radius, fill=fill)
    return parts


def drawn_arc(arc: ArcShape, theme: Theme) -> str:
    """Return the arc over exclusive relationships, with a dot on each of their lines; dashed where none is needed."""
    points = [(round(x), round(y)) for x, y in arc.points]
    dash = "5 4" if arc.dashed else None
    path = tag("path", d=path_data(rounded_path(points, ARC_CORNER)), stroke_dasharray=dash)
    return path + "".join(tag("circle", cx=x, cy=y, r=3, fill=theme.line) for x, y in arc.dots)


def drawn_labels(
    lines: Sequence[tuple[Edge, Route]], notation: Notation, boxes: Iterable[Box], theme: Theme
) -> list[str]:
    """Return the verbs of relationships, the roles, and what a notation writes at the ends of lines."""
    chen = [drawn_chen_signs(route, theme) for _, route in lines if isinstance(route, ChenRoute)]
    if chen:
        return chen
    routes = {edge.id: route for edge, route in lines}
    return [drawn_label(label, theme) for label in labels_of([edge for edge, _ in lines], routes, notation, boxes)]


def drawn_label(label: Label, theme: Theme) -> str:
    """Return a text with a rim of the background, which keeps it from the line under it."""
    return text(
        label.text, label.x + label.w / 2, label.y + label.h / 2 + LABEL_SIZE * BASELINE, LABEL_SIZE, False, label.w,
        text_anchor="middle", font_size=LABEL_SIZE, fill=theme.text, stroke=theme.page, stroke_width=4,
        stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip
