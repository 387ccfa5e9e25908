"""Identity columns: their options in one form, and the way to them, from a serial column as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from designer.compare.numbers import sequence_options
from designer.evolution.contract import Step
from designer.evolution.facts import Fact, record_of
from designer.schema import Column

if TYPE_CHECKING:
    from designer.evolution.postgres.columns import ColumnHandler

_SEQUENCE_NAME = re.compile(
    r'\s*\bSEQUENCE\s+NAME\s+((?:(?:"(?:[^"]|"")+"|[\w$]+)\s*\.\s*)?)("(?:[^"]|"")+"|[^\s"]+)', re.IGNORECASE
)
_WORDS = {"increment": "INCREMENT BY", "minimum": "MINVALUE", "maximum": "MAXVALUE", "start": "START WITH",
          "cache": "CACHE"}  # fmt: skip


def identity_state(column: Column) -> tuple[object, ...]:
    """Return what the server keeps of an identity."""
    if not column.identity:
        return ()
    return (column.identity, numbers(column))


def numbers(column: Column) -> frozenset[tuple[str, int]]:
    """Return the options of an identity that are not what holds without them."""
    return frozenset(sequence_options(_SEQUENCE_NAME.sub("", column.identity_options), column.type))


def written_name(column: Column) -> str:
    """Return the name of the sequence that an identity says, as SQL has it; empty where it says none."""
    found = _SEQUENCE_NAME.search(column.identity_options)
    return found[2] if found else ""


def identity_steps(handler: ColumnHandler, old: Fact, new: Fact) -> list[Step]:
    """Return the steps from one identity to another, or from and to none."""
    before, after = record_of(old, Column), record_of(new, Column)
    if identity_state(before) == identity_state(after):
        return []
    where = handler.alter_column(handler.new, after, only=False)

    def step(sql: str, *fields: str) -> Step:
        return handler.step(sql, "alter column", old=old, new=new, fields=fields or ("identity",))

    if not after.identity:
        return [step(f"{where} DROP IDENTITY;")]
    if not before.identity:
        return added(handler, old, new)
    steps = []
    if before.identity != after.identity:
        kind = "ALWAYS" if after.identity == "always" else "BY DEFAULT"
        steps.append(step(f"{where} SET GENERATED {kind};"))
    options = changed_options(before, after)
    return [*steps, step(f"{where} {options};", "identity_options")] if options else steps


def added(handler: ColumnHandler, old: Fact, new: Fact) -> list[Step]:
    """ADD GENERATED; the numbers go on where the sequence of a serial column was, or behind the largest value."""
    before, after = record_of(old, Column), record_of(new, Column)
    pen = handler.new.pen
    table, name = pen.path_of(after.parent), pen.column(after.id)
    where = handler.alter_column(handler.new, after, only=False)
    forbid = [
        handler.step(f"{where} SET NOT NULL;", "set not null", old=old, new=new, fields=("nullable",))
    ] if before.nullable else []  # fmt: skip
    add = handler.step(
        f"{where} ADD {pen.identity(after)};", "alter column", old=old, new=new, fields=("identity", "identity_options")
    )
    own = pen.literal(handler.postgres.identity_path(handler.new, after))
    sequence = handler.postgres.sequence_before(after.id)
    start = dict(numbers(after)).get("start", 1)
    if sequence:
        value = f"SELECT setval({own}, last_value, is_called) FROM {sequence};"
    else:
        value = f"SELECT setval({own}, max({name})) FROM {table} HAVING max({name}) >= {start};"
    carry = handler.step(
        value, "backfill", old=old, new=new, fields=("identity",), reason="the numbers go on where they were"
    )
    return [*forbid, add, carry]


def numbers_of_identity(handler: ColumnHandler, default: Fact) -> list[Step]:
    """Return the step by which a serial goes on behind the largest number that its identity gave."""
    column = record_of(default, Column)
    before = handler.old.design.get(column.id)
    if not isinstance(before, Column) or not before.identity:
        return []
    pen = handler.new.pen
    table, name = pen.path_of(column.parent), pen.column(column.id)
    sql = [
        f"SELECT setval({pen.literal(pen.path(each))}, max({name})) FROM {table} HAVING max({name}) IS NOT NULL;"
        for each in handler.postgres.owned_by(handler.new, column.id)
    ]
    reason = "the numbers go on where they were"
    return [handler.step(each, "backfill", new=default, fields=("default",), reason=reason) for each in sql]


def changed_options(before: Column, after: Column) -> str:
    """Return the options that bring one identity's sequence to another's: `SET INCREMENT BY 10 SET CACHE 1`."""
    was, now = dict(numbers(before)), dict(numbers(after))
    words = [_option(name, now.get(name)) for name in {**was, **now} if was.get(name) != now.get(name)]
    return " ".join(f"SET {word}" for word in words)


def _option(name: str, value: int | None) -> str:
    if name == "cycle":
        return "CYCLE" if value else "NO CYCLE"
    if value is not None:
        return f"{_WORDS.get(name, name.upper())} {value}"
    usual = {"increment": "INCREMENT BY 1", "minimum": "NO MINVALUE", "maximum": "NO MAXVALUE", "start": "START WITH 1"}
    return usual.get(name, "CACHE 1")
