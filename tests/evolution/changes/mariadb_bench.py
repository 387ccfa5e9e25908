"""All changes of MariaDB: each in two databases of its own on one server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pymysql

from tests.evolution.changes.change import Change
from tests.evolution.changes.mariadb_changes import BASE, ROWS
from tests.evolution.changes.outcome import Outcome
from tests.proof import my_equal
from tests.proof.my_catalog import run as run_script
from tests.servers import MariaServer

Parameters = dict[str, Any]
_COUNTER = re.compile(r"AUTO_INCREMENT=\d+ ?")
Tables = dict[str, list[str]]
Kept = list[tuple[str, str, list[tuple[str, str]]]]
"""Tables and their columns on the old side and on the new one."""


def run(server: MariaServer, changes: Sequence[Change]) -> dict[str, Outcome]:
    """Take every change up and down, and return what was wrong with each."""
    return {change.name: _run(server, change) for change in changes}


def _run(server: MariaServer, change: Change) -> Outcome:
    outcome = Outcome(change)
    scripts = change.scripts(BASE)
    outcome.plan("mariadb", *scripts, change.renames)
    old, new = server.new_database(), server.new_database()
    run_script(old, scripts[0] + ROWS + change.rows)
    run_script(new, scripts[1])
    was, wanted = my_equal.snapshot(old), my_equal.snapshot(new)
    with pymysql.connect(**old, autocommit=True) as connection, connection.cursor() as cursor:
        kept = _kept(change, _tables(cursor, old), _tables(cursor, new))
        before = _rows(cursor, [(table, [one for one, _ in columns]) for table, _, columns in kept])
        _travel(cursor, outcome, "up")
        _tell(outcome, my_equal.compare(my_equal.snapshot(old), wanted), "up")
        _compare(outcome, "up", before, _rows(cursor, [(table, [two for _, two in each]) for _, table, each in kept]))
        _travel(cursor, outcome, "down")
        _tell(outcome, my_equal.compare(my_equal.snapshot(old), was), "down")
        _compare(outcome, "down", before, _rows(cursor, [(table, [one for one, _ in each]) for table, _, each in kept]))
        for each in (old, new):
            cursor.execute(f"DROP DATABASE {each['database']}")
    return outcome


def _travel(cursor: Any, outcome: Outcome, way: str) -> None:
    for step in getattr(outcome, way):
        try:
            cursor.execute(step.sql)
            cursor.fetchall()
        except pymysql.MySQLError as error:
            outcome.faults.append(f"{way}: {step.sql}\n    {error}")
    cursor.execute("SET SESSION foreign_key_checks = 1")
    if outcome.change.probe:
        _probe(cursor, outcome, way)


def _probe(cursor: Any, outcome: Outcome, way: str) -> None:
    try:
        cursor.execute("BEGIN")
        cursor.execute(outcome.change.probe)
    except pymysql.MySQLError as error:
        outcome.faults.append(f"{way}: afterwards {outcome.change.probe}: {error}")
    cursor.execute("ROLLBACK")


def _tell(outcome: Outcome, found: Iterable[tuple[str, str, str | None, str | None]], way: str) -> None:
    for kind, name, is_now, wanted in found:
        if _COUNTER.sub("", is_now or "") != _COUNTER.sub("", wanted or ""):
            outcome.faults.append(f"{way}: {kind} {name}:\n   is:        {is_now}\n   should be: {wanted}")


def _tables(cursor: Any, parameters: Parameters) -> Tables:
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = %s AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')"
        " ORDER BY table_name, ordinal_position",
        (parameters["database"],),
    )
    found: Tables = {}
    for table, column in cursor.fetchall():
        found.setdefault(table, []).append(column)
    return found


def _kept(change: Change, before: Tables, after: Tables) -> Kept:
    renamed = dict(each.split("=") for each in change.renames)
    found: Kept = []
    for table, columns in before.items():
        other = renamed.get(table, table)
        both = [(each, renamed.get(f"{table}.{each}", each).rpartition(".")[2]) for each in columns]
        if other in after:
            found.append((table, other, [
                (one, two) for one, two in both if two in after[other] and f"{table}.{one}" not in change.retyped
            ]))  # fmt: skip
    return found


def _rows(cursor: Any, tables: list[tuple[str, list[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, (table, columns) in enumerate(tables):
        chosen = ", ".join(my_equal.quoted(each) for each in columns) or "1"
        try:
            cursor.execute(f"SELECT {chosen} FROM {my_equal.quoted(table)}")
            found[f"{number} {table}"] = str(sorted(str(list(map(str, row))) for row in cursor.fetchall()))
        except pymysql.MySQLError as error:
            found[f"{number} {table}"] = str(error)
    return found


def _compare(outcome: Outcome, way: str, before: dict[str, str], after: dict[str, str]) -> None:
    for (table, one), two in zip(before.items(), after.values(), strict=True):
        if one != two:
            outcome.faults.append(f"{way}: the rows of {table} were {one} and are {two}")
