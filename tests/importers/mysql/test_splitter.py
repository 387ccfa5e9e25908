"""Where statements begin and end, and at which line and column."""

from __future__ import annotations

import pytest

from designer.importers.sql.generic.flavours import flavour
from designer.importers.sql.generic.places import Places
from designer.importers.sql.generic.splitter import split


def pieces(text: str, dialect: str = "mysql") -> list[str]:
    return [text[piece.start : piece.end] for piece in split(text, dialect)]


@pytest.mark.parametrize("dialect", ["mysql", "mariadb", "sqlite"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b", ["a", "b"]),
        ("a;;;b;", ["a", "b"]),
        ("a 'x;y''z;' b; c", ["a 'x;y''z;' b", "c"]),
        ('a "x;""y" b; c', ['a "x;""y" b', "c"]),
        ("a `x;``y` b; c", ["a `x;``y` b", "c"]),
        ("a -- x;y\nb; c", ["a -- x;y\nb", "c"]),
        ("a /* ; */ b; /* c; */ d /* ; ' */", ["a /* ; */ b", "d /* ; ' */"]),
        ("a - -1; b / c; d", ["a - -1", "b / c", "d"]),
        ("-- only a comment", []),
        ("\ufeffa;\r\nb;\r\n", ["a", "b"]),
        ("", []),
    ],
)
def test_common_rules(dialect: str, text: str, expected: list[str]) -> None:
    assert pieces(text, dialect) == expected


def test_backslashes_escape_in_mysql_only() -> None:
    text = r"a 'x\'; b'; c '\\'; d"
    assert pieces(text) == [r"a 'x\'; b'", r"c '\\'", "d"]
    assert pieces(r"a 'x\'; b '\'; c", "sqlite") == [r"a 'x\'", r"b '\'", "c"]


def test_two_dashes_need_a_space_in_mysql_only() -> None:
    assert pieces("a 1--1;b") == ["a 1--1", "b"]
    assert pieces("a 1--1;b", "sqlite") == ["a 1--1;b"]


def test_brackets_quote_in_sqlite_only() -> None:
    assert pieces("a [x;y]; b", "sqlite") == ["a [x;y]", "b"]
    assert pieces("a [x;y]; b") == ["a [x", "y]", "b"]


def test_versioned_comments_count() -> None:
    text = (
        "/*!40101 SET a=1 */;\n/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`h`*/ /*!50003 TRIGGER x */;/*M!100301 SET b */;"
    )
    assert [flavour("mysql").clean(each) for each in pieces(text)] == [
        "SET a=1", "CREATE DEFINER=`r`@`h` TRIGGER x", "SET b",
    ]  # fmt: skip


def test_first_line_of_a_mariadb_dump_is_a_comment() -> None:
    assert pieces("/*M!999999\\- enable the sandbox mode */ \nSET a;") == ["SET a"]


def test_delimiter() -> None:
    text = "delimiter //\nCREATE TRIGGER x BEGIN a; b; END//\nc; d//\nDELIMITER ;;\ne;f;;\nDELIMITER ;\ng; h"
    assert pieces(text) == ["CREATE TRIGGER x BEGIN a; b; END", "c; d", "e;f", "g", "h"]


@pytest.mark.parametrize("delimiter", ["$$", "|", "--//", "\\\\", "`", "END_OF", "@@"])
def test_odd_delimiters(delimiter: str) -> None:
    assert pieces(f"DELIMITER {delimiter}\na 'x' ; b {delimiter}\nc{delimiter}") == ["a 'x' ; b ", "c"]


@pytest.mark.parametrize(
    "body",
    [
        "BEGIN a; IF b THEN c; ELSEIF d THEN e; ELSE f; END IF; END",
        "BEGIN CASE a WHEN 1 THEN b; END CASE; SELECT CASE WHEN 1 THEN 2 END; END",
        "l: BEGIN WHILE a DO b; END WHILE; REPEAT c; UNTIL d END REPEAT; x: LOOP e; END LOOP x; END l",
        "BEGIN DECLARE EXIT HANDLER FOR NOT FOUND BEGIN a; END; SET NEW.begin = OLD.end; END",
        "SET NEW.a = IF(1, 2, 3)",
        "IF a THEN b; END IF",
        "BEGIN SELECT 'END;', `END`; -- END;\n /* END; */ END",
        "BEGIN FOR i IN 1..3 DO a; END FOR; SET b = CASE WHEN c THEN IF(d, e, f) ELSE REPEAT('x', 3) END; END",
    ],
)
def test_bodies_without_delimiter(body: str) -> None:
    program = f"CREATE TRIGGER IF NOT EXISTS t BEFORE INSERT ON x FOR EACH ROW {body}"
    assert pieces(f"{program};\nSELECT 1;") == [program, "SELECT 1"]


def test_sqlite_triggers() -> None:
    program = "CREATE TEMP TRIGGER t AFTER INSERT ON x BEGIN SELECT CASE WHEN 1 THEN 2 END; INSERT INTO y VALUES (';END;'); END"
    assert pieces(f"{program}\n;SELECT 1", "sqlite") == [f"{program}\n", "SELECT 1"]


def test_lines_of_the_client() -> None:
    assert pieces(".mode box\n.dump 'a;b'\nSELECT 1;", "sqlite") == [".mode box", ".dump 'a;b'", "SELECT 1"]
    assert pieces("use shop\nCREATE TABLE t (a int);\nsource a.sql\nSELECT 1") == [
        "use shop", "CREATE TABLE t (a int)", "source a.sql", "SELECT 1",
    ]  # fmt: skip


def test_an_open_quote_costs_one_statement() -> None:
    text = "CREATE TABLE a (x int DEFAULT 'oops);\nCREATE TABLE b (y int);"
    first, second = split(text, "mysql")
    assert first.problem == "a string is opened here and never closed"
    assert text[first.problem_at] == "'"
    assert text[second.start : second.end] == "CREATE TABLE b (y int)"


def test_a_body_without_end_costs_one_statement() -> None:
    for dialect in ("mysql", "sqlite"):
        text = "CREATE TRIGGER t AFTER INSERT ON x FOR EACH ROW BEGIN a;\nCREATE TABLE b (y int);"
        first, second = split(text, dialect)
        assert "END" in first.problem
        assert text[second.start : second.end] == "CREATE TABLE b (y int)"


def test_places() -> None:
    places = Places("a\nbé😀c\r\nd")
    assert [places.of(offset) for offset in (0, 1, 2, 5, 8)] == [(1, 1), (1, 2), (2, 1), (2, 4), (3, 1)]
    assert Places("a\rb").of(2) == (2, 1)
    assert Places("\ufeffab").of(1) == (1, 1)


def test_several_statements_before_one_delimiter() -> None:
    text = (
        "DELIMITER $$\nDROP PROCEDURE IF EXISTS p; SET @a = ';';\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END$$\n"
        "CREATE DEFINER=`r`@`h` AGGREGATE FUNCTION f(x int) RETURNS int BEGIN RETURN 1; END$$"
    )
    assert pieces(text) == [
        "DROP PROCEDURE IF EXISTS p", "SET @a = ';'", "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END",
        "CREATE DEFINER=`r`@`h` AGGREGATE FUNCTION f(x int) RETURNS int BEGIN RETURN 1; END",
    ]  # fmt: skip
