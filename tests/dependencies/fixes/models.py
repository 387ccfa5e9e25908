"""Small designs for these tests, read from SQL, and short ways to name what is in them."""

from __future__ import annotations

from designer.importers.registry import read_any
from designer.schema import Column, Design, Id, Table


def design_of(sql: str, dialect: str = "postgresql") -> Design:
    """Return the design of a script."""
    return read_any(sql, "schema.sql", dialect).design


def table_of(design: Design, name: str) -> Table:
    """Return the table of that name."""
    return next(table for table in design.of(Table) if table.name == name)


def columns_of(design: Design, table: str, names: str) -> list[Id]:
    """Return the ids of columns given as `city, state`."""
    own = {column.name: column.id for column in design.of(Column, table_of(design, table).id)}
    return [own[name] for name in names.split(", ")] if names else []


def names_of(design: Design, table: str) -> list[str]:
    """Return the names of a table's columns from left to right."""
    return [column.name for column in design.of(Column, table_of(design, table).id)]
