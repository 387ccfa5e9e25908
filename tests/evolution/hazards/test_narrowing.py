"""Which types hold all that another one holds."""

from __future__ import annotations

import pytest

from designer.evolution.hazards.contract import Pair
from designer.evolution.hazards.narrowing import narrows
from tests.evolution.hazards.test_rules import hazards_of

_HOLDS = """
varchar(20) -> varchar(20) BINARY
varchar(20) binary -> varchar(40) character set latin1
char(3) -> nchar(3)
varchar(20) -> mediumtext
varchar(20) -> citext
text -> longtext
varbinary(20) -> blob
int -> bigint
int unsigned -> bigint
int(10) unsigned -> bigint(20) unsigned zerofill
integer -> numeric(10,0)
integer -> double precision
smallint -> varchar(6)
numeric(10,2) -> numeric(12,2)
enum('a','b') -> varchar(1)
enum('a','b c') -> enum('b c','x','a')
uuid -> varchar(36)
date -> datetime
datetime -> datetime(6)
time(3) -> time(6)
varbit(3) -> varbit(8)
integer[] -> bigint[]
"""
_NARROWER = """
varchar(20) -> varchar(19) BINARY
varchar(20) -> char
text -> varchar(65535)
text -> tinytext
longtext -> text
text -> uuid
longblob -> blob
bytea -> text
bigint -> int
int -> int unsigned
bigint unsigned -> bigint
bigint -> double precision
integer -> numeric(9,0)
integer -> varchar(10)
numeric(10,2) -> numeric(10,1)
double precision -> real
enum('a','bc') -> varchar(1)
enum('a','b') -> enum('a')
uuid -> varchar(35)
timestamp(6) -> timestamp(3)
integer -> integer[]
"""


def _pairs(text: str) -> list[list[str]]:
    return [line.split(" -> ") for line in text.strip().splitlines()]


def _expected() -> list[tuple[str, str, bool]]:
    return [(*pair, False) for pair in _pairs(_HOLDS)] + [(*pair, True) for pair in _pairs(_NARROWER)]


@pytest.mark.parametrize("dialect", ["postgresql", "mariadb"])
def test_a_type_is_narrower_where_a_value_may_not_fit(dialect: str) -> None:
    wrong = [(old, new) for old, new, wanted in _expected() if narrows(old, new, dialect) is not wanted]
    assert wrong == []


def test_what_goes_without_saying_is_that_of_the_server() -> None:
    assert not narrows("timestamp(3)", "timestamp", "postgresql") and narrows("timestamp(3)", "timestamp", "mysql")
    assert not narrows("numeric(12,2)", "numeric", "postgresql") and narrows("decimal(12,2)", "decimal", "mysql")
    assert not narrows("date", "timestamp", "postgresql") and narrows("datetime", "timestamp", "mysql")
    assert narrows("bit(1)", "bit(8)", "postgresql") and not narrows("bit(1)", "bit(8)", "mysql")


def test_another_comparison_is_no_other_type_to_programs() -> None:
    pair = Pair("CREATE TABLE t (a varchar(20));", "CREATE TABLE t (a varchar(20) BINARY);", "mysql")
    assert not {"WM104", "WM307", "WM414"} & {each.code for each in hazards_of(pair)}
