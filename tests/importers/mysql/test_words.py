"""The words of MySQL and MariaDB, one construct a test, without a server."""

from __future__ import annotations

import pytest

from designer.importers.contract import Outcome
from designer.schema import (
    Check,
    Column,
    ForeignKey,
    Index,
    Key,
    Model,
    Partitioning,
    Routine,
    Schema,
    Statement,
    Table,
    Trigger,
    View,
)
from exporters.contract import Options
from exporters.registry import get
from tests.importers.reading import Read

MYSQL_8 = """-- MySQL dump 10.13  Distrib 8.4.3, for Linux (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
-- Server version\t8.4.3

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `item`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE `item` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `uid` binary(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  `doc` json DEFAULT NULL,
  `secret` varchar(20) DEFAULT NULL /*!80023 INVISIBLE */,
  `spot` point NOT NULL /*!80003 SRID 4326 */,
  `price` decimal(10,2) GENERATED ALWAYS AS (json_unquote(json_extract(`doc`,_utf8mb4'$.price'))) STORED,
  `f` varchar(10) /*!50606 COLUMN_FORMAT FIXED */ DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `func` (((`price` * 2)),`uid`),
  KEY `multi` ((cast(json_extract(`doc`,_utf8mb4'$.tags') as unsigned array))),
  KEY `quiet` (`uid`) /*!80000 INVISIBLE */,
  SPATIAL KEY `spot` (`spot`),
  CONSTRAINT `item_chk_1` CHECK ((`price` > 0)) /*!80016 NOT ENFORCED */
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci /*!80016 DEFAULT ENCRYPTION='N' */;
/*!40101 SET character_set_client = @saved_cs_client */;
LOCK TABLES `item` WRITE;
/*!40000 ALTER TABLE `item` DISABLE KEYS */;
INSERT INTO `item` (`id`) VALUES (1),(2),(3);
/*!40000 ALTER TABLE `item` ENABLE KEYS */;
UNLOCK TABLES;
-- Dump completed on 2026-01-01
"""


def test_mysql_8_dump() -> None:
    got = Read(MYSQL_8, "mysql")
    assert got.problems() == []
    assert got.result.report.counts()["imported"] == 1
    assert [model.version for model in got.of(Model)] == ["8.4"]
    assert got.columns("item") == ["id", "uid", "doc", "secret", "spot", "price", "f"]
    assert got.column("item", "secret").extra == {"invisible": "true"}
    assert got.column("item", "spot").extra == {"srid": "4326"}
    assert got.column("item", "f").extra == {"column_format": "FIXED"}
    default = got.column("item", "uid").default
    assert default is not None
    assert default.text == "(uuid_to_bin(uuid()))"
    assert got.table("item").extra["encryption"] == "'N'"
    check = got.named(Check, "item_chk_1")
    assert (check.expr.text, check.not_enforced) == ("`price` > 0", True)
    func = got.named(Index, "func")
    assert [part.expr.text if part.expr else got.name(part.column) for part in func.parts] == ["`price` * 2", "uid"]
    multi = got.named(Index, "multi").parts[0].expr
    assert multi is not None
    assert multi.text == "cast(json_extract(`doc`,_utf8mb4'$.tags') as unsigned array)"
    assert got.marked(multi) == [("`doc`", "doc")]
    assert got.named(Index, "quiet").extra == {"invisible": "true"}
    assert got.named(Index, "spot").method == "spatial"


def column(definition: str, dialect: str = "mysql") -> Column:
    got = Read(f"CREATE TABLE t (c {definition}, other int)", dialect)
    assert not got.with_outcome(Outcome.FAILED), got.problems()
    return got.column("t", "c")


@pytest.mark.parametrize(
    "written",
    ["int", "int(10) unsigned zerofill", "double precision", "decimal(10, 2)", "varchar(255)", "national varchar(20)",
     "character varying(20)", "enum('a','b''c',\"d\")", "set('x', 'y')", "bit(3)", "long varchar", "char(3) binary",
     "geometrycollection", "year(4)", "datetime(6)", "inet6", "vector(3)", "character(10)"],
)  # fmt: skip
def test_types_stay_as_written(written: str) -> None:
    assert column(f"{written} NOT NULL DEFAULT 1").type == written


