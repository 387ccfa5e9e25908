"""Columns: added at their place, dropped, changed by their whole definition."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from designer.compare.mysql.types import type_form, without_binary
from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId, of_kind, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.mysql.base import MyHandler, MyPen, Phase, Piece, Place, extras, spelled
from designer.evolution.mysql.charsets import Charset, changes, column_charset, grows, table_charset
from designer.schema import Check, Column, Expr, ForeignKey, Table
from exporters.ddl.tables import Layout

_LITERAL = re.compile(r"(?:null|-?[\d.]+|'(?:[^'\\]|\\.|'')*')\Z", re.IGNORECASE | re.DOTALL)
_UNSAID = ("charset", "collation", "refused", "inline")


class Definition(NamedTuple):
    """All that a server keeps of a column; fields are named as those of the record where there is one."""

    type: str
    charset: Charset | None
    nullable: bool
    default: Hashable
    on_update: Hashable
    generated: Hashable
    generated_kind: str
    identity: str
    comment: str
    checks: Hashable  # those of MariaDB that stand in the column
    extra: frozenset[tuple[str, str]]
    moved: bool = False

    def changed(self, new: Definition) -> tuple[str, ...]:
        """Return the names of the fields that are to change."""
        found = [name for name in self._fields if getattr(self, name) != getattr(new, name)]
        if self.charset and new.charset and not changes(self.charset, new.charset) and "charset" in found:
            found.remove("charset")
        return tuple(found)


_OPERATIONS = (
    ("alter type", ("type", "charset")),
    ("alter column", ("generated", "generated_kind", "identity", "moved", "extra")),
    ("add check", ("checks",)),
    ("set not null", ("nullable",)),
    ("set default", ("default", "on_update")),
    ("comment", ("comment",)),
)
"""What a change of a column is called, the gravest first."""


class Columns(MyHandler):
    """Columns of tables."""

    records = (Column,)
    kinds = ("column",)

    def facts(self, record: Column, side: Side[MyPen]) -> Iterator[Fact]:
        """A column, with the checks that stand in it; those of views are their queries'."""
        table = side.design.get(record.parent or "")
        if not isinstance(table, Table):
            return
        used = [use.id for expr in (record.generated,) if expr for use in expr.uses]
        wanted = [use.id for expr in (record.default,) if expr for use in expr.uses]
        columns = frozenset(each for each in used if isinstance(side.design.get(each), Column)) - {record.id}
        yield Fact(
            record.id, "column", side.label(record), (record.name, self.definition(record, side)), record, table.id,
            columns, frozenset(wanted) - {record.id}, frozenset({("column", table.id, record.name.lower())}),
        )  # fmt: skip

    def definition(self, column: Column, side: Side[MyPen]) -> Definition:
        """Return what the server keeps of a column."""
        return Definition(
            type=type_form(side.pen.speech.type(column), side.dialect.name),
            charset=column_charset(side.design, column, side.dialect.name),
            nullable=column.nullable and column.id not in self.my.never_null(side),
            default=None if is_null(column.default) else spelled(column.default, side),
            on_update=_words(column.on_update),
            generated=spelled(column.generated, side),
            generated_kind=column.generated_kind,
            identity=column.identity,
            comment=column.comment,
            checks=tuple(spelled(each.expr, side) for each in inline_checks(column, side, maria=self.is_maria)),
            extra=extras(column, *_UNSAID),
            moved=column.id in self.my.moved(column.parent or "", side),
        )

    def folds(self, child: Fact, parent: Fact) -> bool:
        """The columns of a new table stand in it."""
        return True

    def rank(self, verb: str, fact: Fact) -> int:
        """All of a table together."""
        return self.ranked(Phase.TABLES_CHANGE, fact, Place.DROP_COLUMN if verb == "drop" else Place.COLUMN)

    # Adding and dropping

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Add a column; `finish` knows its place. One that was computed till now keeps its values."""
        line = self.line(record_of(fact, Column))
        adding = self.piece(f"ADD COLUMN {line}", "add column", Place.COLUMN, new=fact, reason=reason, column=fact.id)
        before = self.my.old_facts.get(fact.id)
        return [adding, *self.computed(before, fact)] if before is not None else [adding]

    def computed(self, old: Fact, new: Fact) -> Iterator[Step]:
        """Yield what fills a plain column with the values that it had as a virtual one."""
        before = old.record.generated if isinstance(old.record, Column) else None
        if before is None or record_of(new, Column).generated is not None:
            return
        if all(use.id in self.new.design for use in before.uses):
            text = self.new.pen.speech.expr(before)
            yield self.update(new, f"{self.new.pen.column(new.id)} = ({text})", Place.AFTER, "its values were computed")

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop a column."""
        clause = f"DROP COLUMN {self.old.pen.column(fact.id)}"
        return [self.piece(clause, "drop column", Place.DROP_COLUMN, old=fact, reason=reason)]

    # Changing

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """A virtual column cannot become a plain or stored one; all else is a new definition."""
        before, after = self.definitions(old, new)
        fields = before.changed(after)
        if not fields:
            return Alteration([])
        if _crosses(before, after):
            return None
        disturbed = self.foreign_keys(old.id) if {"type", "charset"} & {*fields} else frozenset()
        return Alteration(list(self.changing(old, new, before, after, fields)), disturbed)

    def definitions(self, old: Fact, new: Fact) -> tuple[Definition, Definition]:
        """Return the definitions of two facts."""
        return old.state[1], new.state[1]

    def foreign_keys(self, column: FactId) -> frozenset[FactId]:
        """Return the foreign keys from and to a column: both sides have one type at all times."""
        design = self.old.design
        return frozenset(each for each in design.referrers(column) if isinstance(design[each], ForeignKey))

    def changing(
        self, old: Fact, new: Fact, before: Definition, after: Definition, fields: tuple[str, ...]
    ) -> Iterator[Step]:
        """Yield the statements that give a column its new definition."""
        column = record_of(new, Column)
        fill = self.filling(new) if "nullable" in fields and not after.nullable else None
        if fields == ("charset",) and self.my.converts(column.parent or "") and not grows(column):
            return  # CONVERT TO does it
        if fields == ("default",) and _is_literal(column, before, after):
            value = column.default.text if column.default is not None else "NULL" if column.nullable else ""
            clause = f"SET DEFAULT {value}" if value else "DROP DEFAULT"
            word = f"ALTER COLUMN {self.new.pen.column(column.id)} {clause}"
            operation = "set default" if column.default is not None else "drop default"
            yield self.piece(word, operation, Place.COLUMN, old=old, new=new, fields=fields)
            return
        if fill is not None and {"type", "charset", "checks"} & {*fields}:
            yield from self.in_two_goes(old, new, fields, fill)
            return
        if fill is not None:
            yield fill
        yield self.modifying(column, old, new, fields, Place.COLUMN)

    def modifying(self, column: Column, old: Fact, new: Fact, fields: tuple[str, ...], place: Place) -> Step:
        """Return MODIFY with a definition."""
        operation = next(name for name, those in _OPERATIONS if {*those} & {*fields})
        if operation == "set not null" and column.nullable:
            operation = "drop not null"
        if operation == "set default" and column.default is None and "default" in fields:
            operation = "drop default"
        said = tuple("collation" if name == "charset" else name for name in fields if name not in ("moved", "checks"))
        clause = f"MODIFY COLUMN {self.line(self.with_charset(column))}"
        return self.piece(clause, operation, place, old=old, new=new, fields=said, column=column.id)

    def with_charset(self, column: Column) -> Column:
        """Return a column with its character set said, where it stands in a table whose default changes as well.

        The two may come in statements of their own, and a column takes the default that holds at its time.
        """
        table = column.parent or ""
        charset = column_charset(self.new.design, column, self.new.dialect.name)
        settled = table not in self.old.design or not changes(
            table_charset(self.old.design, table), table_charset(self.new.design, table)
        )
        if settled or charset is None or not charset.name or self.my.converts(table):
            return column
        extra = {**column.extra, "charset": charset.name}
        kind = without_binary(column.type)
        return msgspec.structs.replace(column, type=kind, extra=extra, collation=charset.collation)

    def in_two_goes(self, old: Fact, new: Fact, fields: tuple[str, ...], fill: Piece) -> Iterator[Step]:
        """Yield a change of type, then what fills the nulls with a value of the new type, then NOT NULL."""
        column = record_of(new, Column)
        lax = msgspec.structs.replace(column, nullable=True)
        first = tuple(each for each in fields if each != "nullable")
        yield self.modifying(lax, old, new, first, Place.COLUMN)
        yield replace(fill, place=Place.AFTER)
        yield self.modifying(column, old, new, ("nullable",), Place.AFTERWARDS)

    def filling(self, new: Fact) -> Piece | None:
        """Return what writes the default where nulls are; None without a default, when a person has to choose."""
        column = record_of(new, Column)
        value = self.new.pen.default(column).removeprefix("DEFAULT ")
        if not value or value.lower() == "null" or column.generated is not None or column.identity:
            return None
        name = self.new.pen.column(column.id)
        return self.update(
            new, f"{name} = {value}", Place.BEFORE, "NOT NULL is refused where nulls are", f"{name} IS NULL"
        )

    def update(self, new: Fact, what: str, place: Place, reason: str, where: str = "") -> Piece:
        """Return an UPDATE that leaves alone what the server would set by itself at each update."""
        table = self.new.design[new.record.parent or ""]
        kept = [
            self.new.pen.column(each.id)
            for each in self.old.catalog.parts(table).columns
            if each.on_update and each.id != new.id and each.id in self.new.design
        ]
        values = ", ".join([what, *(f"{each} = {each}" for each in kept)])
        sql = f"UPDATE {self.new.pen.path_of(table.id)} SET {values}{' WHERE ' + where if where else ''};"  # noqa: S608
        return self.aside(sql, "backfill", place, new=new, reason=reason)

    def line(self, column: Column) -> str:
        """Return a column with all that stands behind it."""
        return column_line(column, self.new, maria=self.is_maria)


