"""The columns that CREATE TABLE … AS SELECT makes in SQLite, where the query takes them from one table as they are."""

from __future__ import annotations

from designer.importers.sql.generic.catalog import Catalog
from designer.importers.sql.generic.cursor import END, Cursor
from designer.importers.sql.generic.drafts import ColumnDraft, TableDraft

_AFFINITIES = (
    ("INT", ("INT",)), ("TEXT", ("CHAR", "CLOB", "TEXT")), ("", ("BLOB",)), ("REAL", ("REAL", "FLOA", "DOUB")),
)  # fmt: skip
"""Words in a type, looked for in this order, and what SQLite writes for a column of such a type."""


def columns_of_query(cursor: Cursor, catalog: Catalog) -> dict[str, ColumnDraft] | None:
    """Return the columns of the statement's query; None for a query that does more than pick columns of one table."""
    found = _pick(Cursor(cursor.text, cursor.flavour, cursor.starts[0], cursor.ends[-1]), catalog)
    if found is None:
        return None
    made = {name.lower(): ColumnDraft(name, cursor.offset, _affinity(column.type)) for name, column in found}
    return made if len(made) == len(found) else None


def _pick(cursor: Cursor, catalog: Catalog) -> list[tuple[str, ColumnDraft]] | None:
    while cursor.word not in ("SELECT", "WITH", END):
        cursor.at += 1
    if not cursor.accept("SELECT"):
        return None
    items = _items(cursor)
    if items is None or not cursor.accept("FROM") or not cursor.is_name():
        return None
    table = catalog.table(*cursor.qualified())
    if table is None or cursor.word not in (END, "WHERE", "ORDER", "LIMIT"):
        return None
    return _columns(items, table)


def _items(cursor: Cursor) -> list[tuple[str, str]] | None:
    """Return (column, name in the result) for each item of a SELECT, `*` for all; None where one is an expression."""
    found: list[tuple[str, str]] = []
    while True:
        if cursor.accept("*"):
            found.append(("*", ""))
        elif cursor.is_name():
            column = cursor.qualified()[1]
            named = cursor.accept("AS") or (cursor.is_name() and cursor.word != "FROM")
            found.append((column, cursor.name() if named else ""))
        else:
            return None
        if not cursor.accept(","):
            return found


def _columns(items: list[tuple[str, str]], table: TableDraft) -> list[tuple[str, ColumnDraft]] | None:
    found: list[tuple[str, ColumnDraft]] = []
    for name, alias in items:
        column = table.column(name)
        if name == "*":
            found += ((each.name, each) for each in table.columns.values())
        elif column is None:
            return None
        else:
            found.append((alias or column.name, column))
    return found


def _affinity(written: str) -> str:
    upper = written.upper()
    if not upper:
        return ""
    return next((name for name, signs in _AFFINITIES if any(sign in upper for sign in signs)), "NUM")
