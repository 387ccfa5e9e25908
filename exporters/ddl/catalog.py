"""First pass: gather what belongs to one model, by its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from designer.schema import (
    Check,
    Column,
    Design,
    Exclusion,
    ForeignKey,
    Id,
    Index,
    Key,
    Model,
    Named,
    Partitioning,
    Policy,
    Record,
    Schema,
    Statement,
    Table,
    Trigger,
    View,
    kind_of,
)

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Parts:
    """What hangs on one table, view or domain type, each list in its order."""

    columns: list[Column] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    partitionings: list[Partitioning] = field(default_factory=list)


_SLOT: dict[type[Record], str] = {
    Column: "columns",
    Key: "keys",
    ForeignKey: "foreign_keys",
    Check: "checks",
    Exclusion: "exclusions",
    Index: "indexes",
    Trigger: "triggers",
    Policy: "policies",
    Partitioning: "partitionings",
}
_NOTHING = Parts()


@dataclass(slots=True)
class Catalog:
    """The records of one model: those that stand for themselves, and what hangs on each of them."""

    design: Design
    model: Model
    objects: list[Record]
    statements: list[Statement]
    hanging: dict[Id, Parts]

    def parts(self, owner: Record) -> Parts:
        """Return what hangs on a table, view or domain type."""
        return self.hanging.get(owner.id, _NOTHING)

    def of(self, kind: type[R]) -> list[R]:
        """Return the objects of a kind, in order."""
        return [record for record in self.objects if isinstance(record, kind)]

    def schema_of(self, record: Record) -> str:
        """Return the name of the schema that an object is in; empty where none was said."""
        parent = self.design.get(record.parent) if record.parent else None
        return parent.name if isinstance(parent, Schema) else ""

    def label(self, record: Record) -> str:
        """Return how people call a record in a note: `app.users`, `users.email`, `the key of orders (user_id)`."""
        parent = self.design.get(record.parent) if record.parent else None
        if isinstance(record, Statement):
            where = f" of line {record.line}" if record.line else ""
            return f"the statement {' '.join(record.text.text.split()[:4])!r}{where}"
        above = "" if parent is None or isinstance(parent, Model) else self.label(parent)
        if isinstance(record, Named) and record.name:
            return f"{above}.{record.name}" if above else record.name
        columns = ", ".join(each.name for each in map(self.design.get, _columns(record)) if isinstance(each, Named))
        kind = kind_of(record).replace("_", " ")
        return f"the {kind} of {above}" + (f" ({columns})" if columns else "")


def _columns(record: Record) -> list[Id]:
    if isinstance(record, (Key, ForeignKey)):
        return list(record.columns)
    parts = record.parts if isinstance(record, (Index, Exclusion)) else ()
    return [part.column for part in parts if part.column]


def collect(design: Design, model: Model) -> Catalog:
    """Return the records of a model in their order. One pass over the design, and a sort."""
    homes = _homes(design, model)
    objects: list[Record] = []
    statements: list[Statement] = []
    hanging: dict[Id, Parts] = {}
    for record in sorted(design.records(), key=_place):
        slot = _SLOT.get(type(record))
        if slot is not None and record.parent is not None:
            getattr(hanging.setdefault(record.parent, Parts()), slot).append(record)
        elif isinstance(record, Statement):
            statements.append(record)
        elif record.parent in homes:
            objects.append(record)
    ours = homes | {record.id for record in objects}
    order = {record.id: number for number, record in enumerate(design.of(Schema), 1)}
    objects.sort(key=lambda record: order.get(record.parent or "", 0))
    said = [each for each in statements if each.parent in ours]
    said.sort(key=lambda each: (each.line, each.order, each.id))
    return Catalog(design, model, objects, said, hanging)


def limited(catalog: Catalog, elements: Iterable[Id]) -> Catalog:
    """Return only some tables and views of a catalog, with the types of their columns and nothing else."""
    wanted = set(elements)
    used = {column.type_ref for each in wanted for column in catalog.hanging.get(each, _NOTHING).columns}
    objects = [record for record in catalog.objects if record.id in wanted or record.id in used]
    return replace(catalog, objects=objects, statements=[])


def _homes(design: Design, model: Model) -> set[Id]:
    return {model.id} | {schema.id for schema in design.of(Schema) if schema.parent == model.id}


def _place(record: Record) -> tuple[str, str]:
    return (record.order, record.id)


def tables_of(objects: Iterable[Record]) -> list[Table | View]:
    """Return the tables and views among objects."""
    return [record for record in objects if isinstance(record, (Table, View))]
