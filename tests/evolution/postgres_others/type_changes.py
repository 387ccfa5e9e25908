"""Changes of enums, composite types, domains, ranges and sequences, in use by nearly everything that can use a type."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_USED = """
CREATE DOMAIN feeling AS mood DEFAULT 'ok' CHECK (VALUE <> 'sad');
CREATE TYPE report AS (who text, what mood);
CREATE TABLE logs (
    id integer PRIMARY KEY, felt mood NOT NULL DEFAULT 'sad', many mood[] DEFAULT '{ok}', kind feeling, last report,
    worse mood GENERATED ALWAYS AS (CASE WHEN felt = 'ok' THEN 'sad'::mood ELSE felt END) STORED,
    CONSTRAINT glad CHECK (felt IN ('sad', 'ok', 'happy'))
);
CREATE INDEX logs_felt ON logs (felt);
CREATE INDEX logs_ok ON logs (id) WHERE felt = 'ok';
CREATE TABLE feelings (felt mood PRIMARY KEY);
CREATE TABLE felt_log (felt mood REFERENCES feelings (felt), part mood) PARTITION BY LIST (felt);
CREATE TABLE felt_by (felt mood REFERENCES feelings (felt));
CREATE VIEW moods AS SELECT felt, many, (last).what FROM logs WHERE felt <> 'sad';
CREATE VIEW moods_too AS SELECT felt FROM moods;
COMMENT ON VIEW moods IS 'm';
COMMENT ON TYPE mood IS 'how it feels';
GRANT SELECT ON moods TO wk_reader;
GRANT USAGE ON TYPE mood TO wk_reader;
CREATE FUNCTION cheer(m mood) RETURNS mood LANGUAGE sql IMMUTABLE AS $$ SELECT m $$;
CREATE FUNCTION all_moods() RETURNS SETOF mood LANGUAGE sql AS $$ SELECT felt FROM logs $$;
CREATE INDEX logs_cheer ON logs (cheer(felt));
ALTER TABLE logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON logs USING (felt <> 'sad'::mood);
CREATE TRIGGER logs_touch BEFORE UPDATE OF felt ON logs FOR EACH ROW WHEN (new.felt = 'ok') EXECUTE FUNCTION touch();
"""
_LOGS = """
INSERT INTO logs (id, felt, many, kind, last) VALUES (1, 'ok', '{ok,sad}', 'ok', ROW('x', 'ok')), (2, 'sad', NULL, NULL, NULL);
INSERT INTO feelings VALUES ('ok'); INSERT INTO felt_by VALUES ('ok');
"""
_PARTED = "CREATE TABLE felt_log (felt mood REFERENCES feelings (felt), part mood) PARTITION BY LIST (felt);\n"
_SWAPPED = kinds(
    "default, check, index, view, materialized view, function, policy, trigger, column, foreign key, default of a domain, check of a domain"
)
_POINT = """
CREATE TYPE spot AS (x integer, y integer);
CREATE TABLE spots (id integer, at spot, more spot[]);
CREATE VIEW spot_x AS SELECT id, (at).x FROM spots;
CREATE FUNCTION far(s spot) RETURNS integer LANGUAGE sql AS $$ SELECT (s).x $$;
COMMENT ON TYPE spot IS 'a place'; COMMENT ON COLUMN spot.x IS 'right';
"""
_SPOTS = "INSERT INTO spots VALUES (1, ROW(1, 2), NULL), (2, NULL, NULL);"
_CENTS = """
CREATE DOMAIN cents AS integer DEFAULT 0 NOT NULL CONSTRAINT cents_sane CHECK (VALUE >= 0) CHECK (VALUE < 1000000);
CREATE TABLE prices (id integer, price cents, old_prices cents[]);
CREATE VIEW dear AS SELECT * FROM prices WHERE price > 100;
COMMENT ON DOMAIN cents IS 'money'; COMMENT ON CONSTRAINT cents_sane ON DOMAIN cents IS 'no debts';
GRANT USAGE ON DOMAIN cents TO wk_reader;
"""
_ONLY = _CENTS.replace(", old_prices cents[]", "")
_PRICE = "INSERT INTO prices VALUES (1, 5), (2, 0);"
_PRICES = "INSERT INTO prices VALUES (1, 5, '{1,2}'), (2, 0, NULL);"

ENUMS = [
    Change(name="e_first", swap={"('sad', 'ok', 'happy')": "('awful', 'sad', 'ok', 'happy')"}),
    Change(name="e_many", swap={"('sad', 'ok', 'happy')": "('a', 'sad', 'b', 'c', 'ok', 'happy', 'd', 'e')"}),
    Change(name="e_quoted", swap={"('sad', 'ok', 'happy')": "('sad', 'ok', 'happy', 'it''s')"}),
    Change(
        name="e_used_removed", both=_USED.replace(_PARTED, ""), rows=_LOGS, remade=_SWAPPED,
        swap={"CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')": "CREATE TYPE mood AS ENUM ('ok', 'sad')",
              "'sad', 'ok', 'happy'))": "'sad', 'ok'))"},
    ),
    Change(
        name="e_reordered", swap={"('sad', 'ok', 'happy')": "('happy', 'ok', 'sad')"}, remade=kinds("default"),
    ),
    Change(name="e_array", both="CREATE TABLE m (ms mood[] NOT NULL DEFAULT '{}', n mood);",
           rows="INSERT INTO m VALUES ('{ok}', 'ok');", swap={"('sad', 'ok', 'happy')": "('ok', 'happy', 'sad')"},
           remade=kinds("default")),
    Change(name="e_inherited", both="CREATE TABLE up (m mood DEFAULT 'ok'); CREATE TABLE sub (n int) INHERITS (up);",
           rows="INSERT INTO sub VALUES ('sad', 1);", swap={"('sad', 'ok', 'happy')": "('ok', 'happy', 'sad')"},
           remade=kinds("default")),
    Change(name="e_partitions", both="""CREATE TABLE pt (id int, m mood DEFAULT 'ok') PARTITION BY RANGE (id);
        CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (9);""", rows="INSERT INTO pt VALUES (1, 'sad');",
        swap={"('sad', 'ok', 'happy')": "('ok', 'happy', 'sad')"}, remade=kinds("default")),
    Change(name="e_away", swap={"    mood mood DEFAULT 'ok',": "    mood text DEFAULT 'ok',",
                                "('sad', 'ok', 'happy')": "('ok', 'happy', 'sad')"}, remade=kinds("default")),
    Change(name="e_gone", swap={"    mood mood DEFAULT 'ok',": "    mood text DEFAULT 'ok',",
                                "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');": ""}, remade=kinds("default")),
]  # fmt: skip

COMPOSITES = [
    Change(name="c_add", both=_POINT, rows=_SPOTS, retyped=frozenset({"spots.at"}), remade=kinds("view"), swap={"(x integer, y integer)": "(x integer, y integer, z text)"}),
    Change(name="c_drop", both=_POINT, rows=_SPOTS, swap={"(x integer, y integer)": "(x integer)"}, retyped=frozenset({"spots.at"}),
           remade=kinds("view")),
    Change(name="c_type", both=_POINT, rows=_SPOTS, swap={"(x integer, y integer)": "(x bigint, y integer)",
           "RETURNS integer LANGUAGE sql AS $$ SELECT (s).x $$": "RETURNS bigint LANGUAGE sql AS $$ SELECT (s).x $$"},
           remade=kinds("view, function")),
    Change(name="c_rename", both=_POINT, rows=_SPOTS,
           swap={"(x integer, y integer)": "(a integer, y integer)", "(at).x": "(at).a AS x", "(s).x": "(s).a",
                 "spot.x IS": "spot.a IS"}, remade=kinds("view")),
    Change(name="c_middle", both="CREATE TYPE spot AS (x integer, y integer); CREATE TABLE spots (id integer, at spot);", rows="""
           INSERT INTO spots VALUES (1, ROW(1, 2)), (2, NULL);""", swap={"(x integer, y integer)": "(x integer, m text, y integer)"},
           retyped=frozenset({"spots.at"})),
    Change(name="c_unused", both="CREATE TYPE pair AS (a integer, b text);", swap={"(a integer, b text)": "(b varchar(9), c date)"}),
    Change(name="c_collate", both="CREATE TYPE pair AS (a integer, b text);", swap={"b text)": "b text COLLATE \"C\")"}),
    Change(name="c_nested", both="""CREATE TYPE pair AS (a integer, m mood); CREATE TYPE pairs AS (p pair, n integer);
        CREATE TABLE keeps (p pairs); CREATE FUNCTION pp(p pairs) RETURNS pair LANGUAGE sql AS $$ SELECT (p).p $$;""",
        rows="INSERT INTO keeps VALUES (ROW(ROW(1, 'ok'), 2));", swap={"('sad', 'ok', 'happy')": "('ok', 'happy', 'sad')"},
        remade=kinds("default, function")),
]  # fmt: skip

DOMAINS = [
    Change(name="d_null", both=_CENTS, rows=_PRICES, swap={"DEFAULT 0 NOT NULL CONS": "DEFAULT 0 CONS"},
           remade=kinds("view, default of a domain")),
    Change(name="d_null_plain", both=_ONLY, rows=_PRICE, swap={"DEFAULT 0 NOT NULL CONS": "DEFAULT 0 CONS"}),
    Change(name="d_check_plain", both=_ONLY, rows=_PRICE, swap={" CHECK (VALUE < 1000000)": " CHECK (VALUE < 2000000)"},
           remade=kinds("check of a domain")),
    Change(name="d_base_plain", both=_ONLY, rows=_PRICE, swap={"cents AS integer": "cents AS bigint"},
           remade=kinds("view, check of a domain, default of a domain")),
    Change(name="d_default", both=_CENTS, rows=_PRICES, swap={"DEFAULT 0 NOT NULL CONS": "NOT NULL CONS"}),
    Change(name="d_base", both=_CENTS, rows=_PRICES, retyped=frozenset({"prices.price", "prices.old_prices"}), swap={"cents AS integer": "cents AS numeric(12,2)"},
           remade=kinds("view, check of a domain, default of a domain")),
    Change(name="d_unnamed", both=_CENTS, rows=_PRICES, swap={" CHECK (VALUE < 1000000)": " CHECK (VALUE < 2000000)"},
           remade=kinds("view, default of a domain")),
    Change(name="d_added", both=_CENTS, rows=_PRICES, swap={" CHECK (VALUE < 1000000)": " CHECK (VALUE < 1000000) CHECK (VALUE <> 13)"},
           remade=kinds("view, default of a domain")),
    Change(name="d_not_valid", both="CREATE DOMAIN pos AS integer; CREATE TABLE ps (p pos);", rows="INSERT INTO ps VALUES (-1);",
           new="ALTER DOMAIN pos ADD CONSTRAINT pos_pos CHECK (VALUE > 0) NOT VALID;"),
    Change(name="d_validated", both="CREATE DOMAIN pos AS integer; CREATE TABLE ps (p pos);",
           old="ALTER DOMAIN pos ADD CONSTRAINT pos_pos CHECK (VALUE > 0) NOT VALID;",
           new="ALTER DOMAIN pos ADD CONSTRAINT pos_pos CHECK (VALUE > 0);", rows="INSERT INTO ps VALUES (1);",
           remade=kinds("check of a domain")),
    Change(name="d_func", both="""CREATE FUNCTION is_small(n integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT n < 9 $$;
        CREATE DOMAIN small AS integer CHECK (is_small(VALUE)); CREATE TABLE sm (n small);""", rows="INSERT INTO sm VALUES (1);",
        swap={"is_small(n integer)": "is_small(k integer)", "SELECT n < 9": "SELECT k < 9"},
        remade=kinds("function, check of a domain")),
    Change(name="d_of_domain", both="CREATE DOMAIN one AS text; CREATE DOMAIN two AS one CHECK (VALUE <> ''); CREATE TABLE tt (t two, u one);",
           rows="INSERT INTO tt VALUES ('1', '2');", swap={"DOMAIN one AS text": "DOMAIN one AS varchar(30)"}, remade=kinds("check of a domain")),
    Change(name="d_collation", both="CREATE DOMAIN one AS text; CREATE TABLE tt (u one);", rows="INSERT INTO tt VALUES ('2');",
           swap={"one AS text": "one AS text COLLATE \"C\""}),
]  # fmt: skip

RANGES = [
    Change(name="range_changed", both="CREATE TYPE span AS RANGE (subtype = integer);", swap={"subtype = integer": "subtype = bigint"},
           remade=kinds("type")),
    Change(name="range_used", both="CREATE TYPE span AS RANGE (subtype = integer); CREATE TABLE sp (s span);",
           rows="INSERT INTO sp VALUES ('[1,5)');", swap={"subtype = integer": "subtype = bigint"}, remade=kinds("type"),
           retyped=frozenset({"sp.s"})),
    Change(name="range_new_used", new="CREATE TYPE span AS RANGE (subtype = float8, multirange_type_name = spans); CREATE TABLE sp (s span, t spans);"),
    Change(name="range_of_enum", both="CREATE TYPE moods AS RANGE (subtype = mood);", swap={"('sad', 'ok', 'happy')": "('ok', 'happy', 'sad')"},
           remade=kinds("type, default")),
    Change(name="shell", new="CREATE TYPE later;"),
]  # fmt: skip

SEQUENCES = [
    Change(name="s_min", both="CREATE SEQUENCE n;", swap={"SEQUENCE n;": "SEQUENCE n MINVALUE 100 START 200;"}),
    Change(name="s_min_used", both="CREATE SEQUENCE n;", rows="SELECT nextval('n'), nextval('n');",
           swap={"SEQUENCE n;": "SEQUENCE n MINVALUE 100 MAXVALUE 150;"}),
    Change(name="s_down", both="CREATE SEQUENCE n;", swap={"SEQUENCE n;": "SEQUENCE n INCREMENT -1;"}),
    Change(name="s_down_type", both="CREATE SEQUENCE n AS smallint INCREMENT -2 CACHE 5;",
           swap={"n AS smallint INCREMENT -2 CACHE 5;": "n AS integer INCREMENT -3 MINVALUE -90 CYCLE;"}),
    Change(name="s_owner", both="CREATE SEQUENCE n OWNED BY users.age;", swap={"n OWNED BY users.age": "n OWNED BY orders.total"}),
    Change(name="s_no_owner", both="CREATE SEQUENCE n OWNED BY users.age;", swap={"n OWNED BY users.age": "n"}),
    Change(name="s_column_gone", both="CREATE SEQUENCE n; CREATE TABLE h (a integer, b integer); ",
           old="ALTER SEQUENCE n OWNED BY h.b;", swap={"(a integer, b integer)": "(a integer)"}),
    Change(name="s_with_table", old="CREATE TABLE h (a integer, b integer); CREATE SEQUENCE n OWNED BY h.b; "
           "ALTER TABLE h ALTER b SET DEFAULT nextval('n'); COMMENT ON SEQUENCE n IS 'x'; GRANT USAGE ON SEQUENCE n TO wk_reader;"),
    Change(name="s_with_column", both="CREATE TABLE h (a integer);", new="ALTER TABLE h ADD b serial;"),
    Change(name="s_unlogged", both="CREATE SEQUENCE n;", swap={"CREATE SEQUENCE n": "CREATE UNLOGGED SEQUENCE n"}),
]  # fmt: skip
