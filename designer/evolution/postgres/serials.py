"""Serial columns, written as the server keeps them where that makes a difference; and the sequences of identities."""

from __future__ import annotations

import msgspec

from designer.dialects.base import Dialect
from designer.evolution.postgres.identity import written_name
from designer.evolution.postgres.naming import Naming, schema_name
from designer.evolution.postgres.types import SERIALS
from designer.schema import Column, Design, Expr, Id, Partitioning, Record, Schema, Sequence, Table, Use


def is_serial(record: Record | None) -> bool:
    """Say whether a column is written as a serial."""
    return isinstance(record, Column) and record.type.lower() in SERIALS


def with_sequences(design: Design, other: Design, naming: Naming, dialect: Dialect) -> Design:
    """Return a design whose serial columns are integers over a sequence, where the other side has them otherwise.

    So are those that other tables inherit: they take their numbers from the same sequence.
    """
    put: list[Record] = []
    above = {
        parent
        for side in (design, other)
        for table in side.of(Table)
        for parent in (table.partition_of, *table.inherits)
    }  # fmt: skip
    for column in design.of(Column):
        table = design.get(column.parent or "")
        if not is_serial(column) or not isinstance(table, Table):
            continue
        if table.id in above or _matters(column, table, design, other):
            put += _written_out(column, table, design, other, naming, dialect)
    return design.changed((), put) if put else design


def _matters(column: Column, table: Table, design: Design, other: Design) -> bool:
    """Say whether a serial is on both sides, and not the same on them."""
    after, home = other.get(column.id), other.get(table.id)
    if not isinstance(after, Column) or not isinstance(home, Table):
        return False
    same = after.type.lower() == column.type.lower() and not after.identity
    anew = bool(design.of(Partitioning, table.id)) != bool(other.of(Partitioning, table.id))
    return not same or anew or after.name != column.name or home.name != table.name


def _written_out(
    column: Column, table: Table, design: Design, other: Design, naming: Naming, dialect: Dialect
) -> list[Record]:
    schema = schema_name(design, table)
    name = naming.take(table.name, column.name, "seq", schema, relation=True, constraint=False)
    theirs = next((each for each in other.of(Sequence) if each.owned_by == column.id), None)
    own = theirs.id if theirs is not None and theirs.id not in design else f"{column.id}~sequence"
    kind = SERIALS[column.type.lower()]
    sequence = Sequence(
        id=own, parent=table.parent, order=f"{table.order}s", name=name, type=kind, owned_by=column.id,
        extra={"persistence": "unlogged"} if table.persistence == "unlogged" else {},
    )  # fmt: skip
    home = design.get(table.parent or "")
    path = f"{dialect.quote(home.name)}." if isinstance(home, Schema) else ""
    quoted = dialect.quote(name)
    head = f"nextval('{path}".replace("'", "'", 1)
    text = f"{head}{quoted}'::regclass)"
    default = Expr(text, (Use(len(head), len(head) + len(quoted), own),))
    after = other.get(column.id)
    if isinstance(after, Column) and after.default is not None and any(use.id == own for use in after.default.uses):
        default = after.default
    return [msgspec.structs.replace(column, type=kind, nullable=False, default=default), sequence]


def identity_sequences(design: Design, naming: Naming, dialect: Dialect) -> dict[Id, Sequence]:
    """Return the sequences behind identity columns, by ids of their own: they are renamed and moved like others."""
    found: dict[Id, Sequence] = {}
    for column in design.of(Column):
        table = design.get(column.parent or "")
        if column.identity and isinstance(table, Table) and not _is_implied(column):
            name = sequence_name(column, table, design, naming, dialect)
            own = f"{column.id}~identity"
            found[own] = Sequence(id=own, parent=table.parent, name=name, owned_by=column.id)
    return found


def _is_implied(column: Column) -> bool:
    return "~" in column.id


def sequence_name(column: Column, table: Table, design: Design, naming: Naming, dialect: Dialect) -> str:
    """Return the name of the sequence of an identity: what is written, or what the server chooses."""
    written = written_name(column)
    if written:
        return dialect.unquote(written)
    return naming.take(
        table.name, column.name, "seq", schema_name(design, table), relation=True, constraint=False
    )  # fmt: skip