def inline_checks(column: Column, side: Side[MyPen], *, maria: bool) -> Iterator[Check]:
    """Yield the checks of MariaDB that are part of a column."""
    for check in side.catalog.hanging[column.parent or ""].checks if maria else ():
        if check.extra.get("inline", "").lower() == column.name.lower() and not check.name:
            yield check


def column_line(column: Column, side: Side[MyPen], *, maria: bool) -> str:
    """Return a column with all that stands behind it, but for keys."""
    table = of_kind(side.design[column.parent or ""], Table)
    layout = Layout({column.id})
    if not column.nullable and is_null(column.default):
        column = msgspec.structs.replace(column, default=None)
    for check in inline_checks(column, side, maria=maria):
        clause = side.pen.check_clause(check)
        if clause and side.pen.takes_check(column.id, layout):
            layout.put(column.id, clause)
    return side.pen.column_line(column, table, layout)


def is_null(default: Expr | None) -> bool:
    """Say whether a default is null, which goes without saying."""
    return default is not None and default.text.strip("() ").lower() == "null"


def _crosses(before: Definition, after: Definition) -> bool:
    """Say whether a column becomes virtual or stops being it."""
    kinds = (before.generated_kind, after.generated_kind)
    return kinds[0] != kinds[1] and "virtual" in kinds


def _is_literal(column: Column, before: Definition, after: Definition) -> bool:
    """Say whether only a constant changes, which needs no whole definition."""
    if after.generated or after.on_update or before.on_update or column.identity:
        return False
    return column.default is None or bool(_LITERAL.match(column.default.text.strip()))


def _words(text: str) -> Hashable:
    return text.lower().replace("()", "").replace("now", "current_timestamp").replace(" ", "")
