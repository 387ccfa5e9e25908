"""Nearly all tables of schemas that people run take sample rows. Downloads; nightly only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import psycopg
import pymysql
import pytest

from designer.importers.sql import read
from tests.fidelity import mariadb, postgresql, sqlite
from tests.fidelity.__main__ import home_of
from tests.fidelity.packages import NotFetched
from tests.servers import not_here
from tests.verify.rows.fill import Run, filled, on_mariadb, on_postgres, on_sqlite, ordinary

pytestmark = pytest.mark.slow
ENOUGH = 0.95
SCHEMAS = {"postgresql": postgresql.SCHEMAS, "mariadb": mariadb.SCHEMAS, "sqlite": sqlite.SCHEMAS}


@contextmanager
def _runs(dialect: str, database: Any) -> Iterator[Run]:
    if dialect == "postgresql":
        with psycopg.connect(database) as connection:
            yield on_postgres(connection)
    elif dialect == "mariadb":
        with closing(pymysql.connect(**database)) as connection:
            yield on_mariadb(connection)
    else:
        with closing(sqlite3.connect(database)) as connection:
            yield on_sqlite(connection)


@pytest.mark.parametrize("dialect", SCHEMAS)
def test_nearly_all_tables_take_rows(dialect: str) -> None:
    tables, empty = 0, []
    with ExitStack() as stack:
        home = home_of(dialect, stack)
        for real in SCHEMAS[dialect]:
            try:
                script, _ = real.script(home)
            except (NotFetched, FileNotFoundError) as problem:
                not_here(str(problem))
            if real.roles:
                home.add_roles(real.roles)  # type: ignore[attr-defined]
            database = home.new()
            home.apply(database, f"{real.setting}\n{script}")
            design = read(script, f"{real.name}.sql", dialect).design
            with _runs(dialect, database) as run:
                took, refused = filled(design, dialect, run)
            # where the schema's own script has filled a table, the first rows of ours are there already
            theirs = {
                sql.split()[2] for sql, problem in refused.items() if "uplicate" in problem or "UNIQUE" in problem
            }
            for table in ordinary(design):
                tables += 1
                if not took[table.id] and not any(each.endswith(table.name) or table.name in each for each in theirs):
                    empty.append(f"{real.name}: {table.name}")
    assert len(empty) <= (1 - ENOUGH) * tables, empty
