"""Every name of the corpus in every place where PostgreSQL takes a name or a value, through every way, and equal after it."""

from __future__ import annotations

import pytest

from tests.fidelity.homes import PostgresPrograms
from tests.fidelity.ways import Walked
from tests.live.walking import problem, walked
from tests.nasty import literal, names_for
from tests.servers import PostgresServer

pytestmark = pytest.mark.postgres
WAYS = ("text", "live", "pasted")
"""Without the way over pg_dump: the live way reads the script that pg_dump would write, and this saves seconds."""


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def script(names: list[str]) -> str:
    """Return a script of one database: each kind of object in a schema of its own, one object a name."""
    kinds = ("tables", "keys", "indices", "enums", "domains", "composites", "views", "routines", "guards", "numbers")
    parts = [f"CREATE SCHEMA {kind};" for kind in kinds]
    parts.append("CREATE TABLE guards.t (a text);\nALTER TABLE guards.t ENABLE ROW LEVEL SECURITY;")
    parts.append("CREATE TABLE indices.t (a text, b text);")
    parts.append(_labels(names))
    for number, name in enumerate(names):
        parts += [*_schema(name), *_table(name, names[number - 1] if number else name), *_types(name), *_programs(name)]
    return "\n".join(parts)


def _labels(names: list[str]) -> str:
    labels = ", ".join(map(literal, names))
    return f"CREATE TYPE enums.labels AS ENUM ({labels});\nCREATE TABLE enums.t (a enums.labels DEFAULT {literal(names[0])});"


def _schema(name: str) -> list[str]:
    if name == "public":
        return []
    return [f"CREATE SCHEMA {quoted(name)};", f"COMMENT ON SCHEMA {quoted(name)} IS {literal(name)};",
            f"CREATE TABLE {quoted(name)}.{quoted(name)} ({quoted(name)} text);"]  # fmt: skip


def _table(name: str, before: str) -> list[str]:
    it, words = quoted(name), literal(name)
    table = f"tables.{it}"
    return [
        f"CREATE TABLE {table} (id integer PRIMARY KEY, {it} text DEFAULT {words} NOT NULL, previous integer,"
        f" size integer GENERATED ALWAYS AS (length({it}) + length({words}::text)) STORED);",
        f"ALTER TABLE {table} ADD CONSTRAINT {it} CHECK ({it} <> {words} OR {it} = {words} || 'x');",
        f"ALTER TABLE {table} ADD CONSTRAINT {quoted(_short(name) + ' fk')} FOREIGN KEY (previous)"
        f" REFERENCES tables.{quoted(before)} (id);",
        f"COMMENT ON TABLE {table} IS {words};",
        f"COMMENT ON COLUMN {table}.{it} IS {words};",
        f"COMMENT ON CONSTRAINT {it} ON {table} IS {words};",
        f"CREATE TABLE keys.{quoted(_short(name) + ' t')} ({it} text CONSTRAINT {it} UNIQUE);",
        f"CREATE INDEX {it} ON indices.t (a, (b || {words})) WHERE b <> {words};",
        f"COMMENT ON INDEX indices.{it} IS {words};",
        f"CREATE SEQUENCE numbers.{it} START WITH 7;",
        f"COMMENT ON SEQUENCE numbers.{it} IS {words};",
    ]


def _types(name: str) -> list[str]:
    it, words = quoted(name), literal(name)
    return [
        f"CREATE TYPE enums.{it} AS ENUM ({words}, 'other');",
        f"COMMENT ON TYPE enums.{it} IS {words};",
        f"CREATE DOMAIN domains.{it} AS text DEFAULT {words} CONSTRAINT {it} CHECK (VALUE <> {words});",
        f"COMMENT ON DOMAIN domains.{it} IS {words};",
        f"CREATE TYPE composites.{it} AS ({it} domains.{it}, more enums.{it}[]);",
        f"CREATE TABLE composites.{quoted(_short(name) + ' t')} (a composites.{it}, b domains.{it}, c enums.{it} DEFAULT {words});",
    ]


def _programs(name: str) -> list[str]:
    it, words = quoted(name), literal(name)
    return [
        f"CREATE VIEW views.{it} AS SELECT {it}, {words}::text AS {quoted(_short(name) + ' v')} FROM tables.{it};",
        f"COMMENT ON VIEW views.{it} IS {words};",
        f"CREATE FUNCTION routines.{it}({it if name != '$1' else ''} text DEFAULT {words}) RETURNS text LANGUAGE plpgsql AS $wk$"
        f"BEGIN RETURN {words}; END$wk$;",
        f"COMMENT ON FUNCTION routines.{it}(text) IS {words};",
        f"CREATE FUNCTION guards.{it}() RETURNS trigger LANGUAGE plpgsql AS {literal('BEGIN NEW.a := ' + words + '; RETURN NEW; END')};",
        f"CREATE TRIGGER {it} BEFORE INSERT ON guards.t FOR EACH ROW WHEN (NEW.a <> {words}) EXECUTE FUNCTION guards.{it}({words});",
        f"COMMENT ON TRIGGER {it} ON guards.t IS {words};",
        f"CREATE POLICY {it} ON guards.t USING (a <> {words});",
        f"COMMENT ON POLICY {it} ON guards.t IS {words};",
    ]


def _short(name: str) -> str:
    """Return a name that stays distinct and within 63 bytes when a word is put behind it."""
    return name if len(name.encode()) < 58 else f"{name[:10]}{len(name.encode())}{ord(name[0])}"


@pytest.fixture(scope="module")
def found(postgres_server: PostgresServer) -> Walked:
    return walked(PostgresPrograms(postgres_server), "nasty", script(names_for(63)), WAYS)


@pytest.mark.parametrize("way", [*WAYS, "designs"])
def test_comes_back(found: Walked, way: str) -> None:
    assert not problem(found, way), problem(found, way)
