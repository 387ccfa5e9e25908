"""Changes of what statements make that no record models, of privileges, publications and text search."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_PLUS = "CREATE FUNCTION plus(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';"
_FDW = "CREATE FOREIGN DATA WRAPPER wk_fdw_{n}; CREATE SERVER wk_srv_{n} FOREIGN DATA WRAPPER wk_fdw_{n} OPTIONS (host 'a', port '1');"


def _fdw(name: str) -> str:
    return _FDW.replace("{n}", name)


KEPT = [
    Change(name="k_operator", both=_PLUS + "CREATE OPERATOR |+| (leftarg = integer, rightarg = integer, function = plus); COMMENT ON OPERATOR |+| (integer, integer) IS 'o';",
           swap={"rightarg = integer, function = plus": "rightarg = integer, function = plus, commutator = |+|"}, remade=kinds("operator")),
    Change(name="k_operator_func", both=_PLUS + "CREATE OPERATOR |+| (leftarg = integer, rightarg = integer, function = plus); CREATE VIEW v AS SELECT age |+| id AS x FROM users;",
           swap={"plus(a integer": "plus(x integer", "SELECT a + b": "SELECT x + b"}, remade=kinds("operator, function, view")),
    Change(name="k_opclass", both=_PLUS, new="""CREATE FUNCTION cmp(a mood, b mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0';
        CREATE OPERATOR FAMILY fam USING btree; CREATE OPERATOR CLASS cls FOR TYPE mood USING btree FAMILY fam AS FUNCTION 1 cmp(mood, mood);"""),
    Change(name="k_opclass_alone", both=_PLUS, new="""CREATE FUNCTION cmp(a mood, b mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0';
        CREATE OPERATOR CLASS cls FOR TYPE mood USING btree AS FUNCTION 1 cmp(mood, mood);"""),
    Change(name="k_cast_changed", both="CREATE TYPE coin AS ENUM ('a'); CREATE FUNCTION worth(c coin) RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE CAST (coin AS integer) WITH FUNCTION worth(coin);",
           swap={"worth(coin);": "worth(coin) AS ASSIGNMENT;"}, remade=kinds("cast")),
    Change(name="k_statistics", both="CREATE STATISTICS st (dependencies) ON age, born FROM users; COMMENT ON STATISTICS st IS 's';", swap={"(dependencies)": "(ndistinct)"}, remade=kinds("statistics")),
    Change(name="k_statistics_target", both="CREATE STATISTICS st ON age, born FROM users;", new="ALTER STATISTICS st SET STATISTICS 50;"),
    Change(name="k_statistics_column", both="CREATE STATISTICS st ON age, born FROM users;", swap={"    born date,\n": "", "CREATE STATISTICS st ON age, born FROM users;": ""}),
    Change(name="k_statistics_table", old="CREATE TABLE gone (a integer, b integer); CREATE STATISTICS st ON a, b FROM gone;"),
    Change(name="k_collation", both="CREATE COLLATION col (provider = libc, locale = 'C');", swap={"'C'": "'POSIX'"}, remade=kinds("collation")),
    Change(name="k_conversion", new="CREATE CONVERSION conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;"),
    Change(name="k_tsdict", both="CREATE TEXT SEARCH DICTIONARY dic (TEMPLATE = pg_catalog.simple, STOPWORDS = english); CREATE TEXT SEARCH CONFIGURATION cfg (COPY = pg_catalog.simple);",
           new="ALTER TEXT SEARCH CONFIGURATION cfg ALTER MAPPING FOR word, asciiword WITH dic, english_stem;"),
    Change(name="k_tsmap", both="CREATE TEXT SEARCH CONFIGURATION cfg (PARSER = pg_catalog.default);",
           old="ALTER TEXT SEARCH CONFIGURATION cfg ADD MAPPING FOR word, int WITH simple;", new="ALTER TEXT SEARCH CONFIGURATION cfg ADD MAPPING FOR word WITH english_stem; ALTER TEXT SEARCH CONFIGURATION cfg ADD MAPPING FOR url WITH simple;"),
    Change(name="k_tsdrop", both="CREATE TEXT SEARCH CONFIGURATION cfg (COPY = pg_catalog.english);", new="ALTER TEXT SEARCH CONFIGURATION cfg DROP MAPPING FOR email, url;"),
    Change(name="k_server_options", both=_fdw("k_server_options"), swap={"(host 'a', port '1')": "(host 'b', dbname 'c')"}),
    Change(name="k_foreign", both=_fdw("k_foreign"), new="CREATE FOREIGN TABLE ft (a integer OPTIONS (n 'x')) SERVER wk_srv_k_foreign OPTIONS (t 'y'); CREATE USER MAPPING FOR wk_reader SERVER wk_srv_k_foreign OPTIONS (pw 'z'); COMMENT ON SERVER wk_srv_k_foreign IS 's'; GRANT USAGE ON FOREIGN SERVER wk_srv_k_foreign TO wk_reader;"),
    Change(name="k_event", both="CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE EVENT TRIGGER wk_k_event ON ddl_command_end EXECUTE FUNCTION ev();",
           new="ALTER EVENT TRIGGER wk_k_event DISABLE;"),
    Change(name="k_event_tags", both="CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE EVENT TRIGGER wk_k_event_tags ON ddl_command_end EXECUTE FUNCTION ev();",
           swap={"ON ddl_command_end": "ON ddl_command_end WHEN TAG IN ('CREATE TABLE')"}, remade=kinds("event trigger")),
    Change(name="k_cluster", both="", new="ALTER TABLE orders CLUSTER ON orders_by_user;"),
    Change(name="k_cluster_other", both="CREATE INDEX o2 ON orders (total);", old="ALTER TABLE orders CLUSTER ON orders_by_user;", new="ALTER TABLE orders CLUSTER ON o2;"),
    Change(name="k_distinct", both="", new="ALTER TABLE orders ALTER COLUMN total SET (n_distinct = 5);"),
    Change(name="k_index_statistics", both="", new="ALTER INDEX users_by_nick ALTER COLUMN 1 SET STATISTICS 300;"),
    Change(name="k_base_type", new="""CREATE TYPE pip; CREATE FUNCTION pip_in(cstring) RETURNS pip LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
        CREATE FUNCTION pip_out(pip) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
        CREATE TYPE pip (INPUT = pip_in, OUTPUT = pip_out, LIKE = integer); CREATE TABLE pips (p pip);"""),
    Change(name="k_transform", both=_PLUS, new="CREATE FUNCTION fs(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'numeric_support'; CREATE TRANSFORM FOR mood LANGUAGE plpgsql (FROM SQL WITH FUNCTION fs(internal));"),
]  # fmt: skip

GRANTS = [
    Change(name="g_more", both="GRANT SELECT ON users TO wk_reader;", swap={"GRANT SELECT ON users": "GRANT SELECT, INSERT ON users"}),
    Change(name="g_all", both="GRANT SELECT ON users TO wk_reader;", swap={"GRANT SELECT ON users": "GRANT ALL ON users"}),
    Change(name="g_option", both="GRANT SELECT ON users TO wk_reader;", swap={"wk_reader;": "wk_reader WITH GRANT OPTION;"}),
    Change(name="g_revoked", both="GRANT ALL ON users TO wk_reader;", new="REVOKE DELETE, TRUNCATE ON users FROM wk_reader;"),
    Change(name="g_columns", both="GRANT SELECT (id), UPDATE (age, nick) ON users TO wk_writer;", swap={"UPDATE (age, nick)": "UPDATE (nick), INSERT (email)"}),
    Change(name="g_column_gone", both="GRANT SELECT (id, born) ON users TO wk_writer;", swap={"    born date,\n": "", "(id, born) ON": "(id) ON"}),
    Change(name="g_public", both="", new="GRANT SELECT ON users TO PUBLIC; GRANT USAGE ON SCHEMA {here} TO wk_reader, wk_writer;"),
    Change(name="g_all_in", both="", new="GRANT SELECT ON ALL TABLES IN SCHEMA {here} TO wk_reader; GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO wk_reader;"),
    Change(name="g_function", both="CREATE FUNCTION z(a integer, b text[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';", new="REVOKE ALL ON FUNCTION z(integer, text[]) FROM PUBLIC; GRANT EXECUTE ON FUNCTION z(integer, text[]) TO wk_reader;"),
    Change(name="g_type", both="", new="REVOKE USAGE ON TYPE mood FROM PUBLIC; GRANT USAGE ON TYPE mood TO wk_reader;"),
    Change(name="g_sequence", both="", new="GRANT USAGE, SELECT ON SEQUENCE orders_id_seq TO wk_reader;"),
    Change(name="g_new_table", both="", new="CREATE TABLE fresh (a integer); GRANT SELECT ON fresh TO wk_reader; GRANT UPDATE (a) ON fresh TO wk_writer;"),
    Change(name="g_defaults", both="ALTER DEFAULT PRIVILEGES IN SCHEMA {here} GRANT SELECT, INSERT ON TABLES TO wk_reader;", swap={"SELECT, INSERT ON TABLES": "SELECT ON TABLES"},
           new="CREATE TABLE fresh (a integer);"),
    Change(name="g_defaults_kept", both="ALTER DEFAULT PRIVILEGES IN SCHEMA {here} GRANT SELECT ON TABLES TO wk_reader; CREATE VIEW v AS SELECT id FROM users;", swap={"SELECT id FROM users": "SELECT id::text FROM users"},
           remade=kinds("view")),
    Change(name="g_defaults_functions", both="", new="ALTER DEFAULT PRIVILEGES IN SCHEMA {here} GRANT EXECUTE ON FUNCTIONS TO wk_reader WITH GRANT OPTION;"),
    Change(name="g_membership", both="", new="COMMENT ON TABLE orders IS 'o';"),
]  # fmt: skip

PUBLICATIONS = [
    Change(name="pub_tables", both="CREATE TABLE k (id integer PRIMARY KEY);", old="CREATE PUBLICATION wk_pub_tables FOR TABLE users, orders;", new="CREATE PUBLICATION wk_pub_tables FOR TABLE users, k;"),
    Change(name="pub_options", old="CREATE PUBLICATION wk_pub_options FOR TABLE users;", new="CREATE PUBLICATION wk_pub_options FOR TABLE users WITH (publish = 'insert, delete');"),
    Change(name="pub_columns", old="CREATE PUBLICATION wk_pub_columns FOR TABLE users (id, age);", new="CREATE PUBLICATION wk_pub_columns FOR TABLE users (id, nick) WHERE (id > 0), orders WITH (publish = 'insert');"),
    Change(name="pub_table_gone", both="CREATE PUBLICATION wk_pub_table_gone FOR TABLE users;", old="CREATE TABLE k (id integer); ALTER PUBLICATION wk_pub_table_gone ADD TABLE k;"),
    Change(name="pub_column_type", both="CREATE PUBLICATION wk_pub_column_type FOR TABLE users WHERE (age > 1) WITH (publish = 'insert');", swap={"    age integer DEFAULT 18,": "    age bigint DEFAULT 18,"},
           remade=kinds("default"), retyped=frozenset({"users.age"})),
    Change(name="pub_schema", old="CREATE PUBLICATION wk_pub_schema FOR TABLES IN SCHEMA {here}; COMMENT ON PUBLICATION wk_pub_schema IS 'p';", new="CREATE PUBLICATION wk_pub_schema FOR TABLE users;"),
    Change(name="pub_all", old="CREATE PUBLICATION wk_pub_all FOR ALL TABLES;", new="CREATE PUBLICATION wk_pub_all FOR TABLE users;", remade=kinds("publication")),
]  # fmt: skip
