"""Changes of keys, checks, foreign keys and indexes of PostgreSQL."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_PART = "CREATE TABLE parts (a integer NOT NULL, b integer NOT NULL, c text);"
_PARTS = "INSERT INTO parts VALUES (1, 1, 'x'), (1, 2, NULL), (2, 1, 'y');"

KEYS = [
    Change(
        name="pk_composite", both=_PART + "ALTER TABLE parts ADD CONSTRAINT parts_pkey PRIMARY KEY (a, b);", rows=_PARTS,
        swap={"PRIMARY KEY (a, b)": "PRIMARY KEY (b, a)"}, remade=kinds("primary key, key"),
        does="add primary key, drop constraint",
    ),
    Change(name="unique", both=_PART, new="ALTER TABLE parts ADD CONSTRAINT parts_ab UNIQUE (a, b);", rows=_PARTS,
           does="add unique"),
    Change(name="unique_nnd", both=_PART, new="ALTER TABLE parts ADD CONSTRAINT parts_c UNIQUE NULLS NOT DISTINCT (c);",
           rows=_PARTS, does="add unique"),
    Change(
        name="unique_deferrable", swap={"UNIQUE (email)": "UNIQUE (email) DEFERRABLE INITIALLY DEFERRED"},
        remade=kinds("key, unique key, unique"),
    ),
    Change(
        name="check_add", swap={"    born date,": "    born date,\n    CONSTRAINT grown CHECK (age > 0),"}, does="add check",
    ),
    Change(name="check_change", swap={"CHECK (total >= 0)": "CHECK (total > -1)"}, remade=kinds("check"),
           does="add check, drop constraint"),
    Change(
        name="check_in_varchar", both="CREATE TABLE k (kind varchar(10));",
        new="ALTER TABLE k ADD CONSTRAINT k_kind CHECK (kind IN ('a', 'b', 'c'));", rows="INSERT INTO k VALUES ('a');",
        does="add check",
    ),
    Change(
        name="check_func",
        new="CREATE FUNCTION is_mail(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT t LIKE '%@%' $$;"
        "ALTER TABLE users ADD CONSTRAINT mail CHECK (is_mail(email));",
        does="add check, create",
    ),
    Change(
        name="exclude", both="CREATE TABLE stay (room integer, during tsrange);",
        rows="INSERT INTO stay VALUES (1, '[2024-01-01,2024-01-02)');",
        new="ALTER TABLE stay ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE (room > 0);",
        does="add exclusion",
    ),
    Change(
        name="fk_action", swap={"REFERENCES users (id)": "REFERENCES users (id) ON UPDATE CASCADE ON DELETE SET NULL"},
        remade=kinds("foreign key"), does="add foreign key, drop constraint",
    ),
    Change(name="fk_deferrable", swap={"REFERENCES users (id)": "REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED"},
           does="replace"),
    Change(
        name="fk_not_valid", both="CREATE TABLE rate (user_id integer);", rows="INSERT INTO rate VALUES (1);",
        new="ALTER TABLE rate ADD CONSTRAINT rate_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
        does="add foreign key",
    ),
    Change(
        name="fk_multi",
        both="CREATE TABLE pair (a integer, b integer, PRIMARY KEY (a, b)); CREATE TABLE of_pair (x integer, y integer);",
        rows="INSERT INTO pair VALUES (1, 2); INSERT INTO of_pair VALUES (1, 2), (NULL, 9);",
        new="ALTER TABLE of_pair ADD CONSTRAINT of_pair_xy FOREIGN KEY (x, y) REFERENCES pair (a, b) MATCH SIMPLE"
        " ON DELETE SET NULL (y);",
        does="add foreign key",
    ),
    Change(
        name="fk_cycle",
        new="CREATE TABLE hen (id integer PRIMARY KEY, egg integer); CREATE TABLE egg (id integer PRIMARY KEY,"
        " hen integer CONSTRAINT egg_hen REFERENCES hen);"
        "ALTER TABLE hen ADD CONSTRAINT hen_egg FOREIGN KEY (egg) REFERENCES egg;",
    ),
    Change(
        name="self_fk",
        swap={"    born date,": "    born date,\n    boss integer CONSTRAINT users_boss REFERENCES users (id),"},
        does="add column, add foreign key",
    ),
    Change(name="rename_constraint", swap={"CONSTRAINT total_positive": "CONSTRAINT total_sane"},
           renames=("orders.total_positive=orders.total_sane",), does="rename"),
]  # fmt: skip


def _index(name: str, text: str, both: str = "", rows: str = "", does: str = "create index") -> Change:
    return Change(name=name, new=text, both=both, rows=rows, does=does)


INDEXES = [
    _index("idx_partial", "CREATE UNIQUE INDEX live ON orders (user_id) WHERE total > 50;"),
    _index("idx_expr", "CREATE INDEX i_expr ON users ((age + 1), lower(email) DESC);"),
    _index("idx_opclass", "CREATE INDEX i_op ON users (email text_pattern_ops);"),
    _index("idx_include", "CREATE UNIQUE INDEX i_inc ON orders (id) INCLUDE (total, placed) WITH (fillfactor = 80);"),
    _index("idx_desc", "CREATE INDEX i_desc ON orders (placed DESC NULLS LAST, id ASC NULLS FIRST);"),
    _index("idx_gin", "CREATE INDEX i_gin ON orders USING gin (tags);"),
    Change(name="idx_change", swap={"ON orders (user_id)": "ON orders (user_id, placed)"}, remade=kinds("index"),
           does="create index, drop index"),
    _index(
        "idx_partitioned", "CREATE INDEX log_by_id ON log (id);",
        "CREATE TABLE log (at date NOT NULL, id integer) PARTITION BY RANGE (at);"
        "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        "INSERT INTO log VALUES ('2024-03-03', 1);",
    ),
    Change(name="rename_index", swap={"INDEX orders_by_user": "INDEX orders_user_idx"},
           renames=("orders_by_user=orders_user_idx",), does="rename"),
    Change(name="statistics", new="CREATE STATISTICS users_corr (dependencies, ndistinct) ON age, born FROM users;",
           does="create"),
]  # fmt: skip
