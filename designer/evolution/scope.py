"""What a change touches, and what hangs on that: the part of two designs that a migration has to look at.

Of 3,000 tables, fifty changes touch a few dozen. Everything else is the same on both sides and stays as it is; it is
left out, but for what the rest names. Views, programs and statements are always looked at: what is in their text may
be about anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from designer.schema import (
    Check,
    Column,
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Exclusion,
    Expr,
    Extension,
    ForeignKey,
    Id,
    Index,
    Key,
    Model,
    Partitioning,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    View,
)
from designer.schema.kinds import PICTURE_KINDS, RELATIONAL, kind_of
from designer.schema.references import referred_ids

_PARTS = (Column, Key, ForeignKey, Check, Exclusion, Index, Partitioning)
_EVERYWHERE = (Model, Extension, Schema)
"""Kinds that so much may depend on, that all is looked at when one of them changes."""
_NAMED_IN_TEXT = (Routine, EnumType, DomainType, CompositeType)
"""Kinds that expressions and types may name without an id."""
_ALL_OF = re.compile(r"\bALL\s+\w+\s+IN\s+SCHEMA\b", re.IGNORECASE)
"""A statement about all objects of a schema."""
_SHARE = 0.25
"""From what part of the records on, a change is looked at as a whole."""
_RELATIONAL = frozenset(RELATIONAL)


def scoped(old: Design, new: Design, *, whole: bool = False) -> tuple[Design, Design]:
    """Return the parts of two designs that the way from one to the other is about; both as they are for a wide change.

    Of a table that only refers to a changed one, the foreign key is looked at; all of it with `whole`.
    """
    touched = _touched(old, new)
    if len(touched) > _SHARE * len(old) or any(_is_wide(side.get(each)) for each in touched for side in (old, new)):
        return old, new
    wanted = _Scope(old, new, touched).ids(whole)
    return _part(old, wanted), _part(new, wanted)


def _part(design: Design, wanted: set[Id]) -> Design:
    return Design({each: design[each] for each in design if each in wanted})


def _touched(old: Design, new: Design) -> set[Id]:
    """Return the ids of the relational records that are not the same on both sides."""
    before = {record.id: record for record in old.records()}
    found = set()
    for record in new.records():
        other = before.pop(record.id, None)
        if other is not record and other != record:
            found.add(record.id)
    found |= before.keys()
    return {each for each in found if any(type(side.get(each)) in _RELATIONAL for side in (old, new))} | {
        each for each in found if isinstance(old.get(each) or new.get(each), Model)
    }


def _is_wide(record: Record | None) -> bool:
    """Say whether a record is one that others name in their text only, or may."""
    if isinstance(record, Statement):
        return "makes" in record.extra or bool(_ALL_OF.search(record.text.text))
    return isinstance(record, _EVERYWHERE)


class _Scope:
    """Gathers what one change has to do with. An object is a table with all its parts, or what stands for itself."""

    def __init__(self, old: Design, new: Design, touched: set[Id]):
        self.sides = (old, new)
        self.touched = touched
        self.parts: dict[Id, set[Id]] = {}
        self.referrers: dict[Id, set[Id]] = {}
        self.always: set[Id] = set()
        self.holders: set[Id] = set()
        """Those of them that have parts."""
        self.written: list[tuple[Id, str]] = []
        """Owner and text of expressions in tables."""
        for record in old.records():
            self.look(record)
        for each in touched:
            record = new.get(each)
            if record is not None:
                self.look(record)

    def look(self, record: Record) -> None:
        """Take down what a record is a part of, and what of other objects it names."""
        if isinstance(record, Column):
            self.part(record)
            if record.type_ref or record.default or record.generated:
                self.column(record)
        elif isinstance(record, Table):
            self.table(record)
        elif isinstance(record, _PARTS):
            self.part(record)
            if isinstance(record, ForeignKey):
                self.refer(record.ref_table, record.id)
            elif not isinstance(record, Key):
                self.texts(record)
        elif type(record) in _RELATIONAL or isinstance(record, Model):
            self.object(record)

    def object(self, record: Record) -> None:
        """Take down what stands for itself and is no table."""
        self.always.add(record.id)
        self.part(record)
        if isinstance(record, View | DomainType):
            self.holders.add(record.id)
        if isinstance(record, DomainType | CompositeType):
            self.made_of(record)
        if isinstance(record, Sequence):
            self.refer(record.owned_by, record.id)

    def part(self, record: Record) -> None:
        """Take down that a record belongs to its parent."""
        if record.parent is not None:
            self.parts.setdefault(record.parent, set()).add(record.id)

    def refer(self, target: Id | None, record: Id) -> None:
        """Take down that a record names another."""
        if target is not None:
            self.referrers.setdefault(target, set()).add(record)

    def table(self, table: Table) -> None:
        """A table has what its parents have, and the other way round."""
        for parent in filter(None, (table.partition_of, table.of_type, *table.inherits)):
            self.refer(parent, table.id)

    def column(self, column: Column) -> None:
        """A column may be of a type, or take its values from a sequence."""
        home = column.parent or ""
        self.refer(column.type_ref, home)
        for expr in (column.default, column.generated):
            if expr is not None:
                self.expression(expr, home)

    def made_of(self, record: DomainType | CompositeType) -> None:
        """A type may be made of others."""
        if isinstance(record, DomainType):
            self.refer(record.type_ref, record.id)
            self.written.append((record.id, record.type))
            return
        self.written += [(record.id, each.type) for each in record.fields]

    def texts(self, record: Record) -> None:
        """Take down the expressions of a part."""
        home = record.parent or ""
        if isinstance(record, Check):
            self.expression(record.expr, home)
        elif isinstance(record, (Index, Exclusion, Partitioning)):
            where = getattr(record, "where", None)
            for expr in (where, *(part.expr for part in record.parts)):
                if expr is not None:
                    self.expression(expr, home)

    def expression(self, expr: Expr, home: Id) -> None:
        """Take down what an expression names."""
        self.written.append((home, expr.text))
        for use in expr.uses:
            self.refer(use.id, home)

    # Gathering

    def ids(self, whole: bool) -> set[Id]:
        """Return the ids of all records to be looked at."""
        found = set(self.always)
        for each in (*self.holders, *self.objects()):
            found |= self.whole(self.object_of(each) if whole else each)
        return self.with_context(found)

    def objects(self) -> set[Id]:
        """Return the objects that a change touches, and those that depend on them."""
        waiting = [self.object_of(each) for each in self.touched]
        waiting += [each for statement in self.touched for each in self.heirs_in(statement)]
        found: set[Id] = set()
        loose: set[Id] = set()
        while waiting:
            each = waiting.pop()
            if each in found:
                continue
            found.add(each)
            if any(isinstance(side.get(each), _NAMED_IN_TEXT) for side in self.sides):
                waiting += self.naming(each)
            for part in (each, *self.parts.get(each, ())):
                for referrer in self.referrers.get(part, ()):
                    if self.kind(referrer) is ForeignKey:
                        loose.add(referrer)
                    else:
                        waiting.append(self.object_of(referrer))
        return found | loose | self.ancestors(found)

    def heirs_in(self, statement: Id) -> Iterator[Id]:
        """Yield the tables that a statement speaks of and that have something from others, which holds without it."""
        for side in self.sides:
            record = side.get(statement)
            uses = record.text.uses if isinstance(record, Statement) else ()
            tables = (side.get(use.id) for use in uses)
            yield from (each.id for each in tables if isinstance(each, Table) and (each.partition_of or each.inherits))

    def naming(self, named: Id) -> Iterator[Id]:
        """Yield the tables and types with expressions that seem to name a routine or type."""
        names = {getattr(side[named], "name", "") for side in self.sides if named in side}
        pattern = re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
        yield from {home for home, text in self.written if pattern.search(text)}

    def ancestors(self, tables: Iterable[Id]) -> set[Id]:
        """Return the tables from which some have their columns."""
        found: set[Id] = set()
        waiting = list(tables)
        while waiting:
            each = waiting.pop()
            for side in self.sides:
                record = side.get(each)
                if isinstance(record, Table):
                    above = {*filter(None, (record.partition_of,)), *record.inherits} - found
                    found |= above
                    waiting += above
        return found

    def kind(self, each: Id) -> type[Record] | None:
        """Return the kind of a record."""
        record = self.sides[0].get(each) or self.sides[1].get(each)
        return type(record) if record is not None else None

    def object_of(self, each: Id) -> Id:
        """Return what a record is a part of, or itself."""
        record = self.sides[0].get(each) or self.sides[1].get(each)
        while record is not None and isinstance(record, _PARTS) and record.parent:
            each = record.parent
            record = self.sides[0].get(each) or self.sides[1].get(each)
        return each

    def whole(self, each: Id) -> set[Id]:
        """Return an object with its parts, and theirs."""
        found = {each}
        waiting = [each]
        while waiting:
            for part in self.parts.get(waiting.pop(), ()):
                if part not in found:
                    found.add(part)
                    waiting.append(part)
        return found

    def with_context(self, found: set[Id]) -> set[Id]:
        """Return some records and all that they name, so that each can be written."""
        waiting = list(found)
        while waiting:
            each = waiting.pop()
            for side in self.sides:
                record = side.get(each)
                if record is not None and kind_of(record) not in PICTURE_KINDS:
                    more = referred_ids(record) - found
                    found |= more
                    waiting += more
        return found
