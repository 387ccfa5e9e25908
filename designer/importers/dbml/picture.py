"""Groups of tables and notes of a DBML text as a diagram with areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.importers.building import Build
from designer.importers.contract import Outcome
from designer.importers.dbml.grammar import Document, Name
from designer.schema import Area, Diagram, Id, Note, Placement, Table

_WIDE, _GAP, _HEAD, _ROW = 300, 64, 36, 24
_ACROSS = 3
_MARGIN = 40


def draw(build: Build, document: Document, tables: Mapping[Name, Table]) -> None:
    """Add a diagram where the text groups tables or has notes; else the layout makes one of all tables."""
    if not document.groups and not document.notes:
        return
    diagram = Diagram(id=build.ids(), parent=build.model.id, name="All tables", order="V")
    build.put(diagram)
    x, bottom = 0, 0
    placed: set[Id] = set()
    for group in document.groups:
        members = _members(build, group.tables, tables, placed)
        w, h = _block(build, diagram, members, x + _MARGIN, 2 * _MARGIN)
        build.put(
            Area(
                id=build.ids(),
                parent=diagram.id,
                name=group.name,
                comment=group.note,
                x=x,
                y=0,
                w=w + 2 * _MARGIN,
                h=h + 3 * _MARGIN,
                order=build.place(diagram.id, Area),
            )
        )
        build.tell(Outcome.IMPORTED, f"TableGroup {group.name}", "", group.token.line, group.token.column)
        x, bottom = x + w + 2 * _MARGIN + _GAP, max(bottom, h + 3 * _MARGIN)
    rest = [table for table in {each.id: each for each in tables.values()}.values() if table.id not in placed]
    _, height = _block(build, diagram, rest, 0, bottom + _GAP, across=2 * _ACROSS)
    for at, (name, text) in enumerate(document.notes):
        words = f"**{name}**\n\n{text}" if name else text
        x, y = at * (_WIDE + _GAP), bottom + height + 2 * _GAP
        build.put(Note(id=build.ids(), parent=diagram.id, text=words, order=build.place(diagram.id, Note), x=x, y=y))


def _members(
    build: Build, named: Iterable[tuple[Name, object]], tables: Mapping[Name, Table], placed: set[Id]
) -> list[Table]:
    found = []
    for name, _ in named:
        table = tables.get(("" if name[0] == "public" else name[0], name[1]))
        if table is None:
            build.tell(Outcome.WARNING, "TableGroup", f"there is no table {name[1]} to put into the group")
        elif table.id not in placed:
            placed.add(table.id)
            found.append(table)
    return found


def _block(
    build: Build, diagram: Diagram, tables: list[Table], x: int, y: int, across: int = _ACROSS
) -> tuple[int, int]:
    """Place tables side by side from a corner on; return the width and the height that they take."""
    ends = [y] * min(across, max(1, len(tables)))
    for table in tables:
        at = ends.index(min(ends))
        left, top = x + at * (_WIDE + _GAP), ends[at]
        build.put(
            Placement(
                id=build.ids(),
                parent=diagram.id,
                element=table.id,
                x=left,
                y=top,
                order=build.place(diagram.id, Placement),
            )
        )
        ends[at] = top + _HEAD + _ROW * len(build.columns(table.id)) + _GAP
    return len(ends) * (_WIDE + _GAP) - _GAP, max(ends) - y
