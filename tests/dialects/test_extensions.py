"""What extensions bring: types and operator classes as the real pgvector has them, and models that lack the extension."""

from __future__ import annotations

import psycopg
import pytest

from designer.commands import Refused
from designer.commands.extensions import add_extension
from designer.dialects.extensions import (
    EXTENSIONS,
    classes_for,
    extension_of_index,
    extension_of_type,
    options_of,
    type_name,
)
from designer.importers.registry import read_any
from designer.lint.registry import get as rule_of
from designer.lint.subject import Subject
from designer.schema import Extension, Id, Index, Model, seeded_ids
from exporters.contract import Options
from exporters.registry import get
from tests.proof.pg_equal import compare, snapshot
from tests.servers import PostgresServer

COLUMNS = {"vector": "vector(3)", "halfvec": "halfvec(3)", "sparsevec": "sparsevec(9)", "bit": "bit(8)"}


@pytest.mark.parametrize(
    ("raw", "extension"),
    [
        ("vector(3)", "vector"), ("public.vector", "vector"), ("halfvec(8)[]", "vector"), ("CITEXT", "citext"),
        ('ext."hstore"', "hstore"), ("geometry(PointZ,4326)", "postgis"), ("isbn13", "isn"), ("text", ""), ("", ""),
        ("timestamp with time zone", ""), ("bit(8)", ""),
    ],
)  # fmt: skip
def test_types(raw: str, extension: str) -> None:
    assert extension_of_type(raw) == extension


@pytest.mark.parametrize(
    ("method", "opclass", "raw", "extension"),
    [
        ("gin", "gin_trgm_ops", "text", "pg_trgm"), ("gist", "public.gist_trgm_ops(siglen='32')", "text", "pg_trgm"),
        ("hnsw", "", "bit(8)", "vector"), ("gist", "", "integer", "btree_gist"), ("gist", "", "tsrange", ""),
        ("gin", "", "bigint", "btree_gin"), ("gin", "", "jsonb", ""), ("gin", "", "text[]", ""), ("", "", "text", ""),
        ("gin", "jsonb_path_ops", "jsonb", ""),
    ],
)  # fmt: skip
def test_indexes(method: str, opclass: str, raw: str, extension: str) -> None:
    assert extension_of_index(method, opclass, raw) == extension


def test_a_type_is_known_by_its_bare_name() -> None:
    assert type_name('"My Schema".Geometry(Point,4326)[]') == "geometry"
    assert type_name("double precision") == "double precision"


def _script() -> str:
    vector = next(each for each in EXTENSIONS if each.name == "vector")
    lines = ["CREATE EXTENSION vector;"]
    lines.append(f"CREATE TABLE t ({', '.join(f'{name} {raw}' for name, raw in COLUMNS.items())});")
    for (method, name), classes in vector.classes.items():
        assert classes_for(method, COLUMNS[name]) == classes
        lines += (
            f"CREATE INDEX i_{method}_{opclass} ON t USING {method} ({name} {opclass}) WITH ({options});"
            for opclass, _ in classes
            for options in options_of(method)[:1]
        )
    return "\n".join(lines)


@pytest.mark.postgres
def test_every_operator_class_of_pgvector_comes_back_equal(postgres_server: PostgresServer) -> None:
    script = _script()
    design = read_any(script, "vectors.sql", "postgresql").design
    assert len(design.of(Index)) == script.count("CREATE INDEX") > 15
    first, second = postgres_server.new_database(), postgres_server.new_database()
    for dsn, text in ((first, script), (second, get("ddl").export(design, Options()).text)):
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(text.encode())
    assert compare(snapshot(first), snapshot(second)) == []


def _findings(sql: str) -> list[tuple[str, str]]:
    design = read_any(sql, "case.sql", "postgresql").design
    subject = Subject(design, design.of(Model)[0])
    return [(found.message, found.fix.label if found.fix else "") for found in rule_of("WK505").check(subject)]


def test_a_model_without_its_extension_is_found_once_for_all_that_need_it() -> None:
    sql = "CREATE TABLE a (e vector(3), f vector(4), m citext);"
    assert _findings(sql) == [
        ("a.m needs the extension citext, which the model does not have", "Add the extension citext"),
        ("a.e needs the extension vector, which the model does not have", "Add the extension vector"),
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE EXTENSION citext; CREATE TABLE a (m citext);",
        "CREATE TYPE cube AS (a int); CREATE TABLE a (c cube);",
        "CREATE DOMAIN seg AS text; CREATE TABLE a (c seg);",
    ],
)
def test_what_is_there_is_not_missed(sql: str) -> None:
    assert _findings(sql) == []


def test_the_fix_adds_the_extension_once() -> None:
    design = read_any("CREATE TABLE a (e vector(3));", "case.sql", "postgresql").design
    model: Id = design.of(Model)[0].id
    fresh = seeded_ids("test")
    added = add_extension(design, model, "vector", fresh)
    after = design.changed((), added.change.added.values())
    assert [each.name for each in after.of(Extension)] == ["vector"]
    with pytest.raises(Refused, match="already"):
        add_extension(after, model, "vector", fresh)
