"""Putting an imported design into another one, beside what is there. Pure: two designs in, records out."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from designer.commands.names import free_name, word
from designer.commands.remapping import renumbered
from designer.schema import (
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Extension,
    Id,
    IdSource,
    Model,
    Record,
    Schema,
    Sequence,
    Table,
    View,
    kind_of,
)
from designer.schema.kinds import PICTURE_KINDS

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
