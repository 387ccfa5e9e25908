"""All changes of MariaDB: each in two databases of its own on one server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pymysql

from designer.evolution import Step
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
"""Tables and their columns on the old side and on the new one, quoted."""


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
        before = rows_of(cursor, [(table, [one for one, _ in columns]) for table, _, columns in kept])
        outcome.faults += [*travel(cursor, outcome.up, "up"), *_probe(cursor, change, "up")]
        outcome.faults += differences(my_equal.snapshot(old), wanted, "up")
        there = rows_of(cursor, [(table, [two for _, two in columns]) for _, table, columns in kept])
        outcome.faults += [*travel(cursor, outcome.down, "down"), *_probe(cursor, change, "down")]
        outcome.faults += differences(my_equal.snapshot(old), was, "down")
        back = rows_of(cursor, [(table, [one for one, _ in columns]) for table, _, columns in kept])
        for each in (old, new):
            cursor.execute(f"DROP DATABASE {each['database']}")
    for (table, _, _), *three in zip(kept, before, there, back, strict=True):
        if len(set(three)) > 1:
            outcome.faults.append(f"the rows of {table} were {three[0]}, then {three[1]}, then {three[2]}")
    return outcome


def travel(cursor: Any, steps: Iterable[Step], way: str) -> list[str]:
    """Run the steps of one way, and return what went wrong."""
    faults = []
    for step in steps:
        try:
            cursor.execute(step.sql)
            cursor.fetchall()
        except pymysql.MySQLError as error:
            faults.append(f"{way}: {step.sql}\n    {error}")
    cursor.execute("SET SESSION foreign_key_checks = 1")
    return faults


def _probe(cursor: Any, change: Change, way: str) -> list[str]:
    if not change.probe:
        return []
    try:
        cursor.execute("BEGIN")
        cursor.execute(change.probe)
    except pymysql.MySQLError as error:
        return [f"{way}: afterwards {change.probe}: {error}"]
    finally:
        cursor.execute("ROLLBACK")
    return []


def differences(is_now: my_equal.Reading, wanted: my_equal.Reading, way: str) -> list[str]:
    """Return what is not as it should be, but for where counters stand."""
    return [
        f"{way}: {kind} {name}:\n   is:        {one}\n   should be: {two}"
        for kind, name, one, two in my_equal.compare(is_now, wanted)
        if _COUNTER.sub("", one or "") != _COUNTER.sub("", two or "")
    ]


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
            both = [(one, two) for one, two in both if two in after[other] and f"{table}.{one}" not in change.retyped]
            quoted = [(my_equal.quoted(one), my_equal.quoted(two)) for one, two in both]
            found.append((my_equal.quoted(table), my_equal.quoted(other), quoted))
    return found


def rows_of(cursor: Any, tables: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Return the rows of tables, some columns of each, or why they cannot be read. All names are quoted."""
    found = []
    for table, columns in tables:
        try:
            cursor.execute(f"SELECT {', '.join(columns) or '1'} FROM {table}")
            found.append(str(sorted(str(list(map(str, row))) for row in cursor.fetchall())))
        except pymysql.MySQLError as error:
            found.append(str(error))
    return found
