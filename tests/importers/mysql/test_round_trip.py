"""Dump -> import -> export -> another database: SHOW CREATE says the same of both, and a second round changes nothing."""

from __future__ import annotations

import re
from typing import Any

import pymysql
import pytest

from designer.schema import Column, Design
from exporters.contract import Options
from exporters.registry import get
from tests.importers.mysql.server import RICH, dump_of, filled, run_script
from tests.importers.reading import Read
from tests.servers import MariaServer

pytestmark = pytest.mark.mariadb

_LISTS = {
    "trigger": "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = database()",
    "event": "SELECT event_name FROM information_schema.events WHERE event_schema = database()",
    "function": "SELECT routine_name FROM information_schema.routines WHERE routine_schema = database() AND routine_type = 'FUNCTION'",
    "procedure": "SELECT routine_name FROM information_schema.routines WHERE routine_schema = database() AND routine_type = 'PROCEDURE'",
}
_WHERE_CREATE_STANDS = {"trigger": 2, "event": 3, "function": 2, "procedure": 2}


def described(parameters: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    """Return kind and name -> the lines of SHOW CREATE; keys and constraints of a table in a fixed order."""
    found: dict[tuple[str, str], list[str]] = {}
    with pymysql.connect(**parameters) as connection, connection.cursor() as cursor:

        def ask(query: str) -> list[tuple[Any, ...]]:
            cursor.execute(query)
            return list(cursor.fetchall())

        for name, kind in ask("SHOW FULL TABLES"):
            text = ask(f"SHOW CREATE TABLE `{name}`" if kind != "VIEW" else f"SHOW CREATE VIEW `{name}`")[0][1]
            found[kind, name] = lines_of(text.replace(f"`{parameters['database']}`.", ""))
        for kind, query in _LISTS.items():
            for (name,) in ask(query):
                found[kind, name] = lines_of(ask(f"SHOW CREATE {kind} `{name}`")[0][_WHERE_CREATE_STANDS[kind]])
    return found


def lines_of(text: str) -> list[str]:
    lines = [line.strip().rstrip(",") for line in re.sub(r" AUTO_INCREMENT=\d+", "", text).split("\n") if line.strip()]
    columns = [line for line in lines if line.startswith("`")]
    return columns + sorted(line for line in lines if not line.startswith("`"))


def exported(design: Design) -> str:
    return get("ddl").export(design, Options(dialect="mariadb")).text


def test_dump_and_script_come_back_the_same(mariadb_server: MariaServer) -> None:
    source = filled(mariadb_server.new_database())
    wanted = described(source.parameters)
    assert len(wanted) > 15
    for text in (source.dump, RICH):
        target = mariadb_server.new_database()
        run_script(target, exported(Read(text, "mariadb").design))
        assert described(target) == wanted


def test_a_second_round_gives_the_same_records(mariadb_server: MariaServer) -> None:
    source = filled(mariadb_server.new_database())
    target = mariadb_server.new_database()
    run_script(target, exported(Read(source.dump, "mariadb").design))
    first, second = Read(source.dump, "mariadb"), Read(dump_of(target), "mariadb")
    for table in ("Kunde", "order", "line", "measure", "versioned", "squeezed"):
        ours = first.of(Column, first.table(table))
        theirs = second.of(Column, second.table(table))
        assert [(c.name, c.type, c.nullable, c.extra, c.comment) for c in ours] == [
            (c.name, c.type, c.nullable, c.extra, c.comment) for c in theirs
        ]
