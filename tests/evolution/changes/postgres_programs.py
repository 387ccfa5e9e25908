"""Changes of views, functions, triggers, policies and operators of PostgreSQL."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_SUM = "CREATE FUNCTION plus(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';"
_AUDIT = "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;"
_YOUNG = "CREATE VIEW young AS SELECT id, email, age FROM users WHERE age < 30;"
_MAILS = """CREATE TABLE mails (id integer PRIMARY KEY, mail text);
CREATE VIEW mailed AS SELECT id, mail FROM mails; CREATE VIEW all_mails AS SELECT * FROM mails;
CREATE VIEW mailed_twice AS SELECT mailed.mail, 1 AS n FROM mailed;"""
_RENAMED = {"id integer PRIMARY KEY, mail": "id integer PRIMARY KEY, email", "id, mail ": "id, email ",
            "mailed.mail": "mailed.email"}  # fmt: skip
_COUNTS = "CREATE MATERIALIZED VIEW counts AS SELECT user_id, count(*) AS n FROM orders GROUP BY user_id;"
_COUNTED = _COUNTS + "CREATE UNIQUE INDEX counts_user ON counts (user_id); COMMENT ON MATERIALIZED VIEW counts IS 'm';"

VIEWS = [
    Change(name="view_new", new=_YOUNG + "CREATE VIEW younger AS SELECT * FROM young WHERE age < 9;", does="create, create"),
    Change(name="view_add_col", both=_YOUNG, swap={"id, email, age": "id, email, age, born"}, does="replace",
           remade=kinds("view")),
    Change(name="view_drop_col", both=_YOUNG, swap={"id, email, age": "id, age"}, remade=kinds("view"), does="create, drop"),
    Change(name="view_renamed_col", renames=("mails.mail=mails.email",), both=_MAILS, swap=_RENAMED,
           remade=kinds("view"), does="create, drop, rename, rename, rename"),
    Change(name="view_options", both=_YOUNG, swap={"VIEW young AS": "VIEW young WITH (security_barrier = true) AS"}),
    Change(
        name="view_on_func", new=_SUM + "CREATE VIEW next_age AS SELECT id, plus(age, 1) AS age FROM users;",
        does="create, create",
    ),
    Change(
        name="matview_change", both=_COUNTED, swap={"count(*) AS n FROM": "count(*) AS n, sum(total) AS t FROM"},
        remade=kinds("view, materialized view, index, comment"),
    ),
]  # fmt: skip

ROUTINES = [
    Change(name="func_body", both=_SUM, swap={"a + b'": "a + b + 0'"}, does="replace"),
    Change(name="func_argname", both=_SUM, swap={"(a integer, b integer)": "(x integer, y integer)", "a + b'": "x + y'"},
           remade=kinds("function, routine"), does="create, drop"),
    Change(
        name="func_return", both=_SUM, swap={"RETURNS integer": "RETURNS bigint"}, remade=kinds("function, routine"),
        does="create, drop",
    ),
    Change(
        name="func_returns_table", remade=kinds("function, routine"), does="create, drop",
        both="CREATE FUNCTION both_of() RETURNS TABLE (a integer, b text) LANGUAGE sql AS $$ SELECT 1, 'x' $$;",
        swap={"b text)": "b text, c date)", "1, 'x'": "1, 'x', NULL::date"},
    ),
    Change(name="func_overload", both=_SUM, new=_SUM.replace("integer", "numeric"), does="create"),
    Change(
        name="func_dep_order", does="create, create",
        new="CREATE FUNCTION zz() RETURNS integer LANGUAGE sql AS 'SELECT 1';"
        "CREATE FUNCTION aa() RETURNS integer LANGUAGE sql AS 'SELECT {here}.zz() + 1';",
    ),
    Change(
        name="func_atomic", does="create",
        new="CREATE FUNCTION older(n integer) RETURNS bigint LANGUAGE sql BEGIN ATOMIC"
        " SELECT count(*) FROM users WHERE age > n; END;",
    ),
    Change(name="procedure", new="CREATE PROCEDURE tidy(n integer) LANGUAGE sql AS 'DELETE FROM {here}.orders WHERE id = n';",
           does="create"),
    Change(name="aggregate", both=_SUM, new="CREATE AGGREGATE total_of (integer) (sfunc = plus, stype = integer, initcond = '0');",
           does="create"),
    Change(name="operator", both=_SUM, new="CREATE OPERATOR |+| (leftarg = integer, rightarg = integer, function = plus);",
           does="create"),
    Change(
        name="cast", does="create, create, create",
        new="CREATE TYPE coin AS ENUM ('a', 'b');"
        "CREATE FUNCTION worth(c coin) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';"
        "CREATE CAST (coin AS integer) WITH FUNCTION worth(coin);",
    ),
]  # fmt: skip

TRIGGERS = [
    Change(
        name="trigger", does="create, create",
        new=_AUDIT + "CREATE TRIGGER orders_audit AFTER INSERT OR UPDATE OF total ON orders FOR EACH ROW"
        " WHEN (NEW.total > 5) EXECUTE FUNCTION audit();",
    ),
    Change(name="trigger_disabled", new="ALTER TABLE users DISABLE TRIGGER users_touch;", does="replace"),
    Change(
        name="trigger_constraint", does="create", both=_AUDIT,
        new="CREATE CONSTRAINT TRIGGER late AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        " EXECUTE FUNCTION audit();",
    ),
    Change(
        name="event_trigger", does="create, create",
        new="CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;"
        "CREATE EVENT TRIGGER wk_watch ON sql_drop EXECUTE FUNCTION on_ddl();",
    ),
    Change(
        name="policy", both="ALTER TABLE users ENABLE ROW LEVEL SECURITY;", does="create, create",
        new="CREATE POLICY own ON users FOR SELECT TO wk_reader USING (email = current_user);"
        "CREATE POLICY grown ON users AS RESTRICTIVE USING (age > 1) WITH CHECK (age > 2);",
    ),
    Change(name="rule", does="create",
           new="CREATE RULE keep AS ON DELETE TO orders WHERE old.total > 0 DO INSTEAD NOTHING;"),
]  # fmt: skip
