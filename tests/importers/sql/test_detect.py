"""Which dialect a script is in, and what is told of one that nobody knows."""

import pytest

from designer.importers.contract import ImportProblem
from designer.importers.sql import read
from designer.importers.sql.detect import detect


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("-- PostgreSQL database dump\nCREATE TABLE t (a int);", "postgresql"),
        ("-- MySQL dump 10.13\nCREATE TABLE t (a int);", "mysql"),
        ("-- MariaDB dump 10.19\n", "mariadb"),
        ("/*M!999999\\- enable the sandbox mode */\n-- MariaDB dump", "mariadb"),
        ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t (a);", "sqlite"),
        ("CREATE TABLE `t` (`id` int(11) NOT NULL AUTO_INCREMENT) ENGINE=InnoDB DEFAULT CHARSET=utf8;", "mysql"),
        ("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);", "sqlite"),
        ("CREATE TABLE t (id INTEGER PRIMARY KEY) WITHOUT ROWID;", "sqlite"),
        ("CREATE TABLE t (\n  id INTEGER PRIMARY KEY,\n  deleted DEFAULT CURRENT_TIMESTAMP NOT NULL\n);", "sqlite"),
        ("CREATE TABLE t (name TEXT COLLATE NOCASE);", "sqlite"),
        ("CREATE TABLE t (id bigserial PRIMARY KEY, d jsonb DEFAULT '{}'::jsonb);", "postgresql"),
        (
            "CREATE TABLE u (id UUID DEFAULT gen_random_uuid(), at TIMESTAMP WITH TIME ZONE, INDEX i (at DESC));",
            "postgresql",
        ),
        ("CREATE TABLE t (id INT UNSIGNED, PRIMARY KEY (id));", "mysql"),
        ("CREATE TABLE t (id int primary key, name varchar(20));", "postgresql"),
        ("-- was `mysql` once\nCREATE TABLE t (id int);", "postgresql"),
    ],
)
def test_detect(text: str, dialect: str) -> None:
    assert detect(text) == dialect


def test_an_unknown_dialect_names_the_known_ones() -> None:
    with pytest.raises(ImportProblem, match="choose one of: auto, postgresql"):
        read("CREATE TABLE t (a int)", "f.sql", "oracle")


def test_progress_rises_to_one() -> None:
    seen: list[float] = []
    read("CREATE TABLE t (a int);" * 3, "f.sql", "pg", lambda fraction, message: seen.append(fraction))
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)
