"""Rows of PostgreSQL tables: TABLESAMPLE where a table is larger than what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg import sql

from designer.discovery.contract import Budget, Clock
from designer.discovery.reading.live_contract import (
    BATCH,
    MOST_DRAWN,
    Place,
    Row,
    Sampling,
    gathered,
    wanted_rows,
)
from designer.discovery.table import Table
from designer.importers.live.postgres.connection import connected, decoded

_TABLES = """
SELECT n.nspname, c.relname, c.relkind IN ('r', 'm'),
       CASE WHEN c.relkind = 'p' OR c.reltuples < 0 THEN -1 ELSE c.reltuples END::bigint
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
   AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))
 ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname
"""
_COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = %s AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped
   AND has_column_privilege(c.oid, a.attnum, 'SELECT')
 ORDER BY a.attnum
"""
_DRAWN = 0.75
"""Part of the rows that may come for which a sample is drawn: one that is cut off would miss the end of the table."""


def tables(url: str) -> list[Place]:
    """Return the tables and views that may be read. Raises LiveProblem."""
    with connected(url) as connection:
        rows = connection.execute(_TABLES.encode()).fetchall()
        found = [Place(decoded(row[0]), decoded(row[1]), int(row[3]), bool(row[2])) for row in rows]
    schemas = {each.schema for each in found}
    return found if len(schemas) > 1 else [Place("", each.name, each.rows, each.is_table) for each in found]


def read(url: str, place: Place, budget: Budget, clock: Clock) -> Table:
    """Return rows of a table. Raises LiveProblem."""
    with connected(url) as connection:
        schema = place.schema or _schema_of(connection, place.name)
        listed = connection.execute(_COLUMNS.encode(), (schema, place.name)).fetchall()
        columns = [(decoded(name), decoded(kind)) for name, kind in listed]
        most = wanted_rows(budget, len(columns))
        sampling = _sampling(place, most)
        query = sql.SQL("SELECT {} FROM {}{} LIMIT {}").format(
            sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name, _ in columns),
            sql.Identifier(schema, place.name),
            sql.SQL(sampling.clause),  # of numbers of ours
            sql.Literal(most),
        )
        batches = _batches(connection, query)
        return gathered(place.called, columns, batches, (budget, clock, most), sampling)


def _schema_of(connection: psycopg.Connection[Any], name: str) -> str:
    rows = connection.execute(_TABLES.encode()).fetchall()
    return next((decoded(row[0]) for row in rows if decoded(row[1]) == name), "public")


def _sampling(place: Place, most: int) -> Sampling:
    if place.rows <= most or not place.is_table:
        return Sampling()
    percent = min(100.0, 100 * most * _DRAWN / place.rows)
    about = f"about {place.rows:,} rows"
    if place.rows <= MOST_DRAWN:
        return Sampling(
            f" TABLESAMPLE BERNOULLI ({percent:.6f}) REPEATABLE (1)",
            f"Of {about} each was drawn with the same chance (TABLESAMPLE BERNOULLI).",
        )
    return Sampling(
        f" TABLESAMPLE SYSTEM ({percent:.6f}) REPEATABLE (1)",
        f"Of {about} whole pages were drawn (TABLESAMPLE SYSTEM): rows that were stored together came together, so "
        "values may seem to go together more than they do.",
    )


def _batches(connection: psycopg.Connection[Any], query: sql.Composed) -> Iterator[Sequence[Row]]:
    with connection.cursor(name="wholekey_rows") as cursor:
        cursor.execute(query)
        while batch := cursor.fetchmany(BATCH):
            if isinstance(next((each for each in batch[0] if each is not None), ""), bytes):
                yield [[None if each is None else decoded(each) for each in row] for row in batch]
            else:
                yield batch
