"""Concepts against tables: which table stands for which entity or relationship, and how.

A row is an entity or a relationship of a conceptual or logical model, a column a table of a physical one. Only the
cells that say something are kept: a design of a thousand tables has a few thousand of them, not a million.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from designer.commands.names import called as table_name
from designer.levels.called import called
from designer.levels.tracing import origins
from designer.schema import (
    Design,
    Entity,
    ForeignKey,
    Generalization,
    Id,
    Model,
    Record,
    Relationship,
    Table,
    kind_of,
    models,
)  # fmt: skip

MAIN, PART, REFERENCE = "main", "part", "reference"
WORDS = {MAIN: "is this", PART: "holds a part of it", REFERENCE: "refers to it"}
SHORT = {MAIN: "M", PART: "P", REFERENCE: "R"}
_STRENGTH = {MAIN: 0, PART: 1, REFERENCE: 2}
_QUOTE_FIRST = ("=", "+", "-", "@", "\t", "\r")
SORTS = ("order", "name", "tables")


@dataclass(frozen=True, slots=True)
class Cell:
    """How a table is connected with a concept, and through which of its records: the table itself, columns, keys."""

    row: Id
    column: Id
    how: str
    through: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A concept or a table as the head of a row or a column."""

    id: Id
    name: str
    kind: str


@dataclass(frozen=True)
class Matrix:
    """Rows, columns and the cells that say something, by (row, column)."""

    concepts: Id
    tables: Id
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: dict[tuple[Id, Id], Cell]

    @cached_property
    def by_row(self) -> dict[Id, list[Cell]]:
        """The cells of each row, the strongest first."""
        return _gathered(self.cells.values(), lambda cell: cell.row)

    @cached_property
    def by_column(self) -> dict[Id, list[Cell]]:
        """The cells of each column, the strongest first."""
        return _gathered(self.cells.values(), lambda cell: cell.column)


