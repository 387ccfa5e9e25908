"""Dumps that are cut off, and dumps of a whole server."""

from __future__ import annotations

import pytest

from designer.importers.contract import ImportProblem, Outcome
from designer.importers.sql import read

PG = "--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE public.a (x integer);\n"
MY = "-- MariaDB dump 10.19  Distrib 10.11\n\nCREATE TABLE `a` (`x` int(11));\n"


@pytest.mark.parametrize(
    ("text", "dialect"), [(PG, "postgresql"), (PG.replace("\n", "\r\n"), "postgresql"), (MY, "mariadb")]
)
def test_a_dump_without_its_last_line_is_told(text: str, dialect: str) -> None:
    [warning] = [each for each in read(text, "a.sql", dialect).report.findings if each.outcome is Outcome.WARNING]
    assert "cut off" in warning.message
    assert warning.line == text.count("\n")


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (f"{PG}--\n-- PostgreSQL database dump complete\n--\n", "postgresql"),
        (f"{MY}-- Dump completed on 2026-01-01\n", "mariadb"),
        ("CREATE TABLE a (x int);", "postgresql"),
    ],
)
def test_a_whole_one_is_not(text: str, dialect: str) -> None:
    assert [each for each in read(text, "a.sql", dialect).report.findings if each.outcome is Outcome.WARNING] == []


def test_a_dump_of_several_databases_is_refused_with_what_to_do() -> None:
    text = "\\connect template1\nCREATE ROLE bob;\n\\connect shop\nCREATE TABLE a (x int);\n\\connect -reuse-previous=on \"dbname='blog b'\"\nCREATE TABLE a (x int);\n"
    with pytest.raises(ImportProblem, match="first «shop», then «blog b»") as caught:
        read(text, "all.sql", "postgresql")
    assert caught.value.line == 6


@pytest.mark.parametrize("command", ["\\c shop", "\\connect shop bob", "\\c - bob", '\\c "shop"'])
def test_one_database_with_tables_is_read(command: str) -> None:
    text = f"CREATE DATABASE shop;\n{command}\nCREATE TABLE a (x int);\nCREATE TABLE b (x int);\n"
    assert read(text, "a.sql", "postgresql").report.counts()["failed"] == 0
