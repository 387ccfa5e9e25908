"""Renames and moves: what is on both sides gets its new name and schema before anything else happens.

A new name may still be taken. What holds it and is renamed too goes first; what holds it and stays, or takes part in a
swap, is moved aside to a name in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec

from designer.dialects.base import Dialect
from designer.evolution.contract import Step
from designer.evolution.postgres.naming import DEFAULT_SCHEMA, schema_name
from designer.evolution.postgres.spelling import Spelled
from designer.schema import (
    Check,
    Column,
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Exclusion,
    ForeignKey,
    Id,
    Index,
    Key,
    Named,
    Policy,
    Publication,
    Record,
    Routine,
    Schema,
    Sequence,
    Table,
    Trigger,
    View,
    kind_of,
)

Space = tuple[str, str]


def renames(spelled: Spelled, dialect: Dialect) -> tuple[Design, list[Step]]:
    """Return the old design under the names of the new one, and the steps; sequences of identities are renamed too."""
    old, new = spelled.old, spelled.new
    renaming = Renaming(
        old.design.changed((), old.identities.values()), new.design.changed((), new.identities.values()), dialect,
        spelled.following(),
    )  # fmt: skip
    renaming.run([*spelled.shared(), *(each for each in old.identities if each in new.identities)])
    renaming.clear([
        each for own, each in new.identities.items() if own not in old.identities and each.owned_by in old.design
    ])  # fmt: skip
    return renaming.design.changed(old.identities, ()), renaming.steps


_OBJECTS = (Table, View, Sequence, EnumType, DomainType, CompositeType)
_ON_TABLE = (Column, Key, ForeignKey, Check, Exclusion, Trigger, Policy)
RENAMED = (Schema, *_OBJECTS, Routine, *_ON_TABLE, Index, Publication)
_TURN: tuple[type[Record], ...] = (
    Routine, Schema, Trigger, Policy, *_OBJECTS, Index, Key, ForeignKey, Check, Exclusion, Column, Publication,
)  # fmt: skip
"""The order of kinds. Routines come first, while the types of their arguments have the names that are written."""


def spaces(record: Record, design: Design) -> tuple[Space, ...]:
    """Return the spaces in which the name of a record can be taken only once."""
    parent = record.parent or ""
    schema = schema_name(design, record)
    if isinstance(record, Schema):
        return (("schema", ""),)
    if isinstance(record, (Table, View, CompositeType)):
        return (("relation", schema), ("type", schema))
    if isinstance(record, (EnumType, DomainType)):
        return (("type", schema),)
    if isinstance(record, (Key, Exclusion)):
        return (("relation", schema), ("constraint", parent))
    if isinstance(record, (Sequence, Index)):
        return (("relation", schema),)
    if isinstance(record, (ForeignKey, Check)):
        return (("constraint", parent),)
    if isinstance(record, Routine):
        return ((f"routine {record.signature}", schema),)
    return ((kind_of(record), parent),)


@dataclass(slots=True)
class Renaming:
    """The renames of one migration. `design` is the old one; it gets the new names as the steps do."""

    design: Design
    new: Design
    dialect: Dialect
    skipped: frozenset[Id] = frozenset()
    """What follows by itself: columns and checks of children, parts of partitioned indexes."""
    steps: list[Step] = field(default_factory=list)
    _held: dict[tuple[Space, str], Id] | None = None

    def run(self, candidates: Iterable[Id]) -> None:
        """Rename and move what has another name or schema on the new side."""
        pending = [each for each in candidates if self.differs(each)]
        pending.sort(key=lambda each: (_TURN.index(type(self.new[each])), self.new[each].order, each))
        for record in map(self.new.__getitem__, [each for each in pending if each in self.skipped]):
            self.put(record.id, getattr(record, "name", ""), record.parent)
        pending = [each for each in pending if each not in self.skipped]
        for kinds in ((Routine,), (Schema,), (*_ON_TABLE, Index, *_OBJECTS, Publication)):
            self.settle([each for each in pending if isinstance(self.new[each], kinds)])

    def clear(self, wanted: Iterable[Sequence]) -> None:
        """Move aside what has the name that the server will give to the sequence of a new identity."""
        for sequence in wanted:
            holder = self.held().get((("relation", schema_name(self.new, sequence)), sequence.name))
            if holder is not None and holder not in self.new:
                self.aside(holder)

    def differs(self, each: Id) -> bool:
        """Say whether a record has another name, or is in another schema."""
        old, new = self.design.get(each), self.new.get(each)
        if not isinstance(old, RENAMED) or type(old) is not type(new) or old.extra.get("refused"):
            return False
        if isinstance(old, Column) and not isinstance(self.design.get(old.parent or ""), Table):
            return False
        return old.name != name_of(new) or (self.is_moved(old, new) and self.in_schema(old))

    def in_schema(self, record: Record) -> bool:
        """Say whether a record is in a schema by itself, and not by what it hangs on."""
        return isinstance(record, (*_OBJECTS, Routine))

    def is_moved(self, old: Record, new: Record) -> bool:
        """Say whether a record is in another schema; one that was renamed is the same."""
        return schema_name(self.design, old) != schema_name(self.new, new)

    def settle(self, pending: list[Id]) -> None:
        """Rename some records, those first whose new name is free."""
        while pending:
            free = next((each for each in pending if self.holder(each) is None), None)
            if free is None:
                self.aside(cast(Id, self.holder(pending[0])))
                continue
            pending.remove(free)
            self.bring(free)

    def bring(self, each: Id) -> None:
        """Give a record its new schema and name."""
        old, new = self.design[each], self.new[each]
        if self.in_schema(old) and self.is_moved(old, new):
            self.move(each)
        if name_of(self.design[each]) != name_of(new):
            self.rename(each, name_of(new))
        self.put(each, name_of(new), new.parent)

    # Who holds a name

    def holder(self, each: Id) -> Id | None:
        """Return what else has one of the names that a record is to have."""
        record = self.new[each]
        names = self.held()
        for space in self.target_spaces(record):
            found = names.get((space, name_of(record)))
            if found is not None and found != each:
                return found
        old = self.design[each]
        if self.in_schema(old) and self.is_moved(old, record) and name_of(old) != name_of(record):
            for space in self.target_spaces(record):
                found = names.get((space, name_of(old)))
                if found is not None and found != each:
                    return found
        return None

    def target_spaces(self, record: Record) -> tuple[Space, ...]:
        """Return the spaces of a record on the new side; those of a table's parts are the table's on both sides."""
        return spaces(record, self.new)

    def held(self) -> dict[tuple[Space, str], Id]:
        """Return which record holds which name, in the old design as it is by now."""
        if self._held is None:
            self._held = {}
            for kind in RENAMED:
                for record in self.design.of(kind):
                    self._hold(record)
        return self._held

    def _hold(self, record: Record) -> None:
        if self._held is not None and isinstance(record, Named) and record.name:
            for space in spaces(record, self.design):
                self._held[space, record.name] = record.id

    def _let_go(self, record: Record) -> None:
        if self._held is not None and isinstance(record, Named):
            for space in spaces(record, self.design):
                if self._held.get((space, record.name)) == record.id:
                    del self._held[space, record.name]

    def put(self, each: Id, name: str, parent: Id | None) -> None:
        """Give a record of the old design another name and place."""
        old = self.design[each]
        if getattr(old, "name", "") == name and old.parent == parent:
            return
        moving = [old, *self.relations_of(each)] if old.parent != parent or isinstance(old, Schema) else [old]
        for record in moving:
            self._let_go(record)
        self.design = self.design.changed((), [msgspec.structs.replace(old, name=name, parent=parent)])
        if isinstance(old, Schema):
            self._held = None
        for record in moving:
            self._hold(self.design[record.id])

    def relations_of(self, table: Id) -> Iterator[Record]:
        """Yield what moves along with a table."""
        for each in self.design.children(table):
            record = self.design[each]
            if isinstance(record, (Key, Exclusion, Index)):
                yield record

    # Statements

    def aside(self, each: Id) -> None:
        """Move what holds a name to one in between."""
        record = self.design[each]
        number, names = 0, self.held()
        while True:
            number += 1
            name = f"{name_of(record)[:50]}_old{number if number > 1 else ''}"
            if all((space, name) not in names for space in spaces(record, self.design)):
                break
        if each not in self.skipped:
            self.rename(each, name, "its name is taken by something else first")
        self.put(each, name, record.parent)

    def rename(self, each: Id, name: str, reason: str = "") -> None:
        """Write the statement that gives a record another name."""
        record = self.design[each]
        written = Words(self.design, self.dialect).rename(record, self.dialect.quote(name))
        self.say(each, written, "rename", ("name",), reason)

    def move(self, each: Id) -> None:
        """Write the statement that puts a record into another schema, which is made first where it is new."""
        new = self.new[each]
        schema = self.new.get(new.parent) if new.parent else None
        if isinstance(schema, Schema) and self.is_missing(schema):
            quoted = self.dialect.quote(schema.name)
            self.steps.append(
                Step(f"CREATE SCHEMA {quoted};", "create", schema.id, schema.name, "schema", None, schema)
            )
            self.design = self.design.changed((), [msgspec.structs.replace(schema, comment="")])
        words = Words(self.design, self.dialect)
        target = self.dialect.quote(schema_name(self.new, new))
        self.say(each, f"{words.alter(self.design[each])} SET SCHEMA {target};", "move", ("parent",), "")
        old = self.design[each]
        self.put(each, getattr(old, "name", ""), new.parent)
        for sequence in self.design.of(Sequence):
            owner = self.design.get(sequence.owned_by) if sequence.owned_by else None
            if owner is not None and owner.parent == each:
                self.put(sequence.id, sequence.name, new.parent)

    def is_missing(self, schema: Schema) -> bool:
        """Say whether a schema is not there yet."""
        return schema.name != DEFAULT_SCHEMA and all(each.name != schema.name for each in self.design.of(Schema))

    def say(self, each: Id, sql: str, operation: str, fields: tuple[str, ...], reason: str) -> None:
        """Add a step about a record."""
        record, new = self.design[each], self.new.get(each)
        words = Words(self.design, self.dialect)
        self.steps.append(
            Step(
                sql, operation, each, words.label(record), kind_of(record).replace("_", " "), record, new, fields,
                words.relation(record), reason,
            )
        )  # fmt: skip


def name_of(record: Record) -> str:
    """Return the name of a record; empty where it has none."""
    return record.name if isinstance(record, Named) else ""


@dataclass(frozen=True, slots=True)
class Words:
    """How ALTER speaks of the records of a design."""

    design: Design
    dialect: Dialect

    def path(self, record: Record | None) -> str:
        """Return the name of an object with its schema, quoted."""
        if not isinstance(record, Named):
            return ""
        quote = (
            self.dialect.quote_type if isinstance(record, (EnumType, DomainType, CompositeType)) else self.dialect.quote
        )
        parent = self.design.get(record.parent) if record.parent else None
        home = f"{self.dialect.quote(parent.name)}." if isinstance(parent, Schema) else ""
        return home + quote(record.name)

    def label(self, record: Record) -> str:
        """Return what people call a record."""
        names = []
        at: Record | None = record
        while isinstance(at, Named) and not isinstance(at, type(None)) and kind_of(at) != "model":
            names.append(at.name)
            at = self.design.get(at.parent) if at.parent else None
        return ".".join(reversed(names))

    def relation(self, record: Record) -> Id | None:
        """Return the table or view that a record is or belongs to."""
        at: Record | None = record
        while at is not None and not isinstance(at, (Table, View)):
            at = self.design.get(at.parent) if at.parent else None
        return at.id if at is not None else None

    def word(self, record: Any) -> str:
        """Return the kind of an object as ALTER names it."""
        if isinstance(record, Table):
            return "FOREIGN TABLE" if "server" in record.extra else "TABLE"
        if isinstance(record, View):
            return "MATERIALIZED VIEW" if record.materialized else "VIEW"
        if isinstance(record, Routine):
            return record.routine_kind.upper()
        words: dict[type[Record], str] = {
            Schema: "SCHEMA", Sequence: "SEQUENCE", EnumType: "TYPE", CompositeType: "TYPE", DomainType: "DOMAIN",
            Publication: "PUBLICATION", Index: "INDEX",
        }  # fmt: skip
        return words[type(record)]

    def alter(self, record: Any) -> str:
        """Return `ALTER TABLE app.users`."""
        if isinstance(record, Index):
            owner = self.design.get(record.parent or "")
            parent = self.design.get(owner.parent) if owner is not None and owner.parent else None
            home = f"{self.dialect.quote(parent.name)}." if isinstance(parent, Schema) else ""
            return f"ALTER INDEX {home}{self.dialect.quote(record.name)}"
        if isinstance(record, Routine):
            signature = record.signature or "()"
            signature = signature if signature.startswith("(") else f"({signature})"
            return f"ALTER {self.word(record)} {self.path(record)}{signature}"
        return f"ALTER {self.word(record)} {self.path(record)}"

    def rename(self, record: Any, name: str) -> str:
        """Return the statement that renames a record."""
        owner = self.design.get(record.parent) if record.parent else None
        own = self.dialect.quote(record.name)
        if isinstance(record, Column):
            return f"{self.alter(owner)} RENAME COLUMN {own} TO {name};"
        if isinstance(record, (Key, ForeignKey, Check, Exclusion)):
            return f"{self.alter(owner)} RENAME CONSTRAINT {own} TO {name};"
        if isinstance(record, Trigger):
            return f"ALTER TRIGGER {own} ON {self.path(owner)} RENAME TO {name};"
        if isinstance(record, Policy):
            return f"ALTER POLICY {own} ON {self.path(owner)} RENAME TO {name};"
        return f"{self.alter(record)} RENAME TO {name};"