def _gathered(cells: Iterable[Cell], key: Callable[[Cell], Id]) -> dict[Id, list[Cell]]:
    found: dict[Id, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: _STRENGTH[cell.how]):
        found.setdefault(key(cell), []).append(cell)
    return found


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a matrix somebody wants to see. `only` is `rows` or `columns` without any connection, or everything.

    `text` is looked for in the names of rows and columns; a column is shown where it or a row matches.
    """

    text: str = ""
    how: str = ""
    only: str = ""
    sort: str = "order"


def choices(design: Design) -> tuple[list[Model], list[Model]]:
    """Return the models that give rows, and those that give columns."""
    found = models(design)
    return [each for each in found if each.level != "physical"], [each for each in found if each.level == "physical"]


def matrix(design: Design, concepts: Id, tables: Id) -> Matrix:
    """Return the matrix of a conceptual or logical model against a physical one.

    The main table of an entity is the one that it became; a subtype that was folded into its supertype's table and a
    multivalued attribute's own table are parts. The cost grows with the number of records of the physical model.
    """
    rows = [*_of(design, Entity, concepts), *_of(design, Relationship, concepts)]
    found = _Found(design, {row.id for row in rows})
    columns = _tables(design, tables)
    for table in columns:
        found.look_at(table)
    for table in columns:
        found.look_for_kinds(table)
        found.look_for_references(table)
    return Matrix(
        concepts, tables,
        tuple(Line(row.id, called(design, row), kind_of(row)) for row in rows),
        tuple(Line(table.id, table_name(design, table), "table") for table in columns),
        {key: Cell(*key, how, tuple(dict.fromkeys(through))) for key, (how, through) in found.cells.items()},
    )  # fmt: skip


def _of(design: Design, kind: type[Record], model: Id) -> list[Record]:
    return design.of(kind, model)


def _tables(design: Design, model: Id) -> list[Table]:
    found = [each for each in design.of(Table) if (own := design.model_of(each)) is not None and own.id == model]
    return [each for each in found if each.partition_of is None]


class _Found:
    """The cells, as they are found; a stronger connection replaces a weaker one."""

    def __init__(self, design: Design, rows: set[Id]):
        self.design = design
        self.rows = rows
        self.cells: dict[tuple[Id, Id], tuple[str, list[Id]]] = {}
        self.main: dict[Id, list[Id]] = {}
        self.placed: set[Id] = set()

    def put(self, row: Id, table: Id, how: str, through: Id) -> None:
        before = self.cells.get((row, table))
        if before is None or _STRENGTH[how] < _STRENGTH[before[0]]:
            self.cells[row, table] = (how, [through])
        elif how == before[0]:
            before[1].append(through)

    def look_at(self, table: Table) -> None:
        """Connect a table with what it and its parts come from."""
        for concept, itself in self.concepts_of(table.id):
            self.put(concept, table.id, MAIN if itself else PART, table.id)
            if itself:
                self.main.setdefault(table.id, []).append(concept)
                self.placed.add(concept)
        for child in self.design.children(table.id):
            if not isinstance(self.design[child], ForeignKey):
                for concept, _ in self.concepts_of(child):
                    self.put(concept, table.id, PART, child)

    def look_for_references(self, table: Table) -> None:
        """Connect a table with the concepts of the tables that it refers to, and with what its references come from."""
        for key in self.design.of(ForeignKey, table.id):
            for concept, _ in self.concepts_of(key.id):
                how = PART if isinstance(self.design[concept], Relationship) else REFERENCE
                self.put(concept, table.id, how, key.id)
            for concept in self.main.get(key.ref_table or "", ()):
                self.put(concept, table.id, REFERENCE, key.id)

    def concepts_of(self, record: Id) -> list[tuple[Id, bool]]:
        """Return the rows that a record comes from, and whether it comes from the concept itself.

        The first concept that is met on the way up counts; a step over an attribute or an identifier leads to the
        thing that has it.
        """
        for each in origins(self.design, record):
            if each in self.rows:
                return [(each, True)]
            held = self._holder(each)
            if held is not None:
                return [(held, False)]
        return []

    def look_for_kinds(self, table: Table) -> None:
        """Connect a table with the subtypes that it tells apart and that have no table of their own."""
        for child in self.design.children(table.id):
            for each in origins(self.design, child):
                kinds = self.design[each]
                if isinstance(kinds, Generalization) and kinds.supertype in self.main.get(table.id, ()):
                    for subtype in kinds.subtypes:
                        if subtype in self.rows and subtype not in self.placed:
                            self.put(subtype, table.id, PART, child)

    def _holder(self, above: Id) -> Id | None:
        """Return the row that a record above is a part of."""
        current: Record | None = self.design[above]
        for _ in range(20):
            if current is None or current.parent is None:
                return None
            if current.parent in self.rows:
                return current.parent
            current = self.design.get(current.parent)
        return None


def shown(whole: Matrix, wish: Wish) -> Matrix:
    """Return the rows and columns that somebody wants to see, in the order that they want."""
    cells = {key: cell for key, cell in whole.cells.items() if wish.how in ("", cell.how)}
    held = Matrix(whole.concepts, whole.tables, whole.rows, whole.columns, cells)
    rows = [row for row in whole.rows if _wanted(row, wish, held.by_row, "rows")]
    columns = [column for column in whole.columns if _wanted(column, wish, held.by_column, "columns")]
    rows, columns = _matching(rows, columns, wish.text.strip().lower(), held)
    in_order = _sorted(rows, wish, held.by_row), _sorted(columns, wish, held.by_column)
    return Matrix(whole.concepts, whole.tables, *in_order, cells)


def _wanted(line: Line, wish: Wish, cells: dict[Id, list[Cell]], side: str) -> bool:
    if wish.only == side:
        return line.id not in cells
    return not wish.how or wish.only in ("rows", "columns") or line.id in cells


def _matching(rows: list[Line], columns: list[Line], text: str, held: Matrix) -> tuple[list[Line], list[Line]]:
    """Keep what has the text in its name, and across from it what is connected with that."""
    if not text:
        return rows, columns
    named = {line.id for line in (*rows, *columns) if text in line.name.lower()}
    met = {each for row, column in held.cells for each in (row, column) if row in named or column in named}
    return [row for row in rows if row.id in named | met], [column for column in columns if column.id in named | met]


def _sorted(lines: list[Line], wish: Wish, cells: dict[Id, list[Cell]]) -> tuple[Line, ...]:
    if wish.sort == "name":
        return tuple(sorted(lines, key=lambda line: (line.name.lower(), line.id)))
    if wish.sort == "tables":
        return tuple(sorted(lines, key=lambda line: (-len(cells.get(line.id, ())), line.name.lower(), line.id)))
    return tuple(lines)


def as_csv(found: Matrix) -> str:
    """Return a matrix as CSV: a row each concept, a column each table, in the cells how they are connected.

    A name that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["concept", "kind", *(_plain(column.name) for column in found.columns)])
    for row in found.rows:
        writer.writerow([_plain(row.name), row.kind, *(_how(found, row, column) for column in found.columns)])
    return out.getvalue()


def _how(found: Matrix, row: Line, column: Line) -> str:
    cell = found.cells.get((row.id, column.id))
    return cell.how if cell is not None else ""


def _plain(name: str) -> str:
    return f"'{name}" if name.startswith(_QUOTE_FIRST) else name
