"""What servers rewrite when they store an object, and a comparison therefore takes for the same: one row a rule.

`docs/verify.md` shows this table; a test holds the two together.
"""

from __future__ import annotations

from typing import NamedTuple


class Normalisation(NamedTuple):
    """One rule: for which databases, what it is about, what people write, what comes back."""

    databases: str
    about: str
    written: str
    given_back: str


_PG, _MY, _ALL = "PostgreSQL", "MySQL, MariaDB", "all"

NORMALISATIONS: tuple[Normalisation, ...] = tuple(
    Normalisation(*row)
    for row in (
        (_ALL, "names that nobody gave", "UNIQUE (email)", "CONSTRAINT users_email_key UNIQUE (email)"),
        (_ALL, "the columns of a primary key", "a int PRIMARY KEY", "a int NOT NULL, PRIMARY KEY (a)"),
        (_ALL, "no default", "a int DEFAULT NULL", "a int"),
        (_ALL, "the order of tables, and of what stands beside one another", "CREATE TABLE b, a", "CREATE TABLE a, b"),
        (_ALL, "what goes without saying", "ON DELETE NO ACTION, USING btree, MATCH SIMPLE", "nothing"),
        (
            _ALL,
            "statements that are done and over",
            "INSERT, SELECT, SET, DO, ALTER SEQUENCE … RESTART, CREATE ROLE",
            "nothing",
        ),
        (_ALL, "statements that a server refuses", "CREATE TABLE t, the second time", "nothing"),
        (_PG, "the default schema", "users", "public.users"),
        (_PG, "names found by the search_path", "orders", "shop.orders"),
        (_PG, "names of types", "varchar(5), int, timestamptz, float", "character varying(5), integer, …"),
        (_PG, "numbers without a scale", "numeric(20)", "numeric(20,0)"),
        (_PG, "what an extension says of itself", "CREATE EXTENSION citext", "… and COMMENT ON EXTENSION citext"),
        (_PG, "sizes of arrays, lengths of arguments", "int[3], f(varchar(9))", "integer[], f(character varying)"),
        (_PG, "serial columns", "id serial", "id integer NOT NULL DEFAULT nextval(…), and its sequence"),
        (
            _PG,
            "options of sequences and identities that hold anyway",
            "GENERATED ALWAYS AS IDENTITY",
            "(START WITH 1 …)",
        ),
        (_PG, "types of constants", "DEFAULT 'x'", "DEFAULT 'x'::character varying"),
        (_PG, "casts that the server adds by itself", "price > 0", "price > (0)::numeric"),
        (_PG, "negative numbers", "-1", "'-1'::integer"),
        (_PG, "lists", "kind IN ('a', 'b')", "(kind)::text = ANY ((ARRAY['a'::character varying, …])::text[])"),
        (_PG, "ranges of values", "a BETWEEN 1 AND 5", "(a >= 1) AND (a <= 5)"),
        (_PG, "patterns", "c LIKE 'x%'", "c ~~ 'x%'::text"),
        (_PG, "parentheses and nested AND, OR", "a AND (b AND c)", "((a) AND (b) AND (c))"),
        (_PG, "CASE without ELSE", "CASE WHEN a THEN b END", "CASE WHEN a THEN b ELSE NULL::text END"),
        (_PG, "points in time, JSON", "'2024-01-01', '{\"a\": 1}'", "'2024-01-01 00:00:00+00', '{\"a\":1}'"),
        (_PG, "constants of one value", "'1 hour'::interval, '0.00'::float8, ''::bytea", "'01:00:00', '0', '\\x'"),
        (
            _PG,
            "rows, and lists from a query",
            "(a, b) = (1, 2), a = ANY (SELECT …)",
            "a = 1 AND b = 2, a IN (SELECT …)",
        ),
        (
            _PG,
            "stars, aliases, places and column lists of views",
            "SELECT * FROM t ORDER BY 1",
            "SELECT t.a FROM t ORDER BY t.a",
        ),
        (_PG, "recursive views", "CREATE RECURSIVE VIEW", "CREATE VIEW … AS WITH RECURSIVE"),
        (
            _PG,
            "columns of USING, functions in FROM",
            "SELECT a FROM t JOIN u USING (a), f() g",
            "SELECT u.a FROM …, f() g(g)",
        ),
        (_PG, "rules", "INSERT INTO t VALUES (NEW.a) WHERE a > 1", "INSERT INTO t (a) VALUES (new.a) WHERE new.a > 1"),
        (_PG, "options of functions that hold anyway, in any order", "VOLATILE COST 100 LANGUAGE sql", "LANGUAGE sql"),
        (_PG, "functions in C", "AS 'lib' LANGUAGE C", "LANGUAGE c AS 'lib', 'name'"),
        (_PG, "types in signatures", "f(t.a%TYPE, _int4)", "f(text, integer[])"),
        (_PG, "older words", "CREATE AGGREGATE (BASETYPE = …), OPERATOR (PROCEDURE = …)", "a(…), FUNCTION = …"),
        (
            _PG,
            "options of types, operator classes, servers, statistics",
            "OPERATOR 1 <",
            "OPERATOR 1 <(integer,integer)",
        ),
        (
            _PG,
            "sequences of unlogged tables",
            "CREATE UNLOGGED TABLE t (id serial)",
            "… CREATE UNLOGGED SEQUENCE t_id_seq",
        ),
        (_PG, "NOT NULL of inherited columns in a primary key", "PRIMARY KEY (a)", "… ADD NOT NULL a"),
        (_PG, "the index that a table is clustered on", "CLUSTER t USING i", "ALTER TABLE t CLUSTER ON i"),
        (
            _PG,
            "columns, keys and indexes that a partition has from its table",
            "PARTITION OF t",
            "all of them, attached",
        ),
        (_PG, "grants, taken apart", "GRANT ALL ON t; REVOKE DELETE ON t", "GRANT SELECT, INSERT, … ON t"),
        (_PG, "what everybody may do, and never might", "GRANT EXECUTE ON FUNCTION f TO public", "nothing"),
        (_PG, "default privileges", "ALTER DEFAULT PRIVILEGES GRANT …", "FOR ROLE me …, and the grants that they made"),
        (_PG, "publications and text search, put together", "FOR TABLE a, b", "ALTER PUBLICATION … ADD TABLE b"),
        (_PG, "owners", "ALTER TABLE t OWNER TO bob", "not compared"),
        (_PG, "whether a materialized view is filled", "WITH DATA", "WITH NO DATA: it is data, not schema"),
        (_MY, "names of types and their widths", "integer(11), boolean, dec(8)", "int, tinyint(1), decimal(8,0)"),
        (_MY, "the attribute BINARY", "varchar(9) BINARY", "varchar(9) COLLATE utf8mb4_bin"),
        (_MY, "characters that are bytes", "varchar(9) in a table with CHARSET=binary", "varbinary(9)"),
        (_MY, "quotes of values", 'ENUM("a", "b")', "enum('a','b')"),
        (_MY, "JSON columns of MariaDB", "a json", "a longtext COLLATE utf8mb4_bin CHECK (json_valid(a))"),
        (
            _MY,
            "collations that a column has anyway, engines that nobody said",
            "CREATE TABLE t (…)",
            "… ENGINE=InnoDB COLLATE=…",
        ),
        (_MY, "old names of character sets", "utf8", "utf8mb3"),
        (_MY, "indexes of foreign keys", "FOREIGN KEY (a)", "KEY (a), FOREIGN KEY (a)"),
        (_MY, "foreign keys of other engines", "FOREIGN KEY (a) … ENGINE=MyISAM", "KEY (a)"),
        (_MY, "indexes longer than the engine allows", "KEY (a) of a varchar(300), MyISAM", "KEY (a(250))"),
        (_MY, "counters", "AUTO_INCREMENT=5", "not compared: they move with the rows"),
        (_MY, "heads of programs", "f(IN a INTEGER) LANGUAGE SQL", "f(`a` int(11))"),
        (_MY, "modes that stand for several", "ANSI", "REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,…"),
        (_MY, "when an event began", "EVERY 1 DAY", "EVERY 1 DAY STARTS '2024-01-01 00:00:00'"),
        (_MY, "escapes in text", "'a\\nb', \"text\"", "'a, a line break, b', 'text'"),
        (_MY, "who defines, and under which settings", "CREATE VIEW", "CREATE ALGORITHM=… DEFINER=… VIEW"),
        (
            _MY,
            "constants, by the type of their column",
            "int DEFAULT '0', binary(3) DEFAULT x'61'",
            "DEFAULT 0, 'a\\0\\0'",
        ),
        (_MY, "zeros of a scale, midnight", "DEFAULT '-1', '2000-01-01'", "DEFAULT -1.00, '2000-01-01 00:00:00'"),
        (_MY, "key words and quotes in any spelling", "NOW(), `a`", "current_timestamp(), a"),
        ("SQLite", "pragmas", "PRAGMA foreign_keys = ON", "nothing; user_version and such are kept in the file"),
    )
)
