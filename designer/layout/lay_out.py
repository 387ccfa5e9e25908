"""Laying a diagram out: all of it, what is selected, or only what is new. The answer is records for the design."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from designer.layout.arrange import arrange
from designer.layout.box import Box, union
from designer.layout.drawing import GRID, NOBODY, Drawn, Watching, drawn
from designer.layout.elements import boxed_records
from designer.layout.free_room import shift_to_room
from designer.layout.graph import communities
from designer.layout.picture import Picture, picture_of
from designer.layout.style import AREAS, LEFT_RIGHT, Style
from designer.schema import Area, Design, Diagram, Id, IdSource, Model, Placement, Record, Schema, new_id
from designer.schema import order as order_keys

SCOPES = ("all", "selection", "new")
NEW_AREAS = ("none", "schema", "connected")
CLEAR = 40
"""Pixels that stay free round what is put between other things."""
FEWEST_IN_AREA = 3
COLOURS = ("blue", "green", "yellow", "purple", "teal", "pink")


class NothingToLayOut(Exception):
    """There is nothing to arrange; the message says so in a sentence and what to do."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The placements, areas and notes to add or change, how many tables moved, and who drew it."""

    records: list[Record]
    moved: int
    engine: str
    notes: list[str]


def lay_out(
    design: Design,
    model_id: Id,
    diagram_id: Id,
    elements: Iterable[Id] | None = None,
    *,
    style: Style = LEFT_RIGHT,
    scope: str = "all",
    new_areas: str = "none",
    watching: Watching = NOBODY,
    new_id: IdSource = new_id,
) -> LaidOut:
    """Return what to put into the design so that the diagram is laid out; no two tables overlap.

    `scope` all takes everything on the diagram, or of the model where the diagram is empty; what stands in an area
    stays in it. `selection` arranges `elements` among themselves about where they are, and `new` gives places to
    `elements`, or else to those of the model that are on none of its diagrams and those that lie on one another;
    neither moves anything else. `new_areas` frames the tables outside of every area: those of one `schema`, or those
    `connected` to one another. Raises NothingToLayOut and LayoutCancelled.
    """
    model = design[model_id]
    if not isinstance(model, Model):
        raise TypeError(f"{model_id} is a {type(model).__name__}, not a model")
    work = _Layout(design, model, diagram_id, style, watching, new_id)
    if scope == "selection":
        return work.selection(list(elements or ()))
    if scope == "new":
        return work.new(None if elements is None else list(elements))
    return work.all_of_it(new_areas)


