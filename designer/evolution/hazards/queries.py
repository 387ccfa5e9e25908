"""Queries that find the rows on which a step would fail, for a reader to run before the migration."""

from __future__ import annotations

from collections.abc import Sequence

from designer.evolution.hazards.setting import Setting
from designer.schema import ForeignKey, Key, Named, Record
from designer.schema.base import Expr
from designer.schema.expressions import render


def nulls(table: str, columns: Sequence[str]) -> str:
    """Return the query for rows with a null in one of some columns."""
    return f"SELECT * FROM {table} WHERE {' OR '.join(f'{each} IS NULL' for each in columns)};"


def duplicates(table: str, columns: Sequence[str], where: str = "") -> str:
    """Return the query for values that are there more than once."""
    listed = ", ".join(columns)
    known = " AND ".join(f"{each} IS NOT NULL" for each in columns)
    condition = f"({where}) AND {known}" if where else known
    return f"SELECT {listed}, count(*) FROM {table} WHERE {condition} GROUP BY {listed} HAVING count(*) > 1;"


def orphans(key: ForeignKey, setting: Setting) -> str:
    """Return the query for rows whose foreign key leads nowhere."""
    own, theirs = setting.find(key.parent), setting.find(key.ref_table)
    referred = key.ref_columns or primary_columns(theirs, setting)
    pairs = list(zip(setting.columns(key.columns), setting.columns(referred), strict=False))
    if not isinstance(own, Named) or not isinstance(theirs, Named) or not pairs:
        return ""
    joined = " AND ".join(f"there.{two} = here.{one}" for one, two in pairs)
    given = " AND ".join(f"here.{one} IS NOT NULL" for one, _ in pairs)
    return (
        f"SELECT here.* FROM {setting.path(own)} here WHERE {given}"
        f" AND NOT EXISTS (SELECT 1 FROM {setting.path(theirs)} there WHERE {joined});"
    )


def primary_columns(table: Record | None, setting: Setting) -> tuple[str, ...]:
    """Return the columns of a table's primary key."""
    if table is None:
        return ()
    for design in (setting.new, setting.old):
        for key in design.of(Key, table.id):
            if key.primary:
                return key.columns
    return ()


def violations(table: str, condition: Expr, setting: Setting) -> str:
    """Return the query for rows that a check would refuse."""
    dialect = setting.dialect
    text = render(condition, setting.new, dialect.quote, dialect.unquote)
    return f"SELECT * FROM {table} WHERE NOT ({text});"


def values(table: str, column: str, gone: Sequence[str]) -> str:
    """Return the query for rows with one of some values, each given as a literal."""
    return f"SELECT * FROM {table} WHERE {column} IN ({', '.join(gone)});"


def too_long(table: str, column: str, length: int) -> str:
    """Return the query for texts of more characters than `length`."""
    return f"SELECT * FROM {table} WHERE char_length({column}) > {length};"