@pytest.mark.parametrize(
    "written",
    ["NULL", "'it''s'", r"'a\'b\\'", "-1", "+ 2.5e3", "b'101'", "x'ff'", "0xFF", "_latin1'a'", "N'n'", "CURRENT_TIMESTAMP",
     "current_timestamp(3)", "now()", "(uuid())", "(1 + (2 * 3))", "json_object('a', 1)", "nextval(`s`)", "TRUE",
     "next value for s", "uuid()", '"double"'],
)  # fmt: skip
def test_defaults_stay_as_written(written: str) -> None:
    for tail in ("", " NOT NULL", " COMMENT 'x'", " ON UPDATE CURRENT_TIMESTAMP", " UNIQUE", " CHECK (c > 0)"):
        default = column(f"varchar(20) DEFAULT {written}{tail}").default
        assert default is not None
        assert default.text == written


def test_attributes_in_any_order() -> None:
    found = column(
        "varchar(9) COMMENT 'c' COLLATE utf8mb4_bin CHARACTER SET = utf8mb4 NOT NULL DEFAULT 'x' INVISIBLE UNIQUE KEY"
    )
    assert (found.comment, found.collation, found.nullable) == ("c", "utf8mb4_bin", False)
    assert found.extra == {"charset": "utf8mb4", "invisible": "true"}


def test_comments_are_unescaped() -> None:
    assert column(r"int COMMENT 'a ''b'' \'c\' \\ \n \% " + '"' + "'").comment == "a 'b' 'c' \\ \n \\% \""


def test_generated_columns() -> None:
    found = Read(
        "CREATE TABLE t (a int, b int AS (a + 1), c int GENERATED ALWAYS AS (a) PERSISTENT NOT NULL)", "mariadb"
    )
    b, c = found.column("t", "b"), found.column("t", "c")
    assert (b.generated_kind, c.generated_kind, c.nullable) == ("virtual", "stored", False)
    assert found.marked(b.generated) == [("a", "a")]


def test_serial_is_what_the_manual_says() -> None:
    found = Read("CREATE TABLE t (id SERIAL, b int SERIAL DEFAULT VALUE)", "mysql")
    for name in ("id", "b"):
        assert found.column("t", name).identity == "auto_increment"
        assert not found.column("t", name).nullable
    assert found.column("t", "id").type == "bigint unsigned"
    assert len(found.of(Key)) == 2


def test_versioning_and_periods_of_mariadb() -> None:
    got = Read(
        "CREATE TABLE t (a int, s date, e date, r timestamp(6) GENERATED ALWAYS AS ROW START, PERIOD FOR p (s, e),"
        " UNIQUE u (a, p WITHOUT OVERLAPS), period int) WITH SYSTEM VERSIONING",
        "mariadb",
    )
    assert got.problems() == []
    assert got.columns("t") == ["a", "s", "e", "r", "period"]
    assert got.table("t").extra == {"period_for_p": "s, e", "system_versioning": "true"}
    key = got.key("t", "u")
    assert (key.without_overlaps, key.extra, got.names(key.columns)) == (True, {"period": "p"}, ["a"])
    assert got.column("t", "r").extra == {"row": "start"}


def test_unknown_words_of_a_column_are_kept() -> None:
    found = column("int NOT NULL SPARKLING (1, 2) DEFAULT 3")
    assert found.extra == {"options": "SPARKLING (1, 2)"}
    assert not found.nullable
    assert found.default is not None


def test_keys() -> None:
    got = Read(
        "CREATE TABLE t (a int KEY, b varchar(9), c text, UNIQUE (b), UNIQUE INDEX u (b(3), a DESC) KEY_BLOCK_SIZE=8,"
        " INDEX i USING HASH (a) COMMENT 'it''s', KEY (c(10)), FULLTEXT (c) WITH PARSER ngram, CONSTRAINT x UNIQUE KEY y (a))",
        "mysql",
    )
    assert got.problems() == []
    assert got.names(got.key("t", primary=True).columns) == ["a"]
    unique = got.key("t", "u")
    assert ([part.length for part in unique.parts], [part.desc for part in unique.parts]) == ([3, None], [False, True])
    assert unique.extra == {"key_block_size": "8"}
    assert got.key("t", "y")
    index = got.named(Index, "i")
    assert (index.method, index.comment) == ("hash", "it's")
    assert got.of(Index)[2].method == "fulltext"
    assert got.of(Index)[2].extra == {"parser": "ngram"}


