"""Changes of names: swaps, chains, names that are still taken, what the server does not rename along."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_PAIR = "CREATE TABLE one (id integer PRIMARY KEY, a integer, b integer); CREATE TABLE two (id integer PRIMARY KEY, c text);"
_ROWS = "INSERT INTO one VALUES (1, 2, 3); INSERT INTO two VALUES (1, 'x'), (2, 'y');"

RENAMES = [
    Change(
        name="swap_columns", both=_PAIR, rows=_ROWS, swap={"a integer, b integer": "b integer, a integer"},
        renames=("one.a=one.b", "one.b=one.a"),
    ),
    Change(
        name="swap_tables", both=_PAIR, rows=_ROWS,
        swap={"TABLE one (id integer PRIMARY KEY, a": "TABLE two (id integer PRIMARY KEY, a",
              "TABLE two (id integer PRIMARY KEY, c": "TABLE one (id integer PRIMARY KEY, c"},
        renames=("one=two", "two=one"),
    ),
    Change(
        name="name_of_gone_table", old=_PAIR, new="CREATE TABLE two (id integer PRIMARY KEY, a integer, b integer);",
        rows=_ROWS, renames=("one=two",),
    ),
    Change(
        name="name_of_gone_column", both="CREATE TABLE t (id integer, a integer, b text);",
        rows="INSERT INTO t VALUES (1, 2, 'x');", swap={"a integer, b text": "b integer"}, renames=("t.a=t.b",),
    ),
    Change(
        name="unnamed_follow",
        both="CREATE TABLE t (id serial PRIMARY KEY, a integer UNIQUE CHECK (a > 0), b integer REFERENCES t, EXCLUDE (a WITH =));"
        "CREATE INDEX ON t (a, b); CREATE INDEX ON t (lower(a::text));",
        rows="INSERT INTO t (a) VALUES (1), (2);",
        swap={"TABLE t (id serial": "TABLE tt (id serial", "a integer UNIQUE CHECK (a > 0)": "z integer UNIQUE CHECK (z > 0)",
              "REFERENCES t,": "REFERENCES tt,", "EXCLUDE (a WITH": "EXCLUDE (z WITH", "ON t (a, b)": "ON tt (z, b)",
              "ON t (lower(a::text))": "ON tt (lower(z::text))"},
        renames=("t=tt", "t.a=tt.z"),
    ),
    Change(
        name="identity_follow", both="CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text);",
        rows="INSERT INTO t (v) VALUES ('a');", swap={"TABLE t (id": "TABLE tt (nr"}, renames=("t=tt", "t.id=tt.nr"),
        probe="INSERT INTO users (email) VALUES ('q')",
    ),
    Change(
        name="swap_constraints",
        both="CREATE TABLE t (a integer, b integer, CONSTRAINT x CHECK (a > 0), CONSTRAINT y CHECK (b > 0));",
        rows="INSERT INTO t VALUES (1, 1);", swap={"x CHECK (a > 0)": "x CHECK (b > 0)", "y CHECK (b > 0)": "y CHECK (a > 0)"},
        remade=kinds("check"),
    ),
    Change(
        name="index_becomes_key", both="CREATE TABLE t (a integer NOT NULL);", rows="INSERT INTO t VALUES (1);",
        old="CREATE UNIQUE INDEX u ON t (a);", new="ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);",
    ),
    Change(
        name="name_between_tables",
        both="CREATE TABLE t (a integer); CREATE TABLE s (a integer);",
        old="CREATE INDEX i ON t (a);", new="CREATE INDEX i ON s (a);",
    ),
    Change(
        name="column_everywhere",
        both="CREATE TABLE t (id integer, a text NOT NULL, g text GENERATED ALWAYS AS (lower(a)) STORED, CHECK (a <> ''));"
        "CREATE INDEX ta ON t (upper(a)) WHERE a > 'b'; CREATE VIEW tv AS SELECT id, a AS shown FROM t WHERE a <> 'z';"
        "CREATE POLICY p ON t USING (a = 'q'); CREATE STATISTICS st ON id, a FROM t;"
        "CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a <> NEW.a) EXECUTE FUNCTION touch();",
        rows="INSERT INTO t VALUES (1, 'A');",
        swap={
            "id integer, a text NOT NULL": "id integer, b text NOT NULL", "lower(a)": "lower(b)", "CHECK (a <> '')": "CHECK (b <> '')",
            "(upper(a)) WHERE a > 'b'": "(upper(b)) WHERE b > 'b'", "id, a AS shown FROM t WHERE a <> 'z'": "id, b AS shown FROM t WHERE b <> 'z'",
            "USING (a = 'q')": "USING (b = 'q')", "ON id, a FROM t;": "ON id, b FROM t;",
            "UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a <> NEW.a)": "UPDATE OF b ON t FOR EACH ROW WHEN (OLD.b <> NEW.b)",
        },
        renames=("t.a=t.b",), does="rename, rename",
    ),
    Change(
        name="schema_rename",
        old="CREATE SCHEMA wk_a; CREATE TABLE wk_a.t (id serial PRIMARY KEY, v text); CREATE VIEW wk_a.v AS SELECT id FROM wk_a.t;",
        new="CREATE SCHEMA wk_b; CREATE TABLE wk_b.t (id serial PRIMARY KEY, v text); CREATE VIEW wk_b.v AS SELECT id FROM wk_b.t;",
        rows="INSERT INTO wk_a.t (v) VALUES ('a');", renames=("wk_a=wk_b",),
    ),
    Change(
        name="move_to_new_schema",
        both="CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, u integer REFERENCES users, v text UNIQUE);"
        "CREATE VIEW tv AS SELECT id FROM t; CREATE INDEX ti ON t (v);",
        swap={"CREATE TABLE t (": "CREATE SCHEMA wk_n; CREATE TABLE wk_n.t (", "FROM t; CREATE INDEX ti ON t": "FROM wk_n.t; CREATE INDEX ti ON wk_n.t"},
        new="COMMENT ON SCHEMA wk_n IS 'n';", rows="INSERT INTO t (v) VALUES ('a');", renames=("t=wk_n.t",),
    ),
    Change(
        name="type_names",
        both="CREATE TYPE kind AS ENUM ('a', 'b'); CREATE DOMAIN cents AS integer CHECK (VALUE > 0);"
        "CREATE TYPE pt AS (x integer); CREATE TABLE t (k kind DEFAULT 'a', c cents, p pt, ks kind[] DEFAULT '{}');"
        "CREATE FUNCTION f(k kind, c cents) RETURNS kind LANGUAGE sql AS 'SELECT k';",
        rows="INSERT INTO t (k) VALUES ('b');",
        swap={
            "TYPE kind AS": "TYPE sort AS", "DOMAIN cents": "DOMAIN money_cents", "TYPE pt": "TYPE point_of",
            "k kind DEFAULT 'a', c cents, p pt, ks kind[]": "k sort DEFAULT 'a', c money_cents, p point_of, ks sort[]",
            "f(k kind, c cents) RETURNS kind": "f(k sort, c money_cents) RETURNS sort",
        },
        renames=("kind=sort", "cents=money_cents", "pt=point_of"),
    ),
    Change(
        name="hostile",
        both="""CREATE TABLE "a""b" ("c d" integer PRIMARY KEY, "e'f" text DEFAULT 'x', "%g\\" integer, CONSTRAINT "k;--" CHECK ("%g\\" > 0));
        CREATE INDEX "i\n2" ON "a""b" ("e'f");""",
        rows="""INSERT INTO "a""b" VALUES (1, 'a', 2);""",
        swap={"""TABLE "a""b" """: """TABLE "A'$$b" """, """ON "a""b" """: """ON "A'$$b" """, """"c d" integer PRIMARY KEY""": """"c''d" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY""",
              """"e'f" text DEFAULT 'x'""": """"e'f" varchar(9) NOT NULL DEFAULT 'y'"""},
        renames=('"a""b"="A\'$$b"', '"a""b"."c d"="A\'$$b"."c\'\'d"'),
    ),
]  # fmt: skip
