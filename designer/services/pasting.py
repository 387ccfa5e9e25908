"""Pasting text onto a diagram: DDL, DBML, Mermaid or rows of a spreadsheet become tables beside what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from designer.commands import Edit
from designer.commands.contract import edit, replace
from designer.commands.keys import primary_key
from designer.commands.remapping import renumbered
from designer.dialects.registry import get as dialect_of
from designer.importers.contract import no_progress
from designer.importers.guess import seems, seems_rows
from designer.importers.live.pasted import is_snapshot
from designer.importers.sql.detect import detect
from designer.layout.box import Box
from designer.layout.elements import element_of
from designer.layout.metrics import box_of
from designer.layout.place import placements
from designer.models import Branch
from designer.schema import (
    Area,
    Column,
    Design,
    Diagram,
    EnumType,
    ForeignKey,
    Id,
    Model,
    Note,
    Placement,
    Record,
    Schema,
    Table,
    View,
    models,
    new_id,
)
from designer.services import branches, imports, joining, permissions
from designer.services.branches import Accepted
from designer.services.errors import Invalid
from designer.services.permissions import AnyUser, Right

TITLES = {
    "sql": "SQL",
    "dbml": "DBML",
    "mermaid": "Mermaid",
    "csv": "cells",
    "json": "a design file",
    "catalog": "a database",
}
_ENDINGS = {
    "sql": ".sql", "dbml": ".dbml", "mermaid": ".mmd", "csv": ".csv", "json": ".wholekey.json",
    "catalog": ".catalog.json",
}  # fmt: skip
_DETECTED = 50_000
_STEP = 64
_RINGS = 60
_APART = 32
_BARE = "it has no attributes"


class Prose(Invalid):
    """A text that is no schema in any format that is read; a note could hold it."""


@dataclass(slots=True)
class Pasted:
    """What came of it: the commit, the format that was seen, the new tables and views, and sentences to know."""

    accepted: Accepted
    format: str
    made: list[Id]
    notes: list[str] = field(default_factory=list)


def paste(
    user: AnyUser, branch: Branch, text: str, diagram: Id, at: tuple[int, int], name: str = "", client: str = ""
) -> Pasted:
    """Add what a text describes to the model of a diagram, its top left corner near `at`, as one edit.

    `name` is that of the file that it comes from, where it comes from one. Raises Prose where the text is no schema,
    and Invalid with the place in it where it cannot be read.
    """
    permissions.require(user, branch.project, Right.EDIT, "design")
    design, _ = branches.load(branch)
    model = _model(design, diagram)
    chosen = _format(text, name)
    imported, report = _read(text, name, chosen, model)
    made: list[Id] = []
    notes = _told(report)

    def command(now: Design) -> Edit:
        work = _Work(now, _model(now, diagram), diagram)
        records = work.additions(imported, _bare(report))
        made[:] = work.boxes
        notes.extend(work.notes)
        return edit(now, _label(records, chosen), [*records, *work.placed(records, at)])

    accepted = branches.run_command(user, branch, command, client=client)
    return Pasted(accepted, chosen, made, notes)


def _model(design: Design, diagram: Id) -> Model:
    shown = design.get(diagram)
    model = design.model_of(shown) if isinstance(shown, Diagram) else None
    if model is None:
        raise Invalid("This diagram is not there any more; open another one.")
    if model.level != "physical":
        raise Invalid(f"Tables belong to a physical model, and this one is {model.level}; open another diagram.")
    return model


def _format(text: str, name: str) -> str:
    ending = next(
        (key for key, each in _ENDINGS.items() if name.lower().endswith((each, ".tsv") if key == "csv" else each)), ""
    )
    if is_snapshot(text):
        return "catalog"
    found = ending or seems(text) or ("csv" if seems_rows(text) else "")
    if not found:
        raise Prose("This is no SQL, DBML, Mermaid or table of cells; it can become a note.")
    return found


def _read(text: str, name: str, chosen: str, model: Model) -> tuple[Design, dict[str, Any]]:
    """Return what the text describes, for the database of the model; a process of its own reads it."""
    target = model.target or "postgresql"
    dialect = (
        detect(text[:_DETECTED], target) if chosen == "sql" else target if chosen not in ("json", "catalog") else "auto"
    )
    pieces = [text.encode("utf-8", "surrogatepass")]
    called = "table_1" if chosen == "csv" else "pasted"
    source = imports.receive(pieces, name or f"{called}{_ENDINGS[chosen]}", dialect)
    try:
        imported, report = imports.read(source, no_progress, layout=False, target=target)
    finally:
        source.path.unlink(missing_ok=True)
    found = models(imported)
    if len(found) != 1 or found[0].level != "physical":
        raise Invalid("This holds more than one physical model; import it from the menu, as models of their own.")
    return imported, report


def _told(report: dict[str, Any]) -> list[str]:
    """Return what the reader of the text could not take, in sentences with the line."""
    sentences = [report["doubt"]] if report["doubt"] else []
    for outcome, what, message, line, _, _ in report["findings"]:
        if outcome in ("failed", "warning"):
            place = f"Line {line}: " if line else ""
            sentences.append(f"{place}{what}: {message}." if message else f"{place}{what} could not be read.")
    return sentences


def _bare(report: dict[str, Any]) -> set[str]:
    """Return the entities of a Mermaid text that are only named."""
    return {what.partition(" ")[2] for _, what, message, *_ in report["findings"] if message.startswith(_BARE)}


def _label(records: list[Record], chosen: str) -> str:
    names = [each.name for each in records if isinstance(each, Table | View)]
    what = f"table {names[0]}" if len(names) == 1 else f"{len(names)} tables"
    return f"Paste {what} from {TITLES[chosen]}"


class _Work:
    """Putting imported tables into a design, beside what it has."""

    def __init__(self, design: Design, model: Model, diagram: Id):
        self.design = design
        self.model = model
        self.diagram = diagram
        self.notes: list[str] = []
        self.boxes: list[Id] = []
        self.tables = {(_schema(design, each), each.name): each for each in design.of(Table) if self._ours(each)}

    def _ours(self, record: Record) -> bool:
        model = self.design.model_of(record)
        return model is not None and model.id == self.model.id

    def additions(self, imported: Design, bare: set[str]) -> list[Record]:
        """Return the records to add; foreign keys to tables that the model has are connected by name."""
        kept, meant = self._without_known(imported, bare)
        joined = joining.beside(self.design, self._at_home(kept), self.model, new_id)
        self.notes += joined.notes
        records = [self._connected(renumbered(each, meant)) for each in joined.records]
        self.boxes = [each.id for each in records if isinstance(each, Table | View)]
        if not self.boxes and not records:
            raise Invalid("There is no table in this text.")
        return records

    def _without_known(self, imported: Design, bare: set[str]) -> tuple[Design, dict[Id, Id]]:
        """Leave out tables that are only named, where the model has one of that name; return what stands for them."""
        meant: dict[Id, Id] = {}
        gone: set[Id] = set()
        for table in imported.of(Table):
            there = self.tables.get((_schema(imported, table), table.name))
            key = primary_key(self.design, there.id) if there is not None else None
            own = primary_key(imported, table.id)
            if table.name in bare and there is not None and key and own and len(key.columns) == len(own.columns):
                meant |= {table.id: there.id} | dict(zip(own.columns, key.columns, strict=True))
                gone |= {table.id, *imported.children(table.id)}
        return (Design(each for each in imported.records() if each.id not in gone) if gone else imported), meant

    def _at_home(self, imported: Design) -> Design:
        """Let what has no schema be in that of the tables of the diagram."""
        home = self.design.get(self._home())
        if not isinstance(home, Schema) or any(each.name == home.name for each in imported.of(Schema)):
            return imported
        root = models(imported)[0]
        schema = Schema(id=new_id(), parent=root.id, name=home.name)
        loose = (each for kind in (Table, View, EnumType) for each in imported.of(kind, root.id))
        return imported.changed((), [schema, *(replace(each, parent=schema.id) for each in loose)])

    def _home(self) -> Id:
        """Return the schema that all tables of the diagram are in; of an empty one the default schema; else nothing."""
        shown = (self.design.get(each.element or "") for each in self.design.of(Placement, self.diagram))
        homes = {each.parent or "" for each in shown if isinstance(each, Table)}
        if not homes:
            homes = {each.id for each in self.design.of(Schema, self.model.id) if each.name == "public"}
        return homes.pop() if len(homes) == 1 else ""

    def _connected(self, record: Record) -> Record:
        if not isinstance(record, ForeignKey) or record.ref_table is not None or not record.missing_table:
            return record
        dialect = dialect_of(self.model.target or "postgresql")
        parts = [dialect.unquote(each) for each in record.missing_table.split(".")]
        schema = parts[-2] if len(parts) > 1 and parts[-2] != "public" else ""
        table = self.tables.get((schema, parts[-1]))
        columns = self._columns(table, record.missing_columns) if table is not None else ()
        if table is None or len(columns) != len(record.columns):
            return record
        return replace(record, ref_table=table.id, ref_columns=columns, missing_table="", missing_columns=())

    def _columns(self, table: Table, names: tuple[str, ...]) -> tuple[Id, ...]:
        key = primary_key(self.design, table.id)
        if not names:
            return key.columns if key is not None else ()
        own = {column.name: column.id for column in self.design.of(Column, table.id)}
        return tuple(own[name] for name in names if name in own)

    # Places

    def placed(self, records: list[Record], at: tuple[int, int]) -> list[Placement]:
        """Return the places of the new tables: laid out among themselves, as near to `at` as covers nothing."""
        after = self.design.changed((), records)
        alone = [replace(each, parent=self.diagram) for each in placements(after, self.model.id, new_id(), self.boxes)]
        if not alone:
            return []
        sizes = {each.id: _size(after, each) for each in alone}
        left, top = min(each.x for each in alone), min(each.y for each in alone)
        w = max(each.x + sizes[each.id][0] for each in alone) - left
        h = max(each.y + sizes[each.id][1] for each in alone) - top
        x, y = free_corner(Box(at[0], at[1], w, h), list(self._standing()))
        return [replace(each, x=each.x - left + x, y=each.y - top + y) for each in alone]

    def _standing(self) -> Iterable[Box]:
        for place in self.design.of(Placement, self.diagram):
            w, h = _size(self.design, place)
            yield Box(place.x, place.y, w, h)
        for note in self.design.of(Note, self.diagram):
            yield Box(note.x, note.y, note.w, note.h)
        for area in self.design.of(Area, self.diagram):
            if area.collapsed:
                yield Box(area.x, area.y, area.w, area.h)


def _schema(design: Design, table: Table) -> str:
    home = design.get(table.parent or "")
    return home.name if isinstance(home, Schema) and home.name != "public" else ""


def _size(design: Design, place: Placement) -> tuple[int, int]:
    record = design.get(place.element or "")
    element = element_of(design, record, place.detail or "all") if record is not None else None
    shape = box_of(element) if element is not None else None
    return (int(shape.w), int(shape.h)) if shape is not None else (0, 0)


def free_corner(wanted: Box, standing: list[Box]) -> tuple[int, int]:
    """Return the corner nearest to that of `wanted` at which a box of its size covers nothing that stands there."""
    corners = ((x, y) for ring in range(_RINGS) for x, y in _ring(ring))
    for dx, dy in corners:
        box = Box(wanted.x + dx, wanted.y + dy, wanted.w, wanted.h)
        if not any(_covers(box, each) for each in standing):
            return int(box.x), int(box.y)
    right = max((each.x + each.w for each in standing), default=wanted.x)
    return int(right + _APART), int(wanted.y)


def _ring(ring: int) -> Iterable[tuple[int, int]]:
    reach = ring * _STEP
    if not ring:
        return [(0, 0)]
    return [
        (reach, 0),
        (0, reach),
        (reach, reach),
        (-reach, 0),
        (0, -reach),
        (-reach, reach),
        (reach, -reach),
        (-reach, -reach),
    ]


def _covers(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.w + _APART and other.x < one.x + one.w + _APART
    down = one.y < other.y + other.h + _APART and other.y < one.y + one.h + _APART
    return across and down
