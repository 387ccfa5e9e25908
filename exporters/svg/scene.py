"""What a drawing shows and where: the elements of a diagram or a model with their places and lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from designer.layout.arcs import ArcShape, arcs_of
from designer.layout.box import Box, grown, intersects, union
from designer.layout.edges import Edge, edges_of
from designer.layout.elements import boxed_records, element_of, elements_of
from designer.layout.metrics import Element
from designer.layout.notations import NOTATIONS, Notation, notation_of
from designer.layout.place import arranged
from designer.layout.route import Placed, Route
from designer.schema import Area, Design, Diagram, Id, Model, Note, Placement, first_physical, models
from exporters.contract import ExportProblem, Options
from exporters.contract import Note as ExportNote
from exporters.svg.chen_room import moved, needs_room, with_room

DETAILS = ("all", "keys", "names")


@dataclass(slots=True)
class Scene:
    """Everything that is drawn, in the coordinates of the diagram; `id` is that of the diagram, or of the model."""

    id: Id
    title: str
    description: str
    elements: list[Element]
    placed: dict[Id, Placed]
    edges: list[Edge]
    routes: dict[Id, Route]
    notation: Notation = NOTATIONS[0]
    areas: list[Area] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    arcs: list[ArcShape] = field(default_factory=list)

    def bounds(self, margin: float) -> Box:
        """Return the box round everything, with a margin in pixels."""
        boxes = [placed.box for placed in self.placed.values()]
        boxes += [Box(area.x, area.y, max(1, area.w), max(1, area.h)) for area in self.areas]
        boxes += [Box(note.x, note.y, max(1, note.w), max(1, note.h)) for note in self.notes]
        boxes += [route.extent() for route in self.routes.values()]
        return grown(union(boxes) or Box(0, 0, 320, 120), margin)

    def within(self, region: Box) -> Scene:
        """Return what of the scene touches a region."""
        placed = {key: each for key, each in self.placed.items() if intersects(each.box, region)}
        lines = {key: each for key, each in self.routes.items() if intersects(_around(each), region)}
        return replace(
            self,
            placed=placed,
            elements=[each for each in self.elements if each.id in placed],
            routes=lines,
            edges=[each for each in self.edges if each.id in lines],
            arcs=[each for each in self.arcs if lines.keys() >= set(each.lines)],
            areas=[each for each in self.areas if intersects(Box(each.x, each.y, each.w, each.h), region)],
            notes=[each for each in self.notes if intersects(Box(each.x, each.y, each.w, each.h), region)],
        )


def _around(route: Route) -> Box:
    return grown(route.extent(), 1)


def scene_of(design: Design, options: Options) -> tuple[Scene, list[ExportNote]]:
    """Return the scene of the wanted diagram, or of the whole model. Raises ExportProblem where there is no such."""
    diagram = _diagram(design, options)
    model = _model(design, options, diagram)
    if options.detail not in (None, *DETAILS):
        raise ExportProblem(f"there is no level of detail {options.detail!r}; choose one of: {', '.join(DETAILS)}")
    if diagram is None:
        scene, notes = _of_model(design, model, options)
    else:
        scene, notes = _of_diagram(design, model, diagram, options), []
    if options.elements is not None:
        _keep_chosen_sheets(scene, options.elements)
    return scene if options.region is None else scene.within(Box(*options.region)), notes


def _keep_chosen_sheets(scene: Scene, chosen: tuple[Id, ...]) -> None:
    """Leave out areas and notes that are not chosen. Raises ExportProblem where nothing at all is left."""
    scene.areas = [each for each in scene.areas if each.id in chosen]
    scene.notes = [each for each in scene.notes if each.id in chosen]
    if not (scene.placed or scene.areas or scene.notes):
        raise ExportProblem("nothing of what was chosen is in this picture; choose tables that it shows")


def _notation(options: Options, diagram: Diagram | None) -> Notation:
    """Return the notation asked for, else the diagram's own. Raises ExportProblem for one that is not known."""
    wanted = options.notation or (diagram.notation if diagram else "") or NOTATIONS[0].name
    if options.notation and notation_of(wanted).name != wanted:
        known = ", ".join(each.name for each in NOTATIONS)
        raise ExportProblem(f"the notation {wanted!r} cannot be drawn; choose one of: {known}")
    return notation_of(wanted)


def _adjusted(design: Design, elements: Iterable[Element], notation: Notation, options: Options) -> list[Element]:
    """Return the chosen ones of the elements, in the wanted detail and as the notation words them."""
    chosen = None if options.elements is None else set(options.elements)
    wanted = (each for each in elements if chosen is None or each.id in chosen)
    detailed = (replace(each, detail=options.detail) if options.detail else each for each in wanted)
    return [notation.adjust(each, design, design[each.id]) for each in detailed]


