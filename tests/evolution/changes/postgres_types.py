"""Changes of types, domains, sequences, schemas and what belongs to the whole database of PostgreSQL."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_ENUM = "'sad', 'ok', 'happy'"
_DOMAIN = "CREATE DOMAIN cents AS integer DEFAULT 0 CONSTRAINT cents_sane CHECK (VALUE >= 0);"
_PRICED = _DOMAIN + "CREATE TABLE priced (id integer, price cents);"
_PRICES = "INSERT INTO priced VALUES (1, 5), (2, NULL);"
_ADDRESS = "CREATE TYPE address AS (street text, zip text);"
_LIVING = _ADDRESS + "CREATE TABLE living (id integer, at address);"
_HOMES = "INSERT INTO living VALUES (1, ROW('a', 'b'));"

TYPES = [
    Change(
        name="enum_new", new="CREATE TYPE color AS ENUM ('red', 'it''s blue'); CREATE TABLE paint (c color DEFAULT 'red');",
        does="create, create table",
    ),
    Change(name="enum_append", swap={_ENUM: _ENUM + ", 'elated'"}, remade=kinds("enum, type, default"), does="add enum value"),
    Change(
        name="enum_middle", swap={_ENUM: "'sad', 'meh', 'ok', 'happy'"}, remade=kinds("enum, type, default"),
        does="add enum value",
    ),
    Change(
        name="enum_rename", swap={_ENUM: "'sad', 'fine', 'happy'", "DEFAULT 'ok'": "DEFAULT 'fine'"},
        renames=("mood.ok=mood.fine",), retyped=kinds("users.mood"),
    ),
    Change(
        name="enum_array", both="CREATE TABLE moods (id integer, all_of mood[] DEFAULT '{sad}');",
        rows="INSERT INTO moods VALUES (1, '{sad,ok}'), (2, NULL);", swap={_ENUM: "'sad', 'happy', 'ok', 'angry'"},
        remade=kinds("enum, type, default"),
    ),
    Change(
        name="composite", new=_ADDRESS + "CREATE TABLE homes (id integer, at address, others address[]);",
        does="create, create table",
    ),
    Change(name="composite_attr", both=_ADDRESS, swap={"zip text)": "zip varchar(9), land text)"}),
    Change(name="composite_used", both=_LIVING, rows=_HOMES, swap={"zip text)": "zip text, land text)"},
           retyped=kinds("living.at")),
    Change(name="domain", new=_PRICED, does="create, create table"),
    Change(
        name="domain_check", both=_PRICED, rows=_PRICES, swap={"VALUE >= 0": "VALUE >= -5"}, remade=kinds("check of a domain"),
        does="add check, drop constraint",
    ),
    Change(name="domain_default", both=_PRICED, rows=_PRICES, swap={"DEFAULT 0 CONSTRAINT": "DEFAULT 9 CONSTRAINT"}),
    Change(name="range_type", new="CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = float8mi);", does="create"),
    Change(
        name="collation",
        new="""CREATE COLLATION plain (provider = libc, locale = 'C'); CREATE TABLE names (n text COLLATE plain);""",
        does="create, create table",
    ),
    Change(
        name="seq_options", both="CREATE SEQUENCE numbers START WITH 5;", rows="SELECT nextval('numbers');",
        swap={"numbers START WITH 5": "numbers START WITH 7 INCREMENT BY 3 MAXVALUE 9000 CACHE 4 CYCLE"}, does="replace",
    ),
    Change(name="seq_type", both="CREATE SEQUENCE numbers;", swap={"SEQUENCE numbers": "SEQUENCE numbers AS smallint"},
           does="replace"),
    Change(
        name="seq_owned",
        new="CREATE SEQUENCE ages OWNED BY users.age; ALTER TABLE users ALTER age SET DEFAULT nextval('ages');",
    ),
    Change(name="schema", new="CREATE SCHEMA wk_other; CREATE TABLE wk_other.t (id integer PRIMARY KEY);",
           does="create, create table"),
    Change(
        name="extension",
        new="CREATE EXTENSION vector SCHEMA public; CREATE TABLE places (id integer, at public.vector(3));", does="create, create table",
    ),
    Change(name="tsconfig", new="CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple);", does="create"),
    Change(
        name="default_priv", new="ALTER DEFAULT PRIVILEGES IN SCHEMA {here} GRANT SELECT ON TABLES TO wk_reader;",
    ),
    Change(name="grant", new="GRANT SELECT, INSERT ON users TO wk_reader; GRANT UPDATE ON orders TO wk_writer"
           " WITH GRANT OPTION;"),
    Change(name="grant_column", new="GRANT SELECT (id, email), UPDATE (nick) ON users TO wk_reader;"),
    Change(name="revoke_public", new="REVOKE EXECUTE ON FUNCTION touch() FROM PUBLIC;"),
    Change(name="publication", new="CREATE PUBLICATION wk_pub FOR TABLE users, orders WITH (publish = 'insert, update');",
           does="create"),
]  # fmt: skip
