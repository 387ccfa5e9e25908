"""The words of SQLite, one construct a test."""

from __future__ import annotations

import pytest

from designer.importers.contract import Outcome
from designer.schema import Check, Column, Index, Key, Statement, Table, Trigger, View
from tests.importers.reading import Read


@pytest.mark.parametrize("written", ["[a b]", "`a b`", '"a b"', "'a b'"])
def test_four_ways_to_quote_a_name(written: str) -> None:
    got = Read(
        f"CREATE TABLE {written} ({written} INT PRIMARY KEY, b INT REFERENCES {written} ({written}));"
        f"CREATE INDEX i ON {written} ({written});",
        "sqlite",
    )
    assert got.problems() == []
    assert got.columns("a b") == ["a b", "b"]
    assert got.names(got.foreign_key("a b").ref_columns) == ["a b"]
    assert [got.name(part.column) for part in got.named(Index, "i").parts] == ["a b"]


@pytest.mark.parametrize(
    ("written", "type_", "logical"),
    [("", "", ""), ("INTEGER", "INTEGER", "integer"), ("varchar(10)", "varchar(10)", "string(10)"),
     ("UNSIGNED BIG INT", "UNSIGNED BIG INT", "other(UNSIGNED BIG INT)"), ("NUMERIC(10, 2)", "NUMERIC(10, 2)", "decimal(10,2)"),
     ("'quoted type'", "'quoted type'", "other('quoted type')")],
)  # fmt: skip
def test_types_stay_as_written(written: str, type_: str, logical: str) -> None:
    column = Read(f"CREATE TABLE t (c {written} NOT NULL, d)", "sqlite").column("t", "c")
    assert (column.type, column.logical, column.nullable) == (type_, logical, False)


@pytest.mark.parametrize(
    "written",
    ["NULL", "'it''s'", "-1", "+1.5e3", "x'00'", "CURRENT_TIMESTAMP", "(1 + 2)", "true", "word", '"text"', "'\\'"],
)
def test_defaults_stay_as_written(written: str) -> None:
    for tail in ("", " NOT NULL", " COLLATE nocase", " CHECK (c)", " UNIQUE", " REFERENCES t"):
        default = Read(f"CREATE TABLE t (c DEFAULT {written}{tail}, d)", "sqlite").column("t", "c").default
        assert default is not None
        assert default.text == written


def test_key_words_as_names() -> None:
    got = Read(
        "CREATE TABLE t (key TEXT, period, comment TEXT, auto_increment INT, after, first, end, desc2 DESC)", "sqlite"
    )
    assert got.columns("t")[:7] == ["key", "period", "comment", "auto_increment", "after", "first", "end"]


def test_constraints_need_no_commas() -> None:
    got = Read(
        "CREATE TABLE t (a, b, PRIMARY KEY (a) UNIQUE (b) CHECK (a > b) CONSTRAINT x CHECK (b), CONSTRAINT lonely)",
        "sqlite",
    )
    assert got.problems() == []
    assert (len(got.of(Key)), len(got.of(Check))) == (2, 2)


def test_options() -> None:
    got = Read("CREATE TABLE a (x INT PRIMARY KEY) WITHOUT ROWID; CREATE TABLE b (x INT) STRICT;", "sqlite")
    assert [each.extra for each in got.of(Table)] == [{"without_rowid": "true"}, {"strict": "true"}]


def test_names_are_compared_without_case() -> None:
    got = Read(
        "CREATE TABLE Users (Id INTEGER PRIMARY KEY); CREATE TABLE x (u REFERENCES USERS (ID)); CREATE TABLE USERS (a);"
        "CREATE TRIGGER g AFTER INSERT ON uSERS BEGIN SELECT 1; END; DROP TABLE X;",
        "sqlite",
    )
    assert [each.name for each in got.of(Table)] == ["Users"]
    assert got.name(got.of(Trigger)[0].parent) == "Users"
    assert [each.text.text for each in got.of(Statement)] == ["CREATE TABLE USERS (a)"]


def test_primary_keys_do_not_imply_not_null() -> None:
    got = Read("CREATE TABLE t (a TEXT PRIMARY KEY, b INT NOT NULL)", "sqlite")
    assert [column.nullable for column in got.of(Column)] == [True, False]


def test_a_string_is_no_column_in_an_expression() -> None:
    got = Read("CREATE TABLE t (a, b, CHECK (a <> 'b' AND \"b\" > lower(a) AND a.b))", "sqlite")
    assert got.marked(got.of(Check)[0].expr) == [("a", "a"), ('"b"', "b"), ("a", "a")]


def test_indexes_inside_a_table_are_read_with_a_warning() -> None:
    got = Read(
        "CREATE TABLE t (a INT, key varchar(10),\n INDEX i (a DESC), KEY k (a, key), UNIQUE KEY u (a))", "sqlite"
    )
    assert got.columns("t") == ["a", "key"]
    assert [each.name for each in got.of(Index)] == ["i", "k"]
    assert [(each.line, each.outcome) for each in got.findings] == [(2, Outcome.WARNING)]


def test_dump_of_the_shell() -> None:
    got = Read(
        'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE IF NOT EXISTS "t" (id INTEGER PRIMARY KEY AUTOINCREMENT);\n'
        "INSERT INTO t VALUES(1);\nINSERT INTO t VALUES(2);\nDELETE FROM sqlite_sequence;\n"
        "INSERT INTO sqlite_sequence VALUES('t',2);\nCREATE TABLE sqlite_sequence(name,seq);\nCOMMIT;\n",
        "sqlite",
    )
    assert [each.name for each in got.of(Table)] == ["t"]
    counts = [(each.what, each.count, each.line) for each in got.with_outcome(Outcome.SKIPPED)]
    assert ("INSERT", 2, 4) in counts
    assert got.of(Statement) == []


def test_lines_for_the_shell_and_crlf() -> None:
    got = Read(".bail on\r\n.mode csv\r\nCREATE TABLE t (a);\r\n.import x.csv t\r\nCREATE TABLE t (b);\r\n", "sqlite")
    assert got.columns("t") == ["a"]
    assert got.with_outcome(Outcome.WARNING)[0].line == 5


def test_view_of_a_temporary_schema() -> None:
    got = Read(
        "CREATE TABLE main.t (a); CREATE TEMP VIEW v AS SELECT a FROM main.t WHERE a IN (SELECT t.a FROM t);", "sqlite"
    )
    view = got.named(View, "v")
    assert view.extra == {"temporary": "true"}
    assert got.names(view.depends_on) == ["t"]
