"""What an SQLite file knows about itself: the rows of its schema table, and the settings in its header."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from designer.importers.live.contract import LiveProblem, Snapshot

SETTINGS = {"encoding": "UTF-8", "auto_vacuum": "0", "application_id": "0", "user_version": "0"}
"""Settings that are kept in the file, in the order in which they can be set, with the value of a new file."""
_MOST_CHARACTERS = 64_000_000
"""Of all CREATE statements; a schema of 10,000 tables has a few million."""
_NO_INTERNALS = r"sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
_ROWS = f"SELECT type, name, tbl_name, sql FROM sqlite_master WHERE {_NO_INTERNALS} ORDER BY rowid"  # noqa: S608
PASTED = f"""\
SELECT json_object(
  '{{mark}}', 'sqlite',
  'version', sqlite_version(),
  'name', (SELECT replace(file, rtrim(file, replace(replace(file, '/', ''), '\\', '')), '')
           FROM pragma_database_list WHERE name = 'main'),
  'settings', json_array(
    json_object('name', 'encoding', 'value', (SELECT encoding FROM pragma_encoding)),
    json_object('name', 'auto_vacuum', 'value', (SELECT auto_vacuum FROM pragma_auto_vacuum)),
    json_object('name', 'application_id', 'value', (SELECT application_id FROM pragma_application_id)),
    json_object('name', 'user_version', 'value', (SELECT user_version FROM pragma_user_version))),
  'shadows', (SELECT json_group_array(json_object('name', name)) FROM pragma_table_list
              WHERE schema = 'main' AND type = 'shadow'),
  'schema', (SELECT json_group_array(json_object('type', type, 'name', name, 'tbl_name', tbl_name, 'sql', sql))
             FROM (SELECT * FROM sqlite_master
                   WHERE {_NO_INTERNALS} ORDER BY rowid))
) AS wholekey;
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the schema table. `table` is the table or view that an index or a trigger is on, else the own name."""

    type: str  # table, index, view, trigger
    name: str
    table: str
    sql: str


def read_catalog(base: sqlite3.Connection, name: str) -> Snapshot:
    """Return the snapshot of an open database. Raises LiveProblem for a schema of more text than is ever meant."""
    schema = _schema(base)
    sections: dict[str, list[dict[str, Any]]] = {
        "settings": [
            {"name": each, "value": base.execute(f"PRAGMA {each}").fetchone()[0]}  # names of this module
            for each in SETTINGS
        ],
        "shadows": [],  # PRAGMA table_list would plan every view of a file that may be hostile; names tell enough
        "schema": schema,
    }
    return Snapshot("sqlite", sqlite3.sqlite_version, name, sections)


def _schema(base: sqlite3.Connection) -> list[dict[str, Any]]:
    try:
        return _rows(base)
    except sqlite3.DatabaseError as error:
        if "malformed database schema" not in str(error):
            raise
        base.execute("PRAGMA writable_schema = ON")  # reads on past what this version of SQLite cannot parse
        return _rows(base)


def _rows(base: sqlite3.Connection) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    characters = 0
    for kind, name, table, sql in base.execute(_ROWS):
        characters += len(sql)
        if characters > _MOST_CHARACTERS:
            raise LiveProblem(f"the schema has more than {_MOST_CHARACTERS:,} characters, too many to be meant")
        found.append({"type": kind, "name": name, "tbl_name": table, "sql": sql})
    return found
