"""DO blocks that only guard statements are read as the statements; other programs are kept."""

from __future__ import annotations

from designer.importers.contract import Outcome
from designer.importers.sql import read
from designer.schema import Check, EnumType, Statement, Table


def imported(script: str):
    return read(script, "blocks.sql", "postgresql")


def test_an_exception_handler_guards() -> None:
    result = imported(
        "DO $$ BEGIN CREATE TYPE mood AS ENUM ('a', ';'); EXCEPTION WHEN duplicate_object THEN null; END $$;\n"
        "CREATE TABLE t (m mood);\n"
        "DO $$ BEGIN\n ALTER TABLE t ADD CONSTRAINT c CHECK (m <> 'a');\nEXCEPTION WHEN duplicate_object THEN"
        " RAISE NOTICE 'there'; END $$;"
    )
    assert [each.values for each in result.design.of(EnumType)] == [("a", ";")]
    assert [each.name for each in result.design.of(Check)] == ["c"]
    assert not list(result.design.of(Statement))


def test_a_test_for_what_is_missing_guards() -> None:
    result = imported(
        "DO $$\nBEGIN\n  IF (NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood')) THEN\n"
        "    CREATE TYPE mood AS ENUM ('a');\n  END IF;\n  IF to_regclass('t') IS NULL THEN\n"
        "    CREATE TABLE t (m mood);\n  END IF;\nEND\n$$;"
    )
    assert [each.name for each in result.design.of(Table)] == ["t"]
    assert [each.values for each in result.design.of(EnumType)] == [("a",)]


def test_what_is_there_already_is_skipped() -> None:
    result = imported(
        "CREATE TYPE mood AS ENUM ('a');\n"
        "DO $$ BEGIN CREATE TYPE mood AS ENUM ('b'); EXCEPTION WHEN duplicate_object THEN null; END $$;"
    )
    assert [each.values for each in result.design.of(EnumType)] == [("a",)]
    assert result.report.findings[-1].outcome == Outcome.SKIPPED
    assert "behind a test" in result.report.findings[-1].message


def test_programs_are_kept() -> None:
    for body in (
        "BEGIN EXECUTE 'CREATE TABLE t ()'; END",
        "DECLARE n int; BEGIN CREATE TABLE t (); END",
        "BEGIN IF EXISTS (SELECT FROM pg_class WHERE relname = 'x') THEN CREATE TABLE t (); END IF; END",
        "BEGIN FOR i IN 1..3 LOOP CREATE TABLE t (); END LOOP; END",
    ):
        result = imported(f"CREATE TABLE other ();\nDO $$ {body} $$;")
        assert [each.name for each in result.design.of(Table)] == ["other"], body
        (kept,) = result.design.of(Statement)
        assert "program" in kept.reason
