"""The marks of a comparison: what is new, goes or changes in colour and with a sign, all else faded."""

from __future__ import annotations

from collections.abc import Mapping

from designer.layout.edges import Edge
from designer.layout.metrics import Element
from designer.layout.route import Placed
from designer.schema import Id
from exporters.svg.markup import tag, text
from exporters.svg.rows import BASELINE
from exporters.svg.theme import Theme

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
SIGNS = {ADDED: "+", REMOVED: "\N{MINUS SIGN}", CHANGED: "~"}
"""A sign beside each colour, for those who cannot tell the colours apart."""
_COLOURS = {
    "light": {ADDED: "#15803d", REMOVED: "#b91c1c", CHANGED: "#b45309"},
    "dark": {ADDED: "#4ade80", REMOVED: "#f87171", CHANGED: "#fbbf24"},
}
FADED = 0.38
_TAB_W = 18
_SIGN_SIZE = 13


def colour_of(mark: str, theme: Theme) -> str:
    """Return the colour of a mark."""
    return _COLOURS["dark" if theme.name == "dark" else "light"][mark]


def marked_box(drawn: str, element: Element, placed: Placed, marks: Mapping[Id, str], theme: Theme) -> str:
    """Return the group of a box with its marks; faded where nothing about it differs."""
    rows = {row.id: marks[row.id] for row in element.rows if row.id in marks}
    own = marks.get(element.id, CHANGED if rows else "")
    if not own:
        return tag("g", drawn, opacity=FADED)
    shape = placed.shape
    whole = {ADDED, REMOVED} & {own}
    parts = _tinted(0, 0, shape.w, shape.h, own, theme) if whole else ""
    for at in shape.rows:
        mark = rows.get(at.id)
        if mark and not whole:
            parts += _tinted(0, at.y, shape.w, at.h, mark, theme) + _tab(at.y + at.h / 2, mark, theme)
    parts += tag(
        "rect", x=-1, y=-1, width=shape.w + 2, height=shape.h + 2, rx=7, fill="none",
        stroke=colour_of(own, theme), stroke_width=2.5, stroke_dasharray="7 4" if own == REMOVED else None,
    )  # fmt: skip
    parts += _tab(shape.header_h / 2 if shape.rows else shape.h / 2, own, theme) if whole else ""
    return tag("g", drawn + tag("g", parts, transform=f"translate({placed.x} {placed.y})"))


def _tinted(x: float, y: float, w: float, h: float, mark: str, theme: Theme) -> str:
    return tag("rect", x=x, y=y, width=w, height=h, fill=colour_of(mark, theme), fill_opacity=0.16)


def _tab(middle: float, mark: str, theme: Theme) -> str:
    """Return a sign at the left of a row."""
    back = tag("rect", x=-_TAB_W, y=middle - 9, width=_TAB_W, height=18, rx=4, fill=colour_of(mark, theme))
    sign = text(
        SIGNS[mark], -_TAB_W / 2, middle + _SIGN_SIZE * BASELINE, _SIGN_SIZE, True, _TAB_W,
        font_size=_SIGN_SIZE, font_weight="bold", fill=theme.page, text_anchor="middle",
    )  # fmt: skip
    return back + sign


def marked_line(drawn: str, edge: Edge, marks: Mapping[Id, str], theme: Theme) -> str:
    """Return a line in the colour of its mark; faded where it does not differ."""
    mark = marks.get(edge.id)
    if not mark:
        return tag("g", drawn, opacity=FADED)
    return tag("g", drawn, stroke=colour_of(mark, theme), stroke_width=2.4)
