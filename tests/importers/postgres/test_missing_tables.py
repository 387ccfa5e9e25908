"""Statements about tables that are not in the script: kept, and exported to run only where the table exists."""

from __future__ import annotations

import psycopg
import pytest

from designer.importers.contract import Outcome
from designer.importers.registry import read_any
from designer.schema import Statement
from exporters.contract import Options
from exporters.registry import get
from tests.servers import PostgresServer

SCRIPT = """CREATE INDEX by_number ON "Sales"."The ""book"" of orders" (number);
ALTER TABLE users ADD COLUMN nick text;
CREATE INDEX CONCURRENTLY slow ON users (nick);
CREATE INDEX recent ON users (nick) WHERE seen > now();
COMMENT ON TABLE users IS 'people';
CREATE TABLE visits (id int PRIMARY KEY, user_id int REFERENCES users (id));
"""


def test_the_record_says_which_table_it_waits_for() -> None:
    result = read_any(SCRIPT, "x.sql", "postgresql")
    waits = {each.line: each.extra.get("only_where", "") for each in result.design.of(Statement)}
    assert waits == {1: '"Sales"."The ""book"" of orders"', 2: "users", 3: "", 4: "", 5: ""}
    warned = {each.line: each.message for each in result.report.findings if each.outcome is Outcome.WARNING}
    assert set(warned) == {1, 2, 3, 4, 5, 6}
    assert "run only where that table exists" in warned[2]
    assert "now()" in warned[4]


@pytest.mark.postgres
def test_the_export_applies_with_and_without_the_table(postgres_server: PostgresServer) -> None:
    ddl = get("ddl").export(read_any(SCRIPT, "x.sql", "postgresql").design, Options()).text
    with psycopg.connect(postgres_server.new_database(), autocommit=True) as connection:
        connection.execute(ddl)  # type: ignore[call-overload]
        assert connection.execute("SELECT count(*) FROM pg_constraint WHERE contype = 'f'").fetchone() == (0,)
    with psycopg.connect(postgres_server.new_database(), autocommit=True) as connection:
        connection.execute('CREATE SCHEMA "Sales"; CREATE TABLE "Sales"."The ""book"" of orders" (number int)')
        connection.execute("CREATE TABLE users (id int PRIMARY KEY, seen timestamptz)")
        connection.execute(ddl)  # type: ignore[call-overload]
        assert connection.execute("SELECT count(*) FROM pg_constraint WHERE contype = 'f'").fetchone() == (1,)
        query = "SELECT count(*) FROM pg_class WHERE relname IN ('by_number', 'slow', 'recent')"
        assert connection.execute(query).fetchone() == (1,)
        query = "SELECT count(*) FROM information_schema.columns WHERE column_name = 'nick'"
        assert connection.execute(query).fetchone() == (1,)
