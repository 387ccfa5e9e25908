"""Rows in the tables of a pair, before and after."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import Any

import psycopg
import pymysql

from designer.dialects.registry import get
from designer.proof.rows import rows_for
from designer.schema import Design, Id, Schema, Table
from tests.fidelity.homes import Home, PostgresPrograms, SQLitePrograms

Counts = dict[Id, int]


def fill(home: Home, database: Any, design: Design, model: Id) -> Counts:
    """Put rows into the tables, as far as the server takes them, and return how many each has."""
    with closing(_connected(home, database)) as base, closing(base.cursor()) as cursor:
        for insert in rows_for(design, model, home.dialect).inserts:
            with suppress(psycopg.Error, pymysql.err.Error, sqlite3.Error):
                cursor.execute(insert.sql.encode() if home.dialect == "postgresql" else insert.sql)
        return _counted(cursor, design, home.dialect, None)


def lost(home: Home, database: Any, design: Design, before: Counts) -> list[str]:
    """Return the tables that are still there and have not the rows that they had."""
    with closing(_connected(home, database)) as base, closing(base.cursor()) as cursor:
        after = _counted(cursor, design, home.dialect, before)
    tables = {each.id: each.name for each in design.of(Table)}
    return [
        f"{tables[each]}: {before[each]} rows, then {count}" for each, count in after.items() if count != before[each]
    ]


def _counted(cursor: Any, design: Design, dialect: str, only: Counts | None) -> Counts:
    found: Counts = {}
    quote = get(dialect).always_quote
    for table in design.of(Table):
        if only is not None and table.id not in only:
            continue
        parent = design.get(table.parent or "")
        name = f"{quote(parent.name)}.{quote(table.name)}" if isinstance(parent, Schema) else quote(table.name)
        with suppress(psycopg.Error, pymysql.err.Error, sqlite3.Error):
            query = f"SELECT count(*) FROM {name}"
            cursor.execute(query.encode() if dialect == "postgresql" else query)
            found[table.id] = int(cursor.fetchone()[0])
    return found


def _connected(home: Home, database: Any) -> Any:
    if isinstance(home, PostgresPrograms):
        return psycopg.connect(database, autocommit=True)
    if isinstance(home, SQLitePrograms):
        return sqlite3.connect(database, isolation_level=None)
    return pymysql.connect(**database, autocommit=True)