def test_a_unique_index_with_an_expression_is_an_index() -> None:
    got = Read("CREATE TABLE t (a varchar(9), UNIQUE KEY u ((lower(a)), a(3)))", "mysql")
    index = got.named(Index, "u")
    assert index.unique
    assert index.parts[0].expr is not None
    assert index.parts[0].expr.text == "lower(a)"
    assert got.of(Key) == []


FOREIGN = "CREATE TABLE p (a int, B int, PRIMARY KEY (a, B)); CREATE TABLE c (x int, y int{0}); {1}"


@pytest.mark.parametrize(
    "text",
    [FOREIGN.format(", CONSTRAINT f FOREIGN KEY (x, Y) REFERENCES p (A, b) ON DELETE SET NULL ON UPDATE CASCADE", ""),
     FOREIGN.format(", FOREIGN KEY f (x, y) REFERENCES p (a, b) ON UPDATE CASCADE ON DELETE SET NULL", ""),
     FOREIGN.format("", "ALTER TABLE c ADD CONSTRAINT `f` FOREIGN KEY (`x`,`y`) REFERENCES `p` (`a`,`b`)"
                    " ON DELETE SET NULL ON UPDATE CASCADE")],
)  # fmt: skip
def test_foreign_keys_by_three_ways(text: str) -> None:
    got = Read(text, "mysql")
    key = got.foreign_key("c")
    assert (key.name, got.names(key.columns), got.names(key.ref_columns)) == ("f", ["x", "y"], ["a", "B"])
    assert (key.on_delete, key.on_update) == ("set null", "cascade")


def test_inline_references_are_ignored_by_mysql_only() -> None:
    text = "CREATE TABLE t (id int PRIMARY KEY,\n boss int REFERENCES t (id));"
    mysql, mariadb = Read(text, "mysql"), Read(text, "mariadb")
    assert mariadb.problems() == []
    [warning] = mysql.with_outcome(Outcome.WARNING)
    assert "ignores" in warning.message
    assert (warning.line, warning.column) == (2, 11)
    assert len(mysql.of(ForeignKey)) == len(mariadb.of(ForeignKey)) == 1


def test_a_foreign_key_to_nowhere_keeps_what_was_written() -> None:
    got = Read("CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES other.gone (x))", "mysql")
    key = got.foreign_key("t")
    assert (key.ref_table, key.missing_table, key.missing_columns) == (None, "other.gone", ("x",))


def test_circles_of_foreign_keys() -> None:
    got = Read(
        "CREATE TABLE a (id int PRIMARY KEY, b int, FOREIGN KEY (b) REFERENCES b (id));"
        "CREATE TABLE b (id int PRIMARY KEY, a int, FOREIGN KEY (a) REFERENCES a (id));",
        "mysql",
    )
    assert [got.name(key.ref_table) for key in got.of(ForeignKey)] == ["b", "a"] or got.problems() == []
    assert {got.name(got.foreign_key(name).ref_table) for name in "ab"} == {"a", "b"}


