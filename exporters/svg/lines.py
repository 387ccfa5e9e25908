"""Drawing the lines between boxes, with the marks at their ends and their labels."""

from __future__ import annotations

from designer.layout.edges import Edge, End
from designer.layout.ends import Mark
from designer.layout.metrics import LABEL_SIZE
from designer.layout.notations import Notation
from designer.layout.notations.chen_routes import ChenRoute
from designer.layout.route import Route, RouteEnd, rounded_path
from designer.layout.text import ellipsize, visible
from exporters.svg.chen import drawn_chen_line, drawn_chen_signs
from exporters.svg.markup import number, path_data, polygon_points, tag, text
from exporters.svg.theme import Theme

CORNER = 8
MAX_LABEL_W = 160
DASHES = {"foreign_key": "7 4", "relationship": "7 4", "reads": "2 4"}


def drawn_line(edge: Edge, route: Route, notation: Notation, theme: Theme) -> str:
    """Return the path of a line and its two marks; dashed where it is not identifying."""
    if isinstance(route, ChenRoute):
        return drawn_chen_line(edge, route, theme)
    dashes = DASHES.get(edge.kind) if notation.dashed(edge) else None
    from_target = rounded_path(route.points[::-1], CORNER)
    parts = tag("path", d=path_data(from_target), stroke_dasharray=dashes)
    for end, at in ((edge.source, route.source), (edge.target, route.target)):
        parts += _drawn_mark(notation.mark_of(end, at.point, at.direction, edge), theme)
    return parts


def _drawn_mark(mark: Mark, theme: Theme) -> str:
    parts = ""
    if mark.outline:
        parts += tag("polygon", points=polygon_points(mark.outline), fill=theme.page)
    if mark.lines:
        strokes = "".join(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" for x1, y1, x2, y2 in mark.lines)
        parts += tag("path", d=strokes)
    if mark.ring:
        x, y, radius = mark.ring
        parts += tag("circle", cx=x, cy=y, r=radius, fill=theme.page)
    return parts


def drawn_labels(edge: Edge, route: Route, theme: Theme) -> str:
    """Return the verb of a relationship, the roles, and numbers that a crow's foot cannot say (`2..5`)."""
    if isinstance(route, ChenRoute):
        return drawn_chen_signs(route, theme)
    parts = ""
    if edge.label:
        x, y = route.label
        parts += _halo(ellipsize(visible(edge.label), LABEL_SIZE, False, MAX_LABEL_W), x, y - 5, "middle", theme)
    for end, at in ((edge.source, route.source), (edge.target, route.target)):
        parts += _end_label(edge, end, at, theme)
    return parts


def _end_label(edge: Edge, end: End, at: RouteEnd, theme: Theme) -> str:
    words = [_numbers(end)] if end.shape == "foot" else []
    if end.role and end.role != edge.label:
        words.append(visible(end.role))
    shown = " ".join(word for word in words if word)
    if not shown:
        return ""
    x, y = at.point[0] + (at.direction[0] * 24 or -10), at.point[1] - 6
    return _halo(
        ellipsize(shown, LABEL_SIZE, False, MAX_LABEL_W), x, y, "start" if at.direction[0] > 0 else "end", theme
    )


def _numbers(end: End) -> str:
    if end.min <= 1 and (end.max is None or end.max <= 1):
        return ""
    return f"{end.min}..{'*' if end.max is None else end.max}"


def _halo(content: str, x: float, y: float, anchor: str, theme: Theme) -> str:
    return text(
        content, x, y, text_anchor=anchor, font_size=LABEL_SIZE, fill=theme.muted, stroke=theme.page, stroke_width=4,
        stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip
