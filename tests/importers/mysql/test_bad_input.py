"""Bad texts give one clear message with the place, in bounded time."""

from __future__ import annotations

import random
import time

import pytest

from designer.importers.contract import Cancelled, ImportProblem, Outcome
from designer.importers.sql.generic import read
from designer.schema import Statement, Table
from designer.schema.codec import encode
from tests.importers.mysql.server import RICH
from tests.importers.reading import Read

DIALECTS = ["mysql", "mariadb", "sqlite"]


def seconds_of(text: str, dialect: str) -> float:
    begun = time.process_time()
    try:
        read(text, "x.sql", dialect)
    except ImportProblem as problem:
        assert problem.line
    return time.process_time() - begun


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "empty", 1),
        (" \n\t", "empty", 1),
        ("-- nothing\n/* here */", "only comments", 1),
        ("\n\nDear all, this is a letter.", "no SQL", 3),
        ("(" * 1_000, "no SQL", 1),
        ("SQLite format 3\0\x10\x00", "database file", 1),
        ("\x7fELF\x02\x01\x01\n\x05", "binary", 1),
        ("GIF89a\x01\x02;", "binary", 1),
    ],
)
def test_what_is_no_sql(dialect: str, text: str, words: str, line: int) -> None:
    with pytest.raises(ImportProblem) as problem:
        read(text, "x.sql", dialect)
    assert words in problem.value.message
    assert problem.value.line == line


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000_000,
        "CREATE TABLE t (" + "(" * 20_000_000,
        "CREATE TABLE t (a int DEFAULT " + "(" * 900_000,
        "CREATE TABLE t (a int, CHECK (" + "(" * 200_000 + "1" + ")" * 200_000 + "));",
        "'" * 5_000_001,
        "/*" * 1_000_000,
        "CREATE TABLE t (a int);" + "INSERT INTO t VALUES " + "(1,'a;b')," * 2_000_000 + "(1,2);",
        "CREATE TRIGGER t AFTER INSERT ON x FOR EACH ROW BEGIN SET a=1;\n" * 20_000,
        "CREATE VIEW v AS SELECT " + "(SELECT " * 50_000 + "1;",
        "SELECT 1;" + "frobnicate " * 10_000 + ";" + "x y z;" * 50_000,
        "CREATE TABLE t (a int);" + "".join(f"CREATE INDEX i{n} ON t (a);" for n in range(5_000)),
    ],
    ids=["parentheses", "in a table", "in a default", "in a check", "quotes", "comments", "inserts", "triggers", "queries",
         "nonsense", "indexes"],
)  # fmt: skip
def test_hostile_sizes(dialect: str, text: str) -> None:
    # Of processor time a busy machine only ever adds, so the least of a few tries is what the reading takes.
    assert any(seconds_of(text, dialect) < 2 for _ in range(3))


def test_time_grows_with_the_length() -> None:
    def script(count: int) -> str:
        return "".join(
            f"CREATE TABLE `t{n}` (`id` int unsigned NOT NULL AUTO_INCREMENT, `name` varchar(40) COLLATE utf8mb4_bin DEFAULT"
            f" NULL COMMENT 'x', `up` int unsigned, PRIMARY KEY (`id`), KEY `n` (`name`(10)), CONSTRAINT `f{n}` FOREIGN KEY"
            f" (`up`) REFERENCES `t{max(n - 1, 0)}` (`id`) ON DELETE CASCADE) ENGINE=InnoDB;\nINSERT INTO `t{n}` VALUES (1);\n"
            for n in range(count)
        )

    small, large = (min(seconds_of(script(count), "mysql") for _ in range(3)) for count in (250, 1_000))
    assert large < 2
    assert large < small * 4 * 2.5


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("CREATE TABLE a (\n  x int,\n  , y int);", "column", (3, 3)),
        ("CREATE TABLE a (\n  x int\n  y int);", "", None),
        ("CREATE TABLE a (x int,\n  y varchar(10", "never closed", (2, 12)),
        ("CREATE TABLE a (x int\n", "ends where a comma or a closing parenthesis", (1, 22)),
        ("CREATE TABEL a (x int);", "«TABEL»", (1, 8)),
        ("CREATE TABLE a (x int, X text);", "defined twice", (1, 24)),
        ("CREATE TABLE a (x int DEFAULT 'oops);", "never closed", (1, 31)),
        ("CREATE TABLE a (x int, PRIMARY KEY x);", "", None),
        ("CREATE TABLE a (x int, FOREIGN KEY (x) REFERENCES);", "a table", (1, 50)),
        ("CREATE TABLE a (x int, FOREIGN KEY (x) REFERENCES b (y) ON DELETE EXPLODE);", "NO ACTION", (1, 67)),
    ],
)  # fmt: skip
def test_broken_statements(text: str, message: str, place: tuple[int, int] | None) -> None:
    got = Read(
        f"{text}\n;CREATE TABLE good (z int);" if "oops" not in text else f"{text}\nCREATE TABLE good (z int);", "mysql"
    )
    assert [each.name for each in got.of(Table) if each.name == "good"] == ["good"]
    if place is None:
        return
    failure = got.with_outcome(Outcome.FAILED)[0]
    assert message in failure.message
    assert (failure.line, failure.column) == place
    assert [each.phase for each in got.of(Statement)] == ["never"]


