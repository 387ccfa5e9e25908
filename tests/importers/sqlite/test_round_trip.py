"""SQLite -> import -> export -> SQLite: its own lists of columns, keys, indexes and triggers are equal."""

from __future__ import annotations

import sqlite3

from exporters.contract import Options
from exporters.registry import get
from tests.importers.reading import Read
from tests.importers.sqlite.test_real import RICH, by_module

Described = dict[str, list[object]]


def described(base: sqlite3.Connection) -> Described:
    """Return name -> columns, foreign keys and indexes of a table or view, or the text of a trigger."""
    found: Described = {}
    for name, kind, sql in base.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall():
        if kind == "trigger":
            found[name] = sql.split()
        elif kind in ("table", "view"):
            found[name] = [columns_of(base, name), keys_of(base, name), indexes_of(base, name)]
    return found


def columns_of(base: sqlite3.Connection, table: str) -> object:
    return base.execute("SELECT * FROM pragma_table_xinfo(?)", [table]).fetchall()


def keys_of(base: sqlite3.Connection, table: str) -> object:
    """An implied column list (REFERENCES t) comes back written out, and names in the case of their table."""
    rows = base.execute(
        'SELECT "table", "from", on_update, on_delete FROM pragma_foreign_key_list(?)', [table]
    ).fetchall()
    return sorted((row[0].lower(), *row[1:]) for row in rows)


def indexes_of(base: sqlite3.Connection, table: str) -> object:
    rows = base.execute('SELECT name, "unique", origin, partial FROM pragma_index_list(?)', [table]).fetchall()
    parts = {
        row[0]: base.execute('SELECT name, "desc", coll, key FROM pragma_index_xinfo(?)', [row[0]]).fetchall()
        for row in rows
    }
    return sorted(
        (name if origin == "c" else "", unique, origin, partial, str(parts[name]))
        for name, unique, origin, partial in rows
    )


def test_everything_comes_back() -> None:
    source = sqlite3.connect(":memory:")
    source.executescript(RICH)
    wanted = described(source)
    for text in (RICH, by_module(source)):
        target = sqlite3.connect(":memory:")
        target.executescript(get("ddl").export(Read(text, "sqlite").design, Options(dialect="sqlite")).text)
        assert described(target) == wanted
