"""Places for what comes out of a table: near it on every diagram that shows it, and on nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from designer.change import apply
from designer.commands.carrying import Parts
from designer.commands.contract import replace
from designer.layout.box import Box, contains
from designer.layout.free_room import shift_to_room
from designer.layout.picture import picture_of
from designer.schema import Design, Diagram, Id, IdSource, Model, Placement

_GAP = 40
"""Pixels that stay free round each box."""


def placed_beside(design: Design, old: Id, made: Sequence[Id], parts: Parts, ids: IdSource) -> None:
    """Add a place for each new element on every diagram on which the old one stands."""
    shown = [place for each in sorted(design.referrers(old)) if isinstance(place := design[each], Placement)]
    if not shown:
        return
    then = apply(design, parts.edit(design, "").change)
    for place in shown:
        diagram = then.get(place.parent or "")
        if isinstance(diagram, Diagram):
            for element, x, y in _free_spots(then, diagram, old, made):
                near = Placement(id=ids(), parent=diagram.id, element=element, x=x, y=y)
                parts.add(replace(near, detail=place.detail, colour=place.colour))


def _free_spots(design: Design, diagram: Diagram, old: Id, made: Sequence[Id]) -> list[tuple[Id, int, int]]:
    """Return a spot for each new element: to the right of the old one, each below the last, where there is room."""
    model = design.model_of(diagram)
    if not isinstance(model, Model):
        return []
    picture = picture_of(design, model, diagram.id, made)
    beside = picture.boxes.get(old)
    inside = {key for key in picture.areas if beside is not None and contains(picture.boxes[key], beside)}
    taken = [box for key, box in picture.boxes.items() if key not in made and key not in inside]
    found: list[tuple[Id, int, int]] = []
    for element in made:
        size = picture.sizes.get(element)
        if beside is None or size is None:
            continue
        y = found[-1][2] if found else int(beside.y)
        wanted = Box(int(beside.right) + _GAP + 1, y, size[0], size[1])
        dx, dy = shift_to_room(wanted, taken, _GAP)
        box = Box(wanted.x + dx, wanted.y + dy, wanted.w, wanted.h)
        taken.append(box)
        found.append((element, int(box.x), int(box.y)))
    return found