def test_columns_and_keys_that_are_not_there() -> None:
    got = Read(
        "CREATE TABLE t (a int,\n KEY k (b), CONSTRAINT f FOREIGN KEY (c) REFERENCES t (a), CHECK (d > 0));", "mysql"
    )
    messages = [(each.line, each.message) for each in got.with_outcome(Outcome.WARNING)]
    assert messages == [
        (2, "the table has no column «b»; what names it is kept aside"),
        (2, "the table has no column «c»; what names it is kept aside"),
    ]
    assert [each.text.text for each in got.of(Statement)] == [
        "ALTER TABLE t ADD KEY k (b)",
        "ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES t (a)",
    ]


def test_a_dump_without_its_last_line() -> None:
    whole = "-- MySQL dump 10.13\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n-- Dump completed on 2026-01-01\n"
    assert Read(whole, "mysql").problems() == []
    assert "cut off" in Read(whole.replace("-- Dump completed on 2026-01-01\n", ""), "mysql").problems()[-1]
    lite = "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t (a int);\nCOMMIT;\n"
    assert Read(lite, "sqlite").problems() == []
    assert "cut off" in Read(lite.replace("COMMIT;\n", ""), "sqlite").problems()[-1]


def test_an_insert_that_is_cut_off() -> None:
    got = Read("CREATE TABLE t (a int);\nINSERT INTO t VALUES (1, 'x", "mysql")
    assert [(each.line, each.column) for each in got.with_outcome(Outcome.WARNING)] == [(2, 26)]


def test_another_database() -> None:
    text = (
        "CREATE EXTENSION citext;\nCREATE TYPE mood AS ENUM ('a');\nCREATE DOMAIN d AS text;\n"
        "CREATE TABLE public.t (a bigint GENERATED ALWAYS AS IDENTITY, b jsonb DEFAULT '{}'::jsonb);\n"
        "CREATE POLICY p ON t USING (true);\nCREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN x; END $$;\n"
        "CREATE PUBLICATION p FOR ALL TABLES;\n"
    )
    for dialect in DIALECTS:
        first = Read(text, dialect).findings[0]
        assert (first.outcome, first.line) == (Outcome.WARNING, 1)
        assert "PostgreSQL" in first.message


def test_cancelling() -> None:
    def stop(fraction: float, message: str) -> None:
        if fraction > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        read(RICH, "x.sql", "mysql", stop)


def test_nothing_that_is_cut_or_garbled_breaks_the_importer() -> None:
    chance = random.Random(7)
    scraps = [
        "(",
        ")",
        "'",
        '"',
        "`",
        "/*",
        "*/",
        "/*!",
        "--",
        "#",
        ";",
        ",",
        "\\",
        "[",
        "é",
        "😀",
        "END",
        "BEGIN",
        "AS",
        "0",
    ]
    for _ in range(150):
        at = chance.randrange(len(RICH))
        text = (
            RICH[:at] if chance.random() < 0.3 else RICH[:at] + chance.choice(scraps) + RICH[at + chance.randrange(4) :]
        )
        for dialect in ("mysql", "sqlite"):
            try:
                result = read(text, "x.sql", dialect)
            except ImportProblem:
                continue
            encode(result.design)
            assert all(each.line > 0 and each.column > 0 for each in result.report.findings)
