"""Columns that are called what the language is made of: only in quotes is such a word a column."""

from __future__ import annotations

import pytest

from designer.schema import Check, Column, Expr
from tests.importers.reading import Read

QUOTES = {"sqlite": '"', "mysql": "`", "mariadb": "`"}


def mentioned(got: Read, expr: Expr) -> list[str]:
    return [expr.text[use.start : use.end] for use in expr.uses if isinstance(got.design[use.id], Column)]


@pytest.mark.parametrize("dialect", QUOTES)
@pytest.mark.parametrize("condition", [
    "b IS NOT NULL", "b <> CURRENT_TIMESTAMP AND b IS NULL", "b LIKE 'x' OR b IN (b)", "CASE WHEN b THEN b ELSE b END IS NULL",
])  # fmt: skip
def test_a_bare_keyword_is_no_column(dialect: str, condition: str) -> None:
    quote = QUOTES[dialect]
    named = [f"{quote}{word}{quote}" for word in ("null", "current_timestamp", "and", "like", "is", "case", "else")]
    columns = ", ".join(f"{name} TEXT" for name in named)
    text = f"CREATE TABLE t (b TEXT, {columns}, CHECK ({condition} AND {named[0]} = {named[1]} AND t.{named[2]} = 1));"
    got = Read(text, dialect)
    found = mentioned(got, got.of(Check)[0].expr)
    assert set(found) == {"b", *named[:3]}


@pytest.mark.parametrize(("dialect", "word"), [("sqlite", "offset"), ("sqlite", "true"), ("mariadb", "rank")])
def test_a_word_that_the_server_takes_for_a_column_is_one(dialect: str, word: str) -> None:
    got = Read(f"CREATE TABLE t (b INT, {word} INT, CHECK ({word} > b));", dialect)
    assert mentioned(got, got.of(Check)[0].expr) == [word, "b"]
