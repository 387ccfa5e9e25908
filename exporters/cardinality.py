"""What a foreign key says about how many rows stand at either end of it."""

from __future__ import annotations

from dataclasses import dataclass

from designer.schema import Column, Design, ForeignKey, Id, Index, Key


@dataclass(frozen=True, slots=True)
class Cardinality:
    """The two ends of a foreign key, seen from one row at the other end.

    A row of the referencing table has one parent, or perhaps none where `parent_optional`. A row of the referenced
    table has any number of children, or at most one where `child_single`. `identifying` says that the child is known
    by its parent: the columns of the foreign key are part of its primary key.
    """

    parent_optional: bool
    child_single: bool
    identifying: bool


def of_foreign_key(design: Design, foreign_key: ForeignKey) -> Cardinality:
    """Return the cardinality that nullability and uniqueness of the referencing columns give a foreign key."""
    columns = frozenset(foreign_key.columns)
    table = foreign_key.parent or ""
    primary = primary_columns(design, table)
    return Cardinality(
        parent_optional=any(_nullable(design, each) for each in columns - primary),
        child_single=any(unique <= columns for unique in unique_sets(design, table)),
        identifying=bool(columns) and columns <= primary,
    )


def primary_columns(design: Design, table: Id) -> frozenset[Id]:
    """Return the columns of the primary key of a table; none where it has no primary key."""
    return frozenset(primary_key_columns(design, table))


def primary_key_columns(design: Design, table: Id) -> tuple[Id, ...]:
    """Return the same in key order."""
    return tuple(each for key in design.of(Key, table) if key.primary for each in key.columns)


def unique_sets(design: Design, table: Id) -> list[frozenset[Id]]:
    """Return the sets of columns of which no two rows agree: keys, and unique indexes over all rows."""
    keys = [frozenset(key.columns) for key in design.of(Key, table) if key.columns and not key.without_overlaps]
    indexes = [
        frozenset(part.column for part in index.parts if part.column is not None)
        for index in design.of(Index, table)
        if index.unique and index.where is None and index.parts and all(part.column for part in index.parts)
    ]
    return keys + indexes


def _nullable(design: Design, column: Id) -> bool:
    record = design.get(column)
    return isinstance(record, Column) and record.nullable
