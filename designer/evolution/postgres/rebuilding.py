"""A table that is made anew, with its rows carried over: a plain one becomes partitioned, or the reverse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.schema import Column, Table

if TYPE_CHECKING:
    from designer.evolution.postgres.tables import TableHandler


def rebuilt(handler: TableHandler, old: Fact, new: Fact, folded: Sequence[Fact]) -> list[Step]:
    """Return the steps: the old table aside, the new one made, rows over, numbers on, the old one dropped."""
    before, after = old.record, new.record
    assert isinstance(before, Table) and isinstance(after, Table)
    dialect, pen = handler.new.dialect, handler.new.pen
    aside = handler.postgres.free_name(before, f"{before.name}_old")
    here = pen.path(after)
    schema = handler.new.catalog.schema_of(after)
    away = f"{dialect.quote(schema)}.{dialect.quote(aside)}" if schema else dialect.quote(aside)

    def step(sql: str, operation: str = "rebuild table") -> Step:
        return handler.step(sql, operation, old=old, new=new)

    steps = [step(f"ALTER TABLE {here} RENAME TO {dialect.quote(aside)};", "rename")]
    steps += [step(sql) for sql in _freed(handler, before, away)]
    steps += handler.create(new, folded, "")
    shared = [each.record for each in folded if each.kind == "column" and _is_filled(handler, each.record)]
    columns = ", ".join(pen.column(each.id) for each in shared)
    if columns:
        over = " OVERRIDING SYSTEM VALUE" if any(getattr(each, "identity", "") for each in shared) else ""
        steps.append(step(f"INSERT INTO {here} ({columns}){over} SELECT {columns} FROM {away};"))
    steps += [step(sql) for column in shared for sql in _numbers(handler, column, here)]
    return [*steps, step(f"DROP TABLE {away};")]


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
        f"ALTER TABLE {away} DROP CONSTRAINT {dialect.quote(each.name)};" for each in (*parts.keys, *parts.exclusions)
        if not each.extra.get("refused")
    ]  # fmt: skip
    freed += [f"DROP INDEX {handler.postgres.index_path(handler.old, each)};" for each in parts.indexes]
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
    own = f"pg_get_serial_sequence({pen.literal(table)}, {pen.literal(column.name)})"
    name = pen.column(column.id)
    return [f"SELECT setval({own}, max({name})) FROM {table} HAVING max({name}) IS NOT NULL;"]
