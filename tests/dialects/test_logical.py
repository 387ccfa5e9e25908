"""Raw types to meanings and back."""

from __future__ import annotations

import pytest

from designer.dialects import registry
from designer.dialects.logical import logical_type, raw_type

POSTGRES = {
    "character varying(255)": "string(255)", "varchar": "string", "TEXT": "text", "citext": "text",
    "numeric(10, 2)": "decimal(10,2)", "numeric(10,2)[]": "decimal(10,2)[]", "integer ARRAY[3]": "integer[]",
    "int array": "integer[]", "int[3][3]": "integer[][]", "timestamp with time zone": "timestamp_tz",
    "timestamp(3) without time zone": "timestamp(3)", "time(6) with time zone": "time_tz(6)",
    "interval day to second(3)": "interval", "float(20)": "real", "float(30)": "double", "double precision": "double",
    "bit varying(5)": "bits(5)", "pg_catalog.int4": "integer", "vector(1536)": "vector(1536)", "bigserial": "bigserial",
    "jsonb": "json", "bytea": "blob", "mood": "other(mood)", 'app."Mood"[]': 'other(app."Mood")[]',
    "int4range": "other(int4range)", "": "other()",
}  # fmt: skip
MYSQL = {
    "int(10) unsigned": "integer", "tinyint(1)": "boolean", "tinyint(4)": "smallint", "double(8,2)": "double",
    "enum('a,(b','it''s')": "enum('a,(b','it''s')", "datetime(6)": "timestamp(6)", "timestamp": "timestamp_tz",
    "varchar(20) character set utf8mb4 collate utf8mb4_bin": "string(20)", "longtext": "text", "float": "real",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "logical"), POSTGRES.items())
def test_postgres(raw: str, logical: str) -> None:
    assert logical_type(raw, registry.get("postgresql")) == logical


@pytest.mark.parametrize(("raw", "logical"), MYSQL.items())
def test_mysql(raw: str, logical: str) -> None:
    assert logical_type(raw, registry.get("mysql")) == logical


@pytest.mark.parametrize(
    ("logical", "dialect", "raw", "noted"),
    [
        ("string(255)", "mysql", "varchar(255)", False),
        ("decimal(10,2)[]", "postgresql", "numeric(10,2)[]", False),
        ("decimal(10,2)[]", "mysql", "json", True),
        ("uuid", "mysql", "char(36)", True),
        ("uuid", "mariadb", "uuid", False),
        ("timestamp_tz(3)", "mysql", "datetime(3)", True),
        ("boolean", "sqlite", "boolean", False),
        ("other(point)", "sqlite", "point", True),
        ("other()", "postgresql", "text", True),
    ],
)
def test_raw_type(logical: str, dialect: str, raw: str, noted: bool) -> None:
    written, note = raw_type(logical, registry.get(dialect))
    assert (written, note is not None) == (raw, noted)


@pytest.mark.parametrize("name", registry.DIALECTS)
def test_every_meaning_has_a_raw_type_in_every_dialect(name: str) -> None:
    dialect = registry.get(name)
    meanings = {meaning for each in registry.DIALECTS for meaning in registry.get(each).to_logical.values()}
    assert meanings <= dialect.from_logical.keys()


@pytest.mark.parametrize("name", registry.DIALECTS)
def test_quoting_and_unquoting_are_inverse(name: str) -> None:
    dialect = registry.get(name)
    for text in ("plain", "Select", "select", "a b", 'q"q', "b`t", "x]y", "ünï", "1st", "", "a'b"):
        assert dialect.unquote(dialect.quote(text)) == text


def test_names_fold_as_the_server_folds_them() -> None:
    dialect = registry.get("postgresql")
    assert dialect.unquote("ÄPFEL") == "Äpfel"
    assert dialect.too_long("é" * 32) and not dialect.too_long("é" * 31)
    assert not registry.get("mysql").too_long("é" * 64)
