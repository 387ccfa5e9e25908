"""The columns of tables: names, types, defaults, and how keys of their own get their values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import msgspec

from designer.dialects import features as can
from designer.levels.contract import Note
from designer.levels.er import Field, Thing
from designer.levels.physical.auditing import CHANGED_AT, is_moment
from designer.levels.physical.carrying import carried
from designer.levels.physical.checking import column_of
from designer.levels.physical.settling import primary
from designer.levels.physical.slots import Slot
from designer.levels.physical.unique_ids import unique_id
from designer.levels.physical.writing import Writing
from designer.levels.reading.counting import counts_itself
from designer.levels.values import ColumnType
from designer.levels.values.conditions import written
from designer.schema import Column, Expr

_IDENTITY = {"postgresql": "always", "mysql": "auto_increment", "mariadb": "auto_increment"}
_NUMBER, _UUID = "bigint", "uuid"


def write_columns(writing: Writing) -> None:
    """Add the columns of all tables."""
    made = _Columns(writing)
    for thing in writing.things:
        for slot in sorted(writing.slots.all(thing), key=_claims):
            writing.columns[slot.mark] = made.column(thing, slot)
    for thing in writing.things:
        _compute(writing, thing)
    writing.records += writing.columns.values()
    writing.notes += made.notes


def _claims(slot: Slot) -> int:
    """Return whose names are given first: those of people, then of references, then of keys of their own."""
    return 0 if slot.field is not None else 1 if slot.refers is not None else 2


def _compute(writing: Writing, thing: Thing) -> None:
    """Say how computed columns are computed, now that all have names."""
    for field in thing.fields:
        if field.generated and field.mark in writing.columns:
            expr = written(field.generated, column_of(writing, thing), writing.dialect)
            writing.columns[field.mark] = msgspec.structs.replace(
                writing.columns[field.mark], generated=expr, generated_kind="stored", default=None
            )


@dataclass
class _Columns:
    writing: Writing

    def __post_init__(self) -> None:
        self.notes: list[Note] = []
        self.types: dict[str, ColumnType] = {}
        self.counted: dict[str, Field | None] = {}

    def column(self, thing: Thing, slot: Slot) -> Column:
        """Return the column of a slot."""
        writing = self.writing
        table = writing.tables[thing.mark]
        kind = self._type(slot.root)
        own = {} if slot.refers is not None else self._value(slot, kind)
        return Column(
            id=writing.id("column", slot.mark), parent=table.id, order=slot.order, origin=slot.origin,
            name=writing.spaces.claim("column", slot.mark, self._wishes(thing, slot), table=table.id),
            type=kind.raw, logical=kind.logical, type_ref=kind.type_ref, nullable=slot.nullable,
            **carried(slot.field.source if slot.field else None), **own,
        )  # fmt: skip

    def _wishes(self, thing: Thing, slot: Slot) -> list[str]:
        """Return the names that a column would have, the best first."""
        names, link = self.writing.names, slot.link
        if link is None:
            own = names.surrogate(thing.words)
            return [names.column(slot.words)] if slot.field else [own, names.reference(thing.words, own)]
        wishes = [names.reference(slot.called, slot.words) if slot.called else names.column(slot.words)]
        parent = link.role or self.writing.er.things[link.parent].words
        wishes += [names.reference(parent, slot.words)] if not slot.called else []
        return [*wishes, names.reference(f"{link.words} {parent}", slot.words)] if link.words else wishes

    def _type(self, root: Slot) -> ColumnType:
        """Return the type of a column that refers to no other."""
        if root.mark not in self.types:
            self.types[root.mark] = self._worked_out(root)
        return self.types[root.mark]

    def _worked_out(self, root: Slot) -> ColumnType:
        if root.field is not None:
            found = self.writing.values.column(root.field)
        else:
            uuid = self.writing.er.things[root.thing].surrogate == "uuid7"
            found = self.writing.values.plain(_UUID if uuid else _NUMBER)
        if self.writing.dialect.name == "sqlite" and self._counts(root, found):
            return replace(found, raw="INTEGER")
        return found

    def _counts(self, root: Slot, kind: ColumnType) -> bool:
        """Say whether the database counts a column up."""
        if root.field is None:
            return self.writing.er.things[root.thing].surrogate != "uuid7"
        is_key = self._is_key(root)
        return (is_key and kind.logical != _UUID) or (kind.counts and (is_key or self._counts_anything))

    def _is_key(self, slot: Slot) -> bool:
        """Say whether a column is a key without meaning, which the database fills."""
        if slot.thing not in self.counted:
            thing = self.writing.er.things[slot.thing]
            first = primary(thing)
            self.counted[slot.thing] = counts_itself(thing, first, self.writing.settings) if first else None
        return self.counted[slot.thing] is slot.field

    @cached_property
    def _counts_anything(self) -> bool:
        """Whether also columns that are no key can be counted up."""
        return self.writing.dialect.supports(can.SEQUENCES) and self.writing.dialect.name == "postgresql"

    def _value(self, slot: Slot, kind: ColumnType) -> dict[str, Any]:
        """Return what a column holds unless somebody says otherwise."""
        field = slot.field
        if self._counts(slot, kind):
            identity = _IDENTITY.get(self.writing.dialect.name)
            return {"identity": identity} if identity else {}
        if kind.counts and field is not None:
            title = self.writing.dialect.title
            self.notes.append(
                Note("not-counted", field.origin, f"{field.words} is no key, and {title} counts up nothing else")
            )
        if field is None or (kind.logical == _UUID and self._is_key(slot)):
            return {"default": unique_id(self.writing, self.notes)}
        if is_moment(field):
            return self._moment(kind, changes=field.words == CHANGED_AT)
        return {"default": kind.default} if kind.default is not None else {}

    def _moment(self, kind: ColumnType, *, changes: bool) -> dict[str, Any]:
        """Return how a column of a moment gets it."""
        dialect = self.writing.dialect
        digits = kind.raw[kind.raw.index("(") + 1 : -1] if "(" in kind.raw else ""
        now = dialect.words["now()"].format(digits) if digits else dialect.words["now"]
        changed = {"on_update": now} if changes and dialect.name in ("mysql", "mariadb") else {}
        return {"default": Expr(now), **changed}
