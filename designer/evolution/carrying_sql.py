"""Rows carried, in the words of each database: what finds those that contradict, what writes them elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from designer.dependencies.guards import FEW, indented
from designer.evolution.carrying import Bringing, Carry, Filling, Link, Spreading, references_of
from designer.evolution.handlers import Side
from designer.schema import Column, ForeignKey, Id

_UNEQUALLED = ("json", "xml", "point", "line", "lseg", "polygon", "path", "circle")
"""Types of PostgreSQL without an equality, by which no rows can be told apart."""
_TEXTS = ("char", "text", "enum", "set", "string")
_MYSQL = ("mysql", "mariadb")


@dataclass(frozen=True, slots=True)
class Guard:
    """Rows that are in the way: the sentence about them, and the query that finds a few, as one column `shown`."""

    about: Id
    sentence: str
    query: str


class Words:
    """The statements of one migration; `before` is the old side, `then` the state between as it is reached."""

    def __init__(self, before: Side[Any], then: Side[Any], others: dict[Id, Id]):
        self.before, self.then, self.others = before, then, others
        self.dialect = then.dialect

    # Names

    def table(self, table: Id, side: Side[Any] | None = None) -> str:
        """Return the name of a table with its schema, as SQL writes it."""
        name: str = (side or self.then).pen.path_of(table)
        return name

    def column(self, column: Id, side: Side[Any] | None = None) -> str:
        """Return the name of a column, as SQL writes it."""
        name: str = (side or self.then).pen.column(column)
        return name

    def here(self, column: Id) -> str:
        """Return the name that a column has in the table to which it moves."""
        return self.column(self.others.get(column, column))

    def said(self, columns: Iterable[Id]) -> str:
        """Return names for people."""
        return ", ".join(self.before.name(each) for each in columns)

    def same(self, one: str, other: str) -> str:
        """Return the comparison that holds for two NULLs as well."""
        if self.dialect.name in _MYSQL:
            return f"{one} <=> {other}"
        return f"{one} IS {other}" if self.dialect.name == "sqlite" else f"{one} IS NOT DISTINCT FROM {other}"

    def shown(self, columns: Sequence[str]) -> str:
        """Return the expression that shows values as text."""
        texts = [f"coalesce({self.as_text(each)}, 'NULL')" for each in columns]
        if self.dialect.name in _MYSQL:
            return f"CONCAT_WS(', ', {', '.join(texts)})"
        return " || ', ' || ".join(texts)

    def as_text(self, expression: str) -> str:
        """Return an expression as text."""
        return f"CAST({expression} AS {'CHAR' if self.dialect.name in _MYSQL else 'text'})"

    def exact(self, column: Id, name: str) -> str:
        """Return the value of a column so that only equal ones are equal, whatever the collation."""
        record = self.before.design[column]
        kind = record.type.lower() if isinstance(record, Column) else ""
        if self.dialect.name in _MYSQL and any(word in kind for word in _TEXTS):
            return f"CAST({name} AS BINARY)"
        if self.dialect.name == "sqlite":
            return f"{name} COLLATE BINARY"
        if self.dialect.name == "postgresql" and isinstance(record, Column) and (record.collation or "citext" in kind):
            return f'CAST({name} AS text) COLLATE "C"'
        return f"CAST({name} AS text)" if self.dialect.name == "postgresql" and self.is_unequalled(column) else name

    def is_unequalled(self, column: Id) -> bool:
        """Whether PostgreSQL cannot say of two values that they are equal."""
        record = self.before.design[column]
        return isinstance(record, Column) and record.type.lower().split("(")[0].strip() in _UNEQUALLED

    # What is in the way

    def guards(self, carry: Carry) -> Iterator[Guard]:
        """Yield what must not be there before anything is changed."""
        if isinstance(carry, Spreading):
            yield from self._beyond(carry) if carry.back and not carry.separator else ()
        elif isinstance(carry, Filling):
            yield from self._filling_guards(carry)
        elif carry.back:
            yield from self._back_guards(carry)
        elif carry.moved:
            yield self._unreached(carry)

    def _filling_guards(self, carry: Filling) -> Iterator[Guard]:
        rest = [two for _, two in carry.columns if two not in carry.key]
        if not rest or not carry.key:
            return
        name = self.before.label(self.before.design[carry.source])
        if not carry.each_row:
            yield Guard(
                carry.source,
                f"rows of {name} have the same {self.said(carry.key)} and different {self.said(rest)}; "
                "make them agree first",
                self.conflicts(carry.source, carry.key, rest),
            )
        empty = [each for each in carry.key if self._may_be_null(each)]
        lost = [each for each in rest if each in carry.moved]
        if empty and lost:
            yield Guard(
                carry.source,
                f"rows of {name} have {self.said(lost)} without {self.said(empty)}, and nothing would hold that; "
                "fill it in or empty it first",
                self.orphans(carry.source, empty, lost),
            )

    def _may_be_null(self, column: Id) -> bool:
        record = self.before.design[column]
        return isinstance(record, Column) and record.nullable

    def conflicts(self, table: Id, key: Sequence[Id], rest: Sequence[Id]) -> str:
        """Return the query for values of a key that stand beside different values of the rest."""
        keys = [self.column(each, self.before) for each in key]
        others = [
            f"{self.exact(each, self.column(each, self.before))} AS fact_{number}" for number, each in enumerate(rest)
        ]
        given = " AND ".join(f"{each} IS NOT NULL" for each in keys)
        return (
            f"SELECT {self.shown(keys)} AS shown\n"
            f"FROM (SELECT DISTINCT {', '.join([*keys, *others])} FROM {self.table(table, self.before)} WHERE {given})"
            f" AS facts\nGROUP BY {', '.join(keys)}\nHAVING count(*) > 1\nLIMIT {FEW}"
        )

    def orphans(self, table: Id, empty: Sequence[Id], lost: Sequence[Id]) -> str:
        """Return the query for rows whose key is not all there, though there is something to say of it."""
        nulls = " OR ".join(f"{self.column(each, self.before)} IS NULL" for each in empty)
        values = [self.column(each, self.before) for each in lost]
        some = " OR ".join(f"{each} IS NOT NULL" for each in values)
        return (
            f"SELECT {self.shown(values)} AS shown\nFROM {self.table(table, self.before)}\n"
            f"WHERE ({nulls}) AND ({some})\nLIMIT {FEW}"
        )

    def _back_guards(self, carry: Bringing) -> Iterator[Guard]:
        key = carry.path[0].columns
        source, target = (self.before.label(self.before.design[each]) for each in (carry.source, carry.target))
        if not any(set(each.columns) <= set(key) for each in self.before.catalog.parts(self._source(carry)).keys):
            yield Guard(
                carry.source,
                f"several rows of {source} belong to one of {target} and have different {self.said(carry.moved)}; "
                "make them agree first",
                self.conflicts(carry.source, key, carry.moved),
            )
        empty = [each for each in key if self._may_be_null(each)]
        if empty:
            yield Guard(
                carry.source,
                f"rows of {source} belong to no row of {target}, and their {self.said(carry.moved)} would be lost",
                self.orphans(carry.source, empty, carry.moved),
            )

    def _source(self, carry: Bringing) -> Any:
        return self.before.design[carry.source]

    def _beyond(self, carry: Spreading) -> Iterator[Guard]:
        """Yield the guard against rows for which there is no column."""
        numbers = [number for number, _ in carry.series[0][1]]
        place = self.column(carry.place, self.before)
        values = [self.column(each, self.before) for each, _ in carry.series]
        name = self.before.label(self.before.design[carry.target])
        yield Guard(
            carry.target,
            f"rows of {name} have another {self.said([carry.place])} than {numbers[0]} to {numbers[-1]}, "
            "and there is no column for them; delete them first if that is meant",
            f"SELECT {self.shown(values)} AS shown\nFROM {self.table(carry.target, self.before)}\n"
            f"WHERE {place} NOT IN ({', '.join(map(str, numbers))})\nLIMIT {FEW}",
        )

    def _unreached(self, carry: Bringing) -> Guard:
        """Return the guard against rows that nothing refers to, which would go with their table."""
        source, target = (self.before.label(self.before.design[each]) for each in (carry.source, carry.target))
        values = [f"source_0.{self.column(each, self.before)}" for each in carry.moved]
        some = " OR ".join(f"{each} IS NOT NULL" for each in values)
        joins, ties = self._joined(carry.path, self.before, "way_")
        inner = f"SELECT 1 FROM {self.table(carry.target, self.before)} AS way_0{joins} WHERE "
        inner += " AND ".join(f"{one} = source_0.{two}" for one, two in ties)
        query = (
            f"SELECT {self.shown(values)} AS shown\nFROM {self.table(carry.source, self.before)} AS source_0\n"
            f"WHERE ({some}) AND NOT EXISTS (\n{indented(inner)}\n)\nLIMIT {FEW}"
        )
        sentence = (
            f"no row of {target} refers to some rows of {source}, whose {self.said(carry.moved)} would be lost; "
            "delete them first if that is meant"
        )
        return Guard(carry.source, sentence, query)

    def _joined(self, path: Sequence[ForeignKey], side: Side[Any], alias: str) -> tuple[str, list[tuple[str, str]]]:
        """Return the joins from the first table of a path to the last but one, and how that one finds the last."""
        joins = ""
        for number, key in enumerate(path[:-1]):
            pairs = zip(key.columns, references_of(side.design, key), strict=False)
            on = " AND ".join(
                f"{alias}{number + 1}.{self.column(two, side)} = {alias}{number}.{self.column(one, side)}"
                for one, two in pairs
            )
            joins += f" JOIN {self.table(key.ref_table or '', side)} AS {alias}{number + 1} ON {on}"
        last = path[-1]
        ties = zip(last.columns, references_of(side.design, last), strict=False)
        return joins, [
            (f"{alias}{len(path) - 1}.{self.column(one, side)}", self.column(two, side)) for one, two in ties
        ]

    # What is written

    def filling(self, carry: Filling) -> Iterator[str]:
        """Yield what fills a new table, and lets the old one refer to the numbers that its rows got."""
        columns = ", ".join(self.here(one) for one, _ in carry.columns)
        values = ", ".join(self.column(two) for _, two in carry.columns)
        wanted = [self.column(each) for each in carry.key if self._may_be_null(each)]
        given = [f"{each} IS NOT NULL" for each in wanted]
        if carry.link is not None and not carry.key:
            given = [" OR ".join(f"{self.column(two)} IS NOT NULL" for _, two in carry.columns)]
        if carry.only is not None:
            given.append(f"({self.then.pen.speech.expr(carry.only)})")
        where = f"\nWHERE {' AND '.join(given)}" if given else ""
        yield (
            f"INSERT INTO {self.table(carry.target)} ({columns})\n"
            f"SELECT {self._distinct(carry)}{values}\nFROM {self.table(carry.source)}{where};"
        )
        if carry.link is not None:
            yield self._linking(carry, carry.link)

    def written(self, carry: Carry) -> Iterator[str]:
        """Yield what carries rows."""
        if isinstance(carry, Filling):
            yield from self.filling(carry)
        elif isinstance(carry, Spreading):
            if carry.separator:
                yield self.listing(carry) if carry.back else self.cutting(carry)
            else:
                yield self.gathering(carry) if carry.back else self.spreading(carry)
        else:
            yield from self.bringing(carry)

    def spreading(self, carry: Spreading) -> str:
        """Return what writes a row for each numbered column that is not empty."""
        columns = [self.column(one) for one, _ in carry.link]
        columns += [self.column(carry.place), *(self.here(each) for each, _ in carry.series)]
        keys = [self.column(two) for _, two in carry.link]
        selects = []
        for at, (number, _) in enumerate(carry.series[0][1]):
            values = [self.column(numbered[at][1]) for _, numbered in carry.series]
            some = " OR ".join(f"{each} IS NOT NULL" for each in values)
            said = ", ".join([*keys, str(number), *values])
            selects.append(f"SELECT {said} FROM {self.table(carry.source)} WHERE {some}")
        union = "\nUNION ALL ".join(selects)
        return f"INSERT INTO {self.table(carry.target)} ({', '.join(columns)})\n{union};"

    def gathering(self, carry: Spreading) -> str:
        """Return what writes the values of rows into numbered columns."""
        long, wide = self.table(carry.target), self.table(carry.source)
        match = [f"numbered.{self.column(one)} = {wide}.{self.column(two)}" for one, two in carry.link]
        sets = []
        for value, numbered in carry.series:
            for number, column in numbered:
                there = " AND ".join([*match, f"numbered.{self.column(carry.place)} = {number}"])
                found = f"SELECT numbered.{self.column(value)} FROM {long} AS numbered WHERE {there}"
                sets.append(f"{self.here(column)} = ({found})")
        said = ",\n    ".join(sets)
        return f"UPDATE {wide} SET\n    {said};"

    def cutting(self, carry: Spreading) -> str:
        """Return what writes a row for each value that a text lists."""
        separator, text = self.dialect.literal(carry.separator), self.column(carry.moved[0])
        columns = [self.column(one) for one, _ in carry.link]
        columns += [self.column(carry.place), self.here(carry.moved[0])]
        source, keys = self.table(carry.source), ", ".join(self.column(two) for _, two in carry.link)
        head = f"INSERT INTO {self.table(carry.target)} ({', '.join(columns)})\n"
        if self.dialect.name == "postgresql":
            return (
                f"{head}SELECT {keys}, pieces.number, trim(pieces.value)\nFROM {source},\n"
                f"    unnest(string_to_array({text}, {separator})) WITH ORDINALITY AS pieces (value, number)\n"
                "WHERE trim(pieces.value) <> '';"
            )
        first, rest = _cut(text, separator), _cut("rest", separator)
        return (
            f"{head}WITH RECURSIVE pieces AS (\n"
            f"    SELECT {keys}, 1 AS number, {first[0]} AS value, {first[1]} AS rest\n"
            f"    FROM {source} WHERE {text} <> ''\n"
            "    UNION ALL\n"
            f"    SELECT {keys}, number + 1, {rest[0]}, {rest[1]} FROM pieces WHERE rest IS NOT NULL\n"
            f")\nSELECT {keys}, number, trim(value) FROM pieces WHERE trim(value) <> '';"
        )

    def listing(self, carry: Spreading) -> str:
        """Return what writes the values of rows as one text again."""
        separator, value = self.dialect.literal(carry.separator), f"listed.{self.column(carry.moved[0])}"
        wide, place = self.table(carry.source), f"listed.{self.column(carry.place)}"
        match = " AND ".join(f"listed.{self.column(one)} = {wide}.{self.column(two)}" for one, two in carry.link)
        start = f"{self.table(carry.target)} AS listed WHERE {match}"
        found = f"SELECT string_agg({value}, {separator} ORDER BY {place}) FROM {start}"
        if self.dialect.name in _MYSQL:
            found = f"SELECT GROUP_CONCAT({value} ORDER BY {place} SEPARATOR {separator}) FROM {start}"
        elif self.dialect.name == "sqlite":
            inner = f"SELECT {value} AS value FROM {start} ORDER BY {place}"
            found = f"SELECT group_concat(value, {separator}) FROM ({inner})"
        return f"UPDATE {wide} SET {self.here(carry.moved[0])} = ({found});"

    def _distinct(self, carry: Filling) -> str:
        if carry.each_row:
            return ""
        unequalled = any(self.is_unequalled(two) for _, two in carry.columns)
        if self.dialect.name == "postgresql" and unequalled and carry.key:
            return f"DISTINCT ON ({', '.join(self.column(each) for each in carry.key)}) "
        return "DISTINCT "

    def _linking(self, carry: Filling, link: Link) -> str:
        source, target = self.table(carry.source), self.table(carry.target)
        match = " AND ".join(
            self.same(f"linked.{self.here(one)}", f"{source}.{self.column(two)}") for one, two in carry.columns
        )
        sets = ", ".join(
            f"{self.column(one)} = (SELECT linked.{self.column(two)} FROM {target} AS linked WHERE {match})"
            for one, two in zip(link.columns, link.refers_to, strict=False)
        )
        return f"UPDATE {source} SET {sets};"

    def bringing(self, carry: Bringing) -> Iterator[str]:
        """Yield what writes the columns into the table that they come into."""
        target = self.table(carry.target)
        moved = [each for each in carry.moved if self.others.get(each, "") in self.then.design]
        pairs = [*((self.here(each), each) for each in moved), *((self.column(one), two) for one, two in carry.copied)]
        sets = ",\n    ".join(f"{name} = ({self.found(carry, value, target)})" for name, value in pairs)
        if sets:
            yield f"UPDATE {target} SET\n    {sets};"
        if carry.told is not None:
            found = self.found(carry, carry.path[0].columns[0], target)
            yield f"UPDATE {target} SET {self.column(carry.told[0])} = {carry.told[1]} WHERE EXISTS ({found});"

    def found(self, carry: Bringing, column: Id, target: str) -> str:
        """Return the query for the value that a row of the target finds in the source."""
        side, value = self.then, f"source_0.{self.column(column)}"
        source = f"{self.table(carry.source)} AS source_0"
        if carry.back:
            key = carry.path[0]
            pairs = zip(key.columns, references_of(side.design, key), strict=False)
            match = [f"source_0.{self.column(one)} = {target}.{self.column(two)}" for one, two in pairs]
            return f"SELECT {value} FROM {source} WHERE {' AND '.join(match)} LIMIT 1"
        first, rest = carry.path[0], carry.path[1:]
        if not rest:
            pairs = zip(first.columns, references_of(side.design, first), strict=False)
            match = [f"source_0.{self.column(two)} = {target}.{self.column(one)}" for one, two in pairs]
            return f"SELECT {value} FROM {source} WHERE {' AND '.join(match)}"
        joins, ties = self._joined(rest, side, "way_")
        on = " AND ".join(f"{one} = source_0.{two}" for one, two in ties)
        pairs = zip(first.columns, references_of(side.design, first), strict=False)
        match = [f"way_0.{self.column(two)} = {target}.{self.column(one)}" for one, two in pairs]
        way = f"{self.table(first.ref_table or '')} AS way_0{joins} JOIN {source} ON {on}"
        return f"SELECT {value} FROM {way} WHERE {' AND '.join(match)}"


def _cut(text: str, separator: str) -> tuple[str, str]:
    """Return the first value of a list and what follows it, NULL where it is the last, for MySQL and SQLite."""
    at = f"instr({text}, {separator})"
    first = f"CASE WHEN {at} > 0 THEN substr({text}, 1, {at} - 1) ELSE {text} END"
    return first, f"CASE WHEN {at} > 0 THEN substr({text}, {at} + 1) END"
