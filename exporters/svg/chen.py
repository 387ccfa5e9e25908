"""Drawing Chen's notation: rectangles, diamonds and ovals, single, double and dashed.

The figures are those of Elmasri and Navathe's summary of the notation, "Fundamentals of Database Systems" (figures 3.14
and 4.1 in the seventh edition); where everything lies is computed in `designer/layout/notations/chen_*.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from designer.layout.edges import Edge
from designer.layout.ends import arrow_of
from designer.layout.metrics import ROW_SIZE, TITLE_SIZE, Element
from designer.layout.notations.chen_box import DIAMOND_FRAME, FRAME, LINE_H, ChenShape, Core, Oval
from designer.layout.notations.chen_ovals import RING
from designer.layout.notations.chen_places import Figure
from designer.layout.notations.chen_routes import SUBSET_REACH, TEXT_SIZE, ChenRoute, Subset
from designer.layout.route import Placed
from designer.layout.text import text_width
from exporters.svg.markup import escaped, number, polygon_points, tag, text
from exporters.svg.rows import BASELINE
from exporters.svg.theme import Theme, ink_on, own_colour

DASH = "4 3"
LINE_W = 1.4
OVAL_W = 1.2
UNDER = 7.5
"""How far below the middle of a text its line is."""

_HEADERS = {"identifying": "relationship"}


def drawn_figure(element: Element, placed: Placed, theme: Theme) -> str:
    """Return the group of one figure with its ovals."""
    shape = placed.shape
    if not isinstance(shape, ChenShape):
        raise TypeError(f"{element.id} was not measured for Chen's notation")
    ground, ink = _colours(element, shape, theme)
    joins = "".join(_polyline(path) for path in shape.joins)
    parts = [
        tag("title", escaped(element.title)),
        tag("path", d=joins, fill="none", stroke=theme.line, stroke_width=OVAL_W) if joins else "",
        *(_oval(oval, theme) for oval in shape.rows if isinstance(oval, Oval)),
        _core(shape, ground, theme),
        _title(shape, ink),
    ]
    return tag("g", "".join(parts), transform=f"translate({placed.x} {placed.y})")


def _colours(element: Element, shape: ChenShape, theme: Theme) -> tuple[str, str]:
    own = own_colour(theme, element.colour)
    if own:
        return own, ink_on(own, theme.text)
    return theme.headers[_HEADERS.get(shape.figure, element.kind if element.kind == "table" else shape.figure)]


def _polyline(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _core(shape: ChenShape, ground: str, theme: Theme) -> str:
    core = shape.core
    outline: dict[str, object] = {"stroke": theme.line, "stroke_width": LINE_W}
    if shape.figure in ("relationship", "identifying"):
        return _diamond(_middle(core), core.w, core.h, shape.figure == "identifying", ground, theme)
    parts = _rect(core, 0, fill=ground, stroke_dasharray="5 3" if shape.figure == "view" else None, **outline)
    if shape.figure == "weak":
        parts += _rect(core, FRAME, fill="none", **outline)
    if shape.figure == "associative":
        corners = _corners(_middle(core), core.w / 2, core.h / 2)
        parts += tag("polygon", points=polygon_points(corners), fill="none", **outline)
    return parts


def _middle(core: Core) -> tuple[float, float]:
    return core.x + core.w / 2, core.y + core.h / 2


def _rect(core: Core, inset: int, **attributes: object) -> str:
    x, y, w, h = core.x + inset, core.y + inset, core.w - 2 * inset, core.h - 2 * inset
    return tag("rect", x=x, y=y, width=w, height=h, **attributes)


def _corners(middle: tuple[float, float], hw: float, hh: float) -> list[tuple[float, float]]:
    x, y = middle
    return [(x, y - hh), (x + hw, y), (x, y + hh), (x - hw, y)]


def _diamond(middle: tuple[float, float], w: float, h: float, double: bool, ground: str, theme: Theme) -> str:
    outline: dict[str, object] = {"stroke": theme.line, "stroke_width": LINE_W}
    parts = tag("polygon", points=polygon_points(_corners(middle, w / 2, h / 2)), fill=ground, **outline)
    if double:
        less = 1 - 2 * DIAMOND_FRAME / h
        inner = _corners(middle, w / 2 * less, h / 2 * less)
        parts += tag("polygon", points=polygon_points(inner), fill="none", **outline)
    return parts


def _title(shape: ChenShape, ink: str) -> str:
    x, y = _middle(shape.core)
    if shape.figure in ("relationship", "identifying"):
        return _lines(shape.lines, x, y, ink)
    room = shape.core.w - 8
    return text(
        shape.lines[0], x, y + TITLE_SIZE * BASELINE, TITLE_SIZE, True, room,
        font_size=TITLE_SIZE, font_weight="bold", fill=ink, text_anchor="middle",
    )  # fmt: skip


def _lines(lines: Sequence[str], x: float, y: float, ink: str) -> str:
    top = y - (len(lines) - 1) * LINE_H / 2 + ROW_SIZE * BASELINE
    return "".join(
        text(
            line, x, top + at * LINE_H, ROW_SIZE, False, text_width(line, ROW_SIZE) + 4,
            font_size=ROW_SIZE, fill=ink, text_anchor="middle",
        )
        for at, line in enumerate(lines)
    )  # fmt: skip


def _oval(oval: Oval, theme: Theme) -> str:
    x, y = oval.x + oval.w / 2, oval.y + oval.h / 2
    outline: dict[str, object] = {
        "cx": x, "cy": y, "stroke": theme.line, "stroke_width": OVAL_W,
        "stroke_dasharray": DASH if oval.derived else None,
    }  # fmt: skip
    parts = tag("ellipse", rx=oval.w / 2, ry=oval.h / 2, fill=theme.paper, **outline)
    if oval.double:
        parts += tag("ellipse", rx=oval.w / 2 - RING, ry=oval.h / 2 - RING, fill="none", **outline)
    parts += text(
        oval.text, x, y + ROW_SIZE * BASELINE, ROW_SIZE, False, text_width(oval.text, ROW_SIZE) + 6,
        text_anchor="middle",
    )  # fmt: skip
    return parts + (_underline(oval, x, y, theme) if oval.key else "")


def _underline(oval: Oval, x: float, y: float, theme: Theme) -> str:
    """Return the line under a key; drawn and not a text decoration, since that cannot be dashed everywhere."""
    w = text_width(oval.text, ROW_SIZE)
    d = f"M{number(x - w / 2)} {number(y + UNDER)}h{w}"
    return tag("path", d=d, stroke=theme.text, stroke_dasharray="3 2" if oval.key == "dashed" else None)


def drawn_chen_line(edge: Edge, route: ChenRoute) -> str:
    """Return a line with its signs; the group it stands in sets stroke and width."""
    reads = edge.kind == "reads"
    paths = "".join(_polyline(path) for path in route.strokes())
    parts = tag("path", d=paths, stroke_dasharray="2 4" if reads else None)
    if reads:
        arrow = arrow_of(route.target.point, route.target.direction)
        parts += tag("path", d="".join(_polyline(((x1, y1), (x2, y2))) for x1, y1, x2, y2 in arrow.lines))
    if route.subset:
        parts += tag("path", d=_subset(route.label, route.subset), stroke_width=1.6)
    return parts


def _subset(label: tuple[int, int], sign: Subset) -> str:
    """Return the U that is open toward the supertype."""
    x, y, r = label[0] + sign.dx, label[1] + sign.dy, SUBSET_REACH
    side, out = (-sign.uy * r, sign.ux * r), (sign.ux * r, sign.uy * r)
    first, last = (x + side[0], y + side[1]), (x - side[0], y - side[1])
    tips = [f"{number(px + out[0])} {number(py + out[1])}" for px, py in (first, last)]
    return (
        f"M{tips[0]}L{number(first[0])} {number(first[1])}A{r} {r} 0 0 1 {number(last[0])} {number(last[1])}L{tips[1]}"
    )


def _figure(figure: Figure, at: tuple[int, int], theme: Theme) -> str:
    if figure.shape == "circle":
        outline: dict[str, object] = {"fill": theme.paper, "stroke": theme.line, "stroke_width": LINE_W}
        return tag("circle", cx=at[0], cy=at[1], r=figure.w / 2, **outline) + _lines(figure.lines, *at, theme.text)
    ground, ink = theme.headers["relationship"]
    parts = _diamond(at, figure.w, figure.h, figure.shape == "identifying", ground, theme)
    return parts + _lines(figure.lines, *at, ink)


def drawn_chen_signs(route: ChenRoute, theme: Theme) -> str:
    """Return what stands on a line and beside it: its figure, the ratios and the roles."""
    figure = _figure(route.figure, route.label, theme) if route.figure and not route.shared else ""
    return figure + "".join(
        text(
            each.text, route.label[0] + each.dx, route.label[1] + each.dy + TEXT_SIZE * BASELINE,
            text_anchor="middle", font_size=TEXT_SIZE, fill=theme.text, stroke=theme.page, stroke_width=3,
            stroke_linejoin="round", paint_order="stroke",
        )
        for each in route.texts
    )  # fmt: skip