def _diagram(design: Design, options: Options) -> Diagram | None:
    if options.diagram is None:
        return None
    diagram = design.get(options.diagram)
    if not isinstance(diagram, Diagram):
        known = (
            ", ".join(each.name for each in design.of(Diagram)) or "none; leave the option out to draw the whole model"
        )
        raise ExportProblem(f"there is no diagram {options.diagram!r} in this design; it has: {known}")
    return diagram


def _model(design: Design, options: Options, diagram: Diagram | None) -> Model:
    wanted = options.model or (diagram.parent if diagram else None)
    found = design.get(wanted) if wanted else first_physical(design) or next(iter(models(design)), None)
    if isinstance(found, Model):
        return found
    if wanted:
        raise ExportProblem(f"there is no model {wanted!r} in this design; choose one of: {_model_names(design)}")
    raise ExportProblem("the design has no model, so there is nothing to draw; import or add one first")


def _model_names(design: Design) -> str:
    return ", ".join(f"{each.name or each.level} ({each.id})" for each in models(design)) or "none"


def _of_diagram(design: Design, model: Model, diagram: Diagram, options: Options) -> Scene:
    notation = _notation(options, diagram)
    elements = _adjusted(design, elements_of(design, model, diagram), notation, options)
    places = {each.element: (each.x, each.y) for each in design.of(Placement, diagram.id) if each.element}
    places, factor = with_room(elements, places, notation_of(diagram.notation), notation)
    scene = _scene(design, model, diagram, elements, places, notation)
    scene.areas, scene.notes = moved(design.of(Area, diagram.id), design.of(Note, diagram.id), factor)
    return scene


def _of_model(design: Design, model: Model, options: Options) -> tuple[Scene, list[ExportNote]]:
    """Return all of a model: as its fullest diagram shows it where that has half of it, else arranged anew."""
    boxed = {record.id for record in boxed_records(design, model)}
    diagram = _fullest(design, model, boxed)
    if diagram is not None and needs_room(notation_of(diagram.notation), _notation(options, diagram)):
        diagram = None
    if diagram is None:
        elements = elements_of(design, model)
        standing: dict[Id, tuple[int, int]] = {}
    else:
        elements = elements_of(design, model, diagram)
        shown = {each.id for each in elements}
        standing = {p.element: (p.x, p.y) for p in design.of(Placement, diagram.id) if p.element in shown}
        missing = (element_of(design, design[each], diagram.detail) for each in sorted(boxed - shown))
        elements += [each for each in missing if each is not None]
    notation = _notation(options, diagram)
    elements = _adjusted(design, elements, notation, options)
    obstacles = _obstacles(design, diagram)
    edges = [notation.adjust_edge(each, design) for each in edges_of(design, model, {each.id for each in elements})]
    done = arranged(elements, edges, obstacles, standing, notation=notation)
    scene = _scene(design, model, model, elements, {**standing, **done.positions}, notation)
    if diagram is not None:
        scene.areas, scene.notes = design.of(Area, diagram.id), design.of(Note, diagram.id)
    return scene, [ExportNote(note, model.id, "layout") for note in done.notes]


def _obstacles(design: Design, diagram: Diagram | None) -> dict[Id, Box]:
    notes = design.of(Note, diagram.id) if diagram else []
    return {note.id: Box(note.x, note.y, note.w, note.h) for note in notes}


def _fullest(design: Design, model: Model, boxed: set[Id]) -> Diagram | None:
    counts = [
        (len({each.element for each in design.of(Placement, diagram.id)} & boxed), diagram)
        for diagram in design.of(Diagram, model.id)
    ]
    count, diagram = max(counts, key=lambda each: each[0], default=(0, None))
    return diagram if count and 2 * count >= len(boxed) else None


def _scene(
    design: Design,
    model: Model,
    subject: Model | Diagram,
    elements: Sequence[Element],
    places: dict[Id, tuple[int, int]],
    notation: Notation,
) -> Scene:
    unique = {element.id: element for element in elements}
    placed = {key: Placed(*places[key], notation.box_of(element)) for key, element in unique.items()}
    edges = [notation.adjust_edge(each, design) for each in edges_of(design, model, placed)]
    routes = notation.routes(edges, placed)
    title, description = subject.name or model.name, _description(model, unique, edges)
    scene = Scene(subject.id, title, description, list(unique.values()), placed, edges, routes, notation)
    scene.arcs = arcs_of(design, model, edges, routes, placed)
    return scene


def _description(model: Model, elements: dict[Id, Element], edges: Sequence[Edge]) -> str:
    names = [element.title for element in elements.values()]
    listed = ", ".join(names[:40]) + (f" and {len(names) - 40} more" if len(names) > 40 else "")
    boxes = "1 element" if len(names) == 1 else f"{len(names)} elements"
    lines = "1 line" if len(edges) == 1 else f"{len(edges)} lines"
    return f"Entity-relationship diagram ({model.level} model) with {boxes} and {lines}" + (
        f": {listed}." if names else "."
    )
