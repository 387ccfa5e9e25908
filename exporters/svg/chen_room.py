"""Room for figures with ovals in a diagram that was arranged for boxes: everything is moved apart alike.

Distances grow by one factor, so that the picture stays the one that people know; the idea is uniform scaling against
overlaps as in Misue, Eades, Lai and Sugiyama, "Layout Adjustment and the Mental Map" (1995).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from designer.layout.metrics import Element
from designer.layout.notations import Notation
from designer.schema import Area, Id, Note

APART = 40
"""What is left free between two figures, for the lines between them."""
MOST = 8.0
"""Elements that stand at one place are not moved apart by any factor."""

Places = Mapping[Id, tuple[int, int]]


def factor_for(middles: Mapping[Id, tuple[float, float]], halves: Mapping[Id, tuple[float, float]]) -> float:
    """Return the factor by which distances between middles must grow so that nothing lies on anything else.

    `halves` are half the width and height of each.
    """
    ordered = sorted(middles, key=lambda key: middles[key][0])
    widest = max((w for w, _ in halves.values()), default=0)
    factor = 1.0
    for at, key in enumerate(ordered):
        (x, y), (w, h) = middles[key], halves[key]
        for other in ordered[at + 1 :]:
            dx, dy = middles[other][0] - x, abs(middles[other][1] - y)
            if dx * factor > w + widest + APART:
                break
            wanted_x, wanted_y = w + halves[other][0] + APART, h + halves[other][1] + APART
            if dx * factor < wanted_x and dy * factor < wanted_y:
                wanted = min(_share(wanted_x, dx), _share(wanted_y, dy))
                factor = wanted if wanted < MOST else factor
    return factor


def _middle(element: Element, place: tuple[int, int], notation: Notation) -> tuple[float, float]:
    shape = notation.box_of(element)
    return place[0] + shape.w / 2, place[1] + shape.h / 2


def _share(wanted: float, has: float) -> float:
    return wanted / has if has else MOST


def needs_room(before: Notation, now: Notation) -> bool:
    """Tell whether a diagram that was arranged for one notation is too tight for another."""
    return now.straight and before.name != now.name


def with_room(
    elements: Sequence[Element], places: Places, before: Notation, now: Notation
) -> tuple[dict[Id, tuple[int, int]], float]:
    """Return the places at which nothing lies on anything else, and the factor by which distances grew."""
    if not needs_room(before, now):
        return dict(places), 1.0
    middles = {each.id: _middle(each, places[each.id], before) for each in elements}
    halves = {each.id: (shape.w / 2, shape.h / 2) for each in elements for shape in [now.box_of(each)]}
    factor = factor_for(middles, halves)
    return {
        key: (round(x * factor - halves[key][0]), round(y * factor - halves[key][1])) for key, (x, y) in middles.items()
    }, factor


def moved(areas: Sequence[Area], notes: Sequence[Note], factor: float) -> tuple[list[Area], list[Note]]:
    """Return areas grown and notes moved by a factor."""
    grown = [
        replace(
            each, x=round(each.x * factor), y=round(each.y * factor), w=round(each.w * factor), h=round(each.h * factor)
        )
        for each in areas
    ]
    return grown, [replace(each, x=round(each.x * factor), y=round(each.y * factor)) for each in notes]