def test_options_of_a_table() -> None:
    got = Read(
        "CREATE TABLE t (a int) ENGINE = 'MyISAM' CHARACTER SET='utf8' COLLATE utf8_bin, COMMENT 'x' MAX_ROWS=5"
        " DATA DIRECTORY='/d' UNION=(a,b) CONNECTION='mysql://u@h/d' TABLESPACE ts STATS_PERSISTENT=1",
        "mysql",
    )
    table = got.table("t")
    assert (table.comment, table.tablespace) == ("x", "ts")
    assert table.extra == {
        "engine": "MyISAM", "charset": "utf8", "collation": "utf8_bin", "max_rows": "5", "data_directory": "'/d'",
        "union": "(a,b)", "connection": "'mysql://u@h/d'", "stats_persistent": "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "strategy", "parts", "rest"),
    [("HASH (a) PARTITIONS 4", "hash", ["a"], "PARTITIONS 4"),
     ("LINEAR HASH (a + b)", "linear hash", ["a + b"], ""),
     ("KEY ALGORITHM=2 (a, b) PARTITIONS 2", "key algorithm=2", ["a", "b"], "PARTITIONS 2"),
     ("RANGE COLUMNS (a,b) (PARTITION p VALUES LESS THAN (1,2))", "range columns", ["a", "b"],
      "(PARTITION p VALUES LESS THAN (1,2))"),
     ("SYSTEM_TIME INTERVAL 1 MONTH (PARTITION p HISTORY, PARTITION q CURRENT)", "system_time", [],
      "INTERVAL 1 MONTH (PARTITION p HISTORY, PARTITION q CURRENT)")],
)  # fmt: skip
def test_partitions(clause: str, strategy: str, parts: list[str], rest: str) -> None:
    got = Read(f"CREATE TABLE t (a int, b int) ENGINE=InnoDB PARTITION BY {clause};", "mariadb")
    [found] = got.of(Partitioning)
    shown = [part.expr.text if part.expr else got.name(part.column) for part in found.parts]
    assert (found.strategy, shown, found.text) == (strategy, parts, rest)


def test_table_like_and_from_query() -> None:
    got = Read(
        "CREATE TABLE a (id int PRIMARY KEY AUTO_INCREMENT, b int, KEY k (b), CONSTRAINT f FOREIGN KEY (b) REFERENCES a (id))"
        " AUTO_INCREMENT=9; CREATE TABLE b LIKE a; CREATE TABLE c AS SELECT 1 AS x; CREATE TABLE d (z int) SELECT 2 AS y;",
        "mysql",
    )
    assert got.columns("b") == ["id", "b"]
    assert [index.name for index in got.of(Index, got.table("b"))] == ["k"]
    assert got.of(ForeignKey, got.table("b")) == []
    assert "auto_increment" not in got.table("b").extra
    assert [each.text.text for each in got.of(Statement)] == ["CREATE TABLE c AS SELECT 1 AS x"]
    assert got.columns("d") == ["z"]
    assert len(got.with_outcome(Outcome.WARNING)) == 1


def test_placeholders_of_views_give_way() -> None:
    got = Read(
        "/*!50001 CREATE TABLE `v` (`id` tinyint NOT NULL) ENGINE=MyISAM */;\n"
        "/*!50001 DROP TABLE IF EXISTS `v`*/;\n/*!50001 DROP VIEW IF EXISTS `v`*/;\n"
        "/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`a b`@`%` SQL SECURITY DEFINER */\n"
        "/*!50001 VIEW `v` (`one`) AS select 1 AS `x` */;",
        "mysql",
    )
    assert got.of(Table) == []
    view = got.named(View, "v")
    assert (view.query.text, view.columns) == ("select 1 AS `x`", ("one",))
    assert view.extra == {"algorithm": "undefined", "definer": "`a b`@`%`", "sql_security": "definer"}


@pytest.mark.parametrize(
    "placeholder",
    ["/*!50001 CREATE TABLE `v` (`id` int) */", "/*!50001 CREATE VIEW `v` AS SELECT \n 1 AS `id`,\n NULL AS `x`*/"],
)
def test_placeholders_without_drop_give_way(placeholder: str) -> None:
    got = Read(f"{placeholder};\nCREATE VIEW `v` AS select 2 AS `id`;", "mysql")
    assert got.problems() == []
    assert (got.of(Table), [each.query.text for each in got.of(View)]) == ([], ["select 2 AS `id`"])


def test_unqualified_names_after_use_join_the_qualified() -> None:
    got = Read("CREATE TABLE `d`.`t` (a int);\nUSE `d`;\nCREATE VIEW v AS SELECT a FROM t;", "mysql")
    [schema] = got.of(Schema)
    assert got.named(View, "v").parent == schema.id
    assert got.names(got.named(View, "v").depends_on) == ["t"]


