"""The box of an element in Chen's notation: its figure with its name, and its attributes as ovals round it.

Ovals stand above and below, so that left and right stay free for the lines of relationships. `chen_box.js` holds the
twin; both are run on `tests/cases/geometry/chen.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from designer.layout.metrics import PADDING, ROW_SIZE, TITLE_SIZE, Element, Row, RowShape, Shape
from designer.layout.notations.chen_ovals import (
    OVAL_H,
    Block,
    Path,
    Spot,
    Twig,
    block_of,
    is_derived,
    is_double,
    rows_in,
    twigs_of,
)
from designer.layout.text import ellipsize, text_width, visible, wrapped

OFF_CORE = 30
ENTITY_H = 44
LEAST_ENTITY_W = 112
TITLE_PADDING = 18
FRAME = 4
"""How far inside the second line of a weak entity runs."""
MAX_TITLE_W = 240
LINE_H = 16
DIAMOND_H = 40
"""What a diamond is high besides its lines of text."""
DIAMOND_PADDING = 10
DIAMOND_FRAME = 6
SHORT_VERB_W = 84
LEAST_VERB_W = 64
MAX_VERB_W = 200
MOST_LINES = 3
ABOVE_ONLY = 3
"""Up to so many attributes all stand above."""
FOOT_STEP = 26
FOOT_IN = 14

_DIAMONDS = frozenset({"relationship", "identifying"})


@dataclass(frozen=True, slots=True)
class ChenElement(Element):
    """An element that knows its figure: entity, weak, associative, view, relationship or identifying."""

    figure: str = "entity"


@dataclass(frozen=True, slots=True)
class Oval(RowShape):
    """An attribute: (`x`, `y`) from the top left of the footprint. `key` is empty, solid or dashed: its underline."""

    x: int
    w: int
    text: str
    key: str
    double: bool
    derived: bool


@dataclass(frozen=True, slots=True)
class Core:
    """The figure with the name; (`x`, `y`) from the top left of the footprint."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class ChenShape(Shape):
    """The footprint of a figure with its ovals: `lines` of text in the core, and `joins`, drawn under everything."""

    figure: str
    core: Core
    lines: tuple[str, ...]
    joins: tuple[Path, ...]


def figure_of(element: Element) -> str:
    """Return the figure of an element."""
    if isinstance(element, ChenElement):
        return element.figure
    return element.kind if element.kind != "table" else "entity"


