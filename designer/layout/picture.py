"""What stands on a diagram as a layout sees it: boxes, lines, and which area holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from designer.layout.box import Box, contains
from designer.layout.edges import Edge, edges_of
from designer.layout.elements import element_of, with_placement
from designer.layout.layers import Size
from designer.layout.metrics import Element
from designer.layout.notations import Notation, notation_of
from designer.layout.spatial_index import SpatialIndex
from designer.schema import Area, Design, Diagram, Id, Model, Note, Placement

HEAP = 3
"""From so many tables that lie on one another all of them are out of place, not only the upper ones."""


@dataclass(slots=True)
class Picture:
    """The elements, areas and notes of a diagram, with those that are to come onto it.

    `sizes` has all of them, `boxes` those that stand somewhere; `homes` tells the area that holds one, if any does.
    """

    notation: Notation
    elements: dict[Id, Element]
    edges: list[Edge]
    places: dict[Id, Placement]
    areas: dict[Id, Area]
    notes: dict[Id, Note]
    sizes: dict[Id, Size] = field(default_factory=dict)
    boxes: dict[Id, Box] = field(default_factory=dict)
    homes: dict[Id, Id] = field(default_factory=dict)

    def elements_in_order(self) -> list[Id]:
        """Return the elements by name, so that the same tables give the same picture however they came here."""
        return [key for key in self.sizes if key in self.elements]

    def heaped(self) -> list[Id]:
        """Return the elements that lie on one another: of two the upper one, of a heap all."""
        index = SpatialIndex()
        under: dict[Id, list[Id]] = {}
        for key in self.places:
            if key in self.elements:
                under[key] = index.query(self.boxes[key])
                index.insert(key, self.boxes[key])
        found: dict[Id, None] = {}
        for key, below in under.items():
            if below:
                found.update(dict.fromkeys([*below, key] if len(below) + 1 >= HEAP else [key]))
        return list(found)


def picture_of(design: Design, model: Model, diagram_id: Id, more: Iterable[Id] = ()) -> Picture:
    """Return the picture of a diagram with `more` elements that have no place on it yet."""
    diagram = design.get(diagram_id)
    detail = diagram.detail if isinstance(diagram, Diagram) else "all"
    notation = notation_of(diagram.notation if isinstance(diagram, Diagram) else None)
    places = {each.element: each for each in design.of(Placement, diagram_id) if each.element is not None}
    elements = elements_for(design, dict.fromkeys([*places, *more]), places, detail, notation)
    edges = [notation.adjust_edge(each, design) for each in edges_of(design, model, elements)]
    areas = {area.id: area for area in design.of(Area, diagram_id)}
    notes = {note.id: note for note in design.of(Note, diagram_id)}
    picture = Picture(notation, elements, edges, places, areas, notes)
    _measure(picture)
    picture.homes = _homes(picture)
    return picture


def elements_for(
    design: Design, ids: Iterable[Id], places: Mapping[Id, Placement], detail: str, notation: Notation
) -> dict[Id, Element]:
    """Return what a diagram draws of some records, as their notation words them; those without a box are left out."""
    found: dict[Id, Element] = {}
    for each in ids:
        record, place = design.get(each), places.get(each)
        element = element_of(design, record, (place.detail if place else "") or detail) if record else None
        if record is not None and element is not None:
            placed = with_placement(element, place) if place else element
            found[each] = notation.adjust(placed, design, record)
    return found


def _measure(picture: Picture) -> None:
    for key, element in sorted(picture.elements.items(), key=lambda each: (each[1].subtitle, each[1].title, each[0])):
        shape = picture.notation.box_of(element)
        picture.sizes[key] = (shape.w, shape.h)
        place = picture.places.get(key)
        if place is not None:
            picture.boxes[key] = Box(place.x, place.y, shape.w, shape.h)
    sheets: list[Note | Area] = [*picture.notes.values(), *picture.areas.values()]
    for sheet in sheets:
        picture.sizes[sheet.id] = (max(1, sheet.w), max(1, sheet.h))
        picture.boxes[sheet.id] = Box(sheet.x, sheet.y, *picture.sizes[sheet.id])


def _homes(picture: Picture) -> dict[Id, Id]:
    """Return for what lies within an area the smallest such area; areas may lie within larger ones."""
    by_size = sorted(picture.areas, key=lambda key: (picture.boxes[key].w * picture.boxes[key].h, key))
    rank = {key: at for at, key in enumerate(by_size)}
    found: dict[Id, Id] = {}
    for key, box in picture.boxes.items():
        for area in by_size[rank.get(key, -1) + 1 :]:
            if contains(picture.boxes[area], box):
                found[key] = area
                break
    return found
