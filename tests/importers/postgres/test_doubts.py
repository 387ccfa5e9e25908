"""What a server refuses is told at its line; what it takes is not. The list is proven on a real server below."""

import re

import pytest

from designer.importers.contract import Outcome
from designer.schema import Index, Statement
from tests.importers.postgres.reading import Reading
from tests.servers import PostgresServer, postgres_server

__all__ = ["postgres_server"]

BASE = """CREATE TYPE mood AS ENUM ('a');
CREATE TABLE a (id int PRIMARY KEY, n text, d date, ts timestamptz, tz timestamp, j json, jb jsonb, e numeric, m mood);
CREATE TABLE pp (a int) PARTITION BY RANGE (a); CREATE TABLE pp1 PARTITION OF pp FOR VALUES FROM (1) TO (10);
CREATE VIEW v AS SELECT id FROM a;
"""

REFUSED = [
    "CREATE TABLE a (x int)",
    "CREATE TABLE b (n text REFERENCES a (n))",
    "CREATE TABLE b (a_id text REFERENCES a (id))",
    "CREATE TABLE b (a_id int REFERENCES a (nope))",
    "CREATE TABLE b (a_id int REFERENCES nowhere)",
    "CREATE TABLE b (a_id int REFERENCES v)",
    "CREATE TABLE b (id int PRIMARY KEY, id int)",
    "CREATE TABLE b (id int PRIMARY KEY, PRIMARY KEY (id))",
    "CREATE TABLE b (id int, PRIMARY KEY (nope))",
    "CREATE TABLE b (id int, CONSTRAINT c CHECK (id > 0), CONSTRAINT c CHECK (id > 1))",
    "CREATE TABLE b (id int CHECK (nope > 0))",
    "CREATE TABLE b (id int CHECK (id > (SELECT 1)))",
    "CREATE TABLE b (id int DEFAULT nope())",
    "CREATE TABLE b (id int DEFAULT 'abc')",
    "CREATE TABLE b (m mood DEFAULT 'zzz')",
    "CREATE TABLE b (id int DEFAULT nextval('no_sequence'))",
    "CREATE TABLE b (id int GENERATED ALWAYS AS (random()) STORED)",
    "CREATE TABLE b (d date, t text GENERATED ALWAYS AS (d::text) STORED)",
    "CREATE TABLE b (p jsonb, t timestamptz GENERATED ALWAYS AS ((p->>'at')::timestamptz) STORED)",
    "CREATE TABLE b (m mood, t text GENERATED ALWAYS AS (m::text) STORED)",
    "CREATE TABLE b (a int GENERATED ALWAYS AS (b) STORED, b int GENERATED ALWAYS AS (1) STORED)",
    "CREATE TABLE b (a int GENERATED ALWAYS AS IDENTITY DEFAULT 3)",
    "CREATE TABLE b (a text GENERATED ALWAYS AS IDENTITY)",
    "CREATE TABLE b (a datetime)",
    "CREATE TABLE b (a vector(3))",
    "CREATE TABLE b (a int, EXCLUDE USING gist (a WITH =))",
    "CREATE TABLE b (x xml UNIQUE)",
    "CREATE TABLE b (LIKE nowhere)",
    "CREATE TABLE b () INHERITS (nowhere)",
    "CREATE TABLE b (a int, b int PRIMARY KEY) PARTITION BY RANGE (a)",
    "CREATE TABLE b PARTITION OF pp FOR VALUES FROM (5) TO (20)",
    "CREATE TABLE b PARTITION OF a FOR VALUES FROM (5) TO (20)",
    "CREATE INDEX x ON nowhere (id)",
    "CREATE INDEX x ON a (nope)",
    "CREATE INDEX x ON a (id) INCLUDE (nope)",
    "CREATE INDEX x ON a (j)",
    "CREATE INDEX x ON a USING gin (n)",
    "CREATE INDEX x ON a USING gist (n gist_trgm_ops)",
    "CREATE INDEX x ON a USING gist (id)",
    "CREATE INDEX x ON a USING nomethod (n)",
    "CREATE INDEX x ON a USING hnsw (n)",
    "CREATE UNIQUE INDEX x ON a USING gin (jb)",
    "CREATE INDEX x ON a USING hash (id, n)",
    "CREATE INDEX x ON a (to_char(ts, 'YYYY'))",
    "CREATE INDEX x ON a (date_trunc('day', ts))",
    "CREATE INDEX x ON a ((ts::date))",
    "CREATE INDEX x ON a (id) WHERE ts > now()",
    "CREATE INDEX x ON a (id) WHERE d > CURRENT_DATE",
    "CREATE INDEX x ON a USING gin (to_tsvector(n))",
    "CREATE INDEX x ON a (concat(n, 'x'))",
    "CREATE INDEX x ON a (age(ts))",
    "CREATE INDEX x ON a (extract(year from ts))",
    "CREATE INDEX x ON a ((ts + interval '1 day'))",
    "CREATE INDEX x ON a (((jb->>'a')::date))",
    "CREATE INDEX x ON a ((n || ts))",
    "CREATE INDEX x ON a (id) WHERE ts > d",
    "ALTER TABLE nowhere ADD COLUMN x int",
    "ALTER TABLE a ADD COLUMN id int",
    "ALTER TABLE a ALTER COLUMN nope SET NOT NULL",
    "ALTER TABLE a ALTER COLUMN nope TYPE bytea",
    "ALTER TABLE a DROP CONSTRAINT nope",
    "ALTER TABLE a DROP COLUMN nope",
    "ALTER TABLE a RENAME COLUMN nope TO yes",
    "ALTER TABLE a RENAME COLUMN n TO d",
    "ALTER TYPE no_mood ADD VALUE 'x'",
    "ALTER TYPE mood ADD VALUE 'a'",
    "CREATE TYPE mood AS ENUM ('b')",
    "CREATE DOMAIN mood AS text",
    "CREATE VIEW w AS SELECT nope FROM a",
    "CREATE VIEW w AS SELECT x.nope FROM a x",
    "CREATE VIEW w AS SELECT * FROM nowhere",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT id FROM nowhere'",
    "CREATE FUNCTION f() RETURNS no_type LANGUAGE sql AS 'SELECT 1'",
    "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION no_function()",
    "CREATE POLICY p ON a USING (nope = 1)",
    "CREATE POLICY p ON a USING (id = no_function())",
    "CREATE POLICY p ON nowhere USING (true)",
    "COMMENT ON TABLE nowhere IS 'x'",
    "COMMENT ON COLUMN a.nope IS 'x'",
    "CREATE PUBLICATION pu FOR TABLE nowhere",
    "GRANT SELECT ON nowhere TO PUBLIC",
    "DROP TABLE nowhere",
    "DROP INDEX nowhere",
    "CREATE TABLE no_schema.t (a int)",
    "CREATE SEQUENCE sq OWNED BY a.nope",
    "SELECT no_function(1)",
    "CREATE TABLE b (a int, INDEX i (a))",
    "this is no SQL",
]
"""Statements that PostgreSQL 18 refuses behind BASE."""

