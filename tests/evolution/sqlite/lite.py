"""A migration of SQLite run on a database with rows, and what came of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from designer.evolution import Migration, migrate
from designer.evolution.align import aligned
from designer.importers.sql import read
from designer.schema import Design
from exporters.contract import Options
from exporters.registry import get
from tests.proof.sqlite_catalog import differences, reading


@dataclass
class Travelled:
    """A migration up and down; `faults` are statements that failed, and what is not as it should be."""

    up: Migration
    down: Migration
    faults: list[str]
    rows: list[dict[str, list[tuple[object, ...]]]]  # before, after the way up, after the way down

    def sql(self) -> str:
        """Return the way up."""
        return "\n".join(step.sql for step in self.up.steps)


def design(script: str) -> Design:
    """Return the design of a script."""
    return read(script, "schema.sql", "sqlite").design


def script_of(state: Design) -> str:
    """Return the DDL of a design."""
    return get("ddl").export(state, Options(dialect="sqlite")).text


def between(old: str, new: str, rows: str = "") -> Travelled:
    """Travel between two scripts, whose names say what is one object."""
    pair = aligned(design(old), design(new), "sqlite")
    return travel(pair.old, pair.new, old, new, rows)


def travel(before: Design, after: Design, old: str = "", new: str = "", rows: str = "") -> Travelled:
    """Travel between two states of one design."""
    up, down = migrate(before, after, "sqlite"), migrate(after, before, "sqlite")
    found = Travelled(up, down, [], [])
    with closing(_open(old or script_of(before))) as base, closing(_open(new or script_of(after))) as other:
        was, wanted = reading(base), reading(other)
        base.executescript(rows)
        found.rows.append(_rows(base))
        for migration, goal in ((up, wanted), (down, was)):
            found.faults += _run(base, migration)
            found.faults += differences(reading(base), goal)
            found.rows.append(_rows(base))
    return found


def _open(script: str) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript(script)
    base.execute("PRAGMA foreign_keys = ON")
    return base


def _run(base: sqlite3.Connection, migration: Migration) -> list[str]:
    faults = []
    for step in migration.steps:
        if base.in_transaction != step.in_transaction:
            base.execute("BEGIN" if step.in_transaction else "COMMIT")
        try:
            answer = base.execute(step.sql).fetchall()
            if "foreign_key_check" in step.sql and answer:
                faults.append(f"{step.sql}: {answer}")
        except sqlite3.Error as error:
            faults.append(f"{step.sql}: {error}")
    if base.in_transaction:
        base.execute("COMMIT")
    return faults


def _rows(base: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = base.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").fetchall()
    return {
        name: sorted(base.execute('SELECT * FROM "{}"'.format(name.replace('"', '""'))).fetchall(), key=repr)
        for (name,) in names
        if not name.startswith("sqlite_") or name == "sqlite_sequence"
    }
