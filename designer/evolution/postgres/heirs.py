"""What partitions and children have without anybody writing it: columns, checks, keys, indexes of their parents.

Spelled out, a partition that a file writes with PARTITION OF and the same one read from a server, with its columns and
its own indexes, are alike; and what is left when a partition is detached is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from designer.commands.remapping import renumbered
from designer.dialects.base import Dialect
from designer.evolution.postgres.naming import Naming, schema_name
from designer.schema import (
    Check,
    Column,
    Design,
    Exclusion,
    ForeignKey,
    Id,
    Index,
    Key,
    Named,
    Record,
    Statement,
    Table,
)
from designer.schema.references import referred_ids

_NAME = r'("(?:[^"]|"")+"|[^\s."]+)'
_ATTACH = re.compile(
    rf"\s*ALTER\s+INDEX\s+(?:{_NAME}\s*\.\s*)?{_NAME}\s+ATTACH\s+PARTITION\s+(?:{_NAME}\s*\.\s*)?{_NAME}\s*;?\s*\Z",
    re.IGNORECASE,
)
_OWN = {"comment": "", "owner": "", "origin": None, "tags": (), "pii": "", "classification": "", "retention": ""}
"""What a part does not take over from the one that it comes with."""


@dataclass(slots=True)
class Heirs:
    """The implied parts of one design. `other` is the other side: what is a record there keeps its id here."""

    design: Design
    other: Design
    dialect: Dialect
    implied: set[Id] = field(default_factory=set)
    attached: dict[Id, Id] = field(default_factory=dict)
    """Index or key of a partition -> that of the partitioned table."""
    said: set[Id] = field(default_factory=set)
    """Those of them that a statement ties."""
    put: dict[Id, Record] = field(default_factory=dict)
    gone: list[Id] = field(default_factory=list)
    naming: Naming | None = None
    keys_to: dict[Id | None, list[Id]] | None = None

    def spelled_out(self) -> Design:
        """Return the design with what its tables have from others."""
        self.read_statements()
        done: set[Id] = set()
        for table in self.design.of(Table):
            self.table(table, done)
        if self.gone:
            self.design = self.design.changed(self.gone, ())
        return self.design

    def settle(self) -> None:
        """Take over into the design what was added."""
        if self.put:
            self.design = self.design.changed((), self.put.values())
            self.put = {}
            if self.naming is not None:
                self.naming.design = self.design

    def table(self, table: Table, done: set[Id]) -> None:
        """Give one table what it has from its parents, which have theirs by then."""
        if table.id in done:
            return
        done.add(table.id)
        for parent in (table.partition_of, *table.inherits):
            above = self.design.get(parent) if parent else None
            if isinstance(above, Table):
                self.table(above, done)
                self.inherit(table, above)

    def inherit(self, table: Table, parent: Table) -> None:
        """Give a table what one parent has."""
        columns = self.columns(table, parent)
        self.settle()
        self.take_home(table, columns)
        for check in self.design.of(Check, parent.id):
            if not check.no_inherit and self.own(table, check) is None:
                self.add(table, check, columns)
        if table.partition_of == parent.id:
            for kind in (Key, Exclusion, ForeignKey, Index):
                for part in self.design.of(kind, parent.id):
                    self.tie(table, part, columns)
        self.settle()

    def columns(self, table: Table, parent: Table) -> dict[Id, Id]:
        """Return the columns of a table by those of its parent, those that nobody wrote included."""
        found: dict[Id, Id] = {}
        for column in self.design.of(Column, parent.id):
            own = self.own(table, column)
            if own is None:
                own = self.add(table, column, {})
                if not table.partition_of and own.identity:
                    self.put[own.id] = msgspec.structs.replace(own, identity="", identity_options="")
            found[column.id] = own.id
        return found

    def take_home(self, table: Table, columns: Mapping[Id, Id]) -> None:
        """Let what names columns of a parent, for want of own ones, name those of the table."""
        own = {one: two for one, two in columns.items() if two in self.implied}
        if not own:
            return
        for each in self.design.children(table.id):
            record = self.design[each]
            named = columns if each in self.implied else own
            if not isinstance(record, Table) and referred_ids(record) & named.keys():
                self.put[each] = renumbered(record, named)
        for key in self.foreign_keys_to(table.id):
            self.put[key.id] = msgspec.structs.replace(
                key, ref_columns=tuple(own.get(column, column) for column in key.ref_columns)
            )
        self.settle()

    def foreign_keys_to(self, table: Id) -> list[ForeignKey]:
        """Return the foreign keys that refer to a table."""
        if self.keys_to is None:
            self.keys_to = {}
            for key in self.design.of(ForeignKey):
                self.keys_to.setdefault(key.ref_table, []).append(key.id)
        return [key for each in self.keys_to.get(table, ()) if isinstance(key := self.design.get(each), ForeignKey)]

    def tie(self, table: Table, part: Any, columns: Mapping[Id, Id]) -> None:
        """Find the part of a partition that belongs to one of its table, or say that there is one."""
        if part.extra.get("refused"):
            return
        wanted = _shape(renumbered(part, columns))
        for own in self.design.of(type(part), table.id):
            if own.id in self.attached:
                if self.attached[own.id] == part.id:
                    return
            elif own.id not in self.implied and _shape(own) == wanted:
                self.attached[own.id] = part.id
                return
        added = self.add(table, part, columns)
        self.attached[added.id] = part.id

    def add(self, table: Table, part: Any, columns: Mapping[Id, Id]) -> Any:
        """Add a part that comes with one of a parent."""
        own = renumbered(part, columns)
        name = self.name(table, part, own)
        record = msgspec.structs.replace(own, id=self.id_for(table, own, name), parent=table.id, name=name, **_OWN)
        if isinstance(record, Column):
            record = msgspec.structs.replace(record, not_null_name="", statistics=None)
        if isinstance(record, Index) and record.only:
            record = msgspec.structs.replace(record, only=False)
        self.put[record.id] = record
        self.implied.add(record.id)
        return record

    def name(self, table: Table, part: Any, own: Any) -> str:
        """Return what the server calls a part of a partition."""
        if isinstance(part, (Column, Check, ForeignKey)):
            return str(part.name)
        if self.naming is None:
            self.naming = Naming(self.design)
        return self.naming.name(own, table, schema_name(self.design, table))

    def id_for(self, table: Table, part: Any, name: str) -> Id:
        """Return the id of the same part on the other side, where it is written; else one of its own."""
        wanted = _shape(part)
        others = [each for each in self.other.of(type(part), table.id) if each.id not in self.design]
        for each in others:
            if each.name == name:
                return str(each.id)
        for each in others:
            if not isinstance(part, (Column, Check)) and _shape(each) == wanted:
                return str(each.id)
        return f"{table.id}~{part.id}"

    def own(self, table: Table, part: Any) -> Any:
        """Return the part of a table that has the name of another one."""
        return next((each for each in self.design.of(type(part), table.id) if each.name == part.name), None)

    # Statements

    def read_statements(self) -> None:
        """Take over which indexes of partitions are said to be parts of others."""
        found = [(each, match) for each in self.design.of(Statement) if (match := _ATTACH.match(each.text.text))]
        if not found:
            return
        homes: dict[str, list[Named]] = {}
        for kind in (Index, Key, Exclusion):
            for record in self.design.of(kind):
                homes.setdefault(record.name, []).append(record)
        for statement, match in found:
            home = statement.extra.get("search_path", "").partition(",")[0].strip(' "')
            whole, part = (
                self.index(homes, match[at], match[at + 1], home) for at in (1, 3)
            )  # fmt: skip
            if whole is not None and part is not None:
                self.attached[part] = whole
                self.said.add(part)
                self.gone.append(statement.id)

    def index(self, homes: Mapping[str, list[Named]], schema: str | None, name: str, home: str) -> Id | None:
        """Return the index or key of a name."""
        wanted = self.dialect.unquote(schema) if schema else home
        found = homes.get(self.dialect.unquote(name), ())
        for each in found:
            if not wanted or schema_name(self.design, each) == wanted:
                return each.id
        return found[0].id if len(found) == 1 else None


def _shape(part: Any) -> object:
    """Return what makes two parts the same but for their names."""
    if isinstance(part, Key):
        return (part.primary, part.columns, part.include)
    if isinstance(part, ForeignKey):
        return (part.columns, part.ref_table, part.ref_columns)
    if isinstance(part, (Index, Exclusion)):
        parts = tuple((each.column, each.expr.text if each.expr else "", each.desc) for each in part.parts)
        where = part.where.text if part.where else ""
        return (parts, where, part.include, getattr(part, "unique", False))
    return part.name
