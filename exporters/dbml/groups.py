"""The coloured areas of diagrams as table groups."""

from __future__ import annotations

from collections.abc import Iterator

from designer.schema import Area, Diagram, Id, Placement
from exporters.contract import Note
from exporters.dbml import text
from exporters.dbml.names import Names
from exporters.selection import Distinct, Selection


def groups(selection: Selection, names: Names) -> tuple[list[str], list[Note]]:
    """Return the lines of the groups: each area with the tables that have their top left corner in it.

    A table is in one group only in DBML: it goes to the first area that holds it.
    """
    design = selection.design
    lines: list[str] = []
    notes: list[Note] = []
    grouped: set[Id] = set()
    distinct = Distinct()
    for diagram in design.of(Diagram, selection.model.id):
        for area in design.of(Area, diagram.id):
            inside = list(dict.fromkeys(_inside(selection, area, diagram, names)))
            again = [each for each in inside if each in grouped]
            if again:
                message = f"{len(again)} tables of the area {area.name} are in another group: DBML allows one"
                notes.append(Note(message, area.id, "two-groups"))
            members = [each for each in inside if each not in grouped]
            grouped.update(members)
            if members and area.name:
                lines += ["", f"TableGroup {text.name(distinct(area.name))} {{"]
                lines += [*(f"  {names[each]}" for each in members), "}"]
    return lines, notes


def _inside(selection: Selection, area: Area, diagram: Diagram, names: Names) -> Iterator[Id]:
    for placement in selection.design.of(Placement, diagram.id):
        across = area.x <= placement.x < area.x + area.w
        down = area.y <= placement.y < area.y + area.h
        if placement.element is not None and placement.element in names and across and down:
            yield placement.element
