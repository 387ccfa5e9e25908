"""Diagrams: which elements they show, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.names import called
from designer.schema import Design, Diagram, Id, IdSource, Model, Placement, Record


def add_diagram(design: Design, model: Id, name: str, ids: IdSource, elements: Iterable[Placement] = ()) -> Edit:
    """Add a diagram to a model; placements given are put on it with fresh ids."""
    get(design, model, Model)
    diagram = Diagram(id=ids(), parent=model, name=name)
    put: list[Record] = [diagram, *(replace(each, id=ids(), parent=diagram.id) for each in elements)]
    return edit(design, f"Add diagram {name}", put)


def place(design: Design, diagram: Id, positions: Mapping[Id, tuple[int, int]], ids: IdSource, label: str = "") -> Edit:
    """Put elements where they should stand; those that are not on the diagram yet come onto it."""
    get(design, diagram, Diagram)
    there = {each.element: each for each in design.of(Placement, diagram)}
    put: list[Record] = []
    for element, (x, y) in positions.items():
        old = there.get(element)
        put.append(replace(old, x=x, y=y) if old else Placement(id=ids(), parent=diagram, element=element, x=x, y=y))
    return edit(design, label or f"Move {len(put)} element{'s' if len(put) != 1 else ''}", put)


def take_off(design: Design, diagram: Id, elements: Iterable[Id]) -> Edit:
    """Take elements off a diagram; they stay in the model."""
    wanted = set(elements)
    gone = tuple(each.id for each in design.of(Placement, diagram) if each.element in wanted)
    return edit(design, f"Take {len(gone)} element{'s' if len(gone) != 1 else ''} off the diagram", [], gone)


NOTATION_NAMES = {
    "crowsfoot": "crow's foot",
    "idef1x": "IDEF1X",
    "barker": "Barker's notation",
    "uml": "UML",
    "chen": "Chen's notation",
    "minmax": "min-max notation",
}
"""The notations that a diagram may be drawn in, and what each is called."""


def set_notation(design: Design, diagram: Id, notation: str) -> Edit:
    """Draw a diagram in another notation. Raises Refused for one that there is not."""
    record = get(design, diagram, Diagram)
    if notation not in NOTATION_NAMES:
        raise Refused(f"there is no notation {notation}; choose one of {', '.join(NOTATION_NAMES)}", "notation")
    label = f"Draw {called(design, record)} in {NOTATION_NAMES[notation]}"
    return edit(design, label, [replace(record, notation=notation)])
