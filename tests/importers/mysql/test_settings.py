"""Settings of the session and defaults of the database, which become part of what a script makes."""

from __future__ import annotations

import pytest

from designer.schema import Model, Routine, Schema, Statement, Table, Trigger, View
from exporters.contract import Options
from exporters.registry import get
from tests.importers.reading import Read

TRIGGER = "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;"


def made_under(settings: str, dialect: str = "mariadb") -> dict[str, str]:
    """Return what the record of a trigger keeps of the settings before it."""
    return Read(f"CREATE TABLE t (a int);\n{settings}\n{TRIGGER}", dialect).named(Trigger, "x").extra


def ddl(read: Read, dialect: str = "mariadb") -> str:
    return get("ddl").export(read.design, Options(dialect=dialect)).text


@pytest.mark.parametrize(
    ("settings", "mode"),
    [
        ("SET sql_mode = 'ANSI';", "ANSI"),
        ("SET SESSION sql_mode='ANSI';", "ANSI"),
        ("SET @@session.sql_mode = ANSI;", "ANSI"),
        ('SET @@sql_mode := "ANSI";', "ANSI"),
        ("SET NAMES utf8, SQL_MODE = '';", ""),
        ("/*!50003 SET sql_mode              = 'STRICT_ALL_TABLES' */ ;", "STRICT_ALL_TABLES"),
        ("SET sql_mode = 'A'; SET @o = @@sql_mode, sql_mode = 'B'; SET sql_mode = @o;", "A"),
    ],
)
def test_the_mode_of_a_program(settings: str, mode: str) -> None:
    assert made_under(settings) == {"sql_mode": mode}


@pytest.mark.parametrize(
    "settings",
    [
        "", "SET GLOBAL sql_mode = 'ANSI';", "SET @sql_mode = 'ANSI';", "SET sql_mode = concat(@@sql_mode, ',ANSI');",
        "SET sql_mode = 'ANSI'; SET sql_mode = DEFAULT;", "SET @o = @@sql_mode; SET sql_mode = 'A'; SET sql_mode = @o;",
        "SET sql_mode = 'A'; SET sql_mode = IFNULL(@o, '');", "SET NAMES utf8mb4;",
    ],
)  # fmt: skip
def test_what_the_script_does_not_say_is_not_kept(settings: str) -> None:
    assert made_under(settings) == {}


def test_a_character_set_counts_with_its_collation_only() -> None:
    both = {"character_set_client": "utf8mb4", "collation_connection": "utf8mb4_bin"}
    assert made_under("SET NAMES utf8mb4 COLLATE utf8mb4_bin;") == both
    assert made_under("SET character_set_client = utf8mb4; SET collation_connection = utf8mb4_bin;") == both
    got = Read("SET NAMES utf8mb4 COLLATE utf8mb4_bin;\nCREATE VIEW v AS SELECT 1;", "mariadb")
    assert got.named(View, "v").extra == both


def test_an_event_keeps_its_time_zone_and_a_routine_does_not() -> None:
    got = Read(
        "SET time_zone = '+02:00';\nCREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1;\n"
        "CREATE FUNCTION f() RETURNS int RETURN 1;",
        "mariadb",
    )
    [event] = got.of(Statement)
    assert event.extra == {"time_zone": "+02:00"}
    assert got.named(Routine, "f").extra == {}
    text = ddl(got)
    assert "SET time_zone = '+02:00';\nCREATE EVENT e" in text
    assert text.endswith("SET time_zone = DEFAULT;\n")


def test_settings_are_said_once_and_taken_back_for_what_has_none() -> None:
    got = Read(
        "CREATE TABLE t (a int);\nSET sql_mode = 'ANSI';\nCREATE FUNCTION f() RETURNS int RETURN 1;\n"
        "CREATE FUNCTION g() RETURNS int RETURN 1;\nSET sql_mode = DEFAULT;\nCREATE FUNCTION h() RETURNS int RETURN 1;",
        "mariadb",
    )
    text = ddl(got)
    assert text.count("SET sql_mode = 'ANSI';") == 1
    assert text.index("FUNCTION g") < text.index("SET sql_mode = DEFAULT;") < text.index("FUNCTION h")


def test_a_date_of_zeros_is_let_through() -> None:
    assert ddl(Read("CREATE TABLE t (a int);", "mysql"), "mysql").startswith("CREATE TABLE")
    zeros = ddl(Read("CREATE TABLE t (a datetime NOT NULL DEFAULT '0000-00-00 00:00:00');", "mysql"), "mysql")
    assert zeros.startswith("SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';\nCREATE TABLE")


def test_a_client_is_told_of_utf_8_where_it_matters() -> None:
    assert ddl(Read("CREATE TABLE t (a int COMMENT 'é');", "mysql"), "mysql").startswith("SET NAMES utf8mb4;")


# Databases


@pytest.mark.parametrize(
    "head",
    [
        "CREATE DATABASE d CHARACTER SET latin1 COLLATE latin1_bin;",
        "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `d` /*!40100 DEFAULT CHARACTER SET latin1 COLLATE latin1_bin */;\nUSE `d`;",
        "CREATE SCHEMA d; ALTER DATABASE d DEFAULT CHARSET = latin1 DEFAULT COLLATE = latin1_bin;",
        "ALTER DATABASE CHARACTER SET 'latin1' COLLATE 'latin1_bin';",
    ],
)
def test_a_table_takes_the_defaults_of_its_database(head: str) -> None:
    got = Read(f"{head}\nCREATE TABLE t (a varchar(9));\nCREATE TABLE u (a text) CHARSET=utf8mb4;", "mariadb")
    assert got.table("t").extra == {"charset": "latin1", "collation": "latin1_bin"}
    assert got.table("u").extra == {"charset": "utf8mb4"}
    [model] = got.of(Model)
    assert model.extra == {"charset": "latin1", "collation": "latin1_bin"}
    assert ddl(got).startswith("ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_bin;")


def test_each_of_several_databases_has_its_own() -> None:
    got = Read(
        "CREATE DATABASE a CHARSET latin1; USE a; CREATE TABLE t (x int);\n"
        "CREATE DATABASE b COLLATE utf8mb4_bin; USE b; CREATE TABLE t (x int);\nCREATE VIEW v AS SELECT x FROM t;",
        "mariadb",
    )
    assert [each.extra for each in got.of(Schema)] == [{"charset": "latin1"}, {"collation": "utf8mb4_bin"}]
    assert [each.extra for each in got.of(Table)] == [{"charset": "latin1"}, {"collation": "utf8mb4_bin"}]
    text = ddl(got)
    assert "CREATE DATABASE IF NOT EXISTS a CHARACTER SET latin1;" in text
    assert "USE b;\nCREATE VIEW b.v" in text


def test_the_name_of_the_own_database_is_not_kept_in_queries_and_defaults() -> None:
    got = Read(
        "-- Host: localhost    Database: shop\nCREATE SEQUENCE s;\n"
        "CREATE TABLE t (id int DEFAULT nextval(`shop`.`s`));\n"
        "CREATE VIEW v AS SELECT `shop`.`t`.`id` AS `id`, `shop`.x FROM `shop`.`t` JOIN other.t shop;",
        "mariadb",
    )
    default = got.column("t", "id").default
    assert default is not None
    assert default.text == "nextval(`s`)"
    assert got.named(View, "v").query.text == "SELECT `t`.`id` AS `id`, `shop`.x FROM `t` JOIN other.t shop"