@dataclass(frozen=True, slots=True)
class _Layout:
    design: Design
    model: Model
    diagram: Id
    style: Style
    watching: Watching
    new_id: IdSource

    # Everything

    def all_of_it(self, new_areas: str) -> LaidOut:
        """Arrange everything anew, areas and notes with it."""
        shown = any(each.element for each in self.design.of(Placement, self.diagram))
        picture = self._picture([] if shown else self._of_model())
        if not picture.elements:
            raise NothingToLayOut("this model has no tables yet; add one, or import some")
        homes = {**self._groups(picture, new_areas), **picture.homes}
        keys = [*picture.elements_in_order(), *picture.notes, *picture.areas]
        done = drawn(picture, self.style, homes, keys, self.watching)
        return self._records(picture, done)

    def _groups(self, picture: Picture, new_areas: str) -> dict[Id, Id]:
        """Return for the tables in no area the group to keep them in; new areas are added to the picture."""
        loose = [key for key in picture.elements_in_order() if key not in picture.homes]
        if new_areas == "connected":
            return self._framed(picture, _communities(picture, loose))
        by_schema = self._by_schema(loose)
        if new_areas == "schema":
            return self._framed(picture, by_schema)
        if self.style.name != AREAS.name:
            return {}
        return {key: f"group of {name}" for name, group in by_schema.items() for key in group}

    def _by_schema(self, keys: Iterable[Id]) -> dict[str, list[Id]]:
        found: dict[str, list[Id]] = {}
        for key in keys:
            parent = self.design.get(self.design[key].parent or "")
            found.setdefault(parent.name if isinstance(parent, Schema) else "", []).append(key)
        return found

    def _framed(self, picture: Picture, groups: Mapping[str, list[Id]]) -> dict[Id, Id]:
        homes: dict[Id, Id] = {}
        last = max((area.order for area in picture.areas.values()), default="")
        places = order_keys.sequence(len(groups))
        for at, ((name, group), place) in enumerate(zip(groups.items(), places, strict=True)):
            colour = COLOURS[len(picture.areas) % len(COLOURS)]
            title = name or self.model.name or f"Area {at + 1}"
            area = Area(id=self.new_id(), parent=self.diagram, name=title, order=last + place, colour=colour)
            picture.areas[area.id] = area
            homes.update(dict.fromkeys(group, area.id))
        return homes

    # Some of it

    def selection(self, wanted: list[Id]) -> LaidOut:
        """Arrange some things among themselves; their middle stays where it is if there is room."""
        picture = self._picture(())
        keys = _with_contents(picture, wanted)
        if len([key for key in keys if key in picture.elements]) < 2:
            raise NothingToLayOut("select two tables or more to lay them out among themselves")
        homes = {key: home for key, home in picture.homes.items() if home in keys and key in keys}
        done = drawn(picture, self.style, homes, keys, self.watching)
        block = _bounds(picture, done)
        before = union(picture.boxes[key] for key in keys) or block
        start = Box(
            round(before.x + (before.w - block.w) / 2), round(before.y + (before.h - block.h) / 2), block.w, block.h
        )
        dx, dy = shift_to_room(start, self._obstacles(picture, set(keys)), CLEAR)
        done.corners = {key: (int(start.x) + dx + x, int(start.y) + dy + y) for key, (x, y) in done.corners.items()}
        return self._records(picture, done)

    def _obstacles(self, picture: Picture, moving: set[Id]) -> list[Box]:
        """Return what must not be touched: all that stays, but for the areas in which something moves."""
        inside = {home for key, home in picture.homes.items() if key in moving}
        inside |= {home for key, home in picture.homes.items() if key in inside}
        return [box for key, box in picture.boxes.items() if key not in moving and key not in inside]

    def new(self, wanted: list[Id] | None) -> LaidOut:
        """Place what has no place yet, and what was dropped on a heap; nothing else moves."""
        picture = self._picture(self._unplaced() if wanted is None else wanted)
        placed = set(picture.places)
        heaped = set(picture.heaped())
        moving = [key for key in picture.elements_in_order() if key not in placed or key in heaped]
        if wanted is not None:
            moving = [key for key in moving if key in set(wanted)]
        if not moving:
            raise NothingToLayOut("everything has its place already; nothing is new")
        fixed = {key: (int(box.x), int(box.y)) for key, box in picture.boxes.items() if key not in set(moving)}
        known = {*moving, *fixed}
        edges = [each for each in picture.edges if each.source.element in known and each.target.element in known]
        between, links = picture.notation.between([] if fixed else edges)
        links = links or [(each.source.element, each.target.element) for each in edges]
        sizes = {key: size for key, size in picture.sizes.items() if key in known}
        done = arrange(
            {**sizes, **between}, links, style=self.style, progress=self.watching.progress,
            cancelled=self.watching.cancelled, time_limit=self.watching.time_limit, fixed=fixed,
        )  # fmt: skip
        return self._records(picture, Drawn(done.positions, {}, done.engine, done.notes))

    def _unplaced(self) -> list[Id]:
        """Return what stands on no diagram of the model."""
        diagrams = self.design.of(Diagram, self.model.id)
        known = {each.element for diagram in diagrams for each in self.design.of(Placement, diagram.id)}
        return [key for key in self._of_model() if key not in known]

    # Records

    def _of_model(self) -> list[Id]:
        return [record.id for record in boxed_records(self.design, self.model)]

    def _picture(self, more: Iterable[Id]) -> Picture:
        return picture_of(self.design, self.model, self.diagram, more)

    def _records(self, picture: Picture, done: Drawn) -> LaidOut:
        fresh = [key for key in picture.elements_in_order() if key in done.corners and key not in picture.places]
        last = max((place.order for place in picture.places.values()), default="")
        places = dict(zip(fresh, order_keys.sequence(len(fresh)), strict=True))
        records: list[Record] = []
        for key in dict.fromkeys([*picture.sizes, *picture.areas]):
            if key not in done.corners:
                continue
            x, y = (round(each / GRID) * GRID for each in done.corners[key])
            if key in places:
                records.append(self._placement(key, x, y, last + places[key]))
            elif key in picture.places:
                records.append(msgspec.structs.replace(picture.places[key], x=x, y=y))
            elif key in picture.notes:
                records.append(msgspec.structs.replace(picture.notes[key], x=x, y=y))
            elif key in picture.areas:
                w, h = done.sizes.get(key, picture.sizes.get(key, (0, 0)))
                records.append(msgspec.structs.replace(picture.areas[key], x=x, y=y, w=w, h=h))
        moved = sum(1 for key in done.corners if key in picture.elements)
        return LaidOut(records, moved, done.engine, done.notes)

    def _placement(self, key: Id, x: int, y: int, place: str) -> Placement:
        return Placement(id=self.new_id(), parent=self.diagram, order=place, element=key, x=x, y=y)


def _communities(picture: Picture, loose: list[Id]) -> dict[str, list[Id]]:
    """Return groups of tables that refer to one another, by the name of the one with the most lines."""
    inside = [
        (each.source.element, each.target.element)
        for each in picture.edges
        if each.source.element != each.target.element and {each.source.element, each.target.element} <= set(loose)
    ]
    degree = dict.fromkeys(loose, 0)
    for a, b in inside:
        degree[a] += 1
        degree[b] += 1
    found: dict[str, list[Id]] = {}
    for group in communities(loose, inside, most=12):
        if len(group) >= FEWEST_IN_AREA:
            hub = max(group, key=lambda key: degree[key])
            found[_unused(picture.elements[hub].title, found)] = group
    return found


def _unused(name: str, taken: Mapping[str, object]) -> str:
    number = 2
    while (title := name if number == 2 and name not in taken else f"{name} {number}") in taken:
        number += 1
    return title


def _with_contents(picture: Picture, wanted: Iterable[Id]) -> list[Id]:
    """Return what was wanted and stands on the diagram, with all that wanted areas hold."""
    found = {key for key in wanted if key in picture.boxes}
    grew = True
    while grew:
        held = {key for key, home in picture.homes.items() if home in found and key not in found}
        found |= held
        grew = bool(held)
    return [key for key in picture.sizes if key in found]


def _bounds(picture: Picture, done: Drawn) -> Box:
    sizes = {**picture.sizes, **done.sizes}
    return union(Box(*corner, *sizes[key]) for key, corner in done.corners.items() if key in sizes) or Box(0, 0, 0, 0)
