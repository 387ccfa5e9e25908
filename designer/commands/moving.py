"""Moving columns to another table of the model, and columns that say when a row was written."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.carrying import carry, moving_columns
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.names import called, free_name, names_in, singular
from designer.dialects.base import Dialect
from designer.dialects.logical import logical_type, raw_type
from designer.dialects.registry import get as dialect_of
from designer.schema import Column, Design, Expr, Id, IdSource, Record, Table
from designer.schema.order import between


def move_to_table(design: Design, columns: Sequence[Id], table: Id) -> Edit:
    """Move columns of one table to the end of another one; a name that is taken there gets a suffix."""
    source, moving = moving_columns(design, columns)
    target = get(design, table, Table)
    if target.id == source.id:
        raise Refused(f"{called(design, target)} has these columns already; choose another table", "table")
    if design.model_of(target) != design.model_of(source):
        raise Refused(f"{called(design, target)} is in another model; copy the columns instead", "table")
    parts = carry(design, source, moving, target)
    taken = names_in(design, target.id, (Column,))
    order = last_column(design, target.id)
    for column in moving:
        now = parts.put.get(column.id, column)
        name = suffixed(column.name, source.name, taken)
        order = between(order, None)
        parts.add(replace(now, parent=target.id, name=name, order=order))
        taken.add(name)
        if name != column.name:
            parts.note("renamed", column.id, f"{column.name} is called {name} there, as the name was taken")
    what = moving[0].name if len(moving) == 1 else f"{len(moving)} columns"
    return parts.edit(design, f"Move {what} of {called(design, source)} to {called(design, target)}")


def suffixed(name: str, table: str, taken: set[str]) -> str:
    """Return `name`, or where it is taken that with the table it comes from: `name_profile`."""
    return name if name not in taken else free_name(f"{name}_{singular(table)}", taken)


def last_column(design: Design, table: Id) -> str | None:
    """Return the order key of the last column of a table."""
    columns = design.of(Column, table)
    return columns[-1].order or None if columns else None


AUDIT = ("created_at", "updated_at", "created_by", "updated_by")
"""The columns that tell when a row was written and by whom."""


def add_audit_columns(design: Design, tables: Sequence[Id], names: Sequence[str], ids: IdSource) -> Edit:
    """Add some of `AUDIT` to each table that does not have them yet, of the types and defaults of its database."""
    if not names or any(name not in AUDIT for name in names):
        raise Refused(f"choose one or more of {', '.join(AUDIT)}", "names")
    found = [get(design, each, Table) for each in tables]
    if not found:
        raise Refused("select at least one table", "tables")
    put: list[Record] = []
    for table in found:
        put += _audit(design, table, names, ids)
    if not put:
        raise Refused("every selected table has these columns already", "names")
    touched = {record.parent for record in put}
    where = called(design, found[0]) if len(found) == 1 else f"{len(touched)} table{'s' if len(touched) != 1 else ''}"
    return edit(design, f"Add {', '.join(names)} to {where}", put)


def _audit(design: Design, table: Table, names: Sequence[str], ids: IdSource) -> list[Column]:
    model = design.model_of(table)
    dialect = dialect_of(model.target if model is not None and model.target else "postgresql")
    taken = names_in(design, table.id, (Column,))
    order = last_column(design, table.id)
    made = []
    for name in names:
        if name not in taken:
            order = between(order, None)
            made.append(_audit_column(dialect, Column(id=ids(), parent=table.id, name=name, order=order)))
    return made


def _audit_column(dialect: Dialect, column: Column) -> Column:
    when = column.name.endswith("_at")
    raw, _ = raw_type("timestamp_tz" if when else "string(255)", dialect)
    typed = replace(column, type=raw, logical=logical_type(raw, dialect), nullable=not when)
    if not when:
        return typed
    precision = raw.partition("(")[2]
    now = f"CURRENT_TIMESTAMP({precision}" if precision else "CURRENT_TIMESTAMP"
    follows = now if column.name == "updated_at" and dialect.name in ("mysql", "mariadb") else ""
    return replace(typed, default=Expr(now), on_update=follows)
