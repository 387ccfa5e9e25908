"""About how many rows the tables of a live database have, as the server estimates it: no table is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from designer.importers.live.contract import LiveProblem
from designer.importers.live.mysql.address import address_of
from designer.importers.live.mysql.connection import connected as mysql_connected
from designer.importers.live.postgres.connection import connected as postgres_connected
from designer.importers.live.registry import dialect_of
from designer.importers.live.sqlite import files
from designer.importers.live.sqlite.engine import path_of

Counts = dict[tuple[str, str], int]
"""Schema (empty where there are none) and table -> rows."""

_POSTGRES = """
SELECT n.nspname, c.relname,
       CASE WHEN c.reltuples < 0 THEN pg_stat_get_live_tuples(c.oid) ELSE c.reltuples END::bigint
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
"""
_MYSQL = """
SELECT table_schema AS home, table_name AS name, table_rows AS n FROM information_schema.tables
 WHERE table_type = 'BASE TABLE'
"""
_MOST_LOOKED_AT = 2_000
"""Tables of SQLite whose last row number is looked up; it keeps no estimates but where someone ran ANALYZE."""


def row_counts(url: str) -> Counts:
    """Return the estimates of a live database. Raises LiveProblem.

    A table that was never analysed counts what the server has seen of it, which may be nothing.
    """
    dialect = dialect_of(url)
    if dialect == "postgresql":
        with postgres_connected(url) as connection:
            return {(str(home), str(name)): int(rows) for home, name, rows in connection.execute(_POSTGRES.encode())}
    if dialect in ("mysql", "mariadb"):
        address = address_of(url)
        with mysql_connected(address) as session:
            rows = session.ask(_MYSQL)
        return {("", str(row["name"])): int(row["n"] or 0) for row in rows if row["home"] == address.database}
    if dialect == "sqlite":
        with files.opened(path_of(url)) as base:
            names = [str(row[0]) for row in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return dict(_last_numbers(base, names[:_MOST_LOOKED_AT]))
    raise LiveProblem("this is not the URL of a database")


def _last_numbers(base: sqlite3.Connection, names: Iterable[str]) -> Iterable[tuple[tuple[str, str], int]]:
    """Yield the number of the last row of each table, which is found without reading the others."""
    for name in names:
        quoted = name.replace('"', '""')
        try:
            row = base.execute(f'SELECT max(rowid) FROM "{quoted}"').fetchone()  # noqa: S608 - quoted, of its own list
        except sqlite3.Error:  # WITHOUT ROWID, virtual
            continue
        yield ("", name), int(row[0] or 0)
