"""Putting an imported design into another one, beside what is there. Pure: two designs in, records out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from designer.commands.names import free_name, word
from designer.schema import (
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Expr,
    Extension,
    Id,
    IdSource,
    IndexPart,
    Model,
    Record,
    Schema,
    Sequence,
    Table,
    Use,
    View,
    kind_of,
)
from designer.schema.kinds import PICTURE_KINDS, REFERENCES

_SAME_SPACE = (Table, View, Sequence, EnumType, DomainType, CompositeType)
"""Kinds that share one space of names in a schema."""


@dataclass(slots=True)
class Joined:
    """The records to add, and what had to be renamed or left out, in sentences."""

    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def beside(design: Design, imported: Design, model: Model | None, ids: IdSource) -> Joined:
    """Return the records of `imported` as they fit into `design`: under `model`, or as models of their own.

    Ids that are taken get new ones. Under a model, schemas and extensions of one name become one; a table whose name
    is taken gets the next free name, and a note says so. Pictures of the imported models are left out then.
    """
    joined = Joined()
    wanted = [r for r in imported.records() if model is None or kind_of(r) not in PICTURE_KINDS]
    ids_now = {record.id: ids() if record.id in design else record.id for record in wanted}
    if model is not None:
        _unite(design, imported, model, ids_now)
    kept = [record for record in wanted if ids_now[record.id] not in design]
    joined.records = [renumbered(record, ids_now) for record in kept]
    if model is not None:
        joined.records = _renamed(design, joined)
    return joined


def _unite(design: Design, imported: Design, model: Model, ids_now: dict[Id, Id]) -> None:
    """Let the ids of what is in the model already stand for the imported models, schemas and extensions."""
    for each in imported.of(Model):
        ids_now[each.id] = model.id
    for kind in (Schema, Extension):
        there = {record.name: record.id for record in design.of(kind, model.id)}
        for record in imported.of(kind):
            if record.name in there:
                ids_now[record.id] = there[record.name]


def _renamed(design: Design, joined: Joined) -> list[Record]:
    taken: dict[Id, set[str]] = {}
    result: list[Record] = []
    for record in joined.records:
        if not isinstance(record, _SAME_SPACE) or record.parent is None or record.parent not in design:
            result.append(record)
            continue
        if record.parent not in taken:
            taken[record.parent] = _names_under(design, record.parent)
        name = free_name(record.name, taken[record.parent])
        taken[record.parent].add(name)
        if name != record.name:
            joined.notes.append(
                f"There is a {record.name} here already, so the imported {word(record)} is called {name}."
            )
        result.append(msgspec.structs.replace(record, name=name))
    return result


def _names_under(design: Design, parent: Id) -> set[str]:
    children = (design[each] for each in design.children(parent))
    return {each.name for each in children if isinstance(each, _SAME_SPACE)}


def renumbered(record: Record, ids_now: dict[Id, Id]) -> Record:
    """Return the record with its own id and every id that it names replaced; ids not in the map stay."""
    changes: dict[str, Any] = {"id": ids_now.get(record.id, record.id)}
    for name, (shape, _) in REFERENCES[kind_of(record)].items():
        value = getattr(record, name)
        if value:
            changes[name] = _SHAPES[shape](value, ids_now)
    return msgspec.structs.replace(record, **changes)


def _in_expr(value: Expr, ids_now: dict[Id, Id]) -> Expr:
    return Expr(value.text, tuple(Use(use.start, use.end, ids_now.get(use.id, use.id)) for use in value.uses))


def _in_part(part: IndexPart, ids_now: dict[Id, Id]) -> IndexPart:
    column = ids_now.get(part.column, part.column) if part.column else None
    return msgspec.structs.replace(part, column=column, expr=_in_expr(part.expr, ids_now) if part.expr else None)


_SHAPES: dict[str, Any] = {
    "id": lambda value, now: now.get(value, value),
    "ids": lambda value, now: tuple(now.get(each, each) for each in value),
    "expr": _in_expr,
    "parts": lambda value, now: tuple(_in_part(part, now) for part in value),
    "ends": lambda value, now: tuple(msgspec.structs.replace(e, entity=now.get(e.entity, e.entity)) for e in value),
}
