"""ALTER, DROP and RENAME have the effect that they have on a server."""

from __future__ import annotations

import pytest

from designer.importers.contract import Outcome
from designer.schema import Check, ForeignKey, Index, Key, Partitioning, Routine, Statement, Table, Trigger, View
from tests.importers.reading import Read

BASE = (
    "CREATE TABLE t (a int PRIMARY KEY, b varchar(9) NOT NULL, c int, KEY kb (b), UNIQUE (c), CONSTRAINT pos CHECK (c > 0));\n"
    "CREATE TABLE u (x int, CONSTRAINT ux FOREIGN KEY (x) REFERENCES t (a));\n"
)


def altered(actions: str, dialect: str = "mysql") -> Read:
    return Read(f"{BASE}ALTER TABLE t {actions};", dialect)


@pytest.mark.parametrize(
    ("actions", "columns"),
    [
        ("ADD d int", ["a", "b", "c", "d"]),
        ("ADD COLUMN d int FIRST", ["d", "a", "b", "c"]),
        ("ADD COLUMN IF NOT EXISTS d int DEFAULT 3 AFTER `A`, ADD e date", ["a", "d", "b", "c", "e"]),
        ("ADD (d int, e int, KEY (d))", ["a", "b", "c", "d", "e"]),
        ("DROP b, DROP COLUMN c", ["a"]),
        ("DROP COLUMN IF EXISTS zz", ["a", "b", "c"]),
        ("MODIFY c bigint NOT NULL FIRST", ["c", "a", "b"]),
        ("MODIFY COLUMN c bigint AFTER a", ["a", "c", "b"]),
        ("CHANGE COLUMN c cc bigint", ["a", "b", "cc"]),
        ("RENAME COLUMN b TO `b b`", ["a", "b b", "c"]),
        ("ALTER b SET DEFAULT 'x', ALTER COLUMN c DROP DEFAULT", ["a", "b", "c"]),
    ],
)
def test_columns(actions: str, columns: list[str]) -> None:
    got = altered(actions)
    assert got.problems() == []
    assert got.columns("t") == columns


def test_a_renamed_column_is_renamed_wherever_it_stands() -> None:
    got = Read(
        "CREATE TABLE t (a int PRIMARY KEY, g int AS (a + 1), KEY k (a), KEY f ((a * 2)), CHECK (a > 0 AND t.a < 9));"
        "CREATE TABLE u (x int, FOREIGN KEY (x) REFERENCES t (a)); ALTER TABLE t CHANGE a `key` int;",
        "mysql",
    )
    assert got.problems() == []
    assert got.names(got.foreign_key("u").ref_columns) == ["key"]
    assert got.names(got.key("t", primary=True).columns) == ["key"]
    assert [check.expr.text for check in got.of(Check)] == ["`key` > 0 AND t.`key` < 9"]
    assert got.column("t", "g").generated is not None
    assert got.marked(got.column("t", "g").generated) == [("`key`", "key")]


def test_defaults() -> None:
    got = altered("ALTER b SET DEFAULT 'x'")
    default = got.column("t", "b").default
    assert default is not None
    assert default.text == "'x'"


def test_keys() -> None:
    got = altered(
        "DROP PRIMARY KEY, ADD PRIMARY KEY (b, a), DROP INDEX kb, DROP KEY c, DROP CHECK pos, ADD FULLTEXT INDEX ft (b),"
        " ADD UNIQUE KEY uq (b(3)), ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES t (a) ON DELETE CASCADE, RENAME INDEX ft TO gt"
    )
    assert got.problems() == []
    assert got.names(got.key("t", primary=True).columns) == ["b", "a"]
    assert [each.name for each in got.of(Index)] == ["gt"]
    assert [each.name for each in got.of(Key) if not each.primary] == ["uq"]
    assert got.of(Check) == []
    assert got.foreign_key("t").on_delete == "cascade"


def test_dropping_foreign_keys_and_constraints() -> None:
    got = Read(f"{BASE}ALTER TABLE u DROP FOREIGN KEY ux; ALTER TABLE t DROP CONSTRAINT pos;", "mysql")
    assert (got.of(ForeignKey), got.of(Check), got.problems()) == ([], [], [])


def test_a_dropped_column_leaves_its_keys() -> None:
    got = Read("CREATE TABLE t (a int, b int, KEY ab (a, b), KEY only_b (b)); ALTER TABLE t DROP b;", "mysql")
    [index] = got.of(Index)
    assert [got.name(part.column) for part in index.parts] == ["a"]


def test_options_and_partitions() -> None:
    got = altered("ENGINE=MyISAM, COMMENT='x', CONVERT TO CHARACTER SET utf8 COLLATE utf8_bin, AUTO_INCREMENT = 5")
    assert got.table("t").extra == {
        "engine": "MyISAM",
        "charset": "utf8",
        "collation": "utf8_bin",
        "auto_increment": "5",
    }
    assert got.table("t").comment == "x"
    assert [each.strategy for each in altered("PARTITION BY HASH (a) PARTITIONS 3").of(Partitioning)] == ["hash"]


