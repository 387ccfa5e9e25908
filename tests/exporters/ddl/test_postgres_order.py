"""Where things stand in a PostgreSQL script: needs first, roles guarded, words under the search path of their place."""

from __future__ import annotations

import pytest

from designer.importers.sql import read
from exporters.contract import Export, Options
from exporters.registry import get


def export(script: str) -> Export:
    return get("ddl").export(read(script, "case.sql", "postgresql").design, Options(dialect="postgresql"))


def in_order(text: str, *words: str) -> bool:
    places = [text.index(word) for word in words]
    return places == sorted(places)


def test_what_a_statement_makes_stands_before_what_uses_it() -> None:
    text = export(
        "CREATE TABLE t (a floats, CHECK (a === a));\nCREATE TYPE floats AS RANGE (subtype = float8);\n"
        "CREATE FUNCTION same(floats, floats) RETURNS boolean LANGUAGE sql AS 'SELECT true';\n"
        "CREATE OPERATOR === (LEFTARG = floats, RIGHTARG = floats, FUNCTION = same);\n"
        "CREATE VIEW v AS SELECT total(1);\nCREATE AGGREGATE total(int) (SFUNC = step, STYPE = int);\n"
        "CREATE FUNCTION step(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
    ).text
    assert in_order(text, "AS RANGE", "FUNCTION same(", "CREATE OPERATOR", "CREATE TABLE t")
    assert in_order(text, "FUNCTION step(", "CREATE AGGREGATE", "CREATE VIEW v")


def test_a_check_over_the_row_type_comes_when_the_function_is_there() -> None:
    text = export(
        "CREATE TABLE t (a int);\nCREATE FUNCTION ok(t) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';\n"
        "ALTER TABLE t ADD CONSTRAINT c CHECK (ok(t));\nCREATE INDEX i ON t (ok(t));\nCOMMENT ON CONSTRAINT c ON t IS 'x';"
    ).text
    assert in_order(text, "CREATE TABLE t", "FUNCTION ok(", "ADD CONSTRAINT c CHECK", "COMMENT ON CONSTRAINT c")
    assert in_order(text, "FUNCTION ok(", "CREATE INDEX i")


def test_a_view_in_a_circle_begins_as_a_stub() -> None:
    text = export(
        "CREATE VIEW v AS SELECT NULL::int AS a;\nCREATE FUNCTION f(v) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
        "CREATE OR REPLACE VIEW v AS SELECT f(NULL::v) AS a;"
    ).text
    assert in_order(text, "CREATE VIEW v AS\nSELECT NULL::int", "FUNCTION f(", "CREATE OR REPLACE VIEW v AS\nSELECT f(")


def test_roles_that_may_lack_are_asked_for() -> None:
    script = (
        "CREATE ROLE mine;\nCREATE TABLE t (a int);\nGRANT SELECT ON t TO mine;\nGRANT SELECT ON t TO PUBLIC;\n"
        'GRANT SELECT ON t TO "o\'ther";\nALTER TABLE t OWNER TO "o\'ther";\nCREATE POLICY p ON t TO far USING (true);'
    )
    first = export(script)
    assert "IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mine') THEN\n        CREATE ROLE mine;" in first.text
    assert first.text.count("rolname = 'o''ther'") == 1
    assert "rolname = 'far'" in first.text
    assert "\nGRANT SELECT ON t TO mine;" in first.text
    assert {note.code for note in first.notes} == {"roles"}
    assert export(first.text).text == first.text


def test_words_are_read_under_their_search_path() -> None:
    first = export(
        "CREATE SCHEMA app;\nSET search_path = app, public;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
        "CREATE TABLE t (a int DEFAULT f());\nRESET search_path;\nCREATE VIEW v AS SELECT 1 AS one;"
    ).text
    assert in_order(first, "CREATE SCHEMA", "SET search_path = app, public;", "FUNCTION f()", "TABLE app.t")
    assert in_order(first, "SET search_path = public;", "CREATE VIEW v")
    assert export(first).text == first


def test_a_dropped_thing_takes_along_what_was_said_of_it() -> None:
    text = export(
        "CREATE TABLE t (a int);\nGRANT SELECT ON t TO PUBLIC;\nCREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = int,"
        " RIGHTARG = int);\nDROP TABLE t;\nDROP OPERATOR === (int, int);\nCREATE TABLE u (a int);"
    ).text
    assert text.split() == ["CREATE", "TABLE", "u", "(", "a", "int", ");"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("CREATE TABLE t (a int PRIMARY KEY);\nALTER TABLE t ADD UNIQUE (a);", "ALTER TABLE t ADD UNIQUE (a);"),
        ("CREATE TABLE t (a int);\nALTER TABLE t ALTER a SET STATISTICS 7;", "ALTER COLUMN a SET STATISTICS 7;"),
        ("CREATE TABLE t (a int);\nALTER TABLE t REPLICA IDENTITY FULL;", "REPLICA IDENTITY FULL;"),
        ("CREATE TYPE k AS (a int);\nCREATE TABLE t OF k (PRIMARY KEY (a));", "CREATE TABLE t OF k ("),
        ("CREATE SERVER s FOREIGN DATA WRAPPER w;\nCREATE FOREIGN TABLE t (a int) SERVER s;", "CREATE FOREIGN TABLE t ("),
        ("SET default_tablespace = fast;\nCREATE TABLE t (a int);", "TABLESPACE fast"),
        ("CREATE TABLE p (a int);\nCREATE TABLE c () INHERITS (p);\nALTER TABLE ONLY c ALTER a SET DEFAULT 2;",
         "ALTER TABLE ONLY c ALTER a SET DEFAULT 2;"),
    ],
)  # fmt: skip
def test_details_come_back(script: str, expected: str) -> None:
    first = export(script).text
    assert expected in first
    assert export(first).text == first
