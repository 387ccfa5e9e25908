"""Where the elements of a derived model stand: as those above do, and what is new beside its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from designer.layout.box import Box, grown
from designer.layout.drawing import GRID
from designer.layout.edges import edges_of
from designer.layout.elements import boxed_records
from designer.layout.free_room import shift_to_room
from designer.layout.picture import picture_of
from designer.layout.place import placements
from designer.layout.spatial_index import SpatialIndex
from designer.schema import (
    Attribute,
    Design,
    Diagram,
    Id,
    IdSource,
    Model,
    Placement,
    Record,
    Relationship,
)
from designer.schema.order import sequence

GAP = 40
SCALES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5)
"""How far the picture above is drawn together or out: the least at which next to nothing lies on anything else."""
MOST_HEAPED = 2
SECONDS = 10.0

Corner = tuple[int, int]


def pictures(design: Design, source: Id, model: Model, ids: IdSource) -> list[Record]:
    """Return diagrams for a model that was just derived: one for each of the source, arranged like it.

    `design` has the records of the model already. Where the source has no diagram, one shows everything.
    """
    boxes = boxed_records(design, model)
    above = design.of(Diagram, source) or [Diagram(id="", name="All tables" if model.target else "All entities")]
    made: list[Record] = []
    for old, order in zip(above, sequence(len(above)), strict=True):
        diagram = Diagram(id=ids(), parent=model.id, name=old.name, order=order, detail=old.detail)
        shown = _shown(design, old.id, boxes) if old.id else boxes
        seeds = _as_above(design, source, model, old.id, diagram.id, shown)
        drawn = design.changed((), [diagram, *_records(diagram.id, seeds, ids)])
        rest = [record.id for record in shown if record.id not in seeds]
        more = placements(drawn, model.id, diagram.id, rest, time_limit=SECONDS, new_id=ids) if rest else []
        made += [diagram, *drawn.of(Placement, diagram.id), *more]
    return made


def _records(diagram: Id, corners: Mapping[Id, Corner], ids: IdSource) -> list[Record]:
    return [
        Placement(id=ids(), parent=diagram, element=element, x=x, y=y, order=order)
        for (element, (x, y)), order in zip(corners.items(), sequence(len(corners)), strict=True)
    ]


def _shown(design: Design, diagram: Id, boxes: Sequence[Record]) -> list[Record]:
    """Return the boxes that belong on the counterpart of a diagram."""
    there = {each.element for each in design.of(Placement, diagram) if each.element}
    found = [record for record in boxes if (anchors := _anchors(design, record)) and anchors <= there]
    return found or list(boxes)


def _anchors(design: Design, record: Record) -> set[Id]:
    """Return the boxes above that something derived stands for, or stands between."""
    origin = design.get(record.origin or "")
    while isinstance(origin, Attribute):
        origin = design.get(origin.parent or "")
    if isinstance(origin, Relationship):
        return {end.entity for end in origin.ends}
    return {origin.id} if origin is not None else set()


def _as_above(
    design: Design, source: Id, model: Model, above: Id, diagram: Id, shown: Sequence[Record]
) -> dict[Id, Corner]:
    """Return corners that keep the arrangement of the diagram above, drawn out where boxes have grown."""
    upper = design.get(source)
    if not above or not isinstance(upper, Model):
        return {}
    standing = picture_of(design, upper, above).boxes
    sizes = picture_of(design, model, diagram, [record.id for record in shown]).sizes
    middles: dict[Id, tuple[float, float]] = {}
    for record in shown:
        own = standing.get(record.origin or "")
        found = [own] if own else [standing[each] for each in sorted(_anchors(design, record)) if each in standing]
        if found and record.id in sizes:
            x = sum(box.x + box.w / 2 for box in found) / len(found)
            y = sum(box.y + box.h / 2 for box in found) / len(found)
            middles[record.id] = (x, y)
    return _apart(middles, sizes) or {}


def _apart(middles: Mapping[Id, tuple[float, float]], sizes: Mapping[Id, tuple[int, int]]) -> dict[Id, Corner] | None:
    """Return corners round the middles, drawn together or out; None where too many boxes would lie on others."""
    boxes: dict[Id, Box] = {}
    for scale in SCALES:
        boxes = {key: _centred(x * scale, y * scale, *sizes[key]) for key, (x, y) in middles.items()}
        if len(_heaped(boxes)) <= max(MOST_HEAPED, len(boxes) // 8):
            break
    else:
        return None
    index = SpatialIndex()
    standing: dict[Id, Box] = {}
    for key, box in boxes.items():
        dx, dy = shift_to_room(box, standing.values(), GAP) if index.query(grown(box, GAP / 2)) else (0, 0)
        standing[key] = Box(_on_grid(box.x + dx), _on_grid(box.y + dy), box.w, box.h)
        index.insert(key, standing[key])
    return {key: (int(box.x), int(box.y)) for key, box in standing.items()}


def _centred(x: float, y: float, w: int, h: int) -> Box:
    return Box(_on_grid(x - w / 2), _on_grid(y - h / 2), w, h)


def _on_grid(value: float) -> int:
    return round(value / GRID) * GRID


def _heaped(boxes: Mapping[Id, Box]) -> list[Id]:
    """Return the boxes that lie on others, or too near."""
    index = SpatialIndex()
    found = []
    for key, box in boxes.items():
        if index.query(grown(box, GAP)):
            found.append(key)
        index.insert(key, box)
    return found


def beside(design: Design, model: Model, new: Iterable[Id], ids: IdSource) -> list[Record]:
    """Return placements for new elements on the diagrams of a model that show their neighbours; nothing else moves.

    An element without neighbours on any diagram comes onto the first one.
    """
    fresh = set(new) & {record.id for record in boxed_records(design, model)}
    diagrams = design.of(Diagram, model.id)
    if not fresh or not diagrams:
        return []
    near = _neighbours(design, model, fresh)
    wanted: dict[Id, set[Id]] = {}
    for each in sorted(fresh):
        homes = [diagram.id for diagram in diagrams if near[each] & _on(design, diagram.id)]
        for diagram in homes or [diagrams[0].id]:
            wanted.setdefault(diagram, set()).add(each)
    return [
        placement
        for diagram, elements in wanted.items()
        for placement in placements(design, model.id, diagram, sorted(elements), time_limit=SECONDS, new_id=ids)
    ]


def _on(design: Design, diagram: Id) -> set[Id]:
    return {each.element for each in design.of(Placement, diagram) if each.element}


def _neighbours(design: Design, model: Model, fresh: set[Id]) -> dict[Id, set[Id]]:
    found: dict[Id, set[Id]] = {each: set() for each in fresh}
    for edge in edges_of(design, model, {record.id for record in boxed_records(design, model)}):
        for one, other in ((edge.source.element, edge.target.element), (edge.target.element, edge.source.element)):
            if one in found:
                found[one].add(other)
    return found
