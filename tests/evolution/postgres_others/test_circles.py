"""What names one another goes in an order that the server takes."""

from __future__ import annotations

import psycopg
import pytest

from designer.evolution import migrate
from designer.evolution.align import aligned
from designer.importers.sql import read
from tests.proof import pg_equal
from tests.servers import PostgresServer

pytestmark = pytest.mark.postgres
_NOTHING = "CREATE TABLE keep (a integer);"
_CIRCLES = _NOTHING + """
CREATE TABLE p (a integer); CREATE TABLE c (b integer) INHERITS (p);
CREATE RULE r AS ON INSERT TO p DO INSTEAD INSERT INTO c (a) VALUES (new.a);
CREATE TABLE x (a integer); CREATE TABLE y (a integer);
CREATE POLICY px ON x USING (EXISTS (SELECT FROM y WHERE y.a = x.a)); CREATE POLICY py ON y USING (EXISTS (SELECT FROM x WHERE x.a = y.a));
CREATE TABLE n (id serial PRIMARY KEY, m integer); ALTER TABLE n ADD FOREIGN KEY (m) REFERENCES n (id);
CREATE FUNCTION even(i integer) RETURNS boolean LANGUAGE sql AS $$ SELECT i = 0 OR odd(i - 1) $$;
CREATE FUNCTION odd(i integer) RETURNS boolean LANGUAGE sql AS $$ SELECT i <> 0 AND even(i - 1) $$;
CREATE VIEW self AS SELECT 1 AS a; CREATE OR REPLACE VIEW self AS SELECT a FROM self;
"""  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [(_NOTHING, _CIRCLES), (_CIRCLES, _NOTHING)], ids=["made", "dropped"])
def test_circles(postgres_server: PostgresServer, old: str, new: str) -> None:
    before, after = postgres_server.new_database(), postgres_server.new_database()
    pair = aligned(*(read(text, "", "postgresql").design for text in (old, new)), "postgresql")
    with psycopg.connect(before, autocommit=True) as one, psycopg.connect(after, autocommit=True) as two:
        for connection, text in ((one, old), (two, new)):
            connection.execute(b"SET check_function_bodies = off")
            connection.execute(text.encode())
        for step in migrate(pair.old, pair.new, "postgresql").steps:
            one.execute(step.sql.encode(), prepare=False)
    assert pg_equal.compare(pg_equal.snapshot(before), pg_equal.snapshot(after)) == []
