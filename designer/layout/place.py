"""Placements for a diagram: where the elements that have no place yet go, or all of them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from designer.layout.arrange import TIME_LIMIT, Arrangement, Progress, arrange, never, unwatched
from designer.layout.box import Box
from designer.layout.edges import Edge, edges_of
from designer.layout.elements import boxed_records, element_of, with_placement
from designer.layout.metrics import Element, Shape
from designer.layout.notations import NOTATIONS, Notation, notation_of
from designer.schema import Design, Diagram, Id, IdSource, Model, Note, Placement, new_id
from designer.schema import order as order_keys


@dataclass(frozen=True, slots=True)
class Placing:
    """The placements to add or change, who computed them, and what the reader should know."""

    placements: list[Placement]
    engine: str
    notes: list[str]


def placements(
    design: Design,
    model_id: Id,
    diagram_id: Id,
    ids: Iterable[Id] | None = None,
    *,
    keep: bool = True,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = never,
    time_limit: float = TIME_LIMIT,
    new_id: IdSource = new_id,
) -> list[Placement]:
    """Return the Placement records to put into the design so that `ids` stand in the diagram.

    `ids` are tables, views, entities and boxed relationships; None is every one of the model. With `keep`, what was
    placed is not moved and only records for the others come back; without it the placements of `ids` come back with
    new corners under their old ids. `diagram_id` may be that of a diagram which is only about to be made.
    Raises LayoutCancelled when `cancelled` turns true.
    """
    return placing(
        design, model_id, diagram_id, ids,
        keep=keep, progress=progress, cancelled=cancelled, time_limit=time_limit, new_id=new_id,
    ).placements  # fmt: skip


def placing(
    design: Design,
    model_id: Id,
    diagram_id: Id,
    ids: Iterable[Id] | None = None,
    *,
    keep: bool = True,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = never,
    time_limit: float = TIME_LIMIT,
    new_id: IdSource = new_id,
) -> Placing:
    """Return what `placements` does, with the name of the engine and its notes."""
    model = design[model_id]
    if not isinstance(model, Model):
        raise TypeError(f"{model_id} is a {type(model).__name__}, not a model")
    present = {each.element: each for each in design.of(Placement, diagram_id) if each.element is not None}
    diagram = design.get(diagram_id)
    detail = diagram.detail if isinstance(diagram, Diagram) else "all"
    wanted = list(dict.fromkeys(_all_ids(design, model) if ids is None else ids))
    moving = [each for each in wanted if not (keep and each in present)]
    notation = notation_of(diagram.notation if isinstance(diagram, Diagram) else None)
    elements = _elements(design, dict.fromkeys([*present, *wanted]), present, detail, notation)
    standing = {key: (place.x, place.y) for key, place in present.items() if key in elements and key not in moving}
    edges = [notation.adjust_edge(each, design) for each in edges_of(design, model, elements)]
    obstacles = _notes(design, diagram_id)
    done = arranged(
        elements.values(), edges, obstacles, standing, progress, cancelled, time_limit, notation
    )  # fmt: skip
    placed = _records(done.positions, moving, present, diagram_id, new_id)
    return Placing(placed, done.engine, done.notes)


def arranged(
    elements: Iterable[Element],
    edges: Sequence[Edge],
    obstacles: Mapping[Id, Box] | None = None,
    standing: Mapping[Id, tuple[int, int]] | None = None,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = never,
    time_limit: float = TIME_LIMIT,
    notation: Notation = NOTATIONS[0],
) -> Arrangement:
    """Return corners for the elements that are not `standing`, by name where nothing else decides.

    `notation` measures elements, and keeps room for what it draws between them.
    """
    ordered = sorted(elements, key=lambda each: (each.subtitle, each.title, each.id))
    sizes = {element.id: _size(notation.box_of(element)) for element in ordered}
    between, links = notation.between([] if standing else edges)
    sizes.update(between)
    fixed = dict(standing or {})
    if fixed:
        sizes.update({key: (int(box.w), int(box.h)) for key, box in (obstacles or {}).items()})
        fixed.update({key: (int(box.x), int(box.y)) for key, box in (obstacles or {}).items()})
    links = links or [(edge.source.element, edge.target.element) for edge in edges]
    return arrange(sizes, links, progress=progress, cancelled=cancelled, time_limit=time_limit, fixed=fixed)


def _size(shape: Shape) -> tuple[int, int]:
    return shape.w, shape.h


def _all_ids(design: Design, model: Model) -> list[Id]:
    return [record.id for record in boxed_records(design, model)]


def _elements(
    design: Design, ids: Iterable[Id], present: Mapping[Id, Placement], detail: str, notation: Notation
) -> dict[Id, Element]:
    found: dict[Id, Element] = {}
    for each in ids:
        record, place = design.get(each), present.get(each)
        element = element_of(design, record, (place.detail if place else "") or detail) if record else None
        if record is not None and element is not None:
            placed = with_placement(element, place) if place else element
            found[each] = notation.adjust(placed, design, record)
    return found


def _notes(design: Design, diagram_id: Id) -> dict[Id, Box]:
    return {note.id: Box(note.x, note.y, note.w, note.h) for note in design.of(Note, diagram_id)}


def _records(
    positions: Mapping[Id, tuple[int, int]],
    moving: Sequence[Id],
    present: Mapping[Id, Placement],
    diagram_id: Id,
    new_id: IdSource,
) -> list[Placement]:
    last = max((place.order for place in present.values()), default="")
    keys = iter(order_keys.sequence(len(moving)))
    found: list[Placement] = []
    for each in moving:
        if each not in positions:
            continue
        x, y = positions[each]
        place = present.get(each)
        if place is not None:
            found.append(msgspec.structs.replace(place, x=x, y=y))
        else:
            found.append(Placement(id=new_id(), parent=diagram_id, order=last + next(keys), element=each, x=x, y=y))
    return found
