"""What PostgreSQL writes another way than people do is the same; what only looks like it is not."""

from __future__ import annotations

import time

import pytest

from designer.compare import compare
from tests.compare.designs import comparison, told, with_check

TABLE = "CREATE TABLE t (a integer, b varchar(9), c text, d numeric, e timestamptz, f boolean, g jsonb, CHECK ({}));"
SAME = {
    "b IN ('x', 'y')": "(b)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])",
    "b NOT IN ('x', 'y')": "(b)::text <> ALL (ARRAY['x'::text, 'y'::text])",
    "a IN (1)": "a = 1",
    "a BETWEEN 1 AND 5": "((a >= 1) AND (a <= 5))",
    "a NOT BETWEEN 1 AND 5": "((a < 1) OR (a > 5))",
    "c LIKE 'x%'": "c ~~ 'x%'::text",
    "c NOT ILIKE 'x%'": "c !~~* 'x%'::text",
    "d > 0": "d > (0)::numeric",
    "a > -1": "a > '-1'::integer",
    "a != 1": "a <> 1",
    "f = true": "f = 't'::boolean",
    "a > 1 AND (a < 5 AND d > 0)": "(a > 1) AND (a < 5) AND (d > (0)::numeric)",
    "lower(b) = 'x'": "pg_catalog.lower((b)::text) = 'x'::text",
    "CASE WHEN a > 1 THEN c END = 'x'": "CASE WHEN (a > 1) THEN c ELSE NULL::text END = 'x'::text",
    "g @> '{\"a\": 1}'": "g @> '{\"a\":1}'::jsonb",
    "e > '2024-01-01'": "e > '2024-01-01 00:00:00+00'::timestamp with time zone",
    "coalesce(c, 'x') <> ''": "COALESCE(c, 'x'::text) <> ''::text",
    "trim(c) <> ''": "TRIM(BOTH FROM c) <> ''::text",
    "t.a > 1": "a > 1",
    "cast(a AS text) = 'x'": "(a)::text = 'x'::text",
}
OTHER = {
    "a > 1": "a < 1",
    "b IN ('x', 'y')": "b IN ('x', 'z')",
    "a BETWEEN 1 AND 5": "a BETWEEN 1 AND 6",
    "c = 'x'": "c = 'X'",
    "d > 1": "d > 1.5",
    "c = '5'": "c = 'five'",
    "a::text = '5'": "a = '5'",
    "a > 1 AND f": "a > 1 OR f",
    "NOT f": "f",
    "c LIKE 'x'": "c ILIKE 'x'",
    "(a + 1) * 2 > 0": "a + 1 * 3 > 0",
    "c IS NULL": "c = 'null'",
    "g @> '{\"a\": 1}'": "g @> '{\"a\": 2}'",
    "f = true": "f = false",
    "e > '2024-01-01'": "e > '2024-01-02'",
}


@pytest.mark.parametrize("left", SAME)
def test_what_the_server_writes_is_what_was_meant(left):
    assert told(TABLE.format(left), TABLE.format(SAME[left])) == []
    assert told(TABLE.format(SAME[left]), TABLE.format(left)) == []


@pytest.mark.parametrize("left", OTHER)
def test_what_means_something_else_is_a_difference(left):
    assert comparison(TABLE.format(left), TABLE.format(OTHER[left])).real


def test_what_nobody_but_the_server_can_judge_is_told_as_a_spelling():
    left, right = TABLE.format("(a + 1) * 2 > a"), TABLE.format("a + 1 * 2 > a")
    assert told(left, right) == ["~check without a name on public.t: condition"]
    assert told(TABLE.format("c > '1 hour'::interval::text"), TABLE.format("c > '01:00:00'::interval::text"))


DEFAULTS = {
    "b varchar(5) DEFAULT 'x'": "b character varying(5) DEFAULT 'x'::character varying",
    "b int[] DEFAULT '{}'": "b integer[] DEFAULT '{}'::integer[]",
    "b timestamp DEFAULT now()": "b timestamp without time zone DEFAULT now()",
    "b numeric(5,2) DEFAULT 0": "b decimal(5,2) DEFAULT '0'::numeric",
    "b numeric(20)": "b numeric(20,0)",
    "b text DEFAULT NULL": "b text",
    "b char(3)": "b character(3)",
    "b float": "b double precision",
    "b bool DEFAULT 'f'": "b boolean DEFAULT false",
    "b interval DEFAULT '1 day'": "b interval DEFAULT '1 day'::interval",
    "b varbit(3)": "b bit varying(3)",
    "b int CHECK (b > 0)": "b integer, CONSTRAINT t_b_check CHECK ((b > 0))",
    "b int PRIMARY KEY": "b integer NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (b)",
    "b int UNIQUE": "b integer, CONSTRAINT t_b_key UNIQUE (b)",
    "b bigint GENERATED ALWAYS AS IDENTITY": "b bigint NOT NULL GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.t_b_seq"
    " START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1)",
}


