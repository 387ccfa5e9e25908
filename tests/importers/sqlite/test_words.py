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
    [("", "", ""), ("INTEGER", "INTEGER", "bigint"), ("varchar(10)", "varchar(10)", "string(10)"),
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


def test_a_renamed_table_is_renamed_in_triggers_and_views() -> None:
    got = Read(
        "CREATE TABLE old (a); CREATE TABLE log (old); CREATE VIEW v AS SELECT old.a FROM old JOIN log ON log.old = old.a;"
        "CREATE TRIGGER g AFTER INSERT ON old BEGIN INSERT INTO log (old) VALUES (NEW.a); DELETE FROM old; END;"
        'ALTER TABLE old RENAME TO "new one";',
        "sqlite",
    )
    assert got.named(View, "v").query.text == 'SELECT "new one".a FROM "new one" JOIN log ON log.old = "new one".a'
    assert got.of(Trigger)[0].text.text == (
        'CREATE TRIGGER g AFTER INSERT ON "new one" BEGIN INSERT INTO log (old) VALUES (NEW.a); DELETE FROM "new one"; END'
    )


def test_a_descending_key_behind_its_column_stays_there() -> None:
    got = Read(
        "CREATE TABLE a (id INTEGER PRIMARY KEY DESC); CREATE TABLE b (id INTEGER, PRIMARY KEY (id DESC));", "sqlite"
    )
    assert [(key.parts[0].desc, key.extra) for key in got.of(Key)] == [(True, {"inline": "true"}), (True, {})]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("t", "t"), ("T (ID)", "T (ID)"), ("T", "T"), ("t (id)", None), ('"t" ([id])', None)],
)
def test_a_target_is_kept_as_written_where_it_is_not_the_plain_name(written: str, kept: str | None) -> None:
    got = Read(f"CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE u (a REFERENCES {written});", "sqlite")
    assert got.names(got.foreign_key("u").ref_columns) == ["id"]
    assert got.foreign_key("u").extra.get("references") == kept


def test_settings_of_the_file_are_kept_the_last_of_each() -> None:
    got = Read(
        "PRAGMA user_version = 1; PRAGMA encoding = 'UTF-8'; PRAGMA foreign_keys = ON; CREATE TABLE t (a);"
        "PRAGMA main.user_version(3); PRAGMA application_id=7; PRAGMA application_id = 0; PRAGMA user_version;",
        "sqlite",
    )
    assert [(each.text.text, each.phase) for each in got.of(Statement)] == [("PRAGMA main.user_version(3)", "before")]


def test_shadow_tables_go_before_and_after_their_virtual_table() -> None:
    got = Read(
        "CREATE TABLE f_data (id INTEGER PRIMARY KEY, block BLOB); CREATE TABLE f_note (a); CREATE TABLE e_vector_chunks00 (a);"
        "CREATE VIRTUAL TABLE f USING fts5(a); CREATE VIRTUAL TABLE e USING vec0(a float[3]); CREATE TABLE f_config (k);",
        "sqlite",
    )
    assert [each.name for each in got.of(Table)] == ["f_note"]


def test_a_virtual_table_can_be_dropped_and_made_again() -> None:
    got = Read(
        "CREATE VIRTUAL TABLE f USING fts5(a); DROP TABLE f; CREATE VIRTUAL TABLE f USING fts5(b);"
        "CREATE VIRTUAL TABLE IF NOT EXISTS f USING fts5(c); CREATE VIRTUAL TABLE g USING rtree(i, a, b); DROP TABLE g;",
        "sqlite",
    )
    assert [each.text.text for each in got.of(Statement)] == ["CREATE VIRTUAL TABLE f USING fts5(b)"]


def test_a_table_made_from_a_query_has_the_columns_that_sqlite_gives_it() -> None:
    got = Read(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n VARCHAR(9) NOT NULL, p DECIMAL(5, 2), b BLOB, r DOUBLE);"
        "CREATE TABLE u AS SELECT *, n AS label FROM t WHERE id > 1; CREATE INDEX i ON u (label);"
        "CREATE TEMP TABLE w AS SELECT * FROM t; CREATE TABLE x AS SELECT count(*) FROM t; DROP TABLE x;",
        "sqlite",
    )
    assert [(each.name, each.type) for each in got.of(Column, got.table("u"))] == [
        ("id", "INT"), ("n", "TEXT"), ("p", "NUM"), ("b", ""), ("r", "REAL"), ("label", "TEXT"),
    ]  # fmt: skip
    assert got.of(Statement) == []
    assert [each.name for each in got.of(Index)] == ["i"]


def test_an_expression_in_an_index_stays_as_written() -> None:
    got = Read(
        "CREATE TABLE t (a, b); CREATE INDEX i ON t ((a + 1), a || b COLLATE nocase || 'x', (b) DESC) WHERE (a > 1);",
        "sqlite",
    )
    index = got.named(Index, "i")
    assert [part.expr.text for part in index.parts if part.expr] == ["(a + 1)", "a || b COLLATE nocase || 'x'", "(b)"]
    assert index.where is not None
    assert index.where.text == "(a > 1)"
