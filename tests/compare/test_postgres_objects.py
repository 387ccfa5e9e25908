"""Objects of PostgreSQL that are spelled in several ways: each the same where it is, and another where it is not."""

from __future__ import annotations

import pytest

from tests.compare.designs import comparison, told

T = "CREATE TABLE t (a integer, b text); CREATE TABLE u (a integer, c text); CREATE FUNCTION f(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';"
PAIRS: dict[str, tuple[str, str, str]] = {  # what is written, what comes back, what is something else
    "old aggregate": (
        "CREATE AGGREGATE agg (BASETYPE = text, STYPE = text, SFUNC = textcat, INITCOND = '')",
        "CREATE AGGREGATE public.agg(text) (SFUNC = pg_catalog.textcat, STYPE = text, INITCOND = '')",
        "CREATE AGGREGATE public.agg(text) (SFUNC = pg_catalog.textcat, STYPE = text)",
    ),
    "aggregate of anything": (
        "CREATE AGGREGATE agg (BASETYPE = 'ANY', STYPE = int8, SFUNC = int8inc, INITCOND = '0')",
        "CREATE AGGREGATE public.agg(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0')",
        "CREATE AGGREGATE public.agg(bigint) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0')",
    ),
    "operator": (
        "CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, PROCEDURE = texteq)",
        "CREATE OPERATOR public.=== (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text)",
        "CREATE OPERATOR public.=== (FUNCTION = textne, LEFTARG = text, RIGHTARG = text)",
    ),
    "operator class": (
        "CREATE OPERATOR CLASS c FOR TYPE int USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int)",
        "CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree AS OPERATOR 1 <(integer,integer),"
        " FUNCTION 1 (integer, integer) btint4cmp(integer,integer)",
        "CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree AS OPERATOR 1 <=(integer,integer),"
        " FUNCTION 1 (integer, integer) btint4cmp(integer,integer)",
    ),
    "rule": (
        "CREATE OR REPLACE RULE r AS ON INSERT TO t WHERE a > 5 DO INSTEAD INSERT INTO u VALUES (NEW.a, 'x')",
        "CREATE RULE r AS ON INSERT TO public.t WHERE (new.a > 5) DO INSTEAD"
        "  INSERT INTO public.u (a, c) VALUES (new.a, 'x'::text)",
        "CREATE RULE r AS ON INSERT TO public.t WHERE (new.a > 6) DO INSTEAD"
        "  INSERT INTO public.u (a, c) VALUES (new.a, 'x'::text)",
    ),
    "rule that updates": (
        "CREATE RULE r AS ON DELETE TO t DO INSTEAD UPDATE u SET c = OLD.b WHERE a = OLD.a",
        "CREATE RULE r AS ON DELETE TO public.t DO INSTEAD  UPDATE public.u SET c = old.b WHERE (u.a = old.a)",
        "CREATE RULE r AS ON DELETE TO public.t DO INSTEAD  UPDATE public.u SET c = old.b WHERE (u.a = u.a)",
    ),
    "function in C": (
        "CREATE FUNCTION g() RETURNS language_handler AS '$libdir/plpgsql' LANGUAGE C",
        "CREATE FUNCTION public.g() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'g'",
        "CREATE FUNCTION public.g() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'h'",
    ),
    "type of a column": (
        "CREATE FUNCTION g(x t.a%TYPE) RETURNS SETOF u.c%TYPE LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION public.g(x integer) RETURNS SETOF text LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION public.g(x bigint) RETURNS SETOF text LANGUAGE sql AS 'SELECT 1'",
    ),
    "built-in names of arrays": (
        "CREATE FUNCTION g(x _bool, y _int4) RETURNS void LANGUAGE sql AS ''",
        "CREATE FUNCTION public.g(x boolean[], y integer[]) RETURNS void LANGUAGE sql AS ''",
        "CREATE FUNCTION public.g(x boolean[], y integer) RETURNS void LANGUAGE sql AS ''",
    ),
    "sequence of an unlogged serial": (
        "CREATE UNLOGGED TABLE s (id serial)",
        "CREATE UNLOGGED TABLE public.s (id integer NOT NULL); CREATE UNLOGGED SEQUENCE public.s_id_seq AS integer;"
        " ALTER SEQUENCE public.s_id_seq OWNED BY public.s.id;"
        " ALTER TABLE ONLY public.s ALTER COLUMN id SET DEFAULT nextval('public.s_id_seq'::regclass)",
        "CREATE UNLOGGED TABLE public.s (id integer NOT NULL); CREATE SEQUENCE public.s_id_seq AS integer;"
        " ALTER SEQUENCE public.s_id_seq OWNED BY public.s.id;"
        " ALTER TABLE ONLY public.s ALTER COLUMN id SET DEFAULT nextval('public.s_id_seq'::regclass)",
    ),
    "what everybody may do": (
        "GRANT EXECUTE ON FUNCTION f(integer, text) TO public; REVOKE ALL ON t FROM public; REVOKE ALL ON t FROM bob",
        "",
        "REVOKE EXECUTE ON FUNCTION f(integer, text) FROM public",
    ),
    "grant with the option": (
        "GRANT SELECT ON t TO bob; GRANT SELECT ON t TO bob WITH GRANT OPTION",
        "GRANT SELECT ON TABLE public.t TO bob WITH GRANT OPTION",
        "GRANT SELECT ON TABLE public.t TO bob",
    ),
    "default privileges": (
        "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO bob",
        "ALTER DEFAULT PRIVILEGES FOR ROLE eve GRANT INSERT ON TABLES TO bob;"
        " ALTER DEFAULT PRIVILEGES FOR ROLE eve GRANT SELECT ON TABLES TO bob; GRANT SELECT, INSERT ON t TO bob",
        "ALTER DEFAULT PRIVILEGES FOR ROLE eve GRANT INSERT ON TABLES TO bob",
    ),
    "cluster": (
        "CREATE INDEX i ON t (a); CREATE INDEX j ON t (b); CLUSTER t USING i",
        "CREATE INDEX i ON t (a); CREATE INDEX j ON t (b); ALTER TABLE public.t CLUSTER ON i",
        "CREATE INDEX i ON t (a); CREATE INDEX j ON t (b); ALTER TABLE public.t CLUSTER ON j",
    ),
    "not null of an heir's key": (
        "CREATE TABLE h (PRIMARY KEY (a)) INHERITS (t)",
        "CREATE TABLE h (PRIMARY KEY (a)) INHERITS (t); ALTER TABLE ONLY public.h ADD NOT NULL a",
        "CREATE TABLE h (PRIMARY KEY (a)) INHERITS (t); ALTER TABLE ONLY public.h ADD NOT NULL b",
    ),
    "sequence started anew": ("CREATE SEQUENCE s; ALTER SEQUENCE s RESTART WITH 9", "CREATE SEQUENCE s", "CREATE SEQUENCE s CYCLE"),
    "base type": (
        "CREATE TYPE y (INPUT = y_in, OUTPUT = y_out, STORAGE = extended)",
        "CREATE TYPE public.y (INTERNALLENGTH = variable, INPUT = public.y_in, OUTPUT = public.y_out, ALIGNMENT = int4,"
        " STORAGE = extended)",
        "CREATE TYPE public.y (INTERNALLENGTH = 4, INPUT = public.y_in, OUTPUT = public.y_out, STORAGE = extended)",
    ),
    "statistics": (
        "CREATE STATISTICS x (dependencies, ndistinct) ON a, b FROM t",
        "CREATE STATISTICS public.x (ndistinct, dependencies) ON a, b FROM public.t",
        "CREATE STATISTICS public.x (ndistinct) ON a, b FROM public.t",
    ),
    "options of a server": (
        "CREATE SERVER x FOREIGN DATA WRAPPER w OPTIONS (host 'h', dbname 'd')",
        "CREATE SERVER x FOREIGN DATA WRAPPER w OPTIONS (dbname 'd', host 'h')",
        "CREATE SERVER x FOREIGN DATA WRAPPER w OPTIONS (dbname 'd', host 'i')",
    ),
    "replica identity": (
        "ALTER TABLE t REPLICA IDENTITY DEFAULT",
        "",
        "ALTER TABLE t REPLICA IDENTITY FULL",
    ),
    "statistics of a column": ("", "ALTER TABLE t ALTER a SET STATISTICS -1", "ALTER TABLE t ALTER a SET STATISTICS 9"),
    "domain": (
        "CREATE DOMAIN d AS varchar(5) CHECK (VALUE IN ('a', 'b'))",
        "CREATE DOMAIN public.d AS character varying(5) CONSTRAINT d_check CHECK"
        " ((VALUE)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
        "CREATE DOMAIN public.d AS character varying(5) CONSTRAINT d_check CHECK"
        " ((VALUE)::text = ANY ((ARRAY['a'::character varying, 'c'::character varying])::text[]))",
    ),
    "condition of a trigger": (
        "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.b IN ('x', 'y')) EXECUTE PROCEDURE h()",
        "CREATE TRIGGER g BEFORE UPDATE ON public.t FOR EACH ROW"
        " WHEN ((new.b = ANY (ARRAY['x'::text, 'y'::text]))) EXECUTE FUNCTION public.h()",
        "CREATE TRIGGER g BEFORE UPDATE ON public.t FOR EACH ROW"
        " WHEN ((old.b = ANY (ARRAY['x'::text, 'y'::text]))) EXECUTE FUNCTION public.h()",
    ),
    "view with USING": (
        "CREATE VIEW v AS SELECT a, b, c FROM t JOIN u USING (a)",
        "CREATE VIEW v AS SELECT u.a, t.b, u.c FROM public.t JOIN public.u USING (a)",
        "CREATE VIEW v AS SELECT u.a, t.b, u.c FROM public.t LEFT JOIN public.u USING (a)",
    ),
    "view that groups by a name": (
        "CREATE VIEW v AS SELECT a AS x, count(*) AS n FROM t GROUP BY x",
        "CREATE VIEW v AS SELECT t.a AS x, count(*) AS n FROM public.t GROUP BY t.a",
        "CREATE VIEW v AS SELECT t.a AS x, count(*) AS n FROM public.t GROUP BY t.a, t.b",
    ),
    "view with ANY": (
        "CREATE VIEW v AS SELECT a FROM t WHERE a = ANY (SELECT a FROM u) AND (a, b) = (1, 'x')",
        "CREATE VIEW v AS SELECT a FROM public.t WHERE ((t.a IN ( SELECT u.a FROM public.u)) AND ((t.a = 1) AND (t.b = 'x'::text)))",
        "CREATE VIEW v AS SELECT a FROM public.t WHERE ((t.a IN ( SELECT u.a FROM public.u)) AND ((t.a = 1) OR (t.b = 'x'::text)))",
    ),
    "view of a function": (
        "CREATE VIEW v AS SELECT g FROM generate_series(1, 3) g",
        "CREATE VIEW v AS SELECT g.g FROM generate_series(1, 3) g(g)",
        "CREATE VIEW v AS SELECT g.g FROM generate_series(1, 4) g(g)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_it_is_the_same(name):
    written, given_back, _ = PAIRS[name]
    assert told(T + written, T + given_back) == []
    assert told(T + given_back, T + written) == []


@pytest.mark.parametrize("name", PAIRS)
def test_another_one_is_another(name):
    written, _, other = PAIRS[name]
    assert comparison(T + written, T + other).real


CONSTANTS = {  # type: (written, given back, something else)
    "interval": ("1 day 2 hours", "1 day 02:00:00", "26:00:00"),
    "timestamptz": ("2024-01-01", "2024-01-01 00:00:00+00", "2024-01-02 00:00:00+00"),
    "time": ("10:00", "10:00:00", "10:01:00"),
    "bytea": ("", "\\x", "\\x00"),
    "double precision": ("0.0000", "0", "0.001"),
    "uuid": ("{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    "jsonb": ('{"b": 1, "a": 1.0}', '{"a": 1.0, "b": 1}', '{"a": 2, "b": 1}'),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONSTANTS)
def test_constants_as_the_server_writes_them(kind):
    written, given_back, other = CONSTANTS[kind]
    table = f"CREATE TABLE t (a {kind} DEFAULT '{{}}'{{}})".format
    assert told(table(written, ""), table(given_back, f"::{kind}")) == []
    assert comparison(table(written, ""), table(other, f"::{kind}")).real


def test_sequences_of_two_schemas_are_two():
    script = "CREATE SCHEMA s; CREATE SCHEMA r; CREATE TABLE t (a bigint DEFAULT nextval('{}'))".format
    assert comparison(script("s.q"), script("r.q")).real
    assert told(script("s.q"), script("q")) == []


def test_statements_that_a_server_refuses_are_nowhere():
    twice = "CREATE TABLE t (a int); CREATE TABLE t (b int);"
    assert told(twice, "CREATE TABLE t (a int)") == []
    assert comparison(twice, "CREATE TABLE t (b int)").real
