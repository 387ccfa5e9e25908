"""Attributes as ovals: how a tree of them is arranged beside its owner. `chen_ovals.js` holds the twin.

A few ovals stand in a row, each with a line of its own, as textbooks draw them. Many would fan out too far, so they
hang in pairs on trunks like leaves, and stay compact however many there are. The parts of a composite stand behind its
oval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from designer.layout.metrics import ROW_SIZE, Element, Row
from designer.layout.text import ellipsize, text_width, visible

OVAL_H = 32
OVAL_PADDING = 15
LEAST_OVAL_W = 58
RING = 4
"""How far inside the second line of a multivalued attribute runs."""
MAX_TEXT_W = 190
BESIDE = 14
BEHIND = 22
IN_COMB = 10
TWIG = 12
BETWEEN_TRUNKS = 20
FAN = 4
"""More ovals than these do not stand in one row."""
TALL = 5
"""How many pairs hang on a trunk before there is another one."""

Path = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ChenRow(Row):
    """An attribute with what only Chen's notation draws: several values as a double oval, derived as a dashed one."""

    multivalued: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """One oval of a block: `x` from the left of the block, `up` from its foot to the oval's lower side."""

    row: Row
    text: str
    x: int
    up: int
    w: int


@dataclass(slots=True)
class Block:
    """Ovals that stand on one foot. `lines` join them; `feet` are lines that still need to reach the owner."""

    w: int = 0
    h: int = 0
    spots: list[Spot] = field(default_factory=list)
    lines: list[Path] = field(default_factory=list)
    feet: list[Path] = field(default_factory=list)

    def take(self, other: Block, x: int, up: int) -> list[Path]:
        """Put the ovals and lines of another block at a place of this one, and return its feet as they lie here."""
        self.spots += [Spot(each.row, each.text, each.x + x, each.up + up, each.w) for each in other.spots]
        self.lines += [_moved(line, x, up) for line in other.lines]
        return [_moved(foot, x, up) for foot in other.feet]


@dataclass(slots=True)
class Twig:
    """An attribute with its parts."""

    row: Row
    parts: list[Twig] = field(default_factory=list)


def _moved(path: Path, x: int, up: int) -> Path:
    return tuple((px + x, py + up) for px, py in path)


def twigs_of(element: Element) -> list[Twig]:
    """Return the attributes to draw as trees: all, the keys with what they are part of, or none."""
    if element.detail == "names":
        return []
    roots: list[Twig] = []
    path: list[Twig] = []
    for row in element.rows:
        twig = Twig(row)
        del path[row.depth :]
        (path[-1].parts if path else roots).append(twig)
        path.append(twig)
    return roots if element.detail != "keys" else _keys(roots)


def _keys(twigs: Iterable[Twig]) -> list[Twig]:
    kept = [Twig(each.row, _keys(each.parts)) for each in twigs]
    return [each for each in kept if each.parts or each.row.pk or each.row.fk or each.row.unique]


def rows_in(twigs: Iterable[Twig]) -> list[Row]:
    """Return the rows of trees in their order."""
    return [row for each in twigs for row in (each.row, *rows_in(each.parts))]


def worded(row: Row) -> str:
    """Return what is written into an oval: `(o)` may be left empty, `(u)` has no value twice."""
    notes = [note for note, given in (("u", row.unique and not row.pk), ("o", row.nullable)) if given]
    name = ellipsize(visible(row.name), ROW_SIZE, False, MAX_TEXT_W)
    return f"{name} ({', '.join(notes)})" if notes else name


def is_double(row: Row) -> bool:
    """Tell whether an attribute has several values."""
    return isinstance(row, ChenRow) and row.multivalued


def is_derived(row: Row) -> bool:
    """Tell whether an attribute follows from others."""
    return isinstance(row, ChenRow) and row.derived


def block_of(twigs: Sequence[Twig], far_first: bool) -> Block:
    """Return the ovals of attributes on their common foot; `far_first` begins far from the owner, as one reads."""
    groups = [_group(each, far_first) for each in twigs]
    return _fan(groups) if len(groups) <= FAN else _comb(groups, far_first)


def _group(twig: Twig, far_first: bool) -> Block:
    """Return the oval of an attribute, with those of its parts behind it."""
    text = worded(twig.row)
    w = max(LEAST_OVAL_W, text_width(text, ROW_SIZE) + 2 * OVAL_PADDING + (2 * RING if is_double(twig.row) else 0))
    parts = block_of(twig.parts, far_first) if twig.parts else Block()
    group = Block(max(w, parts.w), OVAL_H + (BEHIND + parts.h if twig.parts else 0))
    middle = group.w // 2
    group.spots.append(Spot(twig.row, text, middle - w // 2, 0, w))
    feet = group.take(parts, (group.w - parts.w) // 2, OVAL_H + BEHIND)
    group.lines += [(*foot, (middle, OVAL_H // 2)) for foot in feet]
    group.feet = [((middle, OVAL_H // 2),)]
    return group


def _fan(groups: Sequence[Block]) -> Block:
    """Return groups side by side, each with a line of its own."""
    fan = Block(h=max((group.h for group in groups), default=0))
    for group in groups:
        x = fan.w + BESIDE if fan.w else 0
        fan.feet += fan.take(group, x, 0)
        fan.w = x + group.w
    return fan


def _comb(groups: Sequence[Block], far_first: bool) -> Block:
    """Return groups in pairs along trunks, the trunks side by side."""
    count = max(2, -(-len(groups) // (2 * TALL)))
    each = -(-len(groups) // count)
    return _fan_of_trunks([_trunk(groups[at : at + each], far_first) for at in range(0, len(groups), each)])


def _fan_of_trunks(trunks: Sequence[Block]) -> Block:
    comb = Block(h=max(trunk.h for trunk in trunks))
    for trunk in trunks:
        x = comb.w + BETWEEN_TRUNKS if comb.w else 0
        comb.feet += comb.take(trunk, x, 0)
        comb.w = x + trunk.w
    return comb


def _trunk(groups: Sequence[Block], far_first: bool) -> Block:
    """Return groups left and right of one upright line."""
    pairs = [groups[at : at + 2] for at in range(0, len(groups), 2)]
    left = max(pair[0].w for pair in pairs)
    right = max((pair[1].w for pair in pairs if len(pair) > 1), default=0)
    x = left + TWIG
    trunk = Block(w=x + (TWIG + right if right else 0))
    for pair in reversed(pairs) if far_first else pairs:
        up = trunk.h + IN_COMB if trunk.h else 0
        for group, at in zip(pair, (left - pair[0].w, x + TWIG), strict=False):
            trunk.lines += [(*foot, (x, foot[0][1])) for foot in trunk.take(group, at, up)]
        trunk.h = up + max(group.h for group in pair)
    trunk.feet = [((x, up + OVAL_H // 2), (x, 0))]
    return trunk
