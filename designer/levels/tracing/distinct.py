"""Names that both sides brought: one of the two gets a free one, so that the model stays one that a database takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.change.merge import Merged
from designer.commands.contract import replace
from designer.commands.names import free_name
from designer.levels.called import called
from designer.levels.contract import Note
from designer.schema import (
    Attribute,
    Check,
    Column,
    CompositeType,
    Design,
    DomainType,
    Entity,
    EnumType,
    Exclusion,
    ForeignKey,
    Id,
    Index,
    Key,
    Named,
    Record,
    Schema,
    Sequence,
    Table,
    View,
)  # fmt: skip

_SPACES: tuple[tuple[type[Record], ...], ...] = (
    (Table, View, Sequence, EnumType, DomainType, CompositeType), (Column,), (Schema,), (Entity,), (Attribute,),
    (Key, ForeignKey, Check, Exclusion), (Index,),
)  # fmt: skip
"""Kinds that share a space of names under one parent."""
_SPACE_OF: dict[type[Record], int] = {kind: at for at, kinds in enumerate(_SPACES) for kind in kinds}


_NEW = {"name", "parent", "primary"}


@dataclass(slots=True)
class Renames:
    """Records under another name, and what to say of them."""

    put: list[Record] = field(default_factory=list)
    notes: tuple[Note, ...] = ()


def renames(after: Design, merged: Merged, sides: Mapping[str, str]) -> Renames:
    """Return new names for what came from above under a name that is taken here.

    For a `name` conflict that was settled for `theirs` it is the other way round: the one made here gives way.
    """
    yields = {_loser(merged, key, side) for key, side in sides.items() if key.startswith("name:")}
    brought = [each for each in sorted(_brought(merged)) if each in after]
    found = Renames()
    for each in brought:
        record = after[each]
        others = _siblings(after, record)
        twin = next((other for other in others if _name(other) == _name(record) and other.id not in brought), None)
        if twin is None or any(put.id in (each, twin.id) for put in found.put):
            continue
        loser = twin if twin.id in yields else record
        _rename(after, loser, {_name(other) for other in others}, found)
    for each in brought:
        _second_primary(after, after[each], found)
    return found


def _second_primary(after: Design, record: Record, found: Renames) -> None:
    """A table that keeps its primary key takes another one as a unique key."""
    if isinstance(record, Key) and record.primary:
        others = (after[each] for each in after.children(record.parent) if each != record.id)
        if any(isinstance(other, Key) and other.primary for other in others):
            put = next((each for each in found.put if each.id == record.id), record)
            found.put = [*(each for each in found.put if each.id != record.id), replace(put, primary=False)]
            text = f"{called(after, record)} is not the primary key here, because the table keeps another one"
            found.notes = (*found.notes, Note("primary-taken", record.origin, text))


def _brought(merged: Merged) -> set[Id]:
    """Return what came from above with a name or a place that is new."""
    named = {each for each, fields in merged.theirs.changed.items() if _NEW & fields.keys()}
    return {*merged.theirs.added, *(each for each in named if "name" not in merged.ours.changed.get(each, {}))}


def _loser(merged: Merged, key: str, side: str) -> Id:
    conflict = next(each for each in merged.conflicts if each.key == key)
    loser: Id = conflict.ours if side == "theirs" else conflict.theirs
    return loser


def _siblings(after: Design, record: Record) -> list[Record]:
    space = _SPACE_OF.get(type(record))
    found = (after[each] for each in after.children(record.parent) if each != record.id)
    return [each for each in found if space is not None and _SPACE_OF.get(type(each)) == space and _name(each)]


def _name(record: Record) -> str:
    return record.name.casefold() if isinstance(record, Named) else ""


def _rename(after: Design, loser: Record, taken: set[str], found: Renames) -> None:
    if not isinstance(loser, Named):
        return
    name = free_name(loser.name, {*taken, loser.name})
    found.put.append(replace(loser, name=name))
    text = f"{called(after, loser)} is called {name} here, because its name is taken"
    found.notes = (*found.notes, Note("name-taken", loser.origin, text))
