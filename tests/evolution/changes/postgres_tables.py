"""Changes of tables, columns, partitions and settings of PostgreSQL."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_LOG = """
CREATE TABLE log (at date NOT NULL, id integer NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
"""
_LOGGED = "INSERT INTO log VALUES ('2024-03-03', 1, 'a'), ('2024-04-04', 2, NULL);"

TABLES = [
    Change(
        name="table",
        new="""CREATE TABLE parts (id integer PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
            n integer DEFAULT 1 CHECK (n > 0), UNIQUE (order_id, n));
        CREATE INDEX parts_by_n ON parts (n); COMMENT ON TABLE parts IS 'of orders';""",
    ),
    Change(name="unlogged", swap={"CREATE TABLE orders": "CREATE UNLOGGED TABLE orders"}, does="rewrite table"),
    Change(name="reloptions", new="ALTER TABLE users SET (fillfactor = 70);", does="settings"),
    Change(
        name="inherits",
        both="CREATE TABLE base_note (note text);",
        old="CREATE TABLE memo (note text, page integer);",
        new="CREATE TABLE memo (page integer) INHERITS (base_note);",
        rows="INSERT INTO memo (note, page) VALUES ('a', 1);",
    ),
    Change(
        name="partition_new",
        new="CREATE TABLE log (at date NOT NULL, id integer) PARTITION BY RANGE (at);"
        "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');"
        "CREATE TABLE log_rest PARTITION OF log DEFAULT; CREATE INDEX log_by_id ON log (id);",
    ),
    Change(
        name="partition_add",
        both=_LOG,
        new="CREATE TABLE log_2025 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
        rows=_LOGGED,
        does="create table",
    ),
    Change(
        name="partition_detach",
        both=_LOG,
        swap={
            "CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')": "CREATE TABLE log_2024 (at date NOT NULL, id integer NOT NULL, note text)"
        },
        rows=_LOGGED,
        does="detach partition",
    ),
    Change(
        name="partition_bound",
        both=_LOG,
        swap={"TO ('2025-01-01')": "TO ('2026-01-01')"},
        rows=_LOGGED,
        does="attach partition, detach partition",
    ),
    Change(
        name="partition_key",
        both=_LOG,
        swap={
            "BY RANGE (at)": "BY RANGE (at, id)",
            "FROM ('2024-01-01') TO ('2025-01-01')": "FROM ('2024-01-01', 0) TO ('2025-01-01', 0)",
        },
        rows=_LOGGED,
        remade=kinds("table, column"),
    ),
    Change(
        name="partition_sub",
        both="CREATE TABLE log (at date NOT NULL, kind text NOT NULL) PARTITION BY RANGE (at);"
        "CREATE INDEX log_by_kind ON log (kind);",
        new="CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (kind);"
        "CREATE TABLE log_1_a PARTITION OF log_1 FOR VALUES IN ('a');"
        "CREATE TABLE log_1_rest PARTITION OF log_1 DEFAULT;",
    ),
    Change(
        name="rename_table",
        swap={
            "CREATE TABLE users": "CREATE TABLE people",
            "REFERENCES users": "REFERENCES people",
            "FROM users u": "FROM people u",
            "ON users (lower": "ON people (lower",
            "BEFORE UPDATE ON users": "BEFORE UPDATE ON people",
            "COMMENT ON TABLE users": "COMMENT ON TABLE people",
        },
        renames=("users=people",),
    ),
    Change(
        name="move_schema",
        both="CREATE SCHEMA wk_attic; CREATE TABLE old_things (id serial PRIMARY KEY, v text);"
        "CREATE INDEX old_things_v ON old_things (v);",
        swap={
            "CREATE TABLE old_things": "CREATE TABLE wk_attic.old_things",
            "ON old_things": "ON wk_attic.old_things",
        },
        rows="INSERT INTO old_things (v) VALUES ('a'), ('b');",
        renames=("old_things=wk_attic.old_things",),
        does="move",
    ),
    Change(
        name="quoted",
        both="""CREATE TABLE "Odd ""Name" ("select" integer PRIMARY KEY, "Grün; --" text);""",
        new="""ALTER TABLE "Odd ""Name" ADD "ta`b.le" integer DEFAULT 3;
            CREATE INDEX "an index" ON "Odd ""Name" ("Grün; --", "ta`b.le");""",
        rows="""INSERT INTO "Odd ""Name" VALUES (1, 'a');""",
        does="add column, create index",
    ),
    Change(
        name="long_name",
        new=f"CREATE TABLE {'t' * 63} ({'c' * 63} integer PRIMARY KEY, {'d' * 60} text UNIQUE CHECK ({'d' * 60} <> ''));",
    ),
    Change(name="rls", new="ALTER TABLE users ENABLE ROW LEVEL SECURITY; ALTER TABLE users FORCE ROW LEVEL SECURITY;"),
    Change(name="replica_identity", new="ALTER TABLE users REPLICA IDENTITY FULL;"),
    Change(
        name="comment",
        swap={"'who buys'": "'who''s \\ buying'", "COMMENT ON COLUMN orders.total IS 'without tax';": ""},
        new="COMMENT ON COLUMN users.age IS 'years'; COMMENT ON INDEX orders_by_user IS 'i';"
        "COMMENT ON CONSTRAINT total_positive ON orders IS 'c'; COMMENT ON VIEW spent IS 'v';"
        "COMMENT ON FUNCTION touch() IS 'f'; COMMENT ON TYPE mood IS 't'; COMMENT ON TRIGGER users_touch ON users IS 'g';",
        does="comment, comment, comment, comment, comment, comment, comment, comment, comment",
    ),
    Change(
        name="foreign_table",
        both="CREATE FOREIGN DATA WRAPPER wk_fdw; CREATE SERVER wk_far FOREIGN DATA WRAPPER wk_fdw;",
        new="CREATE FOREIGN TABLE far (id integer NOT NULL, v text) SERVER wk_far OPTIONS (name 'x');",
    ),
]

COLUMNS = [
    Change(name="column", swap={"    born date,": "    born date,\n    phone text,"}, does="add column"),
    Change(
        name="column_nn_default", swap={"    born date,": "    born date,\n    level integer NOT NULL DEFAULT 1,"},
        does="add column",
    ),
    Change(name="type_widen", swap={"nick varchar(40)": "nick varchar(80)"}),
    Change(
        name="type_int_bigint",
        swap={"    id integer GENERATED": "    id bigint GENERATED", "user_id integer": "user_id bigint"},
        remade=kinds("view, foreign key"),
    ),
    Change(
        name="type_text_int",
        both="CREATE TABLE codes (code text DEFAULT '7');",
        swap={"code text DEFAULT '7'": "code integer DEFAULT 7"},
        rows="INSERT INTO codes VALUES ('12'), (NULL);",
    ),
    Change(
        name="type_with_view",
        swap={"total numeric(10,2)": "total numeric(14,4)"},
        new="CREATE VIEW rich AS SELECT * FROM spent WHERE total > 50; COMMENT ON VIEW rich IS 'r';"
        "GRANT SELECT ON rich TO wk_reader;",
        old="CREATE VIEW rich AS SELECT * FROM spent WHERE total > 50; COMMENT ON VIEW rich IS 'r';"
        "GRANT SELECT ON rich TO wk_reader;",
        remade=kinds("view, comment, grant"),
        retyped=kinds("orders.total"),
    ),
    Change(name="default_change", swap={"DEFAULT 18": "DEFAULT 21"}, does="set default"),
    Change(name="default_drop", swap={"age integer DEFAULT 18": "age integer"}, does="drop default"),
    Change(
        name="default_func",
        both="CREATE FUNCTION fresh() RETURNS integer LANGUAGE sql AS 'SELECT 5';",
        new="ALTER TABLE users ALTER age SET DEFAULT fresh();", does="set default",
    ),
    Change(
        name="not_null", both="CREATE TABLE n (a integer, b text DEFAULT 'x');", rows="INSERT INTO n VALUES (1, 'b');",
        swap={"(a integer, b text DEFAULT 'x')": "(a integer NOT NULL, b text DEFAULT 'x' NOT NULL)"},
        does="backfill, set not null, set not null",
    ),
    Change(
        name="identity_add", both="CREATE TABLE n (id integer NOT NULL, v text);",
        swap={"id integer NOT NULL, v": "id integer GENERATED ALWAYS AS IDENTITY (START WITH 50), v"},
        rows="INSERT INTO n VALUES (1, 'a'), (2, 'b');", does="alter column, backfill",
    ),
    Change(
        name="serial_to_identity",
        swap={"id bigserial PRIMARY KEY": "id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
        probe="INSERT INTO orders (user_id) VALUES (1)",
        remade=kinds("sequence"),
    ),
    Change(
        name="generated",
        swap={"    born date,": "    born date,\n    short text GENERATED ALWAYS AS (lower(nick)) STORED,"},
        does="add column",
    ),
    Change(name="collate_col", swap={"nick varchar(40)": 'nick varchar(40) COLLATE "C"'}),
    Change(name="storage", new="ALTER TABLE users ALTER email SET STORAGE EXTERNAL;", does="alter column"),
    Change(name="stats_target", new="ALTER TABLE users ALTER email SET STATISTICS 400;", does="alter column"),
    Change(
        name="rename_column",
        swap={"    total numeric": "    amount numeric", "sum(o.total)": "sum(o.amount)", "(total >= 0)": "(amount >= 0)",
              "orders.total": "orders.amount"},
        renames=("orders.total=orders.amount",),
        does="rename",
    ),
]  # fmt: skip
