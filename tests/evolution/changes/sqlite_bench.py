"""A change of SQLite in two databases in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from designer.evolution import Step
from tests.evolution.changes.change import Change
from tests.evolution.changes.outcome import Outcome
from tests.evolution.changes.sqlite_changes import BASE, ROWS
from tests.proof.sqlite_catalog import differences, reading


def run(change: Change) -> Outcome:
    """Take a change up and down, and return what was wrong."""
    outcome = Outcome(change)
    old, new = change.scripts(BASE)
    outcome.plan("sqlite", old, new, change.renames)
    with closing(_open(old + ROWS + change.rows)) as base, closing(_open(new)) as other:
        was, wanted = reading(base), reading(other)
        kept = _kept(change, _tables(base), _tables(other))
        before = rows_of(base, [(table, [one for one, _ in columns]) for table, _, columns in kept])
        outcome.faults += travel(base, outcome.up, "up")
        outcome.faults += [f"up: {each}" for each in differences(reading(base), wanted)]
        _compare(
            outcome, "up", kept, before, rows_of(base, [(table, [two for _, two in each]) for _, table, each in kept])
        )
        outcome.faults += travel(base, outcome.down, "down")
        outcome.faults += [f"down: {each}" for each in differences(reading(base), was)]
        _compare(
            outcome, "down", kept, before, rows_of(base, [(table, [one for one, _ in each]) for table, _, each in kept])
        )
    return outcome


def _open(script: str) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute("PRAGMA foreign_keys = ON")
    base.executescript(script)
    return base


def travel(base: sqlite3.Connection, steps: Iterable[Step], way: str) -> list[str]:
    """Run the steps of one way, and return what went wrong."""
    faults = []
    for step in steps:
        try:
            base.execute(step.sql).fetchall()
        except sqlite3.Error as error:
            faults.append(f"{way}: {step.sql}\n    {error}")
    if base.in_transaction:
        faults.append(f"{way}: a transaction is left open")
        base.execute("ROLLBACK")
    broken = base.execute("PRAGMA foreign_key_check").fetchall()
    return [*faults, f"{way}: rows without what they refer to: {broken}"] if broken else faults


Tables = dict[str, list[str]]
Kept = list[tuple[str, str, list[tuple[str, str]]]]
"""Tables and their columns on the old side and on the new one, quoted."""


def _tables(base: sqlite3.Connection) -> Tables:
    names = base.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall()
    return {name: [row[1] for row in base.execute("SELECT * FROM pragma_table_xinfo(?)", [name])] for (name,) in names}


def _kept(change: Change, before: Tables, after: Tables) -> Kept:
    renamed = dict(each.split("=") for each in change.renames)
    found: Kept = []
    for table, columns in before.items():
        other = renamed.get(table, table)
        both = [(each, renamed.get(f"{table}.{each}", each).rpartition(".")[2]) for each in columns]
        if other in after:
            both = [(one, two) for one, two in both if two in after[other] and f"{table}.{one}" not in change.retyped]
            found.append((_quoted(table), _quoted(other), [(_quoted(one), _quoted(two)) for one, two in both]))
    return found


def rows_of(base: sqlite3.Connection, tables: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Return the rows of tables, some columns of each, or why they cannot be read. All names are quoted."""
    found = []
    for table, columns in tables:
        try:
            rows = base.execute(f"SELECT {', '.join(columns) or '1'} FROM {table}").fetchall()
            found.append(str(sorted(map(str, rows))))
        except sqlite3.Error as error:
            found.append(str(error))
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _compare(outcome: Outcome, way: str, kept: Kept, before: list[str], after: list[str]) -> None:
    for (table, _, _), one, two in zip(kept, before, after, strict=True):
        if one != two:
            outcome.faults.append(f"{way}: the rows of {table} were {one} and are {two}")
