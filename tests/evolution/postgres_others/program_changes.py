"""Changes of routines, triggers, rules and policies, and of what they need."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_F = "CREATE FUNCTION f(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;"
_ALL = (
    _F
    + """
CREATE VIEW v AS SELECT f(age) AS n FROM users;
CREATE TABLE t (a integer DEFAULT f(1), b integer GENERATED ALWAYS AS (f(a)) STORED, CONSTRAINT c CHECK (f(a) > 0));
CREATE INDEX i ON t (f(a)); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (f(a) > 0);
CREATE FUNCTION g() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT f(1); END;
COMMENT ON FUNCTION f(integer, text) IS 'f'; GRANT EXECUTE ON FUNCTION f(integer, text) TO wk_reader;
REVOKE EXECUTE ON FUNCTION f(integer, text) FROM PUBLIC;
"""
)
_T = "CREATE TRIGGER tr AFTER UPDATE OF age ON users FOR EACH ROW WHEN (old.age IS DISTINCT FROM new.age) EXECUTE FUNCTION touch();"

ROUTINES = [
    Change(name="f_used_return", both=_ALL, rows="INSERT INTO t (a) VALUES (1);", swap={"RETURNS integer LANGUAGE sql IMMUTABLE": "RETURNS bigint LANGUAGE sql IMMUTABLE"},
           remade=kinds("function, view, default, column, check, index, policy")),
    Change(name="f_used_body", both=_ALL, swap={"SELECT a $$": "SELECT a + 1 $$"}, does="replace"),
    Change(name="f_default_gone", both=_F, swap={" DEFAULT 'x'": ""}, remade=kinds("function")),
    Change(name="f_default_other", both=_F, swap={" DEFAULT 'x'": " DEFAULT 'y'"}, does="replace"),
    Change(name="f_default_new", both=_F, swap={"a integer, b": "a integer DEFAULT 1, b"}, remade=kinds("function")),
    Change(name="f_argument_type", both=_F, swap={"a integer, b": "a bigint, b", "SELECT a $$": "SELECT a::integer $$"}, remade=kinds("function")),
    Change(name="f_volatile", both=_F, swap={"sql IMMUTABLE": "sql STABLE STRICT PARALLEL SAFE COST 5"}, does="replace"),
    Change(name="f_definer", both=_F, swap={"sql IMMUTABLE": "sql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog"}, does="replace"),
    Change(name="f_altered", both=_F, new="ALTER FUNCTION f(integer, text) SET work_mem = '8MB'; ALTER FUNCTION f(integer, text) STABLE;"),
    Change(name="f_out", both="CREATE FUNCTION o(OUT a integer, OUT b text) LANGUAGE sql AS $$ SELECT 1, 'x'::text $$;",
           swap={"OUT b text": "OUT c text"}, remade=kinds("function")),
    Change(name="f_to_procedure", both="", old="CREATE FUNCTION o() RETURNS void LANGUAGE sql AS '';", new="CREATE PROCEDURE o() LANGUAGE sql AS '';"),
    Change(name="f_overloads", both=_F + "CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS $$ SELECT a $$;",
           old="CREATE FUNCTION f(a date) RETURNS date LANGUAGE sql AS $$ SELECT a $$;", new="CREATE FUNCTION f(a text[]) RETURNS text LANGUAGE sql AS $$ SELECT a[1] $$;"),
    Change(name="f_variadic", both="CREATE FUNCTION va(VARIADIC a integer[]) RETURNS integer LANGUAGE sql AS $$ SELECT a[1] $$;", swap={"SELECT a[1]": "SELECT a[2]"}, does="replace"),
    Change(name="f_atomic_body", both="CREATE FUNCTION at() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM users WHERE age > 1; END;", swap={"age > 1": "age > 2"}, does="replace"),
    Change(name="f_atomic_column", both="CREATE FUNCTION at() RETURNS date LANGUAGE sql BEGIN ATOMIC SELECT max(born) FROM users; END;",
           swap={"    born date,": "    born timestamp,", "RETURNS date": "RETURNS timestamp"}, remade=kinds("function"), retyped=frozenset({"users.born"})),
    Change(name="f_body_rename", both="CREATE FUNCTION sq() RETURNS bigint LANGUAGE sql AS $$ SELECT count(born) FROM users $$;",
           swap={"    born date,": "    birth date,", "count(born)": "count(birth)"}, renames=("users.born=users.birth",)),
    Change(name="f_setof", both="CREATE FUNCTION so() RETURNS SETOF users LANGUAGE sql AS $$ SELECT * FROM users $$;", swap={"    born date,": "    born date, size integer,"}),
    Change(name="f_table_type_gone", old="CREATE TABLE row_of (a integer); CREATE FUNCTION ro(r row_of) RETURNS integer LANGUAGE sql AS $$ SELECT r.a $$;"),
    Change(name="f_pct_type", both="CREATE FUNCTION pt(a users.age%TYPE) RETURNS users.nick%TYPE LANGUAGE sql AS $$ SELECT 'x'::varchar $$;", swap={"SELECT 'x'": "SELECT 'y'"}, does="replace"),
    Change(name="f_plpgsql", both="", new="""CREATE FUNCTION pl(n integer) RETURNS text LANGUAGE plpgsql AS $body$ DECLARE x text; BEGIN x := 'it''s; ok'; RETURN x; END $body$;"""),
    Change(name="a_changed", both="CREATE AGGREGATE s (integer) (sfunc = int4pl, stype = integer, initcond = '0');", swap={"initcond = '0'": "initcond = '1'"}),
    Change(name="a_stype", both="CREATE AGGREGATE s (integer) (sfunc = int4pl, stype = integer, initcond = '0'); CREATE VIEW v AS SELECT s(age) FROM users;",
           swap={"sfunc = int4pl, stype = integer": "sfunc = int84pl, stype = bigint"}, remade=kinds("aggregate, view")),
    Change(name="a_func", both="""CREATE FUNCTION plus(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
        CREATE AGGREGATE s (integer) (sfunc = plus, stype = integer); COMMENT ON AGGREGATE s (integer) IS 'ss';""",
        swap={"plus(a integer": "plus(x integer", "SELECT a + b": "SELECT x + b"}, remade=kinds("aggregate, function")),
    Change(name="a_star", both="CREATE FUNCTION inc(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';",
           new="CREATE AGGREGATE cnt (*) (sfunc = inc, stype = integer, initcond = '0'); COMMENT ON AGGREGATE cnt (*) IS 'c';"),
    Change(name="a_ordered", new="CREATE AGGREGATE pc (float8 ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);"),
    Change(name="p_changed", both="CREATE PROCEDURE pr(a integer) LANGUAGE sql AS $$ DELETE FROM orders $$; GRANT EXECUTE ON PROCEDURE pr(integer) TO wk_reader; COMMENT ON PROCEDURE pr(integer) IS 'p';",
           swap={"pr(a integer)": "pr(b integer)"}, remade=kinds("procedure")),
    Change(name="f_quoted", both="", new='CREATE FUNCTION "Odd Name"("My Arg" integer) RETURNS integer LANGUAGE sql AS $$ SELECT "My Arg" $$; COMMENT ON FUNCTION "Odd Name"(integer) IS \'o\';'),
]  # fmt: skip

TRIGGERS = [
    Change(name="t_changed", both=_T, swap={"AFTER UPDATE OF age": "BEFORE INSERT OR UPDATE OF nick", "WHEN (old.age IS DISTINCT FROM new.age) ": ""}, does="replace"),
    Change(name="t_state", both=_T, new="ALTER TABLE users DISABLE TRIGGER tr;"),
    Change(name="t_state_kept", both=_T + "ALTER TABLE users ENABLE ALWAYS TRIGGER tr;", swap={"old.age IS DISTINCT FROM new.age": "new.age > 0"}),
    Change(name="t_column_type", both=_T, swap={"    age integer DEFAULT 18,": "    age bigint DEFAULT 18,"}, remade=kinds("trigger, default"), retyped=frozenset({"users.age"})),
    Change(name="t_column_gone", both=_T + "COMMENT ON TRIGGER tr ON users IS 'tt';", swap={"    born date,\n": ""}),
    Change(name="t_constraint", both="CREATE CONSTRAINT TRIGGER ct AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();",
           swap={"INITIALLY DEFERRED": "INITIALLY IMMEDIATE"}, remade=kinds("trigger")),
    Change(name="t_function_remade", both=_T, swap={"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$": "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"}, does="replace"),
    Change(name="t_partitioned", both="""CREATE TABLE pt (id int, m int) PARTITION BY RANGE (id); CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (9);""",
           new="CREATE TRIGGER ptt AFTER INSERT ON pt FOR EACH ROW EXECUTE FUNCTION touch();"),
    Change(name="t_transition", both="", new="CREATE TRIGGER tt AFTER INSERT ON users REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION touch('a', 'b');"),
    Change(name="r_changed", both="CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING; COMMENT ON RULE r ON orders IS 'r';", swap={"DO INSTEAD NOTHING": "DO ALSO UPDATE users SET age = 1 WHERE id = old.user_id"}),
    Change(name="r_column", both="CREATE RULE r AS ON UPDATE TO orders DO ALSO UPDATE users SET age = new.user_id;", swap={"    age integer DEFAULT 18,": "    age bigint DEFAULT 18,"},
           remade=kinds("rule, default"), retyped=frozenset({"users.age"})),
    Change(name="r_disabled", both="CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING;", new="ALTER TABLE orders DISABLE RULE r;"),
    Change(name="po_using", both="CREATE POLICY p ON users USING (age > 1);", swap={"(age > 1)": "(age > 2)"}, does="replace"),
    Change(name="po_roles", both="CREATE POLICY p ON users TO wk_reader USING (age > 1);", swap={"TO wk_reader USING": "TO wk_reader, wk_writer USING"}, does="replace"),
    Change(name="po_check_gone", both="CREATE POLICY p ON users USING (age > 1) WITH CHECK (age > 2);", swap={" WITH CHECK (age > 2)": ""}, remade=kinds("policy")),
    Change(name="po_command", both="CREATE POLICY p ON users FOR SELECT USING (age > 1); COMMENT ON POLICY p ON users IS 'pp';", swap={"FOR SELECT": "FOR DELETE"}, remade=kinds("policy")),
    Change(name="po_restrictive", both="CREATE POLICY p ON users USING (age > 1);", swap={"ON users USING": "ON users AS RESTRICTIVE USING"}, remade=kinds("policy")),
    Change(name="po_column_type", both="CREATE POLICY p ON users USING (age > 1);", swap={"    age integer DEFAULT 18,": "    age bigint DEFAULT 18,"}, remade=kinds("policy, default"), retyped=frozenset({"users.age"})),
    Change(name="po_subquery", both="CREATE POLICY p ON users USING (id IN (SELECT user_id FROM orders WHERE total > 0));", swap={"total numeric(10,2)": "total numeric(12,2)"}, remade=kinds("policy, view")),
    Change(name="po_let_go", both="CREATE POLICY p ON users USING (born IS NULL);", swap={"    born date,\n": "", "born IS NULL": "age IS NULL"}, does="drop column, replace"),
]  # fmt: skip