@pytest.mark.parametrize("left", DEFAULTS)
def test_columns_as_the_server_writes_them(left):
    assert told(f"CREATE TABLE t (a int, {left})", f"CREATE TABLE public.t (a integer, {DEFAULTS[left]})") == []


SCRIPTS = {
    "extension": (
        "CREATE EXTENSION citext",
        "CREATE EXTENSION IF NOT EXISTS citext; COMMENT ON EXTENSION citext IS 'case-insensitive strings'",
    ),
    "serial": (
        "CREATE TABLE t (id serial)",
        "CREATE TABLE public.t (id integer NOT NULL); CREATE SEQUENCE public.t_id_seq AS integer START WITH 1 INCREMENT BY 1"
        " NO MINVALUE NO MAXVALUE CACHE 1; ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;"
        " ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);",
    ),
    "partition": (
        "CREATE TABLE p (a int, b text) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p FOR VALUES IN (1);",
        "CREATE TABLE public.p (a integer, b text) PARTITION BY LIST (a); CREATE TABLE public.q (a integer, b text);"
        " ALTER TABLE ONLY public.p ATTACH PARTITION public.q FOR VALUES IN (1);",
    ),
    "view": (
        "CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT *, lower(b) FROM t x WHERE a IN (1, 2) ORDER BY 2, b DESC",
        "CREATE TABLE public.t (a integer, b text); CREATE VIEW public.v AS SELECT a, b, lower(b) AS lower FROM public.t x"
        " WHERE (a = ANY (ARRAY[1, 2])) ORDER BY b, b DESC;",
    ),
    "view of a join": (
        "CREATE TABLE t (a int, b text); CREATE TABLE u (a int, c text);"
        " CREATE VIEW v (one, two) AS SELECT t.a, c FROM t JOIN u ON t.a = u.a WHERE EXISTS (SELECT 1 FROM u y WHERE y.a = t.a)",
        "CREATE TABLE t (a int, b text); CREATE TABLE u (a int, c text);"
        " CREATE VIEW v AS SELECT t.a AS one, u.c AS two FROM (public.t JOIN public.u ON ((t.a = u.a)))"
        " WHERE (EXISTS (SELECT 1 FROM public.u y WHERE (y.a = t.a)));",
    ),
    "function": (
        "CREATE OR REPLACE FUNCTION f(a int, b varchar(3) DEFAULT 'x') RETURNS void AS $$ $$ LANGUAGE sql VOLATILE COST 100",
        "CREATE FUNCTION public.f(a integer, b character varying DEFAULT 'x'::character varying) RETURNS void"
        " LANGUAGE sql AS $$ $$;",
    ),
    "grants": (
        "CREATE TABLE t (a int); GRANT ALL ON t TO bob; REVOKE DELETE ON t FROM bob; GRANT SELECT (a) ON t TO eve",
        "CREATE TABLE t (a int); GRANT SELECT, INSERT, UPDATE, TRUNCATE, REFERENCES, TRIGGER, MAINTAIN ON TABLE public.t TO bob;"
        " GRANT SELECT(a) ON TABLE public.t TO eve;",
    ),
    "publication": (
        "CREATE TABLE t (a int); CREATE PUBLICATION p FOR TABLE t",
        "CREATE TABLE public.t (a int); CREATE PUBLICATION p WITH (publish = 'insert, update, delete, truncate');"
        " ALTER PUBLICATION p ADD TABLE ONLY public.t;",
    ),
    "search path": (
        "CREATE SCHEMA s; SET search_path = s; CREATE TABLE t (a int); CREATE VIEW v AS SELECT * FROM t",
        "CREATE SCHEMA s; CREATE TABLE s.t (a integer); CREATE VIEW s.v AS SELECT a FROM s.t;",
    ),
    "owners": ("CREATE TABLE t (a int)", "CREATE TABLE t (a int); ALTER TABLE public.t OWNER TO bob;"),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_as_the_server_writes_them(name):
    assert told(*SCRIPTS[name]) == []


def test_a_view_that_reads_another_table_is_another_view():
    tables = "CREATE TABLE t (a int); CREATE TABLE u (a int);"
    assert comparison(tables + "CREATE VIEW v AS SELECT a FROM t", tables + "CREATE VIEW v AS SELECT a FROM u").real
    join = "CREATE VIEW v AS SELECT {} FROM t JOIN u ON t.a = u.a"
    assert comparison(tables + join.format("t.a"), tables + join.format("u.a")).real


def test_what_doubles_with_each_level_is_compared_in_no_time():
    """Each BETWEEN is two comparisons of what is in it, and `IN` as many as it has columns."""
    for word in ("BETWEEN true AND false", "IN (a > 1, a > 2)"):
        deep = "a > 0"
        for _ in range(40):
            deep = f"(({deep}) {word})"
        sides = [with_check(TABLE.format("a > 0"), each) for each in (deep, f"({deep}) AND true")]
        started = time.process_time()
        assert compare(*sides, dialect="postgresql")
        assert time.process_time() - started < 5


def test_a_tree_as_deep_as_it_is_long_is_compared_as_text():
    deep = "a" + " + a" * 5_000 + " > 0"
    one, two, other = (
        with_check(TABLE.format("a > 0"), each) for each in (deep, deep + " ", deep.replace("> 0", "> 1"))
    )
    assert compare(one, two, dialect="postgresql") == []
    assert [each.spelled for each in compare(one, other, dialect="postgresql")] == [False]


MARIA = {
    "a integer(11) unsigned": "a int(10) unsigned",
    "a boolean": "a tinyint(1)",
    "a decimal(8)": "a decimal(8,0)",
    "a varchar(9) DEFAULT 'x'": "a varchar(9) DEFAULT 'x'",
    "a int DEFAULT '5'": "a int(11) DEFAULT 5",
    "a int signed DEFAULT '-1'": "a int(11) DEFAULT -1",
    "a decimal(9,2) DEFAULT '0'": "a decimal(9,2) DEFAULT 0.00",
    "a text(512)": "a text",
    "a blob(200)": "a tinyblob",
    "a datetime DEFAULT 0": "a datetime DEFAULT '0000-00-00 00:00:00'",
    "a datetime DEFAULT '2000-01-01'": "a datetime DEFAULT '2000-01-01 00:00:00'",
    "a timestamp DEFAULT now()": "a timestamp DEFAULT current_timestamp()",
    "a json": "a longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`a`))",
}


@pytest.mark.parametrize("left", MARIA)
def test_columns_as_mariadb_writes_them(left):
    pair = (f"CREATE TABLE t ({left})", f"CREATE TABLE `t` ({MARIA[left]}) ENGINE=InnoDB")
    assert told(*pair, dialect="mariadb") == []


def test_routines_as_mariadb_writes_them():
    left = "CREATE FUNCTION f() RETURNS dec(3) unsigned DETERMINISTIC RETURN 1"
    right = "CREATE DEFINER=`x`@`%` FUNCTION `f`() RETURNS decimal(3,0) unsigned\n    DETERMINISTIC\nRETURN 1"
    assert told(left, right, dialect="mariadb") == []
    left = "CREATE FUNCTION f() RETURNS varchar(9) BEGIN -- one\nRETURN '-1'; END"
    right = "CREATE FUNCTION `f`() RETURNS varchar(9) CHARSET utf8mb4 COLLATE utf8mb4_general_ci\nBEGIN -- one\nRETURN '-1'; END"
    assert told(left, right, dialect="mariadb") == []
    assert comparison(left, right.replace("varchar(9)", "varchar(8)"), "mariadb").real


def test_views_as_mariadb_writes_them():
    tables = "CREATE TABLE t (a int); CREATE TABLE u (a int);"
    left = (
        f"{tables} CREATE VIEW v AS SELECT t.a AS x, round(u.a) AS y FROM t LEFT OUTER JOIN u USING (a) WHERE t.a > 5"
    )
    right = (f"{tables} CREATE VIEW v AS select `t`.`a` AS `x`,round(`u`.`a`,0) AS `y` from "
             "(`t` left join `u` on(`t`.`a` = `u`.`a`)) where `t`.`a` > 5")  # fmt: skip
    assert not comparison(left, right, "mariadb").real
    assert comparison(left, right.replace("> 5", "> 6"), "mariadb").real


def test_a_prefix_of_the_whole_column_is_none():
    told_by_people = "CREATE TABLE t (a varchar(9), b varchar(9), PRIMARY KEY (a(9)), KEY k (b(9), a(3)))"
    told_by_server = "CREATE TABLE t (a varchar(9), b varchar(9), PRIMARY KEY (a), KEY k (b, a(3)))"
    assert told(told_by_people, told_by_server, dialect="mariadb") == []
    assert comparison(told_by_people, told_by_server.replace("a(3)", "a"), "mariadb").real


def test_mariadb_sees_what_is_different():
    assert comparison("CREATE TABLE t (a int DEFAULT -1)", "CREATE TABLE t (a int DEFAULT 1)", "mariadb").real
    assert comparison(
        "CREATE TABLE t (a date DEFAULT 0)", "CREATE TABLE t (a date DEFAULT '2000-01-01')", "mariadb"
    ).real
    assert comparison("CREATE TABLE t (a int(11))", "CREATE TABLE t (a bigint(20))", "mariadb").real
    assert comparison("CREATE TABLE t (a enum('a','b'))", "CREATE TABLE t (a enum('b','a'))", "mariadb").real


def test_sqlite_keeps_types_as_they_were_written():
    assert told("CREATE TABLE t (a INTEGER)", "CREATE TABLE t (a  INTEGER)", "sqlite") == []
    assert comparison("CREATE TABLE t (a INTEGER)", "CREATE TABLE t (a INT)", "sqlite").real