def test_one_bad_action_costs_only_itself() -> None:
    got = altered("ADD d int, DROP COLUMN nothing, ADD PARTITION (PARTITION p1 VALUES IN (3)), ADD e int")
    assert got.columns("t") == ["a", "b", "c", "d", "e"]
    kept = {each.text.text: each.phase for each in got.of(Statement)}
    assert kept == {
        "ALTER TABLE t DROP COLUMN nothing": "never",
        "ALTER TABLE t ADD PARTITION (PARTITION p1 VALUES IN (3))": "after",
    }
    [failure] = got.with_outcome(Outcome.FAILED)
    assert "«nothing»" in failure.message
    assert failure.line == 3


def test_an_added_column_that_is_there_changes_nothing() -> None:
    got = altered("ADD b int PRIMARY KEY")
    assert got.column("t", "b").type == "varchar(9)"
    assert len([key for key in got.of(Key) if key.primary]) == 1
    assert len(got.with_outcome(Outcome.FAILED)) == 1


def test_tables_are_renamed_and_keys_follow() -> None:
    for rename in ("ALTER TABLE t RENAME TO tt", "RENAME TABLE t TO tt", "ALTER TABLE t RENAME tt"):
        got = Read(f"{BASE}{rename};", "mysql")
        assert sorted(each.name for each in got.of(Table)) == ["tt", "u"]
        assert got.name(got.foreign_key("u").ref_table) == "tt"


def test_drops() -> None:
    got = Read(
        f"DROP TABLE IF EXISTS t, u;\n{BASE}CREATE VIEW v AS SELECT 1; CREATE FUNCTION f() RETURNS int RETURN 1;"
        "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;"
        "DROP VIEW v; DROP FUNCTION f; DROP TRIGGER g; DROP INDEX kb ON t; DROP TABLE nowhere;",
        "mysql",
    )
    assert (got.of(View), got.of(Routine), got.of(Trigger), got.of(Index)) == ([], [], [], [])
    assert got.findings[0].outcome is Outcome.SKIPPED
    assert [each.what for each in got.with_outcome(Outcome.WARNING)] == ["DROP TABLE nowhere"]


def test_a_dropped_table_leaves_its_foreign_keys_without_a_table() -> None:
    got = Read(f"{BASE}DROP TABLE t;", "mysql")
    assert [each.name for each in got.of(Table)] == ["u"]
    assert got.foreign_key("u").missing_table == "t"


def test_a_table_may_be_made_again_after_a_drop() -> None:
    got = Read(f"{BASE}DROP TABLE t; CREATE TABLE t (a bigint PRIMARY KEY);", "mysql")
    assert got.problems() == []
    assert got.columns("t") == ["a"]


def test_an_index_on_a_table_that_is_not_there_needs_it() -> None:
    got = Read(f"{BASE}CREATE INDEX i ON elsewhere (a); ALTER TABLE elsewhere ADD x int;", "mysql")
    assert [(each.phase, each.extra) for each in got.of(Statement)] == [("never", {"needs": "elsewhere"})] * 2


def test_create_index() -> None:
    got = Read(f"{BASE}CREATE UNIQUE INDEX uq USING BTREE ON t (b(4) DESC, c) COMMENT 'x' ALGORITHM=INPLACE;"
               "CREATE FULLTEXT INDEX ft ON t (b); CREATE INDEX ft ON t (c);", "mysql")  # fmt: skip
    key = got.key("t", "uq")
    assert (key.extra, key.comment, key.parts[0].length) == ({"using": "btree"}, "x", 4)
    assert [each.method for each in got.of(Index) if each.name == "ft"] == ["fulltext"]
    assert [each.line for each in got.with_outcome(Outcome.WARNING)] == [3]


def test_sqlite() -> None:
    got = Read(
        "CREATE TABLE t (a integer primary key, b text); CREATE INDEX i ON t (b);"
        "ALTER TABLE t ADD COLUMN c int REFERENCES t; ALTER TABLE t RENAME b TO bb; ALTER TABLE t RENAME TO tt;"
        "ALTER TABLE tt DROP COLUMN c; DROP INDEX IF EXISTS nothing; CREATE TABLE new_t (a int); DROP TABLE tt;"
        "ALTER TABLE new_t RENAME TO t;",
        "sqlite",
    )
    assert got.problems() == []
    assert [each.name for each in got.of(Table)] == ["t"]
    assert got.columns("t") == ["a"]


def test_unnamed_keys_of_one_first_column_are_named_as_the_server_names_them() -> None:
    text = "CREATE TABLE t (a int, b int, KEY (a), UNIQUE KEY (a, b), UNIQUE (b), KEY B_2 (b), KEY (a, b));"
    got = Read(text, "mariadb")
    keys = sorted((each.name for kind in (Key, Index) for each in got.of(kind)), key=str.lower)
    assert keys == ["", "a", "a_2", "a_3", "B_2"]
