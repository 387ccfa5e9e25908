"""A dump of MySQL 8, in the spellings of its own SHOW CREATE: all of it is read, and written as that server takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.compare import compare
from designer.importers.contract import Outcome
from designer.importers.live import read_snapshot
from designer.importers.live.contract import Snapshot
from designer.importers.live.mysql.sections import MYSQL
from designer.importers.sql import read
from designer.schema import Check, Column, Index, Partitioning
from exporters.contract import Options
from exporters.registry import get
from tests.importers.mysql.server import run_script
from tests.importers.reading import Read
from tests.proof import my_equal
from tests.servers import MariaServer

DUMP = (Path(__file__).parent / "mysql8.sql").read_text()


def ddl(text: str) -> str:
    result = read(text, "shop.sql", "auto")
    assert result.report.dialect == "mysql"
    export = get("ddl").export(result.design, Options(dialect="mysql"))
    assert not export.notes
    return export.text


def test_all_of_it_is_understood() -> None:
    outcomes = {each.outcome for each in read(DUMP, "shop.sql", "auto").report.findings}
    assert outcomes == {Outcome.IMPORTED, Outcome.SKIPPED, Outcome.VERBATIM}


@pytest.mark.parametrize(
    "line",
    [
        "email varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,",
        "secret varchar(20) DEFAULT NULL INVISIBLE,",
        "doc json NOT NULL DEFAULT (json_object(_utf8mb4'a',1)),",
        "uid binary(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),",
        "place point NOT NULL SRID 4326,",
        "label varchar(10) COLLATE utf8mb4_bin DEFAULT (concat(_utf8mb4'x',_utf8mb4'\\\\y')),",
        "UNIQUE KEY low ((lower(`name`))),",
        "KEY made (made DESC, id),",
        "KEY hidden (born) INVISIBLE,",
        "KEY tags ((cast(json_extract(`tags`,_utf8mb4'$[*]') as unsigned array))),",
        "KEY expr ((`balance` * 2) DESC),",
        "KEY prefix (name(10)) COMMENT 'first ten',",
        "FULLTEXT KEY words (name) WITH PARSER ngram,",
        "CONSTRAINT soft CHECK (`born` > 1900) NOT ENFORCED,",
        "STATS_PERSISTENT=1 KEY_BLOCK_SIZE=8 ENCRYPTION='N' COMMENT='people' TABLESPACE innodb_file_per_table;",
        "PARTITION BY RANGE COLUMNS (day) (PARTITION p2023 VALUES LESS THAN ('2024-01-01') ENGINE = InnoDB,",
        "PARTITION BY KEY (id) PARTITIONS 4;",
        "ON DELETE SET NULL ON UPDATE RESTRICT",
        "WITH CASCADED CHECK OPTION;",
        "SET sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES';",
        "SET time_zone = 'SYSTEM';",
        "CREATE DEFINER=`app`@`%` EVENT `tidy` ON SCHEDULE EVERY 1 DAY",
        "SQL SECURITY INVOKER VIEW names AS",
    ],
)
def test_it_is_written_again(line: str) -> None:
    assert line in ddl(DUMP)


def test_a_second_round_changes_nothing() -> None:
    once = ddl(DUMP)
    assert ddl(f"-- MySQL dump 10.13\n{once}-- Dump completed") == once


def test_mariadb_passes_over_what_is_for_mysql_only() -> None:
    got = Read("CREATE TABLE t (a int /*!80023 INVISIBLE */, b int /*!50705 NULL*/ /*!100301 INVISIBLE */);", "mariadb")
    assert (got.column("t", "a").extra, got.column("t", "b").extra) == ({}, {"invisible": "true"})
    assert Read("CREATE TABLE t (a int /*!80023 INVISIBLE */);", "mysql").column("t", "a").extra == {
        "invisible": "true"
    }


# What is pasted: rows as MySQL 8 has them in its information_schema

_COLUMNS = [
    ["t", 1, "id", "bigint unsigned", "NO", None, "auto_increment", "", None, "", None],
    ["t", 2, "name", "varchar(20)", "YES", "it's", "", "", "utf8mb4_bin", "a 'name'", None],
    ["t", 3, "low", "varchar(20)", "YES", None, "VIRTUAL GENERATED", "concat(lower(`name`),_utf8mb4\\'x\\')", "utf8mb4_0900_ai_ci", "", None],
    ["t", 4, "made", "timestamp(3)", "NO", "CURRENT_TIMESTAMP(3)", "DEFAULT_GENERATED on update CURRENT_TIMESTAMP(3)", "", None, "", None],
    ["t", 5, "doc", "json", "YES", "json_array(_utf8mb4\\'a\\')", "DEFAULT_GENERATED INVISIBLE", "", None, "", None],
    ["t", 6, "at", "point", "NO", None, "", "", None, "", 4326],
    ["t", 7, "n", "int", "YES", "5", "", "", None, "", None],
]  # fmt: skip
_ROWS = {
    "databases": [["shop", "utf8mb4", "utf8mb4_0900_ai_ci"]],
    "tables": [["t", "BASE TABLE", "InnoDB", 7, "utf8mb4_0900_ai_ci", "row_format=DYNAMIC", "things"]],
    "columns": _COLUMNS,
    "indexes": [
        ["t", "PRIMARY", 1, 0, "id", "A", None, "BTREE", "", "YES", None],
        ["t", "quiet", 1, 1, "name", "D", 5, "BTREE", "hush", "NO", None],
        ["t", "place", 1, 1, "at", "A", 32, "SPATIAL", "", "YES", None],
        ["t", "low", 1, 0, None, "A", None, "BTREE", "", "YES", "lower(concat(`name`,_utf8mb4\\'-\\'))"],
    ],
    "checks": [["t", "big", "(`n` > 3)", "NO"]],
    "foreign_keys": [["t", "self", 1, "n", "shop", "t", "id"]],
    "actions": [["t", "self", "NO ACTION", "CASCADE"]],
    "triggers": [["x", "t", "INSERT", "BEFORE", 1, "SET NEW.n = 1", "app@%", "ANSI", "utf8mb4", "utf8mb4_0900_ai_ci"]],
}

_CREATED = """
SET NAMES utf8mb4; USE shop; ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;
CREATE TABLE `t` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT 'it''s' COMMENT 'a ''name''',
  `low` varchar(20) GENERATED ALWAYS AS (concat(lower(`name`),_utf8mb4'x')) VIRTUAL,
  `made` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  `doc` json DEFAULT (json_array(_utf8mb4'a')) /*!80023 INVISIBLE */,
  `at` point NOT NULL /*!80003 SRID 4326 */,
  `n` int DEFAULT '5',
  PRIMARY KEY (`id`),
  UNIQUE KEY `low` ((lower(concat(`name`,_utf8mb4'-')))),
  KEY `quiet` (`name`(5) DESC) COMMENT 'hush' /*!80000 INVISIBLE */,
  SPATIAL KEY `place` (`at`),
  CONSTRAINT `self` FOREIGN KEY (`n`) REFERENCES `t` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT `big` CHECK ((`n` > 3)) /*!80016 NOT ENFORCED */
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci ROW_FORMAT=DYNAMIC COMMENT='things';
SET character_set_client = utf8mb4; SET collation_connection = utf8mb4_0900_ai_ci; SET sql_mode = 'ANSI';
CREATE DEFINER=`app`@`%` TRIGGER `x` BEFORE INSERT ON `t` FOR EACH ROW SET NEW.n = 1;
"""


def pasted() -> Snapshot:
    sections = {name: [{"count": len(_ROWS.get(name, ())), "rows": _ROWS.get(name)}] for name in MYSQL}
    return Snapshot("mysql", "8.0.36", "shop", sections)


def test_what_is_pasted_of_mysql_8_is_what_its_dump_says() -> None:
    design = read_snapshot(pasted()).design
    assert compare(design, read(_CREATED, "shop", "mysql").design, dialect="mysql") == []
    assert [each.name for each in design.of(Column)] == ["id", "name", "low", "made", "doc", "at", "n"]
    assert [each.not_enforced for each in design.of(Check)] == [True]
    assert {each.name for each in design.of(Index)} == {"quiet", "place", "low"}
    assert design.of(Partitioning) == []


# What only one of the two knows


@pytest.mark.mariadb
def test_a_mariadb_takes_what_is_written_for_it(mariadb_server: MariaServer) -> None:
    design = read(DUMP, "shop.sql", "auto").design
    export = get("ddl").export(design, Options(dialect="mariadb"))
    assert {"collation", "option", "parser", "default", "no-expression-indexes"} <= {note.code for note in export.notes}
    target = mariadb_server.new_database()
    run_script(target, export.text)
    found = my_equal.snapshot(target)
    assert found["spatial reference", "account.place"] == "4326"
    assert found["key", "account.hidden"] == "KEY `hidden` (`born`) IGNORED"
    assert found["settings of event", "tidy"].endswith("time_zone=SYSTEM")


def test_mysql_gets_other_words_for_what_only_mariadb_has() -> None:
    got = Read(
        "CREATE TABLE t (a uuid DEFAULT uuid(), b int DEFAULT (1), c text COMPRESSED, d datetime DEFAULT now(3),"
        " e varchar(3) DEFAULT 'it''s', f int DEFAULT -1, g point REF_SYSTEM_ID=4326, KEY k (b) IGNORED)"
        " ENGINE=Aria PAGE_CHECKSUM=1;\n"
        "SET sql_mode = 'NO_AUTO_CREATE_USER,ANSI';\nCREATE FUNCTION f() RETURNS int RETURN 1;",
        "mariadb",
    )
    text = get("ddl").export(got.design, Options(dialect="mysql")).text
    for line in ("a char(36) DEFAULT (uuid()),", "b int DEFAULT (1),", "c text,", "d datetime DEFAULT now(3),",
                 "e varchar(3) DEFAULT 'it''s',", "f int DEFAULT -1,", "g point SRID 4326,", "KEY k (b) INVISIBLE",
                 ") ENGINE=Aria;", "SET sql_mode = 'ANSI';"):  # fmt: skip
        assert line in text
