"""A change of type that keeps nobody waiting: a second column is filled by the side and takes the place of the first.

Ways like this are known as expand and contract (Sato, Parallel Change, 2014); pgroll and reshape do it with views.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from designer.evolution.contract import Step
from designer.evolution.handlers import side_of
from designer.evolution.hazards.setting import Setting
from designer.evolution.online.words import backfilled, bare
from designer.schema import (
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Id,
    Index,
    Key,
    Partitioning,
    Policy,
    Record,
    Statement,
    Table,
    Trigger,
    View,
    kind_of,
)
from designer.schema.expressions import render
from designer.schema.references import referred_ids
from exporters.ddl.postgresql import PostgresWriter
from exporters.ddl.text import dollar_quoted

_TYPE = re.compile(r"\bTYPE\s+(?P<type>.+?)(?:\s+USING\s+(?P<using>.+))?\Z", re.IGNORECASE | re.DOTALL)
_HOLDERS: tuple[type[Record], ...] = (
    Key,
    ForeignKey,
    Check,
    Exclusion,
    Partitioning,
    Policy,
    Trigger,
    View,
    Column,
    Statement,
)
"""What keeps a column in its place: only a column that nothing but plain indexes hold can be exchanged."""


def swapped(step: Step, setting: Setting) -> tuple[list[Step], str]:
    """Return the steps that exchange a column for one of another type; where there is no such way none, and why."""
    column = step.new
    found = _TYPE.search(bare(step.sql))
    if not isinstance(column, Column) or found is None:
        return [], "the statement says more than a type"
    held = next(_holders(column.id, setting), None)
    if held is not None:
        return [], f"a {held} holds the column"
    if column.identity or column.generated is not None:
        return [], "the server works the column out itself"
    if column.storage or column.compression or column.statistics is not None or column.not_null_name:
        return [], "it has settings of its own"
    return list(_Swap(step, setting, column, found["type"], found["using"]).steps()), ""


def _holders(column: Id, setting: Setting) -> Iterator[str]:
    for design in (setting.old, setting.new):
        for record in design.values():
            if isinstance(record, _HOLDERS) and record.id != column and column in referred_ids(record):
                yield kind_of(record).replace("_", " ")
        table = design[column].parent
        if any(table in (*each.inherits, each.partition_of) for each in design.of(Table)):
            yield "child table"
        if design.of(Partitioning, table):
            yield "partitioning"


class _Swap:
    """The steps for one column."""

    def __init__(self, step: Step, setting: Setting, column: Column, type_: str, using: str | None):
        self.step, self.setting, self.column = step, setting, column
        self.table = setting.table_path(step)
        self.name = setting.column(column.id)
        self.safe = "".join(letter if letter.isalnum() else "_" for letter in column.id)
        self.beside = setting.dialect.quote(f"wholekey_new_{self.safe}"[:63])
        self.keeper = setting.dialect.quote(f"wholekey_keep_{self.safe}"[:63])
        self.type = type_
        self.value = using or f"{self.name}::{type_}"
        parent = self.table.rpartition(".")[0]
        self.function = f"{parent}.{self.keeper}" if parent else self.keeper

    def steps(self) -> Iterator[Step]:
        """Yield expand, backfill and contract."""
        yield self.made(f"ALTER TABLE {self.table} ADD COLUMN {self.beside} {self.type};", "add column", "expand")
        yield self.made(self.function_text(), "create", "expand", "function")
        trigger = f"CREATE TRIGGER {self.keeper} BEFORE INSERT OR UPDATE ON {self.table} FOR EACH ROW"
        yield self.made(f"{trigger} EXECUTE FUNCTION {self.function}();", "create", "expand", "trigger")
        batch = self.setting.migration.options.batch
        condition = f"{self.beside} IS NULL AND {self.name} IS NOT NULL"
        filled = backfilled(self.table, self.beside, self.value, condition, batch)
        yield replace(self.made(filled, "backfill", "backfill"), in_transaction=False)
        yield from self.indexes_beside()
        yield from self.required()
        yield self.made(self.exchange(), "alter type", "exchange")
        yield self.made(f"DROP FUNCTION {self.function}();", "drop", "exchange", "function")

    def made(self, sql: str, operation: str, stage: str, kind: str = "") -> Step:
        why = f"{self.step.label} gets another type while others go on"
        kind = kind or self.step.kind
        return replace(self.step, sql=sql, operation=operation, stage=stage, kind=kind, reason=why)

    def function_text(self) -> str:
        """The trigger keeps the second column in step with the first."""
        value = re.sub(rf"(?<![\w.\"]){re.escape(self.name)}(?![\w\"])", f"NEW.{self.name}", self.value)
        body = f"\nBEGIN\n    NEW.{self.beside} := {value};\n    RETURN NEW;\nEND"
        return f"CREATE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS {dollar_quoted(body)};"

    # Indexes

    def indexes(self) -> list[Index]:
        """Return the indexes that hold the column on both sides; one that is only new comes by a step of its own."""
        table = self.column.parent
        kept = [each for each in self.setting.new.of(Index, table) if self.column.id in referred_ids(each)]
        return [each for each in kept if each.id in self.setting.old]

    def spare(self, index: Index) -> str:
        safe = "".join(letter if letter.isalnum() else "_" for letter in index.id)
        return f"wholekey_index_{safe}"[:63]

    def indexes_beside(self) -> Iterator[Step]:
        """Yield the indexes over the second column."""
        design = self.setting.new
        column = msgspec.structs.replace(self.column, name=f"wholekey_new_{self.safe}"[:63])
        for index in self.indexes():
            spare = msgspec.structs.replace(index, name=self.spare(index))
            side = side_of(
                design.changed((), [column, spare]), self.setting.migration.new_model, "postgresql", PostgresWriter
            )
            table = side.design.get(index.parent or "")
            if isinstance(table, Table):
                sql = side.pen.index(spare, table)
                sql = re.sub(r"\A(CREATE\s+(?:UNIQUE\s+)?INDEX)\b", r"\1 CONCURRENTLY", sql, count=1)
                yield replace(self.made(sql, "create index", "backfill"), in_transaction=False)

    # The exchange

    def required(self) -> Iterator[Step]:
        """Yield the steps that forbid nulls in the second column, where the first has none."""
        if self.column.nullable:
            return
        check = self.setting.dialect.quote(f"wholekey_set_{self.safe}"[:63])
        alter = f"ALTER TABLE {self.table}"
        yield self.made(
            f"{alter} ADD CONSTRAINT {check} CHECK ({self.beside} IS NOT NULL) NOT VALID;", "add check", "backfill"
        )
        yield self.made(f"{alter} VALIDATE CONSTRAINT {check};", "validate", "backfill")
        yield self.made(f"{alter} ALTER COLUMN {self.beside} SET NOT NULL;", "set not null", "backfill")
        yield self.made(f"{alter} DROP CONSTRAINT {check};", "drop constraint", "backfill")

    def exchange(self) -> str:
        """Return what happens in one moment: the first column goes, the second gets its name."""
        alter, dialect = f"ALTER TABLE {self.table}", self.setting.dialect
        lines = [
            f"DROP TRIGGER {self.keeper} ON {self.table}",
            f"{alter} DROP COLUMN {self.name}",
            f"{alter} RENAME COLUMN {self.beside} TO {self.name}",
        ]
        schema = self.table.rpartition(".")[0]
        for index in self.indexes():
            spare = dialect.quote(self.spare(index))
            spare = f"{schema}.{spare}" if schema else spare
            lines.append(f"ALTER INDEX {spare} RENAME TO {dialect.quote(index.name)}")
        if self.column.default is not None:
            default = render(self.column.default, self.setting.new, dialect.quote, dialect.unquote)
            lines.append(f"{alter} ALTER COLUMN {self.name} SET DEFAULT {default}")
        if self.column.comment:
            lines.append(f"COMMENT ON COLUMN {self.table}.{self.name} IS {dialect.literal(self.column.comment)}")
        return ";\n".join(lines) + ";"
