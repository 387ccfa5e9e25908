"""A snapshot -> the script that makes its databases anew, as mysqldump would write it without rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.importers.live.contract import Snapshot, Wanted

Row = dict[str, Any]
_KINDS = ("tables", "views", "routines", "triggers", "events")
_SETTINGS = {
    "charset": "character_set_client",
    "collation": "collation_connection",
    "sql_mode": "sql_mode",
    "time_zone": "time_zone",
}
_PROGRAMS = ("routines", "triggers", "events")
_DELIMITER = ";;"


def script(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return the script. The settings under which views and programs were made stand before each of them."""
    databases = [row for row in snapshot.sections["databases"] if not wanted.schemas or row["name"] in wanted.schemas]
    lines = [f"-- Server version\t{snapshot.version}", "SET NAMES utf8mb4;"]
    for database in databases:
        lines += _opening(database, len(databases) > 1)
        for kind in _KINDS:
            for row in snapshot.sections.get(kind, ()):
                if row["database"] == database["name"] and row["text"]:
                    lines += _object(kind, row)
    return "\n".join(lines) + "\n"


def _opening(database: Row, several: bool) -> Iterator[str]:
    tail = f"CHARACTER SET {database['charset']} COLLATE {database['collation']};"
    if several:
        yield f"CREATE DATABASE {quoted(database['name'])} {tail}"
        yield f"USE {quoted(database['name'])};"
    else:
        yield f"ALTER DATABASE {tail}"


def _object(kind: str, row: Row) -> Iterator[str]:
    for key, setting in _SETTINGS.items():
        if row.get(key) is not None and key in row and kind != "tables":
            yield f"SET {setting} = {literal(row[key])};"
    if kind not in _PROGRAMS:
        yield f"{row['text']};"
        return
    delimiter = _DELIMITER
    while delimiter in row["text"]:
        delimiter += ";" if len(delimiter) < 8 else "$"
    yield f"DELIMITER {delimiter}"
    yield f"{row['text']}"
    yield delimiter
    yield "DELIMITER ;"


def literal(text: str) -> str:
    """Return a string literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def quoted(name: str) -> str:
    """Return a name in backticks."""
    return "`" + name.replace("`", "``") + "`"