def test_programs_without_delimiter() -> None:
    got = Read(
        "CREATE TABLE t (a int);\n"
        "CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW IF NEW.a THEN SET NEW.a = IF(1, 2, 3); END IF;\n"
        "CREATE PROCEDURE p() l: BEGIN DECLARE x int; LOOP SET x = CASE x WHEN 1 THEN 2 END; END LOOP; END;\n"
        "CREATE FUNCTION f(a int) RETURNS int RETURN REPEAT('a', a);\n"
        "CREATE TABLE after_all (b int);",
        "mysql",
    )
    assert got.problems() == []
    assert got.named(Trigger, "one").text.text.endswith("END IF")
    assert got.named(Routine, "p").text.text.endswith("END LOOP; END")
    assert got.named(Routine, "f").signature == "(a int)"
    assert got.columns("after_all") == ["b"]


def test_a_second_table_of_the_same_name_is_kept_aside() -> None:
    got = Read(
        "CREATE TABLE t (a int);\nCREATE TABLE t (b int);\nCREATE TABLE T (c int);\nCREATE TABLE IF NOT EXISTS t (d int);",
        "mysql",
    )
    assert [each.name for each in got.of(Table)] == ["t", "T"]
    [kept] = got.of(Statement)
    assert (kept.text.text, kept.phase, kept.line) == ("CREATE TABLE t (b int)", "never", 2)
    [finding] = got.with_outcome(Outcome.WARNING)
    assert (finding.line, finding.column) == (2, 1)
    assert got.columns("t") == ["a"]


def test_schemas_only_where_written() -> None:
    plain = Read("CREATE DATABASE d; USE d; CREATE TABLE t (a int); SELECT * FROM d.t;", "mysql")
    assert plain.of(Schema) == []
    named = Read(
        "CREATE TABLE d.t (a int PRIMARY KEY, FOREIGN KEY (a) REFERENCES t (a)); CREATE TABLE e.t (a int);", "mysql"
    )
    assert [each.name for each in named.of(Schema)] == ["d", "e"]
    assert named.problems() == []


def test_several_databases_in_one_dump() -> None:
    got = Read("USE `one`;\nCREATE TABLE t (a int);\nUSE `two`;\nCREATE TABLE t (b int);\n", "mysql")
    assert got.problems() == []
    assert [each.name for each in got.of(Schema)] == ["one", "two"]
    assert len(got.of(Table)) == 2


def test_importing_twice_gives_the_same_file() -> None:
    assert Read(MYSQL_8, "mysql").design == Read(MYSQL_8, "mysql").design


def test_hostile_names() -> None:
    from tests.nasty import NAMES

    names = [name for name in NAMES if name and "\0" not in name]
    quoted = ["`" + name.replace("`", "``") + "`" for name in names]
    text = "".join(
        f"CREATE TABLE {table} ({table} int COMMENT {literal(name)}, KEY {table} ({table}), CHECK ({table} > 0));\n"
        for name, table in zip(names, quoted, strict=True)
    )
    got = Read(text, "mysql")
    assert not got.with_outcome(Outcome.FAILED)
    for name in names:
        found = got.column(name, name)
        assert found.comment == name
        assert [got.name(use.id) for check in got.of(Check, got.table(name)) for use in check.expr.uses] == [name]


def literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def test_an_index_may_be_called_type() -> None:
    got = Read("CREATE TABLE t (type int, a int, KEY type (type), KEY TYPE BTREE (a));", "mysql")
    assert [(each.name, each.method) for each in got.of(Index)] == [("type", ""), ("", "btree")]


def test_a_trigger_belongs_to_its_database():
    one = "CREATE TABLE t (a int); CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;"
    read = Read(f"CREATE DATABASE a; USE a; {one} CREATE DATABASE b; USE b; {one} DROP TRIGGER x;", "mysql")
    assert [each.name for each in read.of(Trigger)] == ["x"]


@pytest.mark.parametrize("target", ["mysql", "mariadb"])
def test_foreign_keys_of_two_databases_share_a_name(target):
    one = "CREATE TABLE t (a int PRIMARY KEY, b int, CONSTRAINT fk FOREIGN KEY (b) REFERENCES t (a));"
    read = Read(f"CREATE DATABASE a; USE a; {one} CREATE DATABASE b; USE b; {one}", "mysql")
    exported = get("ddl").export(read.design, Options(dialect=target))
    assert exported.text.count("CONSTRAINT fk FOREIGN KEY") == 2 and exported.notes == []
