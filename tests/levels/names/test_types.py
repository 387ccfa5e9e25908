"""Types as people write them, as the target takes them."""

from __future__ import annotations

import pytest

from designer.dialects.logical import raw_type
from designer.dialects.registry import DIALECTS, get
from designer.levels.values.defaults import default_of
from designer.levels.values.types import USUAL, meant
from tests.nasty import CORPUS


@pytest.mark.parametrize(
    ("written", "postgresql", "mysql"),
    [
        ("string(60)", "varchar(60)", "varchar(60)"), ("VARCHAR (20)", "varchar(20)", "varchar(20)"), ("INT", "integer", "int"),
        ("Decimal(10, 2)", "numeric(10,2)", "decimal(10,2)"), ("decimal(80,40)", "numeric(80,40)", "decimal(65,30)"),
        ("string(99999)", "varchar(99999)", "longtext"), ("string(0)", "varchar(1)", "varchar(1)"), ("E-mail", "varchar(254)", "varchar(254)"),
        ("timestamp with time zone", "timestamptz", "datetime(6)"), ("timestamp(9)", "timestamp(6)", "datetime(6)"),
        ("double precision", "double precision", "double"), ("string(20)[]", "varchar(20)[]", "json"), ("char(300)", "char(300)", "varchar(300)"),
        ("set('a','it''s')", "varchar(255)[]", "set('a','it''s')"), ("serial", "integer", "int"), ("tsrange", "tsrange", "varchar(255)"),
        ("", "varchar(255)", "varchar(255)"), ("whatever", "varchar(255)", "varchar(255)"), ("int; DROP TABLE x", "varchar(255)", "varchar(255)"),
        ("other(x); drop", "varchar(255)", "varchar(255)"), ("bits(100)", "bit(100)", "longblob"),
    ],
)  # fmt: skip
def test_types(written: str, postgresql: str, mysql: str) -> None:
    assert raw_type(meant(written, get("postgresql")).logical, get("postgresql"))[0] == postgresql
    assert raw_type(meant(written, get("mysql")).logical, get("mysql"))[0] == mysql


def test_what_changes_is_told() -> None:
    assert [code for code, _ in meant("", get("sqlite")).remarks] == ["no-type"]
    assert [code for code, _ in meant("foo", get("sqlite")).remarks] == ["unknown-type"]
    assert [code for code, _ in meant("decimal(80,2)", get("mysql")).remarks] == ["type-fitted"]
    assert not meant("decimal(80,2)", get("postgresql")).remarks


def test_large_types_do_not_stand_in_keys_of_mysql() -> None:
    assert meant("text", get("mysql"), keyed=True).logical == "string(255)"
    assert meant("string(2000)", get("mariadb"), keyed=True).logical == "string(768)"
    assert meant("text", get("postgresql"), keyed=True).logical == "text"


def test_an_inline_enum_is_a_list_of_values() -> None:
    found = meant("enum('new', 'it''s', \"old\", plain)", get("postgresql"))
    assert found.listed == ("new", "it's", "old", "plain")
    assert found.logical == USUAL
    assert meant("serial", get("mysql")).counts


@pytest.mark.parametrize("dialect", list(DIALECTS))
def test_any_text_is_a_type_or_becomes_text(dialect: str) -> None:
    for nasty in CORPUS:
        for text in (
            nasty.name,
            f"other({nasty.name})",
            f"{nasty.name}(3)",
            f"string({nasty.name})",
            f"enum({nasty.name})",
        ):
            raw = raw_type(meant(text, get(dialect)).logical, get(dialect))[0]
            assert (
                raw.replace("(", "").replace(")", "").replace("[]", "").replace(",", "").replace(" ", "").isalnum()
            ), text


@pytest.mark.parametrize(
    ("value", "logical", "dialect", "default"),
    [
        ("5", "integer", "postgresql", "5"), ("5; DROP", "integer", "postgresql", None), ("yes", "boolean", "postgresql", "true"),
        ("no", "boolean", "mysql", "0"), ("maybe", "boolean", "mysql", None), ("it's", "string(20)", "mysql", "'it''s'"),
        ("{}", "text", "mysql", "('{}')"), ("now", "timestamp", "postgresql", "CURRENT_TIMESTAMP"),
        ("now", "timestamp(3)", "mysql", "CURRENT_TIMESTAMP(3)"), ("today", "date", "mysql", "(CURRENT_DATE)"),
        ("new", "uuid", "postgresql", "gen_random_uuid()"),
    ],
)  # fmt: skip
def test_defaults(value: str, logical: str, dialect: str, default: str | None) -> None:
    found = default_of(value, logical, raw_type(logical, get(dialect))[0], get(dialect))
    assert (found.text if found else None) == default
