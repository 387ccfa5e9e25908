"""Reads all that makes up an SQLite database, for comparing two: what its pragmas list, and the text of its schema.

Nothing of the importer is used. Pragmas say what SQLite made of a table (columns, keys, indexes, foreign keys); what no
pragma tells (collations, checks, conflict clauses, DEFERRABLE, AUTOINCREMENT) is read from the text, clause by clause, by
a few rules of its own (`sqlite_text`). White space, comments and the order of the clauses of a column do not count;
the order of columns, keys, checks and foreign keys does, since names of indexes and numbers of foreign keys follow it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.proof.sqlite_text import clauses_of, spelled

Reading = dict[tuple[str, str], str]
_PRAGMAS = ("user_version", "application_id", "encoding", "auto_vacuum")


def read(path: Path | str) -> Reading:
    """Return the schema of a database file, object by object."""
    with closing(sqlite3.connect(path)) as base:
        return reading(base)


def reading(base: sqlite3.Connection) -> Reading:
    """Return the schema of an open database, object by object."""
    found: Reading = {("pragma", each): str(base.execute(f"PRAGMA {each}").fetchone()[0]) for each in _PRAGMAS}
    tables = {row[1]: row[2:] for row in base.execute("PRAGMA table_list") if row[0] == "main"}
    shadows = {name for name, facts in tables.items() if facts[0] == "shadow"}
    rows = base.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    for kind, name, table, text in rows:
        if table in shadows or name.startswith("sqlite_stat") or name == "sqlite_sequence":
            continue
        found[kind, name] = f"of {table}: {spelled(text or '')}" if kind in ("index", "trigger") else ""
        if kind == "view":
            found[kind, name] = spelled(text)
        if kind == "table" and text.upper().startswith("CREATE VIRTUAL"):
            found[kind, name] = spelled(text)
        elif kind == "table":
            found["table", name] = str(tables[name])
            _table(base, name, text, found)
    return found


def _table(base: sqlite3.Connection, name: str, text: str, found: Reading) -> None:
    for row in base.execute("SELECT * FROM pragma_table_xinfo(?)", [name]):
        found["column", f"{name}.{row[0]}"] = str(row[1:])
    for row in base.execute("SELECT * FROM pragma_foreign_key_list(?)", [name]):
        found["foreign key", f"{name}.{row[0]}.{row[1]}"] = str(row[2:])
    for number, index, *facts in base.execute("SELECT * FROM pragma_index_list(?)", [name]).fetchall():
        parts = base.execute("SELECT * FROM pragma_index_xinfo(?)", [index]).fetchall()
        place = number if facts[1] != "c" else ""
        found["index of table", f"{name}.{index}"] = f"{place} {facts} {parts}"
    for number, clause in enumerate(clauses_of(text)):
        found["clause", f"{name}.{number}"] = clause


def differences(one: Reading, other: Reading) -> list[str]:
    """Return a line for each object that is not the same in both."""
    return [
        f"{kind} {name}:\n  first:  {one.get((kind, name), 'is not there')}"
        f"\n  second: {other.get((kind, name), 'is not there')}"
        for kind, name in sorted(one.keys() | other.keys())
        if one.get((kind, name)) != other.get((kind, name))
    ]
