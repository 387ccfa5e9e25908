"""The names that PostgreSQL gives to what was made without one, numbers included."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from designer.schema import (
    Check,
    Column,
    CompositeType,
    Design,
    DomainType,
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
)
from exporters.ddl.names import LIMIT, generated_name
from exporters.ddl.text import is_enclosed

DEFAULT_SCHEMA = "public"
_CALL = re.compile(r'(?:(?:"(?:[^"]|"")+"|[\w$]+)\s*\.\s*)?("(?:[^"]|"")+"|[^\W\d][\w$]*)\s*\(')
_CAST = re.compile(r"::\s*(\"(?:[^\"]|\"\")+\"|[\w ]+?)\s*(?:\([\d, ]*\))?\Z")
_CAST_NAMES = {"integer": "int4", "int": "int4", "bigint": "int8", "smallint": "int2", "boolean": "bool",
               "character varying": "varchar", "double precision": "float8", "real": "float4", "decimal": "numeric",
               "timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz"}  # fmt: skip
_RELATIONS = (Table, View, Sequence, CompositeType, Index, Key, Exclusion)
_CONSTRAINTS = (Key, ForeignKey, Check, Exclusion)
Part = Key | ForeignKey | Check | Exclusion | Index


def schema_name(design: Design, record: Record | None) -> str:
    """Return the name of the schema that a record is in, by what it hangs on."""
    while record is not None:
        if isinstance(record, Schema):
            return record.name
        record = design.get(record.parent) if record.parent else None
    return DEFAULT_SCHEMA


class Naming:
    """The names of one design, and those of what has none yet."""

    def __init__(self, design: Design):
        self.design = design
        self._relations: dict[str, set[str]] | None = None
        self._constraints: dict[str, set[str]] = {}

    def relations(self, schema: str) -> set[str]:
        """Return the names of relations in a schema."""
        if self._relations is None:
            self._relations = {}
            for kind in _RELATIONS:
                self._gather(kind, self._relations)
            for constraint in _CONSTRAINTS:
                self._gather(constraint, self._constraints)
        return self._relations.setdefault(schema, set())

    def constraints(self, schema: str) -> set[str]:
        """Return the names of constraints in a schema: the server's choice is unique among all of them."""
        self.relations(schema)
        return self._constraints.setdefault(schema, set())

    def _gather(self, kind: type[Record], found: dict[str, set[str]]) -> None:
        homes: dict[Id | None, str] = {}
        for record in self.design.of(kind):
            if isinstance(record, Named) and record.name:
                schema = homes.get(record.parent)
                if schema is None:
                    parent = self.design.get(record.parent) if record.parent else None
                    schema = homes[record.parent] = schema_name(self.design, parent)
                found.setdefault(schema, set()).add(record.name)

    def take(self, first: str, second: str, label: str, schema: str, *, relation: bool, constraint: bool) -> str:
        """Return the name that the server makes, with a number where it is taken, and take it."""
        number = 0
        while True:
            name = generated_name(first, second, label + (str(number) if number else ""))
            clash = (relation and name in self.relations(schema)) or (constraint and name in self.constraints(schema))
            if not clash:
                break
            number += 1
        if relation:
            self.relations(schema).add(name)
        if constraint:
            self.constraints(schema).add(name)
        return name

    def named(self, owner: Table | View | DomainType) -> Iterable[Record]:
        """Yield the parts of a table, view or domain that have no name, with the name that the server gives them."""
        children = sorted(
            (record for each in self.design.children(owner.id) if isinstance(record := self.design[each], Part)),
            key=_turn,
        )
        schema = schema_name(self.design, owner)
        for record in children:
            if not record.name and not record.extra.get("refused"):
                yield msgspec.structs.replace(record, name=self.name(record, owner, schema))

    def name(self, record: Part, owner: Named, schema: str) -> str:
        """Return the name of a part that has none."""
        if isinstance(record, Key) and record.primary:
            return self.take(owner.name, "", "pkey", schema, relation=True, constraint=True)
        if isinstance(record, Key):
            second = self.joined([*record.columns, *record.include])
            return self.take(owner.name, second, "key", schema, relation=True, constraint=True)
        if isinstance(record, ForeignKey):
            second = self.joined(record.columns)
            return self.take(owner.name, second, "fkey", schema, relation=False, constraint=True)
        if isinstance(record, Check):
            used = {use.id for use in record.expr.uses if isinstance(self.design.get(use.id), Column)}
            second = self.joined(used) if len(used) == 1 else ""
            return self.take(owner.name, second, "check", schema, relation=False, constraint=True)
        label = "excl" if isinstance(record, Exclusion) else "idx"
        second = _limited(self.part_names(record))
        return self.take(owner.name, second, label, schema, relation=True, constraint=label == "excl")

    def joined(self, columns: Iterable[Id]) -> str:
        """Return the names of columns with underscores between, as far as a name can hold them."""
        return _limited(
            [each.name for column in columns if isinstance(each := self.design.get(column), Named)]
        )  # fmt: skip

    def part_names(self, record: Index | Exclusion) -> list[str]:
        """Return what the columns of an index are called: an expression by its function or its cast."""
        found: list[str] = []
        for part in record.parts:
            column = self.design.get(part.column) if part.column else None
            name = column.name if isinstance(column, Named) else _expression_name(part.expr.text if part.expr else "")
            found.append(_told_apart(name, found))
        for each in record.include:
            column = self.design.get(each)
            found.append(_told_apart(column.name if isinstance(column, Named) else "expr", found))
        return found


def _turn(record: Part) -> tuple[int, str, str]:
    """Return when the server names a part: checks come first, then the primary key, keys, foreign keys, indexes."""
    kinds = (Check, Key, Exclusion, ForeignKey, Index)
    early = isinstance(record, Key) and record.primary
    return (kinds.index(type(record)) * 2 - int(early), record.order, record.id)


def _limited(names: Iterable[str]) -> str:
    text = ""
    for name in names:
        text = f"{text}_{name}" if text else name
        if len(text.encode()) > LIMIT:
            break
    return text


def _told_apart(name: str, taken: list[str]) -> str:
    number, free = 0, name
    while free in taken:
        number += 1
        free = f"{name}{number}"
    return free


def _expression_name(text: str) -> str:
    """Return what the server calls an expression: its outer function or cast."""
    text = text.strip()
    while is_enclosed(text):
        text = text[1:-1].strip()
    call = _CALL.match(text)
    if call and is_enclosed(text[call.end() - 1 :]):
        return call[1][1:-1] if call[1].startswith('"') else call[1].lower()
    cast = _CAST.search(text)
    if cast:
        word = cast[1].strip().strip('"')
        return _CAST_NAMES.get(word.lower(), word.lower() if '"' not in cast[1] else word)
    return "expr"