def box_of(element: Element) -> ChenShape:
    """Return the footprint of an element with its attributes."""
    twigs = twigs_of(element)
    figure = figure_of(element)
    lines, core_w, core_h = core_of(figure, element.title)
    above, below = _split(twigs)
    top, bottom = block_of(above, True), block_of(below, False)
    w = max(core_w, top.w, bottom.w)
    core = Core((w - core_w) // 2, top.h + OFF_CORE if above else 0, core_w, core_h)
    foot = core.y + core.h
    ovals = [
        *_ovals(top, (w - top.w) // 2, core.y - OFF_CORE, -1, figure),
        *_ovals(bottom, (w - bottom.w) // 2, foot + OFF_CORE, 1, figure),
    ]
    joins = [
        *_joins(top, (w - top.w) // 2, core.y - OFF_CORE, -1, figure, core),
        *_joins(bottom, (w - bottom.w) // 2, foot + OFF_CORE, 1, figure, core),
    ]
    h = foot + (OFF_CORE + bottom.h if below else 0)
    name_w = max(0, w - 2 * PADDING)
    return ChenShape(
        w, h, core.h, _in_order(ovals, twigs), PADDING, PADDING, name_w, w - PADDING, 0, w - PADDING,
        figure, core, lines, tuple(joins),
        title_x=core.x, title_y=core.y, title_w=core.w, title_h=core.h, body_y=0, anchor_y=core.y + core.h // 2,
        anchor_room=core.h, corner=0,
    )  # fmt: skip


def core_of(figure: str, title: str) -> tuple[tuple[str, ...], int, int]:
    """Return the lines of text in a figure, its width and its height."""
    if figure in _DIAMONDS:
        return diamond_of(title, figure == "identifying")
    text = ellipsize(visible(title), TITLE_SIZE, True, MAX_TITLE_W)
    w = text_width(text, TITLE_SIZE, True)
    if figure == "associative":
        _, inner_w, inner_h = _diamond_round(w, 1)
        return (text,), max(LEAST_ENTITY_W, inner_w), inner_h
    frame = 2 * FRAME if figure == "weak" else 0
    return (text,), max(LEAST_ENTITY_W, w + 2 * TITLE_PADDING) + frame, ENTITY_H + frame


def diamond_of(verb: str, double: bool) -> tuple[tuple[str, ...], int, int]:
    """Return the lines of a verb and the size of the diamond round them; `double` leaves room for a second line."""
    lines = _verb_lines(visible(verb))
    count, w, h = _diamond_round(max(text_width(line, ROW_SIZE) for line in lines), len(lines))
    if double:
        w = -(-w * (h + 2 * DIAMOND_FRAME) // h)
        h += 2 * DIAMOND_FRAME
    return lines[:count], w, h


def _diamond_round(w: int, lines: int) -> tuple[int, int, int]:
    """Return the number of lines, and the size of the diamond whose sides just clear their corners."""
    h = DIAMOND_H + LINE_H * lines
    return lines, -(-w * h // DIAMOND_H) + 2 * DIAMOND_PADDING, h


def _verb_lines(verb: str) -> tuple[str, ...]:
    w = text_width(verb, ROW_SIZE)
    if w <= SHORT_VERB_W or " " not in verb:
        return (ellipsize(verb, ROW_SIZE, False, MAX_VERB_W),)
    room = max(LEAST_VERB_W, min(MAX_VERB_W, -(-w * 3 // 5)))
    lines = wrapped(verb, ROW_SIZE, room)
    if len(lines) > MOST_LINES:
        rest = " ".join(lines[MOST_LINES - 1 :])
        lines = [*lines[: MOST_LINES - 1], ellipsize(rest, ROW_SIZE, False, room)]
    return tuple(lines)


def _split(twigs: Sequence[Twig]) -> tuple[Sequence[Twig], Sequence[Twig]]:
    """Return the attributes above and below: all above while they are few."""
    above = len(twigs) if len(twigs) <= ABOVE_ONLY else -(-len(twigs) // 2)
    return twigs[:above], twigs[above:]


def _ovals(block: Block, x: int, foot: int, side: int, figure: str) -> Iterable[Oval]:
    return [_oval(spot, x, foot, side, figure) for spot in block.spots]


def _oval(spot: Spot, x: int, foot: int, side: int, figure: str) -> Oval:
    y = foot + spot.up if side > 0 else foot - spot.up - OVAL_H
    row = spot.row
    return Oval(
        row.id, y, OVAL_H, x + spot.x, spot.w, spot.text, _underline(row, figure), is_double(row), is_derived(row)
    )


def _underline(row: Row, figure: str) -> str:
    """Return how a key is underlined: what only tells weak entities of one owner apart is dashed."""
    if not row.pk:
        return ""
    return "dashed" if figure == "weak" and not row.fk else "solid"


def _joins(block: Block, x: int, foot: int, side: int, figure: str, core: Core) -> Iterable[Path]:
    """Return the lines of a block, with those that reach the core at places side by side."""
    ends = zip(block.feet, _steps(len(block.feet), figure, core), strict=True)
    reaching = [(*_placed(path, x, foot, side), _on_border(figure, core, step, side)) for path, step in ends]
    return [*(_placed(line, x, foot, side) for line in block.lines), *reaching]


def _placed(path: Path, x: int, foot: int, side: int) -> Path:
    return tuple((px + x, foot + side * up) for px, up in path)


def _steps(count: int, figure: str, core: Core) -> list[int]:
    """Return how far from the middle each line meets the core."""
    room = core.w - 2 * FOOT_IN if figure not in _DIAMONDS else core.w // 2
    step = min(FOOT_STEP, room // max(1, count - 1))
    return [at * step - (count - 1) * step // 2 for at in range(count)]


def _on_border(figure: str, core: Core, step: int, side: int) -> tuple[int, int]:
    half = core.h // 2
    up = half - half * abs(step) * 2 // core.w if figure in _DIAMONDS else half
    return core.x + core.w // 2 + step, core.y + half + side * up


def _in_order(ovals: Iterable[Oval], twigs: Iterable[Twig]) -> tuple[Oval, ...]:
    """Return the ovals in the order of their rows."""
    by_id = {oval.id: oval for oval in ovals}
    return tuple(by_id[row.id] for row in rows_in(twigs))