ACCEPTED = [
    "CREATE TABLE b (a int, b text, c text GENERATED ALWAYS AS (a || b) STORED)",
    "CREATE TABLE b (p jsonb, u bigint GENERATED ALWAYS AS ((p->>'user')::bigint) STORED)",
    "CREATE TABLE b (h text GENERATED ALWAYS AS (md5('x' || 'y')) STORED, t timestamptz DEFAULT 'infinity')",
    "CREATE TABLE b (a varchar(9) DEFAULT 12, n numeric DEFAULT '1.5e3', i bigint DEFAULT ' 7 ')",
    "CREATE TABLE b (s serial, n int DEFAULT nextval('b_s_seq'))",
    "CREATE TABLE b (id bigint REFERENCES a (id), CHECK (b.id > 0))",
    "CREATE TABLE b (r tstzrange, EXCLUDE USING gist (r WITH &&))",
    "CREATE TABLE b PARTITION OF pp FOR VALUES FROM (10) TO (20)",
    "CREATE TABLE b (x a, y a[], z information_schema.sql_identifier)",
    "CREATE INDEX x ON a (date_trunc('day', tz))",
    "CREATE INDEX x ON a (age(ts, ts))",
    "CREATE INDEX x ON a (extract(year from d), (d + interval '1 day'))",
    "CREATE INDEX x ON a ((ts AT TIME ZONE 'UTC'))",
    "CREATE INDEX x ON a USING gin (to_tsvector('english', coalesce(n, '') || ' ' || id), jb jsonb_path_ops)",
    "CREATE INDEX x ON a ((jb->>'a'), (((jb->>'b')::int)), lower(n)) WHERE n IS NOT NULL AND m = 'a'",
    "CREATE INDEX x ON a USING brin (ts)",
    "CREATE INDEX x ON a (id) WHERE ts > '2024-01-01'::timestamptz",
    "CREATE VIEW w AS SELECT n AS x, count(*) c FROM a GROUP BY x ORDER BY c, x",
    "CREATE VIEW w AS SELECT a FROM a WHERE EXISTS (SELECT 1 FROM pp WHERE pp.a = id)",
    "CREATE VIEW w AS SELECT s.k, g FROM (SELECT id AS k FROM a) s, generate_series(1, 3) g, LATERAL (SELECT k) l",
    "CREATE VIEW w AS WITH RECURSIVE r AS (SELECT id, 1 AS depth FROM a UNION ALL SELECT id, depth + 1 FROM r) SELECT depth FROM r",
    "CREATE VIEW w AS SELECT ctid, tableoid, a.* FROM a",
    "CREATE FUNCTION f(x a) RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a'",
    "CREATE POLICY p ON a USING (n = CURRENT_USER AND id IN (SELECT pp.a FROM pp))",
]  # fmt: skip
"""Statements that PostgreSQL 18 takes behind BASE."""


@pytest.mark.parametrize("statement", REFUSED)
def test_a_refusal_is_told_at_its_line(statement: str) -> None:
    reading = Reading(f"{BASE}\n{statement};")
    last = BASE.count("\n") + 2
    assert [line for _, line in reading.told()][:1] == [last], reading.findings


@pytest.mark.parametrize("statement", ACCEPTED)
def test_what_is_fine_raises_no_doubt(statement: str) -> None:
    assert Reading(f"{BASE}\n{statement};").told() == []


def test_the_records_of_refused_things_say_so() -> None:
    reading = Reading(BASE + "CREATE INDEX x ON a (now()); CREATE TABLE a (other int);")
    assert "not immutable" in reading.one(Index).extra["refused"]
    assert reading.one(Statement).phase == "never"
    assert [line for _, line in reading.told(Outcome.WARNING)] == [5, 5]


@pytest.mark.postgres
def test_the_server_agrees(postgres_server: PostgresServer) -> None:
    import psycopg

    def accepted(connection: "psycopg.Connection[tuple[object, ...]]", statement: str) -> bool:
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(re.sub("%", "%%", statement).encode())
        except psycopg.Error:
            return False
        return True

    with psycopg.connect(postgres_server.new_database(), autocommit=True) as connection:
        connection.execute(BASE.encode())
        assert [each for each in REFUSED if accepted(connection, each)] == []
        assert [each for each in ACCEPTED if not accepted(connection, each)] == []
