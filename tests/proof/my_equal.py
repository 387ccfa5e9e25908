"""Two MySQL or MariaDB databases compared by the servers' own SHOW CREATE, and the settings that programs were made under.

Nothing of the product is used here. Run as a program: `python -m tests.proof.my_equal A B --socket PATH`.
"""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

import pymysql

Reading = dict[tuple[str, str], str]
_NAMED = re.compile(r"(?:CONSTRAINT|(?:UNIQUE |FULLTEXT |SPATIAL |VECTOR )?KEY)\s+`((?:[^`]|``)+)`")
_COLUMN = re.compile(r"`((?:[^`]|``)+)`\s+(.*)", re.DOTALL)
_PROGRAMS = {
    "trigger": "SELECT trigger_name, 'TRIGGER' FROM information_schema.triggers WHERE trigger_schema = %s",
    "routine": "SELECT routine_name, routine_type FROM information_schema.routines WHERE routine_schema = %s",
    "event": "SELECT event_name, 'EVENT' FROM information_schema.events WHERE event_schema = %s",
}
_SETTINGS = ("sql_mode", "character_set_client", "collation_connection", "time_zone")
_ORDER = (
    "SELECT trigger_name, concat_ws(' ', event_object_table, action_timing, event_manipulation, action_order)"
    " FROM information_schema.triggers WHERE trigger_schema = %s"
)
_HIDDEN = {
    "spatial reference": "SELECT concat(g_table_name, '.', g_geometry_column), srid"
    " FROM information_schema.geometry_columns WHERE g_table_schema = %s AND srid <> 0",
    "database": "SELECT 'default', concat_ws(' ', default_character_set_name, default_collation_name)"
    " FROM information_schema.schemata WHERE schema_name = %s",
}
"""What SHOW CREATE leaves out."""


class Reader:
    """Reads one database into lines by kind and name."""

    def __init__(self, cursor: Any, database: str):
        self.cursor = cursor
        self.database = database
        self.found: Reading = {}

    def ask(self, query: str, *values: str) -> list[dict[str, Any]]:
        """Return the rows of a query; by column names as the server says them."""
        self.cursor.execute(query, values or None)
        names = [each[0] for each in self.cursor.description]
        return [dict(zip(names, map(told, row), strict=True)) for row in self.cursor.fetchall()]

    def pairs(self, query: str) -> list[tuple[str, str]]:
        """Return rows of two values, sorted."""
        rows = self.ask(query, self.database)
        return sorted((str(one), str(two)) for one, two in (tuple(row.values()) for row in rows))

    def read(self) -> Reading:
        """Return all that the database holds."""
        kinds = "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = %s"
        for name, kind in self.pairs(kinds):
            self.relation(name, kind)
        for kind, query in _PROGRAMS.items():
            for name, word in self.pairs(query):
                self.program(kind if kind != "routine" else word.lower(), name, word)
        for name, place in self.pairs(_ORDER):
            self.found["order of trigger", name] = place
        for kind, query in _HIDDEN.items():
            self.found.update({(kind, name): value for name, value in self._if_there(query)})
        return self.found

    def _if_there(self, query: str) -> list[tuple[str, str]]:
        try:
            return self.pairs(query)
        except pymysql.err.OperationalError:
            return []  # MySQL has no such table

    def relation(self, name: str, kind: str) -> None:
        """Read a table line by line; a view or a sequence as a whole."""
        word = {"VIEW": "VIEW", "SEQUENCE": "SEQUENCE"}.get(kind, "TABLE")
        row = self.ask(f"SHOW CREATE {word} {quoted(name)}")[0]
        text = next(str(value) for key, value in row.items() if key.lower().startswith("create "))
        if word == "TABLE":
            self.table(name, text)
        else:
            self.found[word.lower(), name] = self.clean(text)
            self.settings(word.lower(), name, row)

    def table(self, name: str, text: str) -> None:
        """Read a table: each column with its place, each key by its name, and the options."""
        lines, tail = body_of(text)
        self.found["table", name] = self.clean(tail)
        columns: list[str] = []
        for line in lines:
            column = _COLUMN.match(line)
            if column:
                columns.append(column[1])
                self.found["column", f"{name}.{column[1]}"] = self.clean(column[2])
            else:
                named = _NAMED.match(line)
                kind = "foreign key" if "FOREIGN KEY" in line else "key"
                self.found[kind, f"{name}.{named[1] if named else line[:12]}"] = self.clean(line)
        self.found["order of columns", name] = ", ".join(columns)

    def program(self, kind: str, name: str, word: str) -> None:
        """Read a trigger, a routine or an event with the settings that it runs under."""
        row = self.ask(f"SHOW CREATE {word} {quoted(name)}")[0]
        texts = [value for key, value in row.items() if key.lower().startswith(("create ", "sql original"))]
        self.found[kind, name] = self.clean(str(texts[0]))
        self.settings(kind, name, row)

    def settings(self, kind: str, name: str, row: dict[str, Any]) -> None:
        """Read what was set when something was made."""
        said = [f"{key}={row[key]}" for key in _SETTINGS if key in row]
        if said:
            self.found[f"settings of {kind}", name] = " ".join(said)

    def clean(self, text: str) -> str:
        """Return a text without the database's own name before others."""
        return text.replace(f"{quoted(self.database)}.", "")


def told(value: Any) -> Any:
    """Return bytes as text; the default of a binary column need not be UTF-8."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def body_of(text: str) -> tuple[list[str], str]:
    """Return the lines in the parentheses of CREATE TABLE, and what stands behind them."""
    head, _, tail = text.rpartition("\n) ")
    return [line.rstrip(",") for line in head.split("\n  ")[1:]], tail


def quoted(name: str) -> str:
    """Return a name in backticks."""
    return "`" + name.replace("`", "``") + "`"


def snapshot(parameters: dict[str, Any]) -> Reading:
    """Return what a database holds; `parameters` are those of pymysql.connect."""
    with pymysql.connect(**parameters, use_unicode=False) as connection, connection.cursor() as cursor:
        cursor.execute("SET sql_mode = '', time_zone = '+00:00'")
        return Reader(cursor, parameters["database"]).read()


def compare(one: Reading, other: Reading) -> list[tuple[str, str, str | None, str | None]]:
    """Return (kind, name, first, second) for all that is not the same in both; None is what is not there."""
    return [
        (*key, one.get(key), other.get(key))
        for key in sorted(one.keys() | other.keys())
        if one.get(key) != other.get(key)
    ]


def main() -> int:
    """Compare two databases by name and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs=2)
    parser.add_argument("--socket", required=True)
    parser.add_argument("--user", default="root")
    given = parser.parse_args()
    readings = [
        snapshot({"unix_socket": given.socket, "user": given.user, "charset": "utf8mb4", "database": name})
        for name in given.databases
    ]
    found = compare(*readings)
    for kind, name, first, second in found:
        print(f"{kind} {name}\n   A: {first}\n   B: {second}")
    print(f"{len(found)} differences")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
