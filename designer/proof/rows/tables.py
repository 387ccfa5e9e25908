"""What sample rows need to know of a table: its columns with their types, what they refer to, and what they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from designer.dialects.logical import raw_type
from designer.proof.rows.conditions import wish_for
from designer.proof.rows.values import Values, Wish
from designer.schema import (
    Check,
    Column,
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Expr,
    ForeignKey,
    Id,
    Key,
    Partitioning,
    Table,
)
from designer.schema.expressions import render

_BRACKETS = re.compile(r"(?:\s*\[\s*\d*\s*\])+\Z")
_BOUND = re.compile(
    r"FOR\s+VALUES\s+(?:FROM\s*\((?P<low>.*)\)\s*TO\s*\((?P<high>.*)\)|IN\s*\((?P<list>.*)\))\s*\Z", re.I | re.S
)
_DEPTH = 12
"""How deep types may be made of types."""


@dataclass(slots=True)
class Reference:
    """A foreign key: `columns[i]` is as `others[i]` of `table`; None, where that table is not in the design."""

    columns: tuple[str, ...]
    table: Id | None
    others: tuple[str, ...]


@dataclass(slots=True)
class Place:
    """One column of a table."""

    column: Column
    raw: str
    wish: Wish
    needed: bool = False  # every row says something there: it is part of a key, or others refer to it


@dataclass(slots=True)
class Plan:
    """One table."""

    table: Table
    places: dict[str, Place]  # by name in small letters
    references: list[Reference] = field(default_factory=list)
    keys: list[tuple[str, ...]] = field(default_factory=list)  # primary first


class Tables:
    """Plans the tables of a design."""

    def __init__(self, design: Design, values: Values):
        self.design = design
        self.values = values

    def plan(self, table: Table) -> Plan:
        """Return the plan of a table; a partition or child has what its parents have."""
        line = list(self.line(table))
        columns: dict[str, Column] = {}
        for each in reversed(line):
            columns |= {column.name.lower(): column for column in self.design.of(Column, each.id)}
        plan = Plan(table, {name: self.place(column) for name, column in columns.items()})
        for each in line:
            for key in sorted(self.design.of(Key, each.id), key=lambda key: not key.primary):
                plan.keys.append(self.names(key.columns))
            for check in self.design.of(Check, each.id):
                self.add(check.expr, plan)
            for reference in self.design.of(ForeignKey, each.id):
                plan.references.append(self.reference(reference))
        self.keep_in_bounds(plan)
        for name in (*(name for key in plan.keys for name in key),):
            if name in plan.places:
                plan.places[name].needed = True
        return plan

    def line(self, table: Table) -> Iterator[Table]:
        """Yield a table and those that it is a part or a child of."""
        yield table
        for parent in (table.partition_of, *table.inherits):
            above = self.design.get(parent or "")
            if isinstance(above, Table):
                yield from self.line(above)

    def names(self, columns: tuple[Id, ...]) -> tuple[str, ...]:
        """Return the names of columns in small letters."""
        return tuple(each.name.lower() for each in map(self.design.get, columns) if isinstance(each, Column))

    def reference(self, key: ForeignKey) -> Reference:
        """Return where a foreign key goes; without columns it is the primary key of its table."""
        others = self.names(key.ref_columns)
        if not others and key.ref_table:
            primary = next((each for each in self.design.of(Key, key.ref_table) if each.primary), None)
            others = self.names(primary.columns) if primary is not None else ()
        return Reference(self.names(key.columns), key.ref_table, others)

    # Types

    def place(self, column: Column) -> Place:
        """Return what a column needs."""
        wish = Wish()
        raw = self.raw(column, wish)
        return Place(column, raw, wish)

    def raw(self, column: Column | DomainType, wish: Wish, depth: int = 0) -> str:
        """Return the type behind a column's domain; what its values must be is added to the wish."""
        named = self.design.get(column.type_ref or "")
        is_array = bool(_BRACKETS.search(column.type))
        if isinstance(named, DomainType) and depth < _DEPTH and not is_array:
            for check in self.design.of(Check, named.id):
                wish_for(check.expr.text, {"value": 0}, [wish])
            return self.raw(named, wish, depth + 1)
        if named is not None:
            wish.allowed = [self.made(named, number, column.type, depth) for number in (1, 2, 3)]
            if isinstance(named, EnumType):
                chosen = [self.values.quoted(each) for each in named.values]
                wish.allowed = [f"ARRAY[{each}]::{column.type}" for each in chosen] if is_array else chosen
        if column.type or not getattr(column, "logical", ""):
            return column.type
        return raw_type(column.logical, self.values.dialect)[0]  # type: ignore[union-attr]

    def made(self, named: object, number: int, raw: str, depth: int) -> str:
        """Return a value of a composite type, or an array of domains or composites."""
        is_array = bool(_BRACKETS.search(raw))
        value = "NULL"
        if isinstance(named, CompositeType) and depth < _DEPTH:
            fields = ", ".join(self.values.literal(each.type, number) for each in named.fields)
            value = f"ROW({fields})"
        elif isinstance(named, DomainType) and depth < _DEPTH:
            wish = Wish()
            value = self.values.literal(self.raw(named, wish, depth + 1), number, wish)
        return f"ARRAY[{value}]::{raw}" if is_array else f"{value}::{raw}"

    # Conditions

    def add(self, condition: Expr, plan: Plan) -> None:
        """Add what a check asks for."""
        dialect = self.values.dialect
        text = render(condition, self.design, dialect.quote, dialect.unquote)
        names = {name: number for number, name in enumerate(plan.places)}
        wish_for(text, names, [place.wish for place in plan.places.values()])

    def keep_in_bounds(self, plan: Plan) -> None:
        """See that rows fall into a partition: the bounds of this one, or of the first below."""
        table: Table | None = plan.table
        while table is not None:
            self.bound(table, plan)
            table = next((each for each in self.partitions(table)), None)
        for each in self.line(plan.table):
            if each is not plan.table:
                self.bound(each, plan)

    def partitions(self, table: Table) -> list[Table]:
        """Return the partitions of a table, those that say which rows they hold first."""
        found = [self.design[each] for each in self.design.referrers(table.id)]
        parts = [each for each in found if isinstance(each, Table) and each.partition_of == table.id]
        return sorted(parts, key=lambda each: ("DEFAULT" in each.partition_bound.upper(), each.order, each.id))

    def bound(self, table: Table, plan: Plan) -> None:
        """Add what the bound of a partition asks for of the columns that its table is partitioned by."""
        found = _BOUND.match(table.partition_bound.strip())
        if found is None or table.partition_of is None:
            return
        parts = [part for each in self.design.of(Partitioning, table.partition_of) for part in each.parts]
        names = [self.names((part.column,))[0] if part.column else "" for part in parts]
        lows = pieces(found["low"] or "")
        highs = pieces(found["high"] or "")
        for at, name in enumerate(names):
            place = plan.places.get(name)
            if place is not None:
                place.needed = True
                if found["list"] is not None:
                    place.wish.allowed = pieces(found["list"])[:1]
                elif at < len(lows):
                    place.wish.allowed = [within(lows[at], highs[at] if at < len(highs) else "", place.raw)]


def within(low: str, high: str, raw: str) -> str:
    """Return an expression for a value that a range partition holds: its lower bound, or one less than the upper."""
    if low.upper() != "MINVALUE":
        return low
    if high.upper() == "MAXVALUE":
        return (
            "NULL"
            if not raw
            else f"'1'::{raw}"
            if "int" in raw.lower() or "num" in raw.lower()
            else f"'2020-01-01'::{raw}"
        )
    is_moment = any(word in raw.lower() for word in ("timestamp", "date", "time"))
    return f"({high}::{raw} - interval '1 day')::{raw}" if is_moment else f"({high}::{raw} - 1)"


def pieces(text: str) -> list[str]:
    """Return what stands between the commas of a list, outside of strings and parentheses."""
    found, depth, quoted = [""], 0, False
    for letter in text:
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter == "," and not quoted and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return [each.strip() for each in found if each.strip()]
