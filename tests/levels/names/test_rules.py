"""The rules of domains as conditions: what is understood, and that nothing else ever gets through."""

from __future__ import annotations

import random
import re

import pytest
import sqlglot

from designer.dialects.registry import get
from designer.levels.er import Literal
from designer.levels.values.domain_rules import Here, NotSaid, condition_of
from tests.nasty import CORPUS

HOSTILE = (
    "1); DROP TABLE x; --", "value > 0; DROP TABLE x", "value > (select 1)", "pg_sleep(10) is null", "value > 0 -- x",
    "value > 0 /* x */", "version() = 'x'", "value = 'x' union select 1", "value in (select a from b)", "$$x$$",
    "value > 1e309", "value = '\\'; DROP TABLE x'", "matches '); DROP TABLE x; --", "current_user = 'x'", "value::text = 'x'",
    "matches (?i)x", "matches (a", "(" * 50 + "value > 0" + ")" * 50, "value > 0 " * 200, "not", "and", "between 1", "in (",
    "value > other_column", "value.x > 1", "`a` > 1", "value > @@version", "exists (value)", "value = 0x41",
)  # fmt: skip


RULE_WORDS = """
    value > 0 and or not ( ) in between 1 5 '%' 'a' like matches ~ ^[a-z]$ ; -- /* */ select x = < >= length upper
    2000-01-01 , + - * / % " \\ ' drop table
"""


def said(rule: str, logical: str = "integer", dialect: str = "postgresql", name: str = "rating") -> str:
    pieces = condition_of(rule, name, logical, get(dialect))
    return "".join(_written(piece, dialect) for piece in pieces)


def _written(piece: object, dialect: str) -> str:
    if isinstance(piece, Here):
        return "VALUE"
    return get(dialect).literal(piece.value) if isinstance(piece, Literal) else str(piece)


@pytest.mark.parametrize(
    ("rule", "logical", "condition"),
    [
        ("value > 0", "integer", "VALUE > 0"), ("> 0", "decimal(10,2)", "VALUE > 0"), ("≥ 0", "integer", "VALUE >= 0"),
        ("between 1 and 5", "integer", "VALUE BETWEEN 1 AND 5"), ("1..5", "integer", "VALUE BETWEEN 1 AND 5"),
        ("1 to 5", "integer", "VALUE BETWEEN 1 AND 5"), ("from 0 to 100", "smallint", "VALUE BETWEEN 0 AND 100"),
        ("-5 to 5", "integer", "VALUE BETWEEN -5 AND 5"), ("at least 18", "integer", "VALUE >= 18"),
        ("rating >= 1 and rating <= 5", "integer", "VALUE >= 1 AND VALUE <= 5"), ("not in (1,2)", "integer", "VALUE NOT IN (1, 2)"),
        ("must be greater than 3", "integer", "VALUE > 3"), ("non-negative", "integer", "VALUE >= 0"),
        ("0 < value < 100", "decimal", "0 < VALUE AND VALUE < 100"), ("value % 5 = 0", "integer", "VALUE % 5 = 0"),
        ("value > 0 or value = -1", "integer", "(VALUE > 0 OR VALUE = -1)"), ("not (value = 3)", "integer", "NOT ((VALUE = 3))"),
        ("one of red, green", "string", "VALUE IN ('red', 'green')"), ("in ('a','b')", "string", "VALUE IN ('a', 'b')"),
        ("length = 3", "char(3)", "char_length(VALUE) = 3"), ("at most 10 characters", "string", "char_length(VALUE) <= 10"),
        ("length(value) <= 10 and value <> ''", "text", "char_length(VALUE) <= 10 AND VALUE <> ''"),
        ("not empty", "string", "VALUE <> ''"), ("value = upper(value)", "string", "VALUE = upper(VALUE)"),
        ("upper case", "string", "VALUE = upper(VALUE)"), ("like '%@%'", "string", "VALUE LIKE '%@%'"),
        (">= 2000-01-01", "date", "VALUE >= '2000-01-01'"), ("<= today", "date", "VALUE <= CURRENT_DATE"),
        ("> 0", "money", "CAST(VALUE AS numeric) > 0"), ("value <> 'it''s'", "string", "VALUE <> 'it''s'"),
    ],
)  # fmt: skip
def test_what_people_write(rule: str, logical: str, condition: str) -> None:
    assert said(rule, logical) == condition


def test_patterns_as_each_database_tests_them() -> None:
    rule = "matches ^[A-Z]{2}\\d$"
    assert said(rule, "string") == "VALUE ~ '^[A-Z]{2}\\d$'"
    assert said(rule, "string", "mysql") == "VALUE REGEXP '(?-i)^[A-Z]{2}\\\\d$'"
    assert said(rule, "string", "sqlite") == "VALUE GLOB '[A-Z][A-Z][0-9]'"
    assert said("matches /^a+$/", "string") == "VALUE ~ '^a+$'"
    with pytest.raises(NotSaid, match="SQLite tests none but simple ones"):
        said("matches ^a+$", "string", "sqlite")


@pytest.mark.parametrize(
    ("rule", "logical", "why"),
    [
        ("> 'a'", "integer", "compares number with text"), ("> 0", "string", "compares number with text"),
        ("> 0", "json", "compares values of the type json"), ("length = 3", "integer", "length of what is no text"),
        ("is not null", "integer", "NULL"), ("valid email", "string", "not understood at 'valid'"), ("", "integer", "too early"),
        ("value + 1", "integer", "no condition"), ("value % 2 = 0", "double", "remainder"), ("> 0", "integer[]", "type integer"),
    ],
)  # fmt: skip
def test_what_no_server_would_take_is_told(rule: str, logical: str, why: str) -> None:
    with pytest.raises(NotSaid, match=re.escape(why)):
        said(rule, logical)


@pytest.mark.parametrize("dialect", ["mysql", "mariadb", "sqlite"])
def test_today_is_in_no_check_where_it_may_not(dialect: str) -> None:
    with pytest.raises(NotSaid, match="today"):
        said("<= today", "date", dialect)


def test_hostile_rules_say_nothing() -> None:
    for rule in HOSTILE:
        for logical in ("integer", "string", "date"):
            with pytest.raises(NotSaid):
                said(rule, logical)


def test_whatever_is_read_is_one_condition_over_the_value() -> None:
    random.seed(7)
    words = RULE_WORDS.split()
    understood = 0
    for _ in range(4000):
        rule = " ".join(random.choices(words, k=random.randint(1, 6)))
        for logical in ("integer", "string"):
            try:
                condition = said(rule, logical)
            except NotSaid:
                continue
            understood += 1
            parsed = sqlglot.parse(f"SELECT 1 WHERE {condition}", read="postgres")
            assert len(parsed) == 1, (rule, condition)
            columns = {each.name for each in parsed[0].find_all(sqlglot.exp.Column)}
            assert columns <= {"VALUE"}, (rule, condition)
            assert len(list(parsed[0].find_all(sqlglot.exp.Select))) == 1, (rule, condition)
    assert understood > 100


def test_any_text_is_a_rule_or_is_refused() -> None:
    for nasty in CORPUS:
        for logical in ("integer", "string", "date", "json", ""):
            try:
                said(nasty.name, logical, name=nasty.name)
            except NotSaid as problem:
                assert str(problem)
