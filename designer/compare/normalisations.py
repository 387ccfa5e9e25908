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
        (_ALL, "statements that are done and over", "INSERT, SELECT, SET, DO, CLUSTER, CREATE ROLE", "nothing"),
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
        (
            _PG,
            "stars, aliases, places and column lists of views",
            "SELECT * FROM t ORDER BY 1",
            "SELECT t.a FROM t ORDER BY t.a",
        ),
        (_PG, "recursive views", "CREATE RECURSIVE VIEW", "CREATE VIEW … AS WITH RECURSIVE"),
        (_PG, "options of functions that hold anyway, in any order", "VOLATILE COST 100 LANGUAGE sql", "LANGUAGE sql"),
        (
            _PG,
            "columns, keys and indexes that a partition has from its table",
            "PARTITION OF t",
            "all of them, attached",
        ),
        (_PG, "grants, taken apart", "GRANT ALL ON t; REVOKE DELETE ON t", "GRANT SELECT, INSERT, … ON t"),
        (_PG, "publications and text search, put together", "FOR TABLE a, b", "ALTER PUBLICATION … ADD TABLE b"),
        (_PG, "owners", "ALTER TABLE t OWNER TO bob", "not compared"),
        (_PG, "whether a materialized view is filled", "WITH DATA", "WITH NO DATA: it is data, not schema"),
        (_MY, "names of types and their widths", "integer(11), boolean, dec(8)", "int, tinyint(1), decimal(8,0)"),
        (_MY, "JSON columns of MariaDB", "a json", "a longtext COLLATE utf8mb4_bin CHECK (json_valid(a))"),
        (
            _MY,
            "character sets, collations, engines that nobody said",
            "CREATE TABLE t (…)",
            "… ENGINE=InnoDB COLLATE=…",
        ),
        (_MY, "old names of character sets", "utf8", "utf8mb3"),
        (_MY, "indexes of foreign keys", "FOREIGN KEY (a)", "KEY (a), FOREIGN KEY (a)"),
        (_MY, "who defines, and under which settings", "CREATE VIEW", "CREATE ALGORITHM=… DEFINER=… VIEW"),
        (_MY, "numbers in quotes, padded binary", "DEFAULT '0', x'61'", "DEFAULT 0, 'a\\0\\0'"),
        (_MY, "zeros of a scale, midnight", "DEFAULT '-1', '2000-01-01'", "DEFAULT -1.00, '2000-01-01 00:00:00'"),
        (_MY, "key words and quotes in any spelling", "NOW(), `a`", "current_timestamp(), a"),
    )
)
