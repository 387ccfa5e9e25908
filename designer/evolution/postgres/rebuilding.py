"""A table that is made anew, with its rows carried over: a plain one becomes partitioned, or the reverse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.postgres.types import conversion
from designer.schema import Column, Table

if TYPE_CHECKING:
    from designer.evolution.postgres.tables import TableHandler


def rebuilt(handler: TableHandler, old: Fact, new: Fact, folded: Sequence[Fact]) -> list[Step]:
    """Return the steps that put the old table aside and make the new one."""
    before, after = record_of(old, Table), record_of(new, Table)
    here, away = handler.new.pen.path(after), _away(handler, before)
    aside = handler.new.dialect.quote(_aside(handler, before))
    steps = [handler.step(f"ALTER TABLE {here} RENAME TO {aside};", "rename", old=old, new=new)]
    steps += [handler.step(sql, "rebuild table", old=old, new=new) for sql in _freed(handler, before, away)]
    return steps + handler.create(new, folded, "")


def filled(handler: TableHandler, old: Fact, new: Fact) -> list[Step]:
    """Return the steps that carry the rows over, set the numbers on, and drop the old table."""
    before, after = record_of(old, Table), record_of(new, Table)
    pen = handler.new.pen
    here, away = pen.path(after), _away(handler, before)
    shared = [each for each in handler.new.catalog.parts(after).columns if _is_filled(handler, each)]
    columns = ", ".join(pen.column(each.id) for each in shared)
    sql = []
    if columns:
        over = " OVERRIDING SYSTEM VALUE" if any(each.identity for each in shared) else ""
        sql.append(f"INSERT INTO {here} ({columns}){over} SELECT {_values(handler, shared)} FROM {away};")
    sql += [each for column in shared for each in _numbers(handler, column, here)]
    along = [handler.old.pen.path(each) for each in _children(handler, old)]
    sql.append(f"DROP TABLE {', '.join([away, *along])};")
    return [handler.step(each, "rebuild table", old=old, new=new) for each in sql]


def _children(handler: TableHandler, old: Fact) -> list[Table]:
    """Return the children that inherit from a table and go with it: what hangs on both goes in one statement."""
    facts = handler.mover.old_facts
    found = (facts[each].record for each in handler.taken_along(old) if facts[each].kind == "table")
    return [
        each for each in found
        if isinstance(each, Table) and each.partition_of is None and each.id not in handler.postgres.after
    ]  # fmt: skip


def _aside(handler: TableHandler, table: Table) -> str:
    return handler.postgres.free_name(table, f"{table.name}_old")


def _away(handler: TableHandler, table: Table) -> str:
    """Return the name of the table that was put aside, with its schema."""
    quote = handler.old.dialect.quote
    schema = handler.old.catalog.schema_of(table)
    name = quote(_aside(handler, table))
    return f"{quote(schema)}.{name}" if schema else name


def _values(handler: TableHandler, columns: Sequence[Column]) -> str:
    """Return the values of the old table, each in the type that its column has now."""
    pen = handler.new.pen
    values = []
    for column in columns:
        before = cast(Column, handler.old.design[column.id])
        name = pen.column(column.id)
        values.append(conversion(name, before, column, pen.column_type(column)) or name)
    return ", ".join(values)


def _is_filled(handler: TableHandler, column: object) -> bool:
    """Say whether a column has values to be carried over."""
    if not isinstance(column, Column) or column.generated is not None:
        return False
    return isinstance(handler.old.design.get(column.id), Column)


def _freed(handler: TableHandler, table: Table, away: str) -> list[str]:
    """Return the statements that free the names of keys, indexes and sequences of the table that was put aside."""
    dialect = handler.old.dialect
    parts = handler.old.catalog.parts(table)
    freed = [
        f"ALTER TABLE {away} DROP CONSTRAINT IF EXISTS {dialect.quote(each.name)};"
        for each in (*parts.keys, *parts.exclusions)
        if not each.extra.get("refused")
    ]  # fmt: skip
    freed += [f"DROP INDEX IF EXISTS {handler.postgres.index_path(handler.old, each)};" for each in parts.indexes]
    for column in parts.columns:
        if column.identity:
            freed.append(f"ALTER TABLE {away} ALTER COLUMN {dialect.quote(column.name)} DROP IDENTITY;")
    for sequence in handler.postgres.sequences_of(handler.old, table):
        freed.append(f"ALTER SEQUENCE {handler.old.pen.path(sequence)} OWNED BY NONE;")
    return freed


def _numbers(handler: TableHandler, column: Column, table: str) -> list[str]:
    """Return the statement by which an identity goes on behind the largest value."""
    if not column.identity:
        return []
    pen = handler.new.pen
    own = pen.literal(handler.postgres.identity_path(handler.new, column))
    name = pen.column(column.id)
    return [f"SELECT setval({own}, max({name})) FROM {table} HAVING max({name}) IS NOT NULL;"]
